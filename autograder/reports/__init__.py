"""Reports: functions from grades to text, one module a format, each with `render(grades) -> str`."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence

from autograder.reports._words import explained, explanation, overview
from autograder.results import Grade

__all__ = ["explained", "explanation", "formats", "overview", "render"]


def formats() -> tuple[str, ...]:
    """The names of all formats."""
    modules = pkgutil.iter_modules(__path__)
    return tuple(module.name for module in modules if not (module.ispkg or module.name.startswith("_")))


def render(format_name: str, grades: Sequence[Grade]) -> str:
    """The grades in the named format."""
    function: Callable[[Sequence[Grade]], str] = importlib.import_module(f"{__name__}.{format_name}").render
    return function(grades)
