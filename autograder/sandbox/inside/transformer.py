"""IPython's own reading of a cell, without the rest of IPython: its input transformer, loaded from its file."""

import importlib
import importlib.util
import sys
from types import ModuleType

_MODULE = "IPython.core.inputtransformer2"
_PACKAGES = ("IPython", "IPython.core", "IPython.utils")


def _load() -> ModuleType:
    """The module as if its packages were empty: what IPython imports by itself takes longer than a submission.

    They are forgotten again, since students are given a stand-in of that name.
    """
    if _MODULE in sys.modules:
        return sys.modules[_MODULE]
    spec = importlib.util.find_spec("IPython")
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError("IPython is needed to read notebooks: pip install ipython")
    (folder,) = spec.submodule_search_locations
    before = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "IPython"}
    try:
        for name in _PACKAGES:
            package = ModuleType(name)
            package.__path__ = ["/".join((folder, *name.split(".")[1:]))]
            sys.modules[name] = package
        return importlib.import_module(_MODULE)
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "IPython"]:
            del sys.modules[name]
        sys.modules.update(before)


_manager = _load().TransformerManager


def as_python(source: str) -> str:
    """The cell in plain Python, with magics and system calls as calls of `get_ipython()`; it may still be wrong.

    Lines keep their numbers, but for what a magic spreads over several lines.
    """
    above = len(source) - len(source.lstrip())
    return "\n" * source.count("\n", 0, above) + str(_manager().transform_cell(source))
