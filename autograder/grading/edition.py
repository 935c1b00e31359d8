"""Which checks these are: what must be the same for two grades of a notebook to be the same."""

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from autograder.course import notebooks

_DECIDE = ("authoring", "course", "grading", "intake", "sandbox")  # folders; and modules beside them:
_BESIDE = ("results.py", "text.py")


@cache
def edition() -> str:
    """A fingerprint of all that decides a grade: our code, the notebooks, Python, numpy and scipy.

    Not the version's number: in a checkout checks change without it, and an outdated grade is worse than one more run.
    """
    found = hashlib.sha256()
    found.update(repr((platform.python_version(), version("numpy"), version("scipy"))).encode())
    for name, path in _files():
        found.update(f"{name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _files() -> Iterator[tuple[str, Path]]:
    here = Path(__file__).resolve().parents[1]
    ours = [path for folder in _DECIDE for path in (here / folder).rglob("*.py")]
    yield from ((str(path.relative_to(here)), path) for path in sorted([*ours, *(here / n for n in _BESIDE)]))
    for kind in ("solutions", "assignments"):
        folder = notebooks.folder(kind)
        yield from ((f"{kind}/{path.name}", path) for path in sorted(folder.glob("*/*.ipynb")))
