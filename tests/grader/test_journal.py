"""Grades that are in the journal are not lost, whatever ends the grading, and not given again, whatever was handed in
once more.
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.own import Own
from autograder.demo.handin import released, solved, write
from autograder.grading import journal as journals
from autograder.grading.batch import Settings, Task, grade_all, here
from autograder.grading.journal import Codec, Journal, JournalError
from autograder.grading.secret import fingerprint
from autograder.intake.discovery import Found, discover_all
from autograder.reports.json import as_dict, from_dict
from autograder.results import Grade
from tests.support.command import in_process

MARK = "1-deep-chains"
CODEC = Codec(as_dict, from_dict)
SETTINGS = Settings(b"a secret of the class", own_code=True)
WRONG = {"steps_to_move": "def steps_to_move(x, weights):\n    return 3\n"}


def hand_in(folder: Path, student: str, remark: str = "", changes: dict[str, str] | None = None) -> Path:
    notebook = solved(MARK, changes)
    notebook["cells"].append({"cell_type": "markdown", "id": "r", "metadata": {}, "source": remark})
    path = folder / "submitted" / student / MARK / f"{MARK}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write(notebook), encoding="utf-8")
    return path


class Class:
    """Submissions in a folder, a journal beside them, and what was said of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "journal.jsonl"
        self.said = list[str]()

    def grade(self, settings: Settings = SETTINGS) -> tuple[list[Grade], list[str]]:
        """The grades, and the students whose work was graded for it."""
        tried = list[str]()

        def worked(tasks: Iterator[Task]) -> Iterator[tuple[Task, Grade]]:
            for task, grade in here(settings)(tasks):
                tried.append(str(grade.student))
                yield task, grade

        with Journal(self.path, CODEC, self.said.append) as journal:
            found = discover_all([self.folder / "submitted"])
            graded = dict(grade_all(found, settings, worked, journal))
        return [graded[number] for number in sorted(graded)], tried

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.path.read_text().splitlines()]


@pytest.fixture
def group(tmp_path: Path) -> Class:
    """Ada is right, Bob is wrong, and Cyd handed in no notebook."""
    hand_in(tmp_path, "ada")
    hand_in(tmp_path, "bob", changes=WRONG)
    (tmp_path / "submitted" / "cyd" / MARK).mkdir(parents=True)
    return Class(tmp_path)


def test_what_is_in_it_is_not_graded_again(group: Class) -> None:
    first, tried = group.grade()
    assert tried == ["ada", "bob", "cyd"]
    before = group.path.read_bytes()
    again, tried = group.grade()
    assert tried == ["cyd"]  # there may be a notebook now
    assert [replace(grade, seconds=0) for grade in again] == [replace(grade, seconds=0) for grade in first]
    assert again[:2] == first[:2]
    assert group.path.read_bytes() == before
    assert group.said == []


def test_a_line_is_the_grade_as_a_report_has_it_and_its_key(group: Class) -> None:
    (ada, *_), _ = group.grade()
    line = group.lines()[0]
    assert from_dict(line) == ada
    assert len(str(line["key"])) == 32
    assert line["known"] == 0


def test_only_what_has_changed_is_graded_again(group: Class) -> None:
    group.grade()
    hand_in(group.folder, "bob", "mended")
    grades, tried = group.grade()
    assert tried == ["bob", "cyd"]
    assert [grade.score for grade in grades] == [100, 100, None]
    assert [line["student"] for line in group.lines()] == ["ada", "bob", "cyd", "bob"]


@pytest.mark.parametrize(
    "other",
    [
        replace(SETTINGS, secret=b"a secret of another class"),
        replace(SETTINGS, own_code=False),
        replace(SETTINGS, course=(Own(MARK, (("steps_to_move", 3.0),), ()),)),
    ],
    ids=["the secret", "isolation", "points"],
)
def test_another_key_is_another_grade(group: Class, other: Settings) -> None:
    group.grade()
    _, tried = group.grade(other)
    assert tried == ["ada", "bob", "cyd"]


def test_other_checks_are_other_grades(group: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    group.grade()
    monkeypatch.setattr(journals, "edition", lambda: "of tomorrow")
    assert group.grade()[1] == ["ada", "bob", "cyd"]


def test_whoever_hands_in_the_same_gets_the_same(group: Class) -> None:
    first, _ = group.grade()
    shutil.copytree(group.folder / "submitted" / "bob", group.folder / "submitted" / "dan")
    (*_, dan), tried = group.grade()
    assert tried == ["cyd"]
    assert dan == replace(first[1], student="dan", submission=str(dan.submission))
    assert "/dan/" in dan.submission
    assert [line["student"] for line in group.lines()] == ["ada", "bob", "cyd", "dan"]


def test_what_is_known_of_a_submission_is_known_anew(group: Class) -> None:
    (ada, *_), _ = group.grade()
    other = group.folder / "submitted" / "ada" / MARK / "other.ipynb"
    other.write_text(write(released(MARK)))
    (then, *_), tried = group.grade()
    assert (tried, then.score) == (["cyd"], 100)
    assert [note for note in then.notes if "of 2 notebooks this one counts" in note]
    other.unlink()
    assert group.grade()[0][0] == ada


def test_questions_for_a_person_are_said_once(group: Class) -> None:
    points = tuple((name, 10.0) for name in ("steps_to_move",))
    settings = replace(SETTINGS, course=(Own(MARK, points, (("essay", 5.0),)),))
    (ada, *_), _ = group.grade(settings)
    (again, *_), tried = group.grade(settings)
    assert again == ada
    assert (ada.by_hand, tried) == (5.0, ["cyd"])


def test_a_torn_last_line_is_graded_again(group: Class) -> None:
    first, _ = group.grade()
    whole = group.path.read_bytes()
    lines = whole.splitlines(keepends=True)
    for torn in (lines[0] + lines[1][:-1], lines[0] + lines[1][:200], lines[0][:50], b'{"sch'):
        group.path.write_bytes(torn)
        again, tried = group.grade()
        assert tried == ["ada", "bob", "cyd"][torn.count(b"\n") :]
        assert [grade.score for grade in again] == [grade.score for grade in first]
        assert [line["student"] for line in group.lines()] == ["ada", "bob", "cyd"]
    assert group.said == []


@pytest.mark.parametrize("damage", [b"\0" * 40 + b"\n", b"[1]\n", b'{"a": "\xff"}\n', b'{"student": 3}\n'])
def test_a_damaged_line_is_said_and_costs_only_itself(group: Class, damage: bytes) -> None:
    group.grade()
    lines = group.path.read_bytes().splitlines(keepends=True)
    group.path.write_bytes(lines[0] + damage + lines[2])
    assert group.grade()[1] == ["bob", "cyd"]
    assert group.said == [f"1 line of the journal {group.path} cannot be read (2): graded again"]


def test_a_line_that_is_no_grade_is_graded_again(group: Class) -> None:
    group.grade()
    group.path.write_text(group.path.read_text().replace('"exercises": [{', '"exercises": [{"x": 1}, {', 1))
    assert group.grade()[1] == ["ada", "cyd"]


def refusal(path: Path, read_only: bool = False) -> str:
    with pytest.raises(JournalError) as refused:
        Journal(path, CODEC, read_only=read_only)
    return str(refused.value)


def test_a_second_grader_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, CODEC):
        assert "another grader is writing" in refusal(path)
        with Journal(path, CODEC, read_only=True) as reader:
            assert reader.find("key", "x", None) is None
    Journal(path, CODEC).__exit__(None, None, None)


@pytest.mark.parametrize(
    "text", ["", "student,score\n", '{"schema": 1}\n', '{"cells": []}', '{"schema": 1}\n{"a']
)
def test_nobodys_file_is_written_into(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file"
    path.write_text(text)
    if text:
        assert "is no journal" in refusal(path)
    else:
        Journal(path, CODEC).__exit__(None, None, None)
    assert path.read_text() == text


def make_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [os.mkfifo, make_folder])
def test_what_is_no_file_is_no_journal(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "journal")
    assert "journal" in refusal(tmp_path / "journal")
    assert "No such file" in refusal(tmp_path / "nowhere" / "journal")
    assert "No such file" in refusal(tmp_path / "missing", read_only=True)


def test_the_command_says_why_in_a_sentence(group: Class) -> None:
    done = in_process(group.folder, "grade", "--unsafe-own-code", "--journal", "nowhere/j", "submitted")
    assert done.returncode == 1
    assert "cannot open the journal nowhere/j: No such file or directory" in done.stderr


def test_a_full_disk_costs_the_journal_and_no_grade(group: Class) -> None:
    first, _ = group.grade()
    size = len(group.path.read_bytes().splitlines(keepends=True)[0]) + 100
    group.path.unlink()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        again, _ = group.grade()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [grade.score for grade in again] == [grade.score for grade in first]
    assert [line["student"] for line in group.lines()] == ["ada"]
    assert group.said == [
        f"cannot write the journal {group.path} any more (File too large): what follows is in the report alone"
    ]
    assert group.grade()[1] == ["bob", "cyd"]


def command(jobs: int = 2) -> list[str]:
    words = [
        "--journal",
        "journal.jsonl",
        "--format",
        "jsonl",
        "--output",
        "r.jsonl",
        "--secret-file",
        "secret",
    ]
    return [sys.executable, "-P", "-m", "autograder", "grade", "--jobs", str(jobs), *words, "submitted"]


def scores(path: Path) -> list[tuple[object, object]]:
    grades = map(json.loads, path.read_text().splitlines())
    return [(grade["student"], [exercise["score"] for exercise in grade["exercises"]]) for grade in grades]


def written(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def killed_at_random(folder: Path, students: int, kills: int) -> None:
    """Grade a class that is killed in random moments, then to the end."""
    chance = random.Random(7)
    for after in sorted(chance.sample(range(1, students), kills)):
        with subprocess.Popen(
            command(chance.choice((1, 2))), cwd=folder, stderr=subprocess.DEVNULL
        ) as process:
            while written(folder / "journal.jsonl") < after:
                assert process.poll() is None
                time.sleep(0.02)
            time.sleep(chance.random() * 0.05)
            process.send_signal(signal.SIGKILL)
    subprocess.run(command(), cwd=folder, check=True)


@pytest.mark.parametrize(("students", "kills"), [(12, 1), pytest.param(500, 20, marks=pytest.mark.slow)])
def test_a_class_that_is_killed_again_and_again_is_graded_once(
    tmp_path: Path, students: int, kills: int
) -> None:
    (tmp_path / "secret").write_text("a secret of the class")
    for number in range(students):
        hand_in(tmp_path, f"s{number:03}", f"{number}", WRONG if number % 25 == 0 else None)
    killed_at_random(tmp_path, students, kills)
    resumed = scores(tmp_path / "r.jsonl")
    kept = [json.loads(line)["student"] for line in (tmp_path / "journal.jsonl").read_text().splitlines()]
    assert sorted(kept) == [f"s{number:03}" for number in range(students)]
    (tmp_path / "journal.jsonl").unlink()
    subprocess.run(command(), cwd=tmp_path, check=True)
    assert scores(tmp_path / "r.jsonl") == resumed
    assert len(resumed) == students


def test_the_key_follows_from_the_notebook_and_the_name_that_it_claims() -> None:
    secret = fingerprint(SETTINGS.secret)
    keys = {
        journals.key_of(data, named, secret)
        for data in (b"a", b"b")
        for named in (MARK, "2-backpropagation", None)
    }
    assert len(keys) == 6
    assert Task(0, Found(Path(), Path(f"{MARK}.ipynb")), b"a").key(replace(SETTINGS, own_code=False)) in keys
