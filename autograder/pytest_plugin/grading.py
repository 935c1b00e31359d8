"""The tree that pytest shows: what was named, a submission, an exercise, a check. A submission is graded once, when
the first of its checks runs.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import pytest

from autograder.course.exercises import exercise_of
from autograder.course.folder import points_elsewhere
from autograder.course.notebooks import assignments
from autograder.course.own import CourseError, of_folder
from autograder.grading import own_points, secret
from autograder.grading.batch import Settings, grade_surely
from autograder.grading.grader import Grader
from autograder.intake import submission
from autograder.intake.discovery import discover_all
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found
from autograder.reports import explanation
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.sandbox import SandboxUnavailable
from autograder.text import inert, points, printable

NAME, SENTENCE, MAX_NOTES = 80, 600, 3
_GRADERS = pytest.StashKey["Graders"]()


class Graders:
    """One grader for the run, made for the first submission. A context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.left_out = own_points.left_out(settings.course)
        self._stack = ExitStack()
        self._grader: Grader | None = None

    def grade(self, item: Found) -> Grade:
        """The grade of a submission."""
        if self._grader is None:
            self._grader = self._stack.enter_context(self._settings.grader())
        return grade_surely(self._grader, item, self._settings)

    def close(self) -> None:
        """End its sandbox."""
        self._stack.close()


class Plugin:
    """What is hooked in when notebooks are graded: only they are collected."""

    def __init__(self, secret_file: Path | None, course: Path | None, paths: Sequence[Path]) -> None:
        doubt = secret.doubt(course) if secret_file is None else None
        points = points_elsewhere(paths, "--autograde-course") if course is None else None
        self._said = [sentence for sentence in (doubt, points) if sentence]
        try:  # the processes of a parallel run take it from the file that the first one makes
            own = of_folder(course) if course else ()
            self._graders = Graders(Settings(secret.load(secret_file, course), course=own))
        except (secret.SecretError, CourseError) as error:
            raise pytest.UsageError(f"--autograde: {error}") from None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Collectors find the grader in the session."""
        session.stash[_GRADERS] = self._graders

    def pytest_unconfigure(self) -> None:
        """Nothing runs on."""
        self._graders.close()

    def pytest_report_header(self) -> list[str]:
        """Say what is collected, and what is not."""
        header = "autograder: grading notebooks; no conftest.py and no test module is read"
        return [header, *(f"autograder: {sentence}" for sentence in self._said)]

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self) -> bool:
        """Nothing that was named is left out, whatever it is called."""
        return False

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> pytest.Collector:
        """A folder that was named is one of submissions; those above it only lead there."""
        if parent.session.isinitpath(path):
            return _named(parent, path)
        directory: pytest.Dir = pytest.Dir.from_parent(parent, path=path)
        return directory

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """A file that was named is a submission, or a zip of them; pytest's own collectors get none."""
        yield
        return [_named(parent, file_path)] if parent.session.isinitpath(file_path) else []


def _named(parent: pytest.Collector, path: Path) -> "Submissions":
    made: Submissions = Submissions.from_parent(parent, path=path)
    return made


class Submissions(pytest.File):
    """A folder or a file that was named on the command line."""

    def collect(self) -> Iterator["Submission"]:
        """What is to be graded in it."""
        names: set[str] = set()
        for found in discover_all([self.path], left_out=self.session.stash[_GRADERS].left_out):
            name = _unique(_name(found), names)
            names.add(name)
            yield Submission.of(self, name, found)


class Submission(pytest.Collector):
    """One notebook, or the place where one should be."""

    found: Found
    _grade: Grade | None = None

    @classmethod
    def of(cls, parent: pytest.Collector, name: str, found: Found) -> Self:
        """The collector of what was found."""
        made: Self = cls.from_parent(parent, name=name)
        made.found = found
        return made

    def collect(self) -> Iterator["Exercise | Ungraded"]:
        """The exercises of the assignment that it is, as its text says; no code of it runs here."""
        try:
            read = submission.from_bytes(
                self.found.path, self.found.read(), self.found.student, self.found.assignment
            )
        except SubmissionError:
            yield Ungraded.from_parent(self, name="grading")
            return
        without = self.session.stash[_GRADERS].left_out
        for exercise in assignments()[read.assignment].exercises:
            if exercise not in without:
                yield Exercise.from_parent(self, name=exercise)

    @property
    def grade(self) -> Grade:
        """Its grade. Without one the check that asks ends in an error that says why: it asks in its set-up."""
        if self._grade is None:
            self._grade = self.session.stash[_GRADERS].grade(self.found)
        if self._grade.error is not None:
            pytest.fail(f"not graded: {_text(self._grade.error)}", pytrace=False)
        return self._grade


class Exercise(pytest.Collector):
    """One function that the student had to write."""

    parent: Submission

    def collect(self) -> Iterator["Check"]:
        """Its hidden checks."""
        for check in exercise_of(self.name).checks:
            yield Check.from_parent(self, name=check.name)


class _Item(pytest.Item):
    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Sentences for people instead of a traceback; no line of them is a command to a runner's log."""
        said = str(excinfo.value)
        if not isinstance(excinfo.value, SandboxUnavailable | pytest.fail.Exception):
            said = f"the grader failed ({type(excinfo.value).__name__}: {said}), please report it"
        return "\n".join(map(_text, said.split("\n")))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands: its file, and the names of the tree."""
        return self.path, None, self.nodeid.partition("::")[2]


class Ungraded(_Item):
    """A submission without a grade: an error, not a failed check."""

    parent: Submission

    def setup(self) -> None:
        """Say why."""
        _ = self.parent.grade

    def runtest(self) -> None:
        """Nothing more."""


class Check(_Item):
    """One hidden check."""

    parent: Exercise

    def setup(self) -> None:
        """Grade the submission, unless another check has."""
        self._grade = self.parent.parent.grade

    def runtest(self) -> None:
        """Pass or fail as the check did."""
        [(exercise, result)] = self._results()
        self.user_properties += [("score", points(result.score)), ("max_score", points(result.max_score))]
        if result.status != "passed":
            pytest.fail(_said(exercise, result, self._grade), pytrace=False)

    def _results(self) -> Iterator[tuple[ExerciseResult, CheckResult]]:
        for exercise in self._grade.exercises:
            for check in exercise.checks if exercise.name == self.parent.name else ():
                if check.name == self.name:
                    yield exercise, check


def _said(exercise: ExerciseResult, check: CheckResult, grade: Grade) -> str:
    head = f"{_text(check.title)}: {points(check.score)}/{points(check.max_score)}"
    parts = [word + _text(text) for word, text in explanation(exercise, check)]
    return "\n".join([head, *parts, *(f"Note: {_text(note)}" for note in grade.notes[:MAX_NOTES])])


def _name(found: Found) -> str:
    """The student and the assignment, or the file if nothing tells; `::` is what pytest parts names by."""
    named = found.assignment or submission.named(found.path)
    name = f"{found.student}/{named or '?'}" if found.student is not None else str(found.relative)
    return _text(name, 2 * NAME).replace("::", ": :") or "?"


def _unique(name: str, taken: set[str]) -> str:
    number = 2
    unique = name
    while unique in taken:
        unique = f"{name} ({number})"
        number += 1
    return unique


def _text(text: str, limit: int = SENTENCE) -> str:
    """Text of students that no terminal and no runner's log obeys."""
    return inert(printable(text, limit))
