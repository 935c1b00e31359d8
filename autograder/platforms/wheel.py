"""A wheel of the grader that runs here: what is uploaded grades as it was tried.

It is made of the installed files, whether they came from a wheel or are a checkout: nothing is downloaded, and no
tool for building is needed.
"""

import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import autograder
from autograder.course import notebooks

DISTRIBUTION = "depth150"
_WHEEL = "Wheel-Version: 1.0\nGenerator: autograder\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files make the same wheel
_LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}


class WheelError(Exception):
    """Why no wheel can be made, and what mends it."""


def name() -> str:
    """The file's name."""
    return f"{DISTRIBUTION}-{autograder.__version__}-py3-none-any.whl"


def write(folder: Path) -> Path:
    """Write the wheel into a folder. Raises WheelError."""
    path = folder / name()
    files = dict(_contents())
    info = f"{DISTRIBUTION}-{autograder.__version__}.dist-info"
    files |= {f"{info}/{file}": data for file, data in _about().items()}
    record = "".join(f"{file},sha256={_digest(data)},{len(data)}\n" for file, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    with zipfile.ZipFile(path, "w") as archive:
        for file, data in files.items():
            entry = zipfile.ZipInfo(file, _EPOCH)
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return path


def _contents() -> Iterator[tuple[str, bytes]]:
    """The package, and the notebooks, which lie elsewhere in a checkout."""
    package = Path(autograder.__file__).parent
    yield from (
        (f"autograder/{way}", data) for way, data in _below(package) if not way.startswith("notebooks/")
    )
    for kind in ("solutions", "assignments"):
        folder = notebooks.folder(kind)
        yield from ((f"autograder/notebooks/{kind}/{way}", data) for way, data in _below(folder))


def _below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        way = path.relative_to(folder)
        if path.is_file() and not _LEFT_OUT & set(way.parts):
            yield way.as_posix(), path.read_bytes()


def _about() -> dict[str, bytes]:
    """What pip has to know: dependencies and commands, as they are installed here."""
    found = _installed()
    metadata, commands = found.read_text("METADATA"), found.read_text("entry_points.txt")
    if found.version != autograder.__version__ or metadata is None or commands is None:
        raise WheelError(
            f"the files are of version {autograder.__version__}, and {found.version} is installed: install it again"
        )
    texts = {"METADATA": metadata, "entry_points.txt": commands, "WHEEL": _WHEEL, **dict(_licences(found))}
    return {file: text.encode() for file, text in texts.items()}


def _licences(found: Distribution) -> Iterator[tuple[str, str]]:
    """The licence goes with each copy."""
    for path in found.files or ():
        if "licenses" in path.parts:
            yield "/".join(path.parts[1:]), path.read_text()


def _installed() -> Distribution:
    try:
        return distribution(DISTRIBUTION)
    except PackageNotFoundError:
        raise WheelError(f"{DISTRIBUTION} is not installed, only its files are here: pip install .") from None


def _digest(data: bytes) -> str:
    return urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
