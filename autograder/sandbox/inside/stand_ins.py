"""Inert stand-ins for plotting, display and widget libraries: every name exists, nothing happens.

Plots are never graded, and drawing 32 of them would cost more than all checks together.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    from importlib.abc import Loader

LIBRARIES = frozenset((
    "matplotlib", "pylab", "mpl_toolkits", "seaborn", "plotly", "bokeh", "altair", "IPython", "ipywidgets", "google",
    "tqdm",
))  # fmt: skip


class Inert:
    """An object that can be called, indexed, entered, compared and drawn on, to no effect."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python itself asks for these, and must not be told that they exist
            raise AttributeError(name)
        return _member(name, _ON_OBJECTS)

    def __call__(self, *_: Any, **__: Any) -> Any:  # noqa: D102
        return Inert()

    def __getitem__(self, _: Any) -> Any:
        return Inert()

    def __setitem__(self, _: Any, __: Any) -> None:
        pass

    def __setattr__(self, _: str, __: Any) -> None:
        pass

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __float__(self) -> float:
        return 0.0

    def __int__(self) -> int:
        return 0

    def __instancecheck__(self, _: Any) -> bool:
        return True

    def __format__(self, _: str) -> str:
        return ""

    def _combine(self, *_: Any) -> Any:
        return Inert()

    def _compare(self, _: Any) -> bool:
        return False

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _combine
    __floordiv__ = __mod__ = __matmul__ = __pow__ = __neg__ = __abs__ = __or__ = __ror__ = __and__ = _combine
    __lt__ = __le__ = __gt__ = __ge__ = _compare


class Progress(Inert):
    """tqdm: what is iterated over must pass through."""

    def __init__(self, iterable: Iterable[Any] = (), *_: Any, **__: Any) -> None:
        self.__dict__["iterable"] = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self.__dict__["iterable"])

    def __len__(self) -> int:
        return len(self.__dict__["iterable"])


def _axes(rows: Any = 1, columns: Any = 1, *_: Any, squeeze: bool = True, **options: Any) -> Any:
    """`Figure.subplots`: one object, or an object array of them as matplotlib shapes it."""
    shape = int(options.get("nrows", rows)), int(options.get("ncols", columns))
    grid = np.empty(shape, dtype=object)
    for index in np.ndindex(shape):
        grid[index] = Inert()
    if not squeeze:
        return grid
    return grid[0, 0] if grid.size == 1 else grid.squeeze()


def _subplots(*arguments: Any, **options: Any) -> Any:
    return Inert(), _axes(*arguments, **options)


def _lines(*_: Any, **__: Any) -> Any:
    return [Inert()]


def _histogram(_: Any = (), bins: Any = 10, *__: Any, **___: Any) -> Any:
    number = bins if isinstance(bins, int) else 10 if isinstance(bins, str) else len(bins) - 1
    return np.zeros(number), np.zeros(number + 1), Inert()


def _interval(*_: Any, **__: Any) -> Any:
    return 0.0, 1.0


def _two_lists(*_: Any, **__: Any) -> Any:
    return [], []


def _range(*bounds: int, **_: Any) -> Any:
    return Progress(range(*bounds))


# Names whose results students take apart; everything else gives an Inert.
_ON_OBJECTS: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(("plot", "semilogx", "semilogy", "loglog", "step", "fill"), _lines),
    **dict.fromkeys(
        ("xlim", "ylim", "get_xlim", "get_ylim", "get_xbound", "get_ybound", "get_size_inches"), _interval
    ),
    **dict.fromkeys(("xticks", "yticks", "get_legend_handles_labels"), _two_lists),
    "hist": _histogram,
    "subplots": _axes,
}
_IN_MODULES: Mapping[str, Callable[..., Any]] = {
    **_ON_OBJECTS,
    "subplots": _subplots,
    **dict.fromkeys(("tqdm", "tqdm_notebook"), Progress),
    **dict.fromkeys(("trange", "tnrange"), _range),
}


def _member(name: str, special: Mapping[str, Callable[..., Any]]) -> Any:
    return special.get(name) or Inert()


class _InertModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__version__":
            raise AttributeError(name)
        return "0" if name == "__version__" else _member(name, _IN_MODULES)


class _Finder:
    """Answers for the libraries above and all their submodules, installed or not: finder and loader in one.

    Not derived from the classes in `importlib.abc`, which import thirty modules that no worker needs.
    """

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """A module for the libraries above; everything else is looked for as usual."""
        if fullname.partition(".")[0] not in LIBRARIES:
            return None
        return ModuleSpec(fullname, cast("Loader", self), is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """A module in which every name exists."""
        return _InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """`from pylab import *` is the one star import that notebooks rely on."""
        module.__dict__["__all__"] = ["plt", "np", "display"] if module.__name__ == "pylab" else []
        module.__dict__["np"] = np


def install() -> _Finder:
    """Put the stand-ins before everything that could be imported."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    return finder
