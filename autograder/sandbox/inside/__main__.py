"""Entry point of the untrusted side: loads this folder as the package `inside` and starts a part of it."""

import importlib.util
import os
import sys


def load_package(folder: str) -> None:
    """Make `inside` importable without putting its parent, the grader's code, on `sys.path`."""
    spec = importlib.util.spec_from_file_location(
        "inside", os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["inside"] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    load_package(os.path.dirname(os.path.abspath(__file__)))
    importlib.import_module("inside." + sys.argv[1]).main(*sys.argv[2:])
