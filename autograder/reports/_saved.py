"""Grades that were saved: as a JSON list, or an object a line; of several for one piece of work the latest."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.reports import _foreign
from autograder.reports._reading import NotAGrade
from autograder.reports.json import from_dict
from autograder.results import Grade
from autograder.text import printable

_SHOWN = 5
_DECODER = json.JSONDecoder()
Item = tuple[int, Any]  # the line, and the object there, or a NotAGrade


@dataclass(frozen=True)
class Saved:
    """The grades in the order of the files, and what could not be read, a sentence each."""

    grades: tuple[Grade, ...]
    faults: tuple[str, ...]


def read(paths: Iterable[Path]) -> Saved:
    """All grades of these files. Raises OSError."""
    grades, faults = list[Grade](), list[str]()
    for path in paths:
        data = path.read_bytes()
        found, wrong = _of_file(data)
        grades += found
        if wrong and not found and (kind := _foreign.sentence(data)):
            faults.append(f"{path} is {kind}")
            continue
        faults += [f"{path}, {sentence}" for sentence in wrong[:_SHOWN]]
        if len(wrong) > _SHOWN:
            faults.append(f"{path}: {len(wrong) - _SHOWN} more lines like these")
    return Saved(tuple(grades), tuple(faults))


def latest(grades: Iterable[Grade]) -> list[Grade]:
    """One grade a student and assignment, the last of each, in the place of the first."""
    last: dict[tuple[str, str | None], Grade] = {}
    for grade in grades:
        last[grade.student if grade.student is not None else f"\0{grade.submission}", grade.assignment] = (
            grade
        )
    return [*last.values()]


def doubt(grades: Sequence[Grade]) -> str | None:
    """Why these grades cannot be compared, if they cannot."""
    secrets = sorted({grade.secret for grade in grades if grade.secret})
    if len(secrets) < 2:
        return None
    return (
        f"these grades are of {len(secrets)} secrets ({', '.join(secrets[:3])}): their hidden inputs differ"
    )


def _of_file(data: bytes) -> tuple[list[Grade], list[str]]:
    grades, wrong = list[Grade](), list[str]()
    start = data.removeprefix(b"\xef\xbb\xbf")
    for line, value in _of_list(start) if start.lstrip().startswith(b"[") else _of_lines(start):
        try:
            if isinstance(value, NotAGrade):
                raise value
            grades.append(from_dict(value))
        except NotAGrade as fault:
            wrong.append(f"line {line} is no grade: {printable(str(fault))}")
    return grades, wrong


def _of_lines(data: bytes) -> Iterator[Item]:
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line.decode("utf-8"))
            except (ValueError, RecursionError):
                yield number, NotAGrade("is no JSON, or the line is torn")


def _of_list(data: bytes) -> Iterator[Item]:
    """The objects of a list, as far as it goes."""
    text = data.decode("utf-8", "replace")
    place = text.index("[") + 1
    while (place := _after(text, place)) < len(text) and text[place] != "]":
        line = text.count("\n", 0, place) + 1
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            yield line, NotAGrade("is no JSON, or the list is torn")
            return
        yield line, value
    if place >= len(text):
        yield text.count("\n") + 1, NotAGrade("ends before the list does")


def _after(text: str, place: int) -> int:
    """The next place that is no blank and no comma."""
    while place < len(text) and text[place] in " \t\r\n,":
        place += 1
    return place
