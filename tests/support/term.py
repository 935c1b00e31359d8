"""A scripted term: an instructor and a class use the commands as the documents tell, from `init` to the export."""

import csv
import json
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.course import notebooks
from autograder.course.exercises import misconceptions_of
from autograder.demo.handin import released, solved, source_of, write
from tests.support import browser
from tests.support.jupyter import jupyter

ASSIGNMENT, WRITTEN, EXERCISE = "3-initialization", "written_factor_two", "he_normal"
LATE = 10.0  # points
CONFIG = f"""
from nbgrader.plugins import LateSubmissionPlugin

class Late(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {LATE}

c.AssignLatePenalties.plugin_class = Late
c.Exchange.root = "EXCHANGE"
"""
# All that a student needs, as the page for instructors says it.
STUDENT = """
c = get_config()
c.Exchange.root = "EXCHANGE"
c.CourseDirectory.course_id = "depth150"
"""
# A later version of the grader has one more check, which nobody passes, and which counts as much as the others.
ONE_MORE_CHECK = """
from dataclasses import replace
from autograder.authoring import Check
from autograder.authoring.expect import CheckFailed

def _nobody(student, cases):
    raise CheckFailed("this came later")

EXERCISE = replace(EXERCISE, checks=(*EXERCISE.checks, Check("check_later", "it came later", EXERCISE.points, _nobody)))
"""


@dataclass
class Term:
    """A course in `root`, whose commands lie in `programs`, and a class, half of which hands in through an LMS.

    newer: where another version of the package lies, once there is one.
    again: how a command of nbgrader runs that has run before, if not as it is installed.
    """

    root: Path
    programs: Path
    count: int
    say: Callable[[str], object] = lambda _: None
    newer: Path | None = None
    again: Callable[..., "subprocess.CompletedProcess[str]"] | None = None
    works: dict[str, str] = field(default_factory=dict)
    ran: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def course(self) -> Path:
        return self.root / "course"

    @property
    def here(self) -> Sequence[str]:
        """Those who use the exchange."""
        return list(self.works)[: self.count // 2]

    @property
    def elsewhere(self) -> Sequence[str]:
        """Those who use the LMS."""
        return list(self.works)[self.count // 2 :]

    def run(self, *command: str, at: Path | None = None, code: int = 0) -> str:
        """Run a command in the course, or where a student is; returns all that it said."""
        is_known = any(command[:2] == before[:2] for before in self.ran)
        self.ran.append(command)
        at = at or self.course
        home = self.root / "home" if at == self.course else at
        environment = {"PATH": f"{self.programs}:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
        if self.newer is not None:
            environment["PYTHONPATH"] = str(self.newer)
        home.mkdir(exist_ok=True)
        if command[0] == "nbgrader" and is_known and self.again and self.newer is None:
            done = self.again(*command[1:], cwd=at, env=environment)
        else:
            argv = [str(self.programs / command[0]), *command[1:]]
            done = subprocess.run(argv, cwd=at, env=environment, capture_output=True, text=True)
        said = done.stdout + done.stderr
        assert done.returncode == code, f"{' '.join(command)}: {done.returncode}\n{said}"
        assert "Traceback" not in said, said
        return said

    def scores(self) -> dict[str, dict[str, float | None]]:
        """What the gradebook has: automatic scores by student, and what a person gave."""
        with Gradebook(f"sqlite:///{self.course}/gradebook.db") as gradebook:
            return {
                one.student.id: {
                    "automatic": round(
                        sum(grade.auto_score or 0 for book in one.notebooks for grade in book.grades), 6
                    ),
                    "total": round(one.score, 6),
                    "max": one.max_score,
                    "penalty": one.late_submission_penalty or 0.0,
                }
                for one in gradebook.assignment_submissions(ASSIGNMENT)
            }

    def commands_agree(self) -> None:
        """Whether `autograder grade` gives the totals of the gradebook."""
        output = self.root / "grades.json"
        self.run("autograder", "grade", "--course", ".", "--format", "json", "--output", str(output))
        alone = {
            grade["student"]: (grade["score"], grade["max_score"]) for grade in json.loads(output.read_text())
        }
        assert alone == {name: (one["automatic"], one["max"]) for name, one in self.scores().items()}


def whole_term(term: Term) -> None:
    """All of it; an assertion fails where something is not as the documents say."""
    for part in (begin, hand_in, grade, give_back, hand_in_late, regrade, export, let_go):
        term.say(f"{part.__name__.replace('_', ' ')} …")
        part(term)


def begin(term: Term) -> None:
    """Init, points of one's own, release, due date, roster."""
    term.run("autograder", "init", "course", at=term.root)
    (term.root / "exchange").mkdir(mode=0o777)
    (term.root / "exchange").chmod(0o777)
    config = term.course / "nbgrader_config.py"
    config.write_text(config.read_text() + CONFIG.replace("EXCHANGE", str(term.root / "exchange")))
    _change_points(term, {f"check_{EXERCISE}": 20, WRITTEN: 10})
    term.works.update(_works(term.count))
    ids = "".join(f"{name},{number},{name}@example.edu\n" for number, name in enumerate(term.works, 1000))
    (term.course / "roster.csv").write_text(f"id,lms_id,email\n{ids}")
    (term.course / "students.csv").write_text(
        "id\n" + "".join(f"{name}\n" for name in [*term.works, "absent"])
    )
    term.run("nbgrader", "generate_assignment", ASSIGNMENT)
    term.run("nbgrader", "db", "student", "import", "students.csv")
    term.run("nbgrader", "release_assignment", ASSIGNMENT)


def _change_points(term: Term, worth: Mapping[str, float]) -> None:
    path = term.course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if (name := notebooks.grade_id(cell)) in worth:
            cell["metadata"]["nbgrader"]["points"] = worth[str(name)]
    path.write_text(json.dumps(notebook))


def _works(count: int) -> dict[str, str]:
    """Right, mistaken and untouched notebooks in turn."""
    mistakes = list(misconceptions_of(EXERCISE))
    kinds: list[dict[str, Any]] = [
        solved(ASSIGNMENT),
        solved(ASSIGNMENT, {EXERCISE: source_of(mistakes[0], EXERCISE)}),
        released(ASSIGNMENT),
    ]
    return {f"student{number:02}": write(kinds[number % len(kinds)]) for number in range(count)}


def hand_in(term: Term) -> None:
    """Some by the exchange, the others by an LMS whose archive is collected; then it is due."""
    for name in term.here:
        _submit(term, name, term.works[name])
    term.run("nbgrader", "collect", ASSIGNMENT)
    _collect_archive(term)
    handed_in = {path.name for path in (term.course / "submitted").iterdir()}
    assert handed_in == set(term.works)
    due = datetime.now(UTC) + timedelta(seconds=1)
    term.run("nbgrader", "db", "assignment", "add", ASSIGNMENT, f"--duedate={due:%Y-%m-%d %H:%M:%S} UTC")
    time.sleep(2)  # what comes from now on is late


def _submit(term: Term, name: str, work: str) -> None:
    home = term.root / name
    if not home.exists():
        home.mkdir()
        (home / "nbgrader_config.py").write_text(STUDENT.replace("EXCHANGE", str(term.root / "exchange")))
        term.run("nbgrader", "fetch_assignment", ASSIGNMENT, at=home)
    (home / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").write_text(work)
    term.run("nbgrader", "submit", ASSIGNMENT, f"--student={name}", at=home)


def _collect_archive(term: Term) -> None:
    """As Canvas makes it: its own names for the students, which the roster knows by their numbers."""
    archive = term.course / "downloaded" / ASSIGNMENT / "archive"
    archive.mkdir(parents=True)
    numbers = {name: number for number, name in enumerate(term.works, 1000)}
    with zipfile.ZipFile(archive / "submissions.zip", "w") as packed:
        for name in term.elsewhere:
            file = f"somebody_{numbers[name]}_{numbers[name] + 50_000}_{ASSIGNMENT}.ipynb"
            packed.writestr(file, term.works[name])
    term.run("nbgrader", "zip_collect", ASSIGNMENT)


def grade(term: Term) -> None:
    """Autograde; what nobody has read is open in the export; somebody is graded by hand."""
    said = term.run("nbgrader", "autograde", ASSIGNMENT)
    assert "a new secret was made" in said
    term.commands_agree()
    rows = _exported(term)
    assert {rows[name]["status"] for name in term.works} == {
        "not graded",
        "graded",
    }  # untouched ones have no answer
    _by_hand(term, [name for name, row in rows.items() if row["status"] == "not graded"], 7.0)
    assert {row["status"] for name, row in _exported(term).items() if name in term.works} == {"graded"}
    _report(term)


def _report(term: Term) -> None:
    """The class in other formats, and an archive as it is, beside whose students the rest of the roster is absent."""
    term.run("autograder", "doctor")
    grade = ("autograder", "grade", "--course", ".")
    term.run(*grade, "--format", "html", "--output", "report.html")
    term.run(*grade, "--journal", "grades.jsonl")
    term.run("autograder", "report", "grades.jsonl", "--format", "csv", "--output", "mistakes.csv")
    with (term.course / "mistakes.csv").open(newline="", encoding="utf-8") as file:
        reported = {row["student"]: float(row["score"]) for row in csv.DictReader(file)}
    scores = {name: float(one["automatic"] or 0) for name, one in term.scores().items()}
    assert reported == {name: round(score, 2) for name, score in scores.items()}, (reported, scores)
    archive = f"downloaded/{ASSIGNMENT}/archive/submissions.zip"
    said = term.run(*grade, "--assignment", ASSIGNMENT, "--roster", "roster.csv", archive, code=2)
    assert all(name in said for name in term.works)


def _by_hand(term: Term, names: Sequence[str], score: float) -> None:
    """What a person gives, in the formgrader if there is a browser."""
    with Gradebook(f"sqlite:///{term.course}/gradebook.db") as gradebook:
        where = (ASSIGNMENT, ASSIGNMENT)
        numbers = [gradebook.find_submission_notebook(*where, name).id for name in names]
        if not browser.is_here():
            term.say("  no browser is here: grades are given by nbgrader's API, and not in the formgrader")
            for name in names:
                found = gradebook.find_grade(WRITTEN, *where, name)
                found.manual_score, found.needs_manual_grade = score, False
            gradebook.db.commit()
            return
    _in_formgrader(term, numbers, f"{score:g}")


def _in_formgrader(term: Term, numbers: Iterable[str], score: str) -> None:
    """Open each submission as an instructor does, and type the points."""
    from playwright.sync_api import expect

    home = term.root / "jupyter"
    home.mkdir()
    with (
        jupyter(term.course, home, python=term.programs / "python") as server,
        browser.chromium(home) as chromium,
        browser.window(chromium) as window,
    ):
        window.page.goto(server.address("/formgrader"))
        for number in numbers:
            window.page.goto(f"{server.url}/formgrader/submissions/{number}/")
            expect(window.page.locator(f"#{WRITTEN}")).to_have_class(re.compile("needs_manual_grade"))
            browser.enter(window.page, WRITTEN, score)
    assert window.errors == []


def _exported(term: Term) -> dict[str, dict[str, str]]:
    term.run("nbgrader", "export", "--to", "grades.csv")
    with (term.course / "grades.csv").open(newline="", encoding="utf-8") as file:
        return {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == ASSIGNMENT}


def give_back(term: Term) -> None:
    """Feedback by the exchange for those who used it, for the others in an archive under the platform's names."""
    archive = term.course / "downloaded" / ASSIGNMENT / "feedback.zip"
    said = term.run("nbgrader", "generate_feedback", ASSIGNMENT, "--force")
    assert f"{len(term.elsewhere)} pages for your learning platform: {archive}" in said
    said = term.run("nbgrader", "release_feedback", ASSIGNMENT)
    assert "NOT released" not in said
    assert f"{len(term.elsewhere)} students, who handed in through your learning platform" in said
    pages = {f"feedback/{name}/{ASSIGNMENT}/{ASSIGNMENT}.html" for name in term.elsewhere}
    with zipfile.ZipFile(archive) as packed:
        assert all(way.startswith("somebody_") and way.endswith(".html") for way in packed.namelist())
        assert {*map(packed.read, packed.namelist())} == {(term.course / page).read_bytes() for page in pages}
    for name in term.here:
        assert "points" in _fetched(term, name)[-1]


def _fetched(term: Term, name: str) -> list[str]:
    """The pages that a student has after fetching, the latest last."""
    home = term.root / name
    term.run("nbgrader", "fetch_feedback", ASSIGNMENT, f"--student={name}", at=home)
    return [path.read_text() for path in sorted((home / ASSIGNMENT / "feedback").rglob("*.html"))]


def hand_in_late(term: Term) -> None:
    """Somebody hands in a second time, too late: what is new is graded, and costs the penalty."""
    name, before = term.here[0], term.scores()
    _submit(term, name, write(solved(ASSIGNMENT, {"neuron": "def neuron(w, x): return 0.0"})))
    term.run("nbgrader", "collect", ASSIGNMENT, "--update")
    said = term.run("nbgrader", "autograde", ASSIGNMENT)
    assert "had other hidden inputs" not in said
    after = term.scores()
    assert {one for one in after if after[one] != before[one]} == {name}
    assert after[name]["penalty"] == LATE
    term.commands_agree()
    term.run("nbgrader", "generate_feedback", ASSIGNMENT)
    term.run("nbgrader", "release_feedback", ASSIGNMENT)
    pages = _fetched(term, name)
    assert len(pages) == 2
    assert "handed in late" in pages[-1]


def regrade(term: Term) -> None:
    """A later version of the grader has another check: all is graded again, and what a person gave stays."""
    before = term.scores()
    term.newer = _with_one_more_check(term)
    term.run("nbgrader", "autograde", ASSIGNMENT, "--force")
    after = term.scores()
    assert any(after[name]["automatic"] != before[name]["automatic"] for name in term.works)
    for name in term.works:
        given = [_given(scores, name) for scores in (before, after)]
        assert given[0] == given[1], f"{name} had {given[0]} points by hand, and has {given[1]}"
    term.commands_agree()
    term.run("nbgrader", "generate_feedback", ASSIGNMENT, "--force")
    term.run("nbgrader", "release_feedback", ASSIGNMENT)
    assert "it came later" in _fetched(term, term.here[0])[-1]


def _given(scores: Mapping[str, Mapping[str, float | None]], name: str) -> float:
    """What a person gave."""
    return round(float(scores[name]["total"] or 0) - float(scores[name]["automatic"] or 0), 6)


def _with_one_more_check(term: Term) -> Path:
    """A copy of the installed package, with its notebooks, and a check more."""
    program = "import autograder, pathlib; print(pathlib.Path(autograder.__file__).parent)"
    package = Path(term.run("python", "-P", "-c", program).strip())
    newer = term.root / "newer"
    shutil.copytree(package, newer / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    for kind in ("solutions", "assignments"):
        if not (package / "notebooks" / kind).is_dir():
            shutil.copytree(package.parent / kind, newer / kind)
    with (newer / "autograder/course/a3_initialization" / EXERCISE / "checks.py").open("a") as file:
        file.write(ONE_MORE_CHECK)
    return newer


def export(term: Term) -> None:
    """Everybody has a row, and its figures are the gradebook's."""
    rows, scores = _exported(term), term.scores()
    assert set(rows) == {*term.works, "absent"}
    assert rows["absent"]["status"] == "missing"
    for name in term.works:
        penalty = float(scores[name]["penalty"] or 0)
        assert float(rows[name]["raw_score"]) == scores[name]["total"]
        assert float(rows[name]["late_submission_penalty"] or 0) == penalty
        assert float(rows[name]["score"]) == max(0.0, float(scores[name]["total"] or 0) - penalty)
    for system, filled in _into_lms(term).items():
        got = {name: filled[name] for name in term.works}
        assert got == {name: f"{float(rows[name]['score']):.2f}".rstrip("0").rstrip(".") for name in got}, (
            system
        )
        assert not filled["absent"]


def let_go(term: Term) -> None:
    """Somebody leaves: the grades stay until they are removed, and that is said."""
    name = term.here[0]
    shutil.rmtree(term.course / "submitted" / name)
    said = term.run("nbgrader", "autograde", ASSIGNMENT)
    assert f"There is no work of {name} any more" in said
    assert name in _exported(term)
    for step in ("autograded", "feedback"):
        shutil.rmtree(term.course / step / name)
    term.run("nbgrader", "db", "student", "remove", name, "--force")
    assert "There is no work of" not in term.run("nbgrader", "autograde", ASSIGNMENT)
    assert name not in _exported(term)


def _into_lms(term: Term) -> dict[str, dict[str, str]]:
    """What stands in each LMS's export after the gradebook's grades were filled in, by student."""
    worth = next(iter(term.scores().values()))["max"]
    names = [*term.works, "absent"]
    canvas = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{ASSIGNMENT} (77)"],
        ["    Points Possible", "", "", "", "", str(worth)],
        *([name, str(number), "", name, "S1", ""] for number, name in enumerate(names, 1000)),
    ]
    moodle = [
        ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Online text"],
        *(
            [f"Participant {number}", name, f"{name}@example.edu", "", "", str(worth), ""]
            for number, name in enumerate(names, 7000)
        ),
    ]
    filled: dict[str, dict[str, str]] = {}
    for system, rows, name, grade in (("canvas", canvas, 3, 5), ("moodle", moodle, 1, 4)):
        with (term.course / f"{system}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        arguments = ("--assignment", ASSIGNMENT, "--lms", system, f"{system}.csv", "--output", "import.csv")
        term.run(
            "autograder", "grade", "--course", ".", *arguments
        )  # without what a person gave, and penalties
        term.run("autograder", "report", "grades.jsonl", *arguments)
        said = term.run("autograder", "report", "grades.csv", *arguments)
        assert "absent" in said
        with (term.course / "import.csv").open(newline="", encoding="utf-8") as file:
            filled[system] = {row[name]: row[grade] for row in csv.reader(file)}
    return filled
