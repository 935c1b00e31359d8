"""The levels of isolation that this machine can enforce, and cells to run at them."""

from typing import Any

import pytest

from autograder.sandbox import Cell, Isolation, probe

LAYERS = {layer.name: layer for layer in probe()}
LEVELS = [Isolation.BWRAP, Isolation.KERNEL]


def require(level: Isolation) -> None:
    needed = ["landlock", "seccomp"] + ["bubblewrap"] * (level is Isolation.BWRAP)
    for name in needed:
        if not LAYERS[name].ok:
            pytest.skip(f"{name} does not work on this machine: {LAYERS[name].detail}")


def cells(*sources: str) -> list[Cell]:
    return [Cell(number, source) for number, source in enumerate(sources, start=1)]


def ask(box: Any, source: str, *arguments: Any) -> Any:
    """The value of `f(*arguments)`, where `source` defines `f`."""
    with box.open(cells(source)) as session:
        assert session.errors == ()
        return session.calls("f", [arguments])[0].value
