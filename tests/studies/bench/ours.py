"""`python -m tests.studies.bench.ours ASSIGNMENT WHAT ROUNDS`: one figure of ours, in a process of its own.

floor       the student's own calls of all checks, in this process, without isolation: nobody can be faster
graded      right submissions in a warm grader, notebook bytes to grade
wrong       the same with a mistake of the catalogue in every exercise
Prints {"wall": seconds, "cpu": processor seconds of all processes}, each for one submission.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.course import notebooks
from autograder.course.exercises import misconceptions_of
from autograder.demo.handin import solved, source_of, write
from autograder.grading.grader import Grader
from autograder.intake import submission
from autograder.sandbox import OwnCode, Sandbox, Spent
from autograder.sandbox.channel import Watch
from autograder.sandbox.inside.answer import _build
from autograder.sandbox.own_code import _given
from autograder.sandbox.server import Exit, host_pid

SECRET = b"a secret of the benchmark"


class Recording(OwnCode):
    """Grades without isolation, and keeps what was asked, and of which notebook."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, dict[str, Any]]] = []

    def open(self, cells: Any, spent: Spent | None = None) -> Any:
        """As OwnCode does; each request is kept."""
        session: Any = super().open(cells, spent)
        ask = session._ask

        def kept(request: dict[str, Any]) -> dict[str, Any]:
            self.asked.append((session._notebook, request))
            reply: dict[str, Any] = ask(request)
            return reply

        session._ask = kept
        return session


def floor(assignment: str) -> Callable[[], None]:
    """The student's functions, called with all hidden inputs."""
    recording = Recording()
    with Grader(recording, SECRET) as grader:
        grader.grade(_submission(assignment))
    calls = []
    for notebook, request in recording.asked:
        if "name" in request:
            given = _given(request)["batch"]
            function = notebook.namespace[request["name"]]
            calls += [(function, [_build(value, {}) for value in arguments]) for arguments in given]

    def run() -> None:
        for function, arguments in calls:
            function(*arguments)

    return run


def _submission(assignment: str, changes: dict[str, str] | None = None) -> submission.Submission:
    data = write(solved(assignment, changes or {})).encode()
    return submission.from_bytes(notebooks.notebook("solutions", assignment), data, None, assignment)


def _mistaken(assignment: str) -> submission.Submission:
    names = notebooks.assignments()[assignment].exercises
    return _submission(assignment, {n: source_of(next(iter(misconceptions_of(n))), n) for n in names})


@dataclass
class Meter:
    """Processor seconds of the grader, of its fork server, and of all workers that have been collected."""

    sandbox: Sandbox
    workers: float = 0.0

    def __post_init__(self) -> None:
        server = self.sandbox._server
        reap = server.reap

        def metered(pid: int) -> Exit:
            end = reap(pid)
            self.workers += end.cpu
            return end

        server.reap = metered  # type: ignore[method-assign]
        assert server._pidfd is not None
        self._server = Watch(host_pid(server._pidfd), 1.0, 1.0)

    def used(self) -> float:
        """Until now."""
        return time.process_time() + self._server.used() + self.workers


def graded(assignment: str, wrong: bool, rounds: int) -> dict[str, float]:
    """A grader that is warm: references are made, caches filled."""
    one = _mistaken(assignment) if wrong else _submission(assignment)
    with Sandbox() as sandbox, Grader(sandbox, SECRET) as grader:
        meter = Meter(sandbox)
        for _ in range(3):
            grader.grade(one)
        start, before = time.perf_counter(), meter.used()
        for _ in range(rounds):
            grader.grade(one)
        return {"wall": (time.perf_counter() - start) / rounds, "cpu": (meter.used() - before) / rounds}


def repeated(run: Callable[[], None], rounds: int) -> dict[str, float]:
    """The shortest of many turns: what disturbs can only make it longer."""
    run()
    turns = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        turns.append(time.process_time() - start)
    return {"wall": min(turns), "cpu": min(turns)}


def main() -> None:
    """Print the figure."""
    assignment, what, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if what == "floor":
        print(json.dumps(repeated(floor(assignment), rounds)))
    else:
        print(json.dumps(graded(assignment, what == "wrong", rounds)))


if __name__ == "__main__":
    main()
