"""Other versions of a notebook's functions, each put in place, called, and taken away again."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from .cells import Caught, Notebook, exception_name
from .wire import Value

Answers = list[tuple[Value, ...]]
Ask = Callable[[], Answers]


def tried(notebook: Notebook, sources: Sequence[str], lines: int, ask: Ask, caught: Caught) -> list[Answers]:
    """For each source what `ask` answers once it has run; the notebook's names are as before afterwards.

    It ends after so many lines: an endless loop costs little, and the same on every machine.
    """
    before, answers = dict(notebook.namespace), list[Answers]()
    for source in sources:
        try:
            exec(compile(source, _NAME, "exec"), notebook.namespace)
            with _bounded(lines):
                answers.append(ask())
        except _TooLong:
            answers.append([(None, "other", [])])
        except caught as error:
            answers.append([(None, exception_name(error), [])])
        notebook.namespace.clear()
        notebook.namespace.update(before)
    return answers


_NAME = "<candidate>"


class _TooLong(BaseException):
    """So many lines have run."""


@contextmanager
def _bounded(lines: int) -> Iterator[None]:
    left = lines

    def within(_: FrameType, event: str, __: Any) -> Any:
        nonlocal left
        if event == "line":
            left -= 1
            if left < 0:
                raise _TooLong
        return within

    sys.settrace(lambda frame, _, __: within if frame.f_code.co_filename == _NAME else None)
    try:
        yield
    finally:
        sys.settrace(None)
