"""SIGTERM and SIGHUP end the grading of a class like Ctrl-C: what was graded is reported first."""

import signal
from collections.abc import Iterable, Iterator
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

from autograder.output import let_go_of_a_closed_terminal

T = TypeVar("T")
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")  # by name: not every system has all of them


class Interrupted(KeyboardInterrupt):
    """A signal has asked for the end."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


class Interruption:
    """Between two items of `until` a first signal waits for the next item, so that no report stops half-way.

    A second one ends everything at once. Signals that the program was told to ignore (by `nohup`, say) stay ignored.
    """

    def __init__(self) -> None:
        self._number: int | None = None
        self._in_items = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (getattr(signal, name) for name in _ENDING if hasattr(signal, name)):
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                self._before[number] = signal.signal(number, self._asked)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if kind is None and self._number is not None:
            raise Interrupted(self._number)

    def until(self, items: Iterable[T]) -> Iterator[T]:
        """The items until a signal comes; raises Interrupted then."""
        rest = iter(items)
        while self._number is None:
            self._in_items = True
            try:
                item = next(rest)
            except StopIteration:
                return
            finally:
                self._in_items = False
            yield item
        raise Interrupted(self._number)

    def _asked(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if number != signal.SIGINT:
            let_go_of_a_closed_terminal()
        first, self._number = self._number is None, number
        if self._in_items or not first:
            raise Interrupted(number)
