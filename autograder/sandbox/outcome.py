"""What a session is given and gives back. Plain data, and two exceptions with an owner: the student.

StudentFault    one call failed; the session lives
SessionLost     the worker is dead; the next `calls` starts another, while the budget lasts

And one with none: WorkerKilled.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from .inside.wire import Value


@dataclass(frozen=True)
class Cell:
    """One code cell of a notebook: `number` is its position there, `count` that among the code cells, from 1."""

    number: int
    source: str
    count: int = 0

    @property
    def request(self) -> dict[str, Any]:
        """What the worker is asked for."""
        return {"cell": self.source, "number": self.number, "count": self.count}


@dataclass(frozen=True)
class CellError:
    """Why a cell did not run to its end.

    `type` is a built-in exception's name, or "Error" for an exception of the student's own and for a cell
    that was skipped; `message` is printable, on one line, and at most 200 characters long. A cell is
    `skipped`, from then on, once it has cost its worker.
    """

    number: int
    type: str
    message: str
    skipped: bool = False


@dataclass(frozen=True)
class Raised:
    """What a call raised: type and message as in CellError, and the cell and line where; 0 if in none."""

    type: str
    message: str
    cell: int
    line: int


@dataclass(frozen=True)
class Edit:
    """A place in a cell's text, and what may be written there instead.

    rank: how unlikely a slip it mends. cell: the index of the cell, of those in which edits were asked for.
    first, last: where the definition around it begins and ends. line: the first one that it changes.
    """

    rank: int
    cell: int
    first: int
    last: int
    start: int
    end: int
    line: int
    text: str


@dataclass(frozen=True)
class Reply:
    """What one call of a student's function came to.

    error: None, a built-in exception's name, "other", "stub" (NotImplementedError), "missing" (the notebook has no
        such function), "replaced" (the name is no function's), or "unsupported" (the result is no plain value, or
        is larger than the limits).
    where: of a "stub" the function that raised, if it is another one; a word of the student's.
    modified: positions of the arguments that the function changed in place.
    reseeded: whether numpy's global random state changed in the call's batch.
    """

    result: Value
    error: str | None = None
    modified: tuple[int, ...] = ()
    reseeded: bool = False
    where: str | None = None

    @property
    def value(self) -> Value:
        """The result; raises StudentFault if there is none."""
        if self.error is not None:
            raise StudentFault(self.error, self.where)
        return self.result


@dataclass(frozen=True, eq=False)
class Heard:
    """The answer to a batch as it came, and what it says.

    body, large: its bytes, without the number of the request; None if they are not compared with others.
    weight: bytes that the replies take here.
    """

    replies: list[Reply]
    body: bytes | None = None
    large: tuple[bytes, ...] = ()
    weight: int = 0


class StudentFault(Exception):
    """A call of a student's function gave no result. `error` and `where` as in Reply."""

    def __init__(self, error: str, where: str | None = None) -> None:
        super().__init__(error)
        self.error, self.where = error, where


class SessionLost(Exception):
    """The worker is gone, by the submission's doing.

    reason: "time" (processor time), "stalled" (it slept), "died", "memory" (the worker's, or the grader's for
    its results), "protocol" (it wrote to the grader what the worker never writes), or "budget" (the whole
    submission has used up its share).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WorkerKilled(Exception):
    """The kernel, or somebody else, killed the worker: no submission can, so this says nothing about it."""

    def __init__(self) -> None:
        super().__init__(
            "its worker was killed from outside, as the kernel does when the machine's memory ends"
        )


class Session(ABC):
    """One submission, loaded and ready to be called."""

    @property
    @abstractmethod
    def errors(self) -> tuple[CellError, ...]:
        """Cells that did not run to their end, in the order of the notebook."""

    @abstractmethod
    def calls(self, name: str, batch: Sequence[tuple[Value, ...]]) -> list[Reply]:
        """Call one function with each tuple of arguments, in one round trip. Raises SessionLost, WorkerKilled."""

    def hear(self, name: str, batch: Sequence[tuple[Value, ...]], known: Sequence[Heard] = ()) -> Heard:
        """As `calls`; if the answer is the same, byte for byte, as one of those that are known, that one."""
        del known
        return Heard(self.calls(name, batch))

    @abstractmethod
    def words_of(self, name: str, arguments: tuple[Value, ...]) -> Raised | None:
        """What a call with these arguments raises, in its own words. Only for a session that saw no hidden input."""

    @abstractmethod
    def close(self) -> None:
        """End the worker. It is never waited for politely: `atexit` and `__del__` are the student's."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Workbench(Session):
    """A session in which functions of the notebook can be exchanged for others."""

    @abstractmethod
    def edits(self, sources: Sequence[str], names: Sequence[str], right: Sequence[str]) -> list[Edit]:
        """Single edits of the functions of these names, the likeliest slip first; what lacks is borrowed from
        `right` functions. For a session without cells: what no code of the student's could change.
        """

    @abstractmethod
    def tries(
        self, name: str, sources: Sequence[str], batch: Sequence[tuple[Value, ...]]
    ) -> list[list[Reply]]:
        """Call the function with each tuple of arguments once for each of these definitions, which are gone again
        afterwards. A call that runs for too many lines, or returns too much, has no result.
        """

    @abstractmethod
    def define(self, source: str) -> None:
        """Run a definition, as if a cell had been added, in the worker that there is."""
