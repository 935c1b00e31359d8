"""The command as a user runs it: a process of its own, exit codes, sentences, never a traceback."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder import cli
from autograder.commands import options
from autograder.course import notebooks
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.demo.handin import released, solved, source_of, write
from autograder.grading import batch
from autograder.grading.secret import fingerprint
from autograder.intake.discovery import Found
from autograder.results import Grade
from autograder.sandbox import SandboxUnavailable
from autograder.text import points
from tests.support.command import in_process
from tests.support.selection import mostly_slow
from tests.support.traces import spawned

ASSIGNMENTS = tuple(notebooks.assignments())
MARK = "3-initialization"
FULL = {name: notebooks.assignments()[name].max_score for name in ASSIGNMENTS}
Run = Callable[..., subprocess.CompletedProcess[str]]
HandIn = Callable[..., Path]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `autograder` in an empty folder with a home of its own."""

    def command(*arguments: object, cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
        argv = [sys.executable, "-P", "-m", "autograder", *map(str, arguments)]
        done = subprocess.run(argv, cwd=cwd, env=environment, capture_output=True, text=True)
        assert "Traceback" not in done.stderr + done.stdout, done.stderr
        return done

    return command


@pytest.fixture
def hand_in(tmp_path: Path) -> HandIn:
    def put(student: str, text: str, assignment: str = MARK) -> Path:
        path = tmp_path / "submitted" / student / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


def graded(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    grades: list[dict[str, Any]] = json.loads(done.stdout)
    return grades


def test_help_names_the_commands(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("grade", "demo", "doctor"))


def test_help_imports_nothing_slow() -> None:
    slow = ("numpy", "scipy", "rich", "hypothesis", "msgpack", "jinja2")
    script = f"import sys; from autograder import cli; print([m for m in {slow} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_solutions_get_full_marks_and_stubs_nothing(run: Run) -> None:
    done = run("grade", "--format", "json", *(notebooks.notebook("solutions", name) for name in ASSIGNMENTS))
    assert done.returncode == 0, done.stderr
    assert [(g["assignment"], g["score"]) for g in graded(done)] == list(FULL.items())
    assert {g["notes"] == [] for g in graded(done)} == {True}
    done = run(
        "grade", "--format", "json", *(notebooks.notebook("assignments", name) for name in ASSIGNMENTS)
    )
    assert [g["score"] for g in graded(done)] == [0.0] * len(ASSIGNMENTS)


def test_json_has_the_keys_of_schema_1(run: Run, hand_in: HandIn) -> None:
    wrong = next(iter(misconceptions_of("he_normal")))
    path = hand_in("ada", write(solved(MARK, {"he_normal": source_of(wrong, "he_normal")})))
    (grade,) = graded(run("grade", "--format", "json", path))
    assert list(grade) == (
        [
            "schema",
            "submission",
            "student",
            "lms_id",
            "assignment",
            "status",
            "error",
            "late",
            "score",
            "max_score",
            "by_hand",
            "secret",
            "isolation",
            "seconds",
            "notes",
            "exercises",
        ]
    )
    assert (grade["schema"], grade["student"], grade["status"]) == (1, "ada", "graded")
    losing = [exercise for exercise in grade["exercises"] if exercise["score"] < exercise["max_score"]]
    assert [exercise["name"] for exercise in losing] == ["he_normal"]
    failed = [check for check in losing[0]["checks"] if check["status"] == "failed"]
    assert list(failed[0]) == [
        "name",
        "title",
        "status",
        "score",
        "max_score",
        "reason",
        "detail",
        "finding",
        "elsewhere",
        "causes",
        "message",
        "hint",
        "misconception",
        "example",
    ]
    assert {check["misconception"] for check in failed} == {wrong.id}


def test_a_regrade_differs_in_nothing_but_seconds(run: Run, hand_in: HandIn) -> None:
    path = hand_in(
        "ada", write(solved(MARK, {"he_normal": "def he_normal(n_out, n_in, rng):\n    return 3\n"}))
    )
    first, second = (graded(run("grade", "--format", "json", path)) for _ in range(2))
    for grade in first + second:
        assert grade.pop("seconds") > 0
    assert first == second


def test_bad_input_stops_nobody(run: Run, hand_in: HandIn, tmp_path: Path) -> None:
    hand_in("ada", write(solved(MARK)))
    hand_in("bob", "The dog ate it")
    hand_in("cyd", '{"nbformat": 3}')
    hand_in("dan", write({"nbformat": 4, "metadata": {}, "cells": []}))
    hand_in("eve", "[" * 100_000)
    hand_in("fay", write(solved("1-deep-chains")))
    hand_in("zoe", write(solved(MARK, {"he_normal": "def he_normal(:"})))
    done = run(
        "grade", "--format", "json", tmp_path / "submitted", tmp_path / "missing.ipynb", tmp_path / "home"
    )
    assert done.returncode == 2
    by = {g["student"] or Path(g["submission"]).name: g for g in graded(done)}
    assert (by["ada"]["score"], by["zoe"]["status"]) == (FULL[MARK], "graded")
    assert [n for n in by["zoe"]["notes"] if "SyntaxError" in n]
    assert by["zoe"]["score"] == FULL[MARK] - notebooks.assignments()[MARK].points["he_normal"]
    for name, said in {
        "bob": "not valid JSON", "cyd": "version-4", "dan": "no exercise of 3-initialization", "eve": "nested deeper",
        "fay": "1-deep-chains", "missing.ipynb": "no such file", "home": "no such file",
    }.items():  # fmt: skip
        assert by[name]["status"] == "error"
        assert said in by[name]["error"]
        assert by[name]["score"] is by[name]["max_score"] is None


def test_a_missing_exercise_cell_costs_only_itself(run: Run, hand_in: HandIn) -> None:
    document = solved(MARK)
    document["cells"] = [c for c in document["cells"] if notebooks.grade_id(c) != "he_normal"]
    (grade,) = graded(run("grade", "--format", "json", hand_in("ada", write(document))))
    assert grade["score"] == FULL[MARK] - notebooks.assignments()[MARK].points["he_normal"]
    assert any("he_normal is missing" in note for note in grade["notes"])


@pytest.mark.parametrize(
    "source",
    mostly_slow(
        [
            "import os; os._exit(0)",
            "while True: pass",
            "import ctypes; ctypes.string_at(0)",
            "x = []\nwhile True: x.append('x' * 9**7)",
        ]
    ),
    ids=["exit", "endless loop", "crash", "memory"],
)
def test_a_hostile_cell_costs_only_its_exercise(run: Run, hand_in: HandIn, source: str) -> None:
    path = hand_in("eve", write(solved(MARK, {"he_normal": source})))
    done = run("grade", "--format", "json", path)
    (grade,) = graded(done)
    assert done.returncode == 0
    assert grade["score"] == FULL[MARK] - notebooks.assignments()[MARK].points["he_normal"]


def test_exit_codes(run: Run, hand_in: HandIn, tmp_path: Path) -> None:
    path = hand_in("ada", write(released(MARK)))
    assert run("grade", path).returncode == 0
    assert run("grade", "--fail-under", 50, path).returncode == 3
    assert run("grade", tmp_path / "nowhere").returncode == 2
    for usage in (
        ["grade"],
        ["grade", "--format", "xml", path],
        ["grade", "--assignment", "9-nothing", path],
        ["sing"],
    ):
        assert run(*usage).returncode == 1


def test_an_unknown_assignment_is_answered_with_the_known_ones(run: Run, hand_in: HandIn) -> None:
    done = run("grade", "--assignment", "9-nothing", hand_in("ada", write(solved(MARK))))
    assert all(name in done.stderr for name in ASSIGNMENTS)


def test_a_notebook_of_any_name_is_recognised_by_its_cells(run: Run, tmp_path: Path) -> None:
    (tmp_path / "homework.ipynb").write_text(write(solved(MARK)), encoding="utf-8")
    (grade,) = graded(run("grade", "--format", "json", tmp_path / "homework.ipynb"))
    assert (grade["assignment"], grade["score"]) == (MARK, FULL[MARK])


def test_jobs_give_the_same_grades_in_the_same_order(run: Run, hand_in: HandIn, tmp_path: Path) -> None:
    for student in ("ada", "bob", "cyd"):
        hand_in(student, write(solved(MARK) if student != "bob" else released(MARK)))
    one, two = (graded(run("grade", "--format", "json", "--jobs", n, tmp_path)) for n in (1, 2))
    assert [(g["student"], g["score"]) for g in one] == [(g["student"], g["score"]) for g in two]


@pytest.mark.slow
def test_a_killed_process_loses_no_grade(hand_in: HandIn, tmp_path: Path) -> None:
    for student in ("ada", "bob", "cyd"):
        hand_in(student, write(solved(MARK, {"he_normal": "while True: pass"} if student == "bob" else {})))
    argv = [sys.executable, "-m", "autograder", "grade", "--jobs", "2", "--format", "json", str(tmp_path)]
    with subprocess.Popen(argv, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as done:
        while not (workers := spawned(done.pid)):
            assert done.poll() is None
            time.sleep(0.01)
        os.kill(workers[0], signal.SIGKILL)
        grades = json.loads(done.communicate()[0])
    less = FULL[MARK] - notebooks.assignments()[MARK].points["he_normal"]
    assert [(g["student"], g["score"]) for g in grades] == [
        ("ada", FULL[MARK]),
        ("bob", less),
        ("cyd", FULL[MARK]),
    ]
    assert done.returncode == 0


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SandboxUnavailable("it has ended")])
def test_what_was_graded_is_reported_when_the_rest_cannot_be(
    hand_in: HandIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stop: type[BaseException] | BaseException,
) -> None:
    for student in ("ada", "bob"):
        hand_in(student, "never read")

    def grade_all(found: list[Found], *_: object) -> Iterator[tuple[int, Grade]]:
        yield 0, Grade(str(found[0].path), found[0].student, MARK, "bwrap", 0.0)
        raise stop

    monkeypatch.setattr(batch, "grade_all", grade_all)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["autograder", "grade", "--format", "json", "submitted"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    assert [grade["student"] for grade in json.loads(said.out)] == ["ada"]
    assert "only 1 of 2 submissions" in said.err
    assert ended.value.code == (130 if stop is KeyboardInterrupt else 2)


@pytest.mark.parametrize("name", ["work.ipynb", "gradebook.db", ".autograder-secret", "roster.csv"])
def test_a_report_takes_the_place_of_no_other_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / "work.ipynb"
    path.write_text(write(released("1-deep-chains")))
    (tmp_path / "roster.csv").write_text("id\nada\n")
    other = tmp_path / name
    other.touch()
    before = other.read_bytes()
    done = in_process(tmp_path, "grade", "--roster", "roster.csv", "--output", other, path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "another" in done.stderr
    assert other.read_bytes() == before


def test_a_report_takes_the_place_of_no_journal(run: Run, hand_in: HandIn, tmp_path: Path) -> None:
    path, journal = hand_in("ada", write(solved(MARK))), tmp_path / "journal.jsonl"
    assert run("grade", "--journal", journal, path).returncode == 0
    kept = journal.read_bytes()
    done = run("grade", "--format", "jsonl", "--output", journal, path)
    assert (done.returncode, "name another file" in done.stderr) == (1, True)
    assert journal.read_bytes() == kept
    for _ in range(2):  # a report takes the place of the one before
        assert run("grade", "--format", "jsonl", "--output", tmp_path / "grades.jsonl", path).returncode == 0


def test_output_goes_to_a_file_and_is_not_lost_if_it_cannot(
    run: Run, hand_in: HandIn, tmp_path: Path
) -> None:
    path = hand_in("ada", write(solved(MARK)))
    assert run("grade", "--format", "jsonl", "--output", tmp_path / "r.jsonl", path).stdout == ""
    assert json.loads((tmp_path / "r.jsonl").read_text())["score"] == FULL[MARK]
    done = run("grade", "--format", "json", "--output", tmp_path / "no" / "r.json", path)
    assert done.returncode == 1
    assert graded(done)[0]["score"] == FULL[MARK]


@pytest.mark.parametrize(
    ("name", "said"),
    mostly_slow(
        [
            ("csv", "ada,3-initialization,{0},{1},{2},graded,,"),
            ("html", "<bdi>ada</bdi>"),
            ("markdown", "# ada: 3-initialization, {0}/{1}"),
            ("junit", '<testsuite name="ada/3-initialization"'),
            ("gradescope", '"score": {0}.0'),
            ("github", '"status": "fail"'),
        ]
    ),
)
def test_every_format_reports_a_graded_notebook(run: Run, hand_in: HandIn, name: str, said: str) -> None:
    wrong = misconceptions_of("he_normal")["root_of_denominator_only"]
    path = hand_in("ada", write(solved(MARK, {"he_normal": source_of(wrong, "he_normal")})))
    done = run("grade", "--format", name, path)
    assert done.returncode == 0, done.stderr
    full = FULL[MARK]
    score = full - sum(c.points for c in exercise_of("he_normal").checks if c.name == "check_variance")
    assert said.format(*map(points, (score, full, 100 * score / full))) in done.stdout


@pytest.mark.parametrize("name", options.OF_ONE)
def test_formats_of_one_submission_refuse_a_class_before_it_is_graded(
    run: Run, hand_in: HandIn, tmp_path: Path, name: str
) -> None:
    for student in ("ada", "bob"):
        hand_in(student, "never read")
    done = run("grade", "--format", name, "--output", tmp_path / "report", tmp_path / "submitted")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"--format {name} takes exactly one submission, and there are 2" in done.stderr
    assert not (tmp_path / "report").exists()


def test_unsafe_own_code_says_so_everywhere(run: Run, hand_in: HandIn) -> None:
    path = hand_in("ada", write(solved(MARK)))
    done = run("grade", "--unsafe-own-code", "--format", "json", path)
    assert graded(done)[0]["isolation"] == "none"
    assert "WITHOUT isolation" in done.stderr
    assert "WITHOUT isolation" in run("grade", "--unsafe-own-code", path).stdout


def test_doctor_names_the_layers(run: Run) -> None:
    done = run("doctor")
    assert "isolation in force" in done.stdout.lower()
    assert all(layer in done.stdout.lower() for layer in ("bubblewrap", "landlock", "seccomp"))


def test_the_secret_is_made_once_and_private(run: Run, hand_in: HandIn, tmp_path: Path) -> None:
    path = hand_in("ada", write(released(MARK)))
    run("grade", path)
    secret = tmp_path / ".autograder-secret"
    first = secret.read_bytes()
    run("grade", path)
    assert secret.read_bytes() == first
    assert secret.stat().st_mode & 0o777 == 0o600


def test_a_new_secret_is_said_and_no_other_one(run: Run, hand_in: HandIn, tmp_path: Path) -> None:
    path = hand_in("ada", write(released(MARK)))
    said = f"Note: a new secret was made, {tmp_path}/.autograder-secret"
    assert said in run("grade", path).stderr
    assert "new secret" not in run("grade", path).stderr


def test_no_file_can_ask_for_its_code_to_be_trusted(hand_in: HandIn, tmp_path: Path) -> None:
    """As a shell expands `grade *`, where a student has named a file after the option."""
    shutil.copy(hand_in("ada", write(released(MARK))), tmp_path / "a.ipynb")
    option, said = "--unsafe-own-code", "must stand before the first path"
    assert said not in in_process(tmp_path, "grade", option, "a.ipynb").stderr
    assert said not in in_process(tmp_path, "grade", "--format", "csv", option, "--", "a.ipynb").stderr
    behind = in_process(tmp_path, "grade", "a.ipynb", option)
    (tmp_path / option).write_text("")
    before = in_process(tmp_path, "grade", option, "a.ipynb")
    for done in (behind, before):
        assert done.returncode == 1
        assert said in done.stderr
        assert not done.stdout
    done = in_process(tmp_path, "grade", "--format", "json", "--", option, "a.ipynb")
    assert "WITHOUT" not in done.stderr
    assert {Path(grade["submission"]).name for grade in done.grades} == {option, "a.ipynb"}


@pytest.mark.slow
def test_grades_of_one_secret_have_one_fingerprint_and_no_more_of_it(
    run: Run, hand_in: HandIn, tmp_path: Path
) -> None:
    known = ("one-of-the-secrets", "another-of-the-secrets")
    readable = hand_in("ada", write(solved(MARK)))
    (unreadable := tmp_path / "bob.ipynb").write_text("")
    prints = []
    for words in known:
        (file := tmp_path / words).write_text(words)
        grades = graded(run("grade", "--format", "json", "--secret-file", file, readable, unreadable))
        assert [grade["status"] for grade in grades] == ["graded", "error"]
        prints.append({grade["secret"] for grade in grades})
    assert prints == [{fingerprint(words.encode())} for words in known]
    assert prints[0] != prints[1]
    assert all(len(one) == 6 for one in map(fingerprint, (words.encode() for words in known)))


def test_a_secret_that_students_may_know_is_not_used_silently(
    run: Run, hand_in: HandIn, tmp_path: Path
) -> None:
    path = hand_in("ada", write(released(MARK)))
    secret = tmp_path / ".autograder-secret"
    assert "may know" not in run("grade", path).stderr
    secret.chmod(0o644)
    assert f"students may know the secret in {secret}" in run("grade", path).stderr
    assert "secret" not in run("grade", "--secret-file", secret, path).stderr
    secret.rename(tmp_path / "theirs")
    secret.symlink_to("theirs")
    (tmp_path / "theirs").chmod(0o600)
    assert "students may know the secret" in run("grade", path).stderr


def test_a_bad_secret_file_is_a_usage_error(run: Run, hand_in: HandIn, tmp_path: Path) -> None:
    path = hand_in("ada", write(released(MARK)))
    (tmp_path / "short").write_text("x")
    for name in ("short", "missing"):
        assert run("grade", "--secret-file", tmp_path / name, path).returncode == 1


def test_the_class_table_is_plain_text_without_control_characters(
    run: Run, hand_in: HandIn, tmp_path: Path
) -> None:
    hand_in("\x1b[31mred\u202e", write(solved(MARK)))
    hand_in("[bold]bob", write(solved(MARK, {"he_normal": "raise ValueError('\\x1b[2J[link=x]')"})))
    done = run("grade", tmp_path / "submitted")
    assert "[bold]bob" in done.stdout
    assert not {c for c in done.stdout if not c.isprintable() and c != "\n"}


@pytest.mark.slow
def test_demo_grades_a_class(run: Run, tmp_path: Path) -> None:
    done = run("demo", "--output", tmp_path / "course")
    assert done.returncode == 0, done.stderr
    grades = json.loads((tmp_path / "course" / "results.json").read_text())
    assert len(grades) == 30
    assert all(grade["student"] in done.stdout for grade in grades)
    assert sum(g["status"] == "graded" and g["score"] == g["max_score"] for g in grades) >= 9
    assert [grade["student"] for grade in grades if grade["status"] == "error"] != []
    assert "Most common mistakes" in (tmp_path / "course" / "report.html").read_text()
    assert not (tmp_path / ".hypothesis").exists()  # what the search for small examples keeps
