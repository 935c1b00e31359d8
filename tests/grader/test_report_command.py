"""`autograder report`: saved grades of several files in any format, whatever else is in them."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder import reports
from autograder.commands import options
from autograder.reports import _saved
from autograder.reports.json import as_dict
from autograder.results import CheckResult, ExerciseResult, Grade
from tests.support.command import autograder, in_process
from tests.support.handed import OWN, POINTS, SOLVED, in_folder


def grade(student: str | None = "ada", points: float = 4.0, assignment: str = "3-initialization") -> Grade:
    passed = (
        CheckResult("check_it", "it holds", "passed", points),
        CheckResult("b", "t", "failed", 6.0, "stub"),
    )
    exercises = (ExerciseResult("he_normal", passed),)
    return Grade(
        f"{student}.ipynb", student, assignment, "landlock", 0.5, exercises=exercises, secret="3fa9c1"
    )


def line(one: Grade, **more: object) -> str:
    return json.dumps(as_dict(one) | more) + "\n"


def saved(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


CLASS = [grade("ada", 4.0), grade("bob", 2.0), replace(grade("eve"), error="it is a PDF", exercises=())]


@pytest.mark.parametrize("name", reports.formats())
def test_a_report_of_saved_grades_is_that_of_the_grades(name: str, tmp_path: Path) -> None:
    grades = CLASS[:1] if name in options.OF_ONE else CLASS
    for file, text in (("g.jsonl", "".join(map(line, grades))), ("g.json", reports.render("json", grades))):
        done = in_process(tmp_path, "report", saved(tmp_path, file, text), "--format", name)
        assert done.stdout == reports.render(name, grades)
        assert done.returncode == (0 if grades == CLASS[:1] else 2), done.stderr


def test_of_several_the_last_counts_in_the_place_of_the_first(tmp_path: Path) -> None:
    first = saved(
        tmp_path, "1.jsonl", line(grade("ada", 1.0)) + line(grade("bob", 2.0)) + line(grade("ada", 3.0))
    )
    second = saved(
        tmp_path, "2.json", reports.render("json", [grade("bob", 5.0), grade("bob", 7.0, "1-deep-chains")])
    )
    done = in_process(tmp_path, "report", first, second, "--format", "json")
    assert [(g["student"], g["assignment"], g["score"]) for g in done.grades] == [
        ("ada", "3-initialization", 3.0),
        ("bob", "3-initialization", 5.0),
        ("bob", "1-deep-chains", 7.0),
    ]


def test_nobody_without_a_name_is_somebody_else(tmp_path: Path) -> None:
    unnamed = [replace(grade(None), submission=name) for name in ("a.ipynb", "b.ipynb")]
    assert _saved.latest([*unnamed, grade("a.ipynb")]) == [*unnamed, grade("a.ipynb")]


TORN = line(grade("bob"))[:300]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (line(grade()) + TORN, "g, line 2 is no grade: it is no JSON, or the line is torn"),
        (TORN + "\n" + line(grade()), "g, line 1 is no grade: it is no JSON"),
        ("student,score\n" + line(grade()), "g, line 1 is no grade"),
        (line(grade()) + '{"a": 1}\n', "g, line 2 is no grade: `schema` is None"),
        (line(grade()) + "\n\n[1]\n", "g, line 4 is no grade: it is not an object"),
        (line(grade(), schema=2) + line(grade()), "g, line 1 is no grade: `schema` is 2"),
        (line(grade()) + "[" * 100_000 + "\n", "g, line 2 is no grade: it is no JSON"),
        (line(grade()) + '{"a": "\ud800"}\n'.encode("utf-8", "replace").decode(), "g, line 2 is no grade"),
        (f"[{line(grade())},{TORN}", "g, line 2 is no grade: it is no JSON, or the list is torn"),
        (f"[{line(grade())}", "g, line 2 is no grade: it ends before the list does"),
        (f"[{line(grade())}, 7]", "g, line 2 is no grade: it is not an object"),
    ],
)
def test_what_is_torn_or_foreign_costs_nothing_else(text: str, said: str, tmp_path: Path) -> None:
    saved(tmp_path, "g", text)
    done = in_process(tmp_path, "report", "g", "--format", "json")
    assert (done.returncode, [g["student"] for g in done.grades]) == (2, ["ada"])
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_bytes_that_are_no_text_cost_their_line(tmp_path: Path) -> None:
    (tmp_path / "g").write_bytes(line(grade()).encode() + b"\xff\xfe\0\n" + line(grade("bob")).encode())
    done = in_process(tmp_path, "report", "g", "--format", "json")
    assert (done.returncode, [g["student"] for g in done.grades]) == (2, ["ada", "bob"])


GRADEBOOK = "assignment,duedate,student_id,raw_score,score,max_score,status\n3-initialization,,ada,,,100.0,not graded\n"
SOMETHING_ELSE = {
    GRADEBOOK: "what `nbgrader export` wrote",
    "Student,ID,SIS User ID,SIS Login ID,Section,a (1)\n": "an export of Canvas: name it behind `--lms canvas`",
    '"Identifier","Full name","Email address"\n': "an export of Moodle: name it behind `--lms moodle`",
    "student,score\n" * 1_000: "no file that `autograder grade --format jsonl` or `json` wrote",
    '["ada", "bob"]': "no file that `autograder grade",
    '{"a": 1}': "no file that `autograder grade",
    "\x1f\x8b\x08": "compressed: unpack it first",
    "PK\x03\x04": "a zip file: `autograder grade` takes",
    "%PDF-1.7": "a PDF file",
    "\xff\xfe{": "text in UTF-16",
    SOLVED: "a notebook: `autograder grade` grades it",
    **{
        reports.render(name, CLASS[:1]): "a report"
        for name in reports.formats()
        if name not in ("json", "jsonl", "table")
    },
    reports.render("table", CLASS): "no file that",
}


@pytest.mark.parametrize(("text", "said"), SOMETHING_ELSE.items(), ids=lambda text: repr(text[:12]))
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside grades"])
def test_a_file_of_something_else_is_told_in_a_sentence(
    text: str, said: str, beside: bool, tmp_path: Path
) -> None:
    (tmp_path / "g.csv").write_bytes(
        text.encode("utf-8" if ord(text[0]) < 128 and "\x8b" not in text else "latin-1")
    )
    saved(tmp_path, "g", line(grade()))
    done = in_process(tmp_path, "report", "g.csv", *(["g"] if beside else []), "--output", "old.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Error: g.csv is {said}")
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "old.csv").exists() == beside


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gone.jsonl",), "cannot read gone.jsonl: No such file or directory"),
        (("g", "--assignment", "4-depth-150"), "there is no grade of 4-depth-150 in g"),
        (("empty",), "there is no grade in empty"),
        ((".",), ". is a folder: `autograder grade` takes it"),
        (("g", "--format", "gradescope"), "takes exactly one submission"),
    ],
)
def test_usage(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    saved(tmp_path, "g", "".join(map(line, CLASS)))
    saved(tmp_path, "empty", "")
    done = in_process(tmp_path, "report", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_grades_of_two_secrets_are_not_mixed_silently(tmp_path: Path) -> None:
    saved(tmp_path, "g", line(grade()) + line(replace(grade("bob"), secret="ffffff")))
    done = in_process(tmp_path, "report", "g")
    assert done.returncode == 0
    assert "these grades are of 2 secrets (3fa9c1, ffffff)" in done.stderr


def test_saved_grades_need_no_numbers() -> None:
    script = (
        "import sys; from importlib import import_module\n"
        f"for name in {[*reports.formats(), '_saved', 'lms']}: import_module(f'autograder.reports.{{name}}')\n"
        "print([m for m in ('numpy', 'scipy', 'hypothesis', 'IPython') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_grade_saves_report_reads(tmp_path: Path) -> None:
    in_folder(tmp_path / "submitted", {f"ada/{OWN}": SOLVED, "bob/report.pdf": ""})
    done = autograder(tmp_path, "grade", "--format", "jsonl", "--output", "g.jsonl", "submitted")
    assert done.returncode == 2
    done = autograder(tmp_path, "report", "g.jsonl", "--format", "csv")
    assert done.returncode == 2
    assert [row.split(",")[:3] for row in done.stdout.splitlines()[1:]] == [
        ["ada", "3-initialization", f"{POINTS:g}"],
        ["bob", "", ""],
    ]
