"""A right function in small parts, so that a mistake is only the part that is wrong.

Parts are functions that the whole calls by name, as in a notebook: whoever defines `error` wrongly there has a
wrong `backward`, though nothing is wrong in `backward` itself.
"""

from collections.abc import Callable, Iterator
from inspect import isfunction
from types import CodeType, FunctionType
from typing import Any

Function = Callable[..., Any]


def exchanged(whole: Function, right: Function, wrong: Function) -> Function:
    """`whole` as it would be if `wrong` had the name of its part `right`, or of a part of a part.

    It is `whole` itself if it never comes to `right`.
    """
    if whole is right or _is_copy(whole, right):
        return wrong
    if not isfunction(whole):
        return whole
    parts = {name: part for name, part in _called_by(whole) if part is not whole}
    new = {name: exchanged(part, right, wrong) for name, part in parts.items()}
    if all(new[name] is part for name, part in parts.items()):
        return whole
    world = whole.__globals__ | new
    changed = FunctionType(whole.__code__, world, whole.__name__, whole.__defaults__, whole.__closure__)
    changed.__kwdefaults__ = whole.__kwdefaults__
    return changed


def _is_copy(part: Function, right: Function) -> bool:
    """Whether `part` is `right` but for parts of its own that have been exchanged."""
    return isfunction(part) and isfunction(right) and part.__code__ is right.__code__


def _called_by(function: FunctionType) -> Iterator[tuple[str, FunctionType]]:
    for name in _names_in(function.__code__):
        value = function.__globals__.get(name)
        if isfunction(value):
            yield name, value


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):  # of a lambda or, before Python 3.12, of a comprehension
            yield from _names_in(constant)
