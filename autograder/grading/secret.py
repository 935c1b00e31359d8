"""The secret from which all hidden inputs follow: a file that git ignores, made on first use."""

import hmac
import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

NAME = ".autograder-secret"
MIN_LENGTH = 16
_MADE = (
    "a new secret was made, {}: all hidden inputs follow from it. Grades of another secret had other inputs; "
    "if there was one before, put it back"
)


class SecretError(Exception):
    """Why there is no secret, and how to get one."""


def load(
    path: Path | None = None, course: Path | None = None, tell: Callable[[str], object] | None = None
) -> bytes:
    """The secret in `path`, or in the course's own file, which is made, and `tell` told, if there is none yet.

    `course` is the course's folder; if nobody says, it is the nearest one above.
    """
    path = path or create(_default(course), tell)
    try:
        secret = path.read_bytes().strip()
    except OSError as error:
        raise SecretError(f"cannot read the secret file {path}: {error.strerror}") from None
    if len(secret) < MIN_LENGTH:
        raise SecretError(
            f"the secret file {path} holds fewer than {MIN_LENGTH} characters: write more into it, at random"
        )
    return secret


def fingerprint(secret: bytes) -> str:
    """Six hexadecimal digits that tell whether two grades had the same hidden inputs.

    They stand in reports: a one-way function with a label of its own, so that nothing else follows from them.
    """
    return hmac.digest(secret, b"fingerprint", "sha256")[:3].hex()


def doubt(course: Path | None = None) -> str | None:
    """Why students may know the secret that is used if nobody names another: `create` makes none like that.

    A file that came with a checkout, perhaps a student's own, is readable by others, or is a link.
    """
    path = _default(course)
    try:
        found = path.lstat()
    except OSError:
        return None  # it will be made, or `load` says why not
    if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077:
        return None
    return (
        f"students may know the secret in {path}: it is not a private file of yours. "
        f"If it came with a submission, give your own with --secret-file; if not: chmod 600 {path}"
    )


def _default(course: Path | None) -> Path:
    """In `course`, or beside the nearest `nbgrader_config.py` above, so that a course has one; else here."""
    if course is not None:
        return course / NAME
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / "nbgrader_config.py").is_file()), here) / NAME


def create(path: Path, tell: Callable[[str], object] | None = None) -> Path:
    """Make a new secret in `path` unless there is one, and `tell` so; returns `path`. Raises SecretError."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        return path
    except OSError as error:
        raise _unwritten(path, error) from None
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32) + "\n")
    except OSError as error:  # half a secret would be taken for one
        path.unlink()
        raise _unwritten(path, error) from None
    if tell is not None:
        tell(_MADE.format(path))
    return path


def _unwritten(path: Path, error: OSError) -> SecretError:
    return SecretError(
        f"cannot write a new secret file {path}: {error.strerror}; give one with --secret-file"
    )
