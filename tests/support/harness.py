"""The arena: one grader, one sandbox, a victim beside every attack and an honest student behind it."""

import ctypes
import gc
import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring import Cases, Student
from autograder.course import notebooks
from autograder.course.exercises import exercise_of
from autograder.demo.handin import solved, write
from autograder.grading.grader import Grader
from autograder.grading.marking import mark
from autograder.intake import submission
from autograder.reports import explanation, render
from autograder.results import ExerciseResult, Grade
from autograder.sandbox import Cell, Isolation, Limits, Sandbox, Session, Spent
from autograder.sandbox.requests import Requests
from autograder.sandbox.server import host_pid
from autograder.sandbox.session import SandboxSession
from tests.support.attack import Attack
from tests.support.gradings import without_experiments
from tests.support.lab import MARK, Lab
from tests.support.traces import forget_peak, peak, resident, traces

# What attacks may use: less than a grader allows, so that hanging takes little time here. Each is short of one thing
# only: which of two deadlines comes first would depend on how busy the machine is. Honest students have the product's.
BRISK = {
    "processor": Limits(cpu=0.6, wall=60.0, total_cpu=20.0, total_wall=600.0, respawns=6),
    "wall": Limits(cpu=30.0, wall=3.0, total_cpu=60.0, total_wall=6.0, respawns=6),
}
PROCESSOR = 10.0  # seconds of the grader's own time, where half a second is the most that is seen
BUDGETS = 2  # of one submission: one to be tried, one to be explained
PEAK, GROWTH = 300 << 20, 64 << 20  # one batch of results, twice, while it is judged; and what may stay
ASSIGNMENT, EXERCISE = "3-initialization", "he_normal"
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Outcome:
    """How an attack ended: held if there are no complaints."""

    category: str
    name: str
    seconds: float
    complaints: tuple[str, ...]


class Listener:
    """The sandbox, whose sessions are kept: cells say more than a report shows of it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._sessions = sandbox, list[Session]()
        self.isolation, self.limits = sandbox.isolation, Limits()
        self._budgets: list[Spent] = []

    def open(self, cells: Sequence[Cell], spent: Spent) -> Session:
        """As the sandbox does, within the limits that are set just now."""
        self._sessions.append(SandboxSession(self._sandbox._spawn, Requests(), cells, self.limits, spent))
        if not any(spent is known for known in self._budgets):
            self._budgets.append(spent)
        return self._sessions[-1]

    @contextmanager
    def within(self, limits: Limits) -> Iterator[list[Spent]]:
        """Other limits for what is opened now; the budgets that it has."""
        self.limits, before, self._budgets = limits, self.limits, []
        yield self._budgets
        self.limits, self._budgets = before, []

    def heard(self) -> str:
        """What cells have said since the last time."""
        said = [error.message for session in self._sessions for error in session.errors]
        self._sessions.clear()
        return " ".join(said)


class Arena:
    """Everything an attack meets. A context manager."""

    def __init__(self, isolation: Isolation) -> None:
        # Orphans become ours: a process that detached itself cannot hide.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.lab = Lab()
        self._isolation = isolation

    def __enter__(self) -> "Arena":
        self.lab.__enter__()
        self.sandbox = Sandbox(self._isolation)
        self.listener = Listener(self.sandbox)
        self.grader = Grader(self.listener, self.lab.secret)  # type: ignore[arg-type]
        self._server = self.sandbox._server
        self._victim_cases = Cases(b"the victim's own hidden inputs", f"{ASSIGNMENT}/{EXERCISE}")
        self._warm_up()
        self._memory = resident()
        return self

    def __exit__(self, *_: Any) -> None:
        self.sandbox.close()
        self.lab.__exit__(None, None, None)

    @property
    def server(self) -> int:
        """The fork server's number."""
        assert self._server._pidfd is not None
        return host_pid(self._server._pidfd)

    def run(self, attack: Attack) -> Outcome:
        """Grade the attack with a victim beside it, then look at everything it could have touched."""
        with self.sandbox.open(honest_cells()) as victim:
            return self._watched(attack, write(self._handed_in(attack)).encode(), victim)

    def _handed_in(self, attack: Attack) -> dict[str, Any]:
        """The solved notebook with the attack in it."""
        assignment = _assignment_of(attack.cell)
        document = solved(assignment, {attack.cell: self.lab.fill_in(attack.source)})
        if not attack.rerun:
            document["cells"] = without_experiments(document, assignment)
        return document

    def _watched(self, attack: Attack, data: bytes, victim: Session) -> Outcome:
        before = traces(self.lab.root, self.server)
        forget_peak()
        memory, start, processor = resident(), time.perf_counter(), time.process_time()
        with self.listener.within(BRISK[attack.clock]) as budgets:
            grade, beside = self._grade_beside(data, victim)
        seconds, processor = time.perf_counter() - start, time.process_time() - processor
        used = peak() - memory
        complaints = [
            *_judge(attack, grade),
            *self._secrets(attack, grade),
            *traces(self.lab.root, self.server).since(before),
            *self._others(victim, beside),
        ]
        if processor > PROCESSOR or len(budgets) > BUDGETS:
            complaints.append(f"it took {processor:.1f} s of the grader, {len(budgets)} budgets")
        gc.collect()
        if used > PEAK or resident() - self._memory > GROWTH:
            complaints.append(
                f"memory: peak +{used >> 20} MiB, stayed +{(resident() - self._memory) >> 20} MiB"
            )
        return Outcome(attack.category, attack.name, seconds, tuple(complaints))

    def _grade_beside(self, data: bytes, victim: Session) -> tuple[Grade, ExerciseResult]:
        """The attacker's grade, and what the victim gets in the same moments."""
        with ThreadPoolExecutor(1) as pool:
            beside = pool.submit(self._victim_s_result, victim)
            grade = self._grade(data)
            return grade, beside.result()

    def _grade(self, data: bytes) -> Grade:
        self.listener.heard()  # of earlier submissions nothing is kept
        return self.grader.grade(submission.from_bytes(Path("attack.ipynb"), data, "mallory", None))

    def _victim_s_result(self, victim: Session) -> ExerciseResult:
        attempts = mark(exercise_of(EXERCISE).checks, Student(victim), self._victim_cases)
        return ExerciseResult(EXERCISE, tuple(attempt.result for attempt in attempts))

    def _secrets(self, attack: Attack, grade: Grade) -> list[str]:
        shown = json.dumps([render(name, [grade]) for name in ("json", "table", "html")])
        said = self.listener.heard() + shown
        found = [f"canary read: {kind}" for kind in self.lab.read_canaries(said)]
        if MARK in said:
            found.append(f"it says: {said[said.index(MARK) :][:120]}")
        if attack.never and attack.never in shown:
            found.append(f"the report shows {attack.never}")
        return found + (["a connection from inside"] if self.lab.knocked() else [])

    def _others(self, victim: Session, beside: ExerciseResult) -> list[str]:
        """The victim during the attack and after it, the next honest student, and the fork server."""
        afterwards = self._victim_s_result(victim)
        following = self._grade(write(solved(ASSIGNMENT)).encode())
        wrong = [
            f"the victim {when} the attack has {result.score:g}"
            for when, result in (("during", beside), ("after", afterwards))
            if result.score != result.max_score
        ]
        if following.score != following.max_score:
            wrong.append(f"the next honest student has {following.score}")
        if self.sandbox._server is not self._server or self._server.lost:
            wrong.append("the fork server was brought down")
            self._server = self.sandbox._server
        return wrong

    def _warm_up(self) -> None:
        """Let all be made that a class shares, and that stays."""
        self._grade(write(solved("4-depth-150", _CONSTANT)).encode())
        for _ in range(2):
            self._grade(write(solved(ASSIGNMENT)).encode())
            self._grade(write(solved(ASSIGNMENT, {EXERCISE: _WRONG})).encode())  # Hypothesis is loaded now


_CONSTANT = {  # which are read by what they answer about our own networks
    "depth_report": "def depth_report(scheme, activation, depth, width, rng):\n    return 1.0, rng.random()\n",
    "best_multiplier": "def best_multiplier(activation, candidates, depth, width, rng):\n    return candidates[1]\n",
}
_WRONG = "def he_normal(n_out, n_in, rng):\n    return [1.0]\n"


def honest_cells() -> Any:
    """The cells of an honest student."""
    text = write(solved(ASSIGNMENT)).encode()
    return submission.from_bytes(Path(f"{ASSIGNMENT}.ipynb"), text, "victim", None).essential


def _assignment_of(exercise: str) -> str:
    return next(name for name, one in notebooks.assignments().items() if exercise in one.exercises)


def _judge(attack: Attack, grade: Grade) -> list[str]:
    """Whether the score is what it may be, and the message what it should be."""
    if grade.status != "graded":
        return [f"not graded: {grade.error}"]
    exercise = next(one for one in grade.exercises if one.name == attack.cell)
    right = {
        "lost": exercise.score == 0.0,
        "part": exercise.score < exercise.max_score,
        "any": True,
        "full": exercise.score == exercise.max_score,
    }
    messages = [text for check in exercise.failed for _, text in explanation(exercise, check)]
    wrong = (
        [] if right[attack.score] else [f"score {exercise.score:g} of {exercise.max_score:g}: {messages[:1]}"]
    )
    if attack.says and not any(attack.says in message for message in messages):
        wrong.append(f"the message is {messages[:1]}")
    return wrong
