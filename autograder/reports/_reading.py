"""Plain data, as JSON gives it, back into dataclasses: a reader follows from a type, and says which field is wrong."""

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Self, Union, get_args, get_origin, get_type_hints

Reader = Callable[[Any], Any]
_WORDS = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}


class NotAGrade(ValueError):
    """What is wrong, and in which field."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said
        self.path: list[str] = []

    def within(self, part: str) -> Self:
        """The same fault, told from one level further out."""
        self.path.insert(0, part)
        return self

    def __str__(self) -> str:
        return f"`{''.join(self.path).removeprefix('.')}` {self.said}" if self.path else f"it {self.said}"


@cache
def reader(kind: Any) -> Reader:
    """A function that reads a value of this type. Raises NotAGrade."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind in _WORDS:
        return _plain(kind)
    if origin is Literal:
        return _one_of(inside)
    if origin in (Union, UnionType):
        (wanted,) = set(inside) - {NoneType}
        return _optional(reader(wanted))
    if origin is tuple:
        return _sequence(reader(inside[0]))
    return _record(kind)


def _plain(kind: type) -> Reader:
    allowed = {int, float} if kind is float else {kind}

    def read(value: Any) -> Any:
        if type(value) not in allowed:  # True is no number
            raise NotAGrade(f"is not {_WORDS[kind]}")
        if kind is float and not math.isfinite(value):
            raise NotAGrade("is not a finite number")
        return value

    return read


def _one_of(allowed: tuple[str, ...]) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in allowed:
            raise NotAGrade(f"is none of {', '.join(allowed)}")
        return value

    return read


def _optional(wanted: Reader) -> Reader:
    return lambda value: None if value is None else wanted(value)


def _sequence(of: Reader) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise NotAGrade("is not a list")
        return tuple(_within(f"[{place}]", of, item) for place, item in enumerate(value))

    return read


def _record(kind: Any) -> Reader:
    """A reader of a dataclass. What the class works out of its fields must be what the data say, if they do."""
    hints = get_type_hints(kind)
    readers = {field.name: reader(hints[field.name]) for field in fields(kind)}
    required = [field.name for field in fields(kind) if field.default is MISSING]
    derived = [name for name, value in vars(kind).items() if isinstance(value, property)]

    def read(value: Any) -> Any:
        value = _object(value)
        for name in required:
            if name not in value:
                raise NotAGrade("is missing").within(f".{name}")
        made = kind(
            **{name: _within(f".{name}", readers[name], value[name]) for name in value if name in readers}
        )
        for name in derived:
            if name in value and value[name] != (follows := getattr(made, name)):
                raise NotAGrade(f"is {value[name]!r}, but {follows!r} follows from the rest").within(
                    f".{name}"
                )
        return made

    return read


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise NotAGrade("is not an object")
    return value


def _within(part: str, read: Reader, value: Any) -> Any:
    try:
        return read(value)
    except NotAGrade as fault:
        raise fault.within(part) from None
