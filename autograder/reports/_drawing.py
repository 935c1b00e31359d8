"""A picture as SVG: where its lines, bars and marks are; `picture.html.j2` puts them on the page.

No library that was looked at makes pictures for these pages, whose policy allows no style but their own sheet, and
which are light or dark. For one profile of 31 layers: Matplotlib 20 KB with 87 `style` attributes, 0.36 s to import,
0.06 s to draw; pygal 35 KB with a style sheet and a script of its own; Altair 25 KB and 84 MB to install; leather 6 KB,
but no logarithms, no types, fixed colours. None has a title and a description that can be read aloud. This is 2 KB
in the page's colours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, isfinite, log10

from autograder.results import Picture

MOST = 64  # numbers of a series that are drawn: saved grades may hold anything
LEFT, RIGHT, TOP, BOTTOM = 46.0, 344.0, 24.0, 142.0
MARKS = 5
Heights = tuple[float | None, ...]
Mark = tuple[float, str]  # where it is, and what it says


@dataclass(frozen=True)
class Drawing:
    """The paths and the marks of a picture, and what can be read aloud in its place."""

    picture: Picture
    yours: str
    expected: str
    across: list[Mark]
    up: list[Mark]
    words: str
    left_out: int


def drawing(picture: Picture) -> Drawing:
    """How a picture is drawn."""
    yours, expected = (_heights(some, picture.log) for some in (picture.yours, picture.expected))
    low, high = _ends([*yours, *expected], picture)
    draw = _bars if picture.kind == "histogram" else _dots if picture.kind == "profile" else _line
    last = len(expected) - (picture.kind != "histogram")
    begin, end = picture.first, picture.first + picture.step * max(last, 1)
    return Drawing(
        picture,
        yours=draw(_scaled(yours, low, high), last),
        expected=(_steps if picture.kind == "histogram" else _line)(_scaled(expected, low, high), last),
        across=[(_place(x, begin, end, LEFT, RIGHT), _said(x)) for x in _marks(begin, end)],
        up=[*_marks_up(low, high, picture.log)],
        words=f"{_told('Yours', picture.yours)} {_told('Expected', picture.expected)}",
        left_out=sum(one is None and other is not None for one, other in zip(yours, expected, strict=False)),
    )


def _heights(values: Sequence[float | None], log: bool) -> Heights:
    """The numbers, or their logarithms; None where there is nothing to draw."""
    some = values[:MOST]
    if log:
        return tuple(log10(v) if v is not None and v > 0 else None for v in some)
    return tuple(v if v is not None and abs(v) < 1e300 else None for v in some)


def _ends(heights: Sequence[float | None], picture: Picture) -> tuple[float, float]:
    """Between what the picture reaches: bars stand on 0, and lines have some air."""
    known = [height for height in heights if height is not None] or [0.0]
    low, high = min(known), max(known)
    if picture.kind == "histogram":
        return 0.0, high or 1.0
    air = max(0.05 * (high - low), 0.05 if picture.log else 0.05 * max(abs(low), abs(high)), 1e-300)
    return low - air, high + air


def _scaled(heights: Heights, low: float, high: float) -> list[float | None]:
    return [None if height is None else _place(height, low, high, BOTTOM, TOP) for height in heights]


def _place(value: float, low: float, high: float, at_low: float, at_high: float) -> float:
    """Where a value stands on an axis; at its beginning if it has no length that could be drawn."""
    length = high - low
    share = (value - low) / length if length and isfinite(length) else 0.0
    return round(at_low + min(max(share, 0.0), 1.0) * (at_high - at_low), 1)


def _x(number: int, last: int) -> float:
    return _place(number, 0, max(last, 1), LEFT, RIGHT)


def _line(heights: Sequence[float | None], last: int) -> str:
    """From number to number; it ends where one is missing, and a number alone is a dot."""
    path, before = "", None
    for number, y in enumerate(heights):
        if y is not None:
            place = f"{_x(number, last):g} {y:g}"
            path += f"M{place}h0" if before is None else f"L{place}"
        before = y
    return path


def _dots(heights: Sequence[float | None], last: int) -> str:
    """The same with a dot for each number: a line of no length with round ends."""
    dots = (f"M{_x(number, last):g} {y:g}h0" for number, y in enumerate(heights) if y is not None)
    return "".join(dots)


def _bars(heights: Sequence[float | None], last: int) -> str:
    return "".join(
        f"M{_x(number, last) + 0.5:g} {BOTTOM:g}V{y:g}H{_x(number + 1, last) - 0.5:g}V{BOTTOM:g}z"
        for number, y in enumerate(heights)
        if y is not None and y < BOTTOM
    )


def _steps(heights: Sequence[float | None], last: int) -> str:
    """The outline of bars."""
    tops = (BOTTOM if y is None else y for y in heights)
    outline = (f"V{y:g}H{_x(number, last):g}" for number, y in enumerate(tops, 1))
    return f"M{LEFT:g} {BOTTOM:g}{''.join(outline)}V{BOTTOM:g}"


def _marks_up(low: float, high: float, log: bool) -> Iterator[Mark]:
    """The marks of the axis that goes up; of logarithms powers of ten, if there are some."""
    if not log:
        marks = [(value, _said(value)) for value in _marks(low, high)]
    elif floor(high) - ceil(low) >= 1:
        step = max(1, ceil((floor(high) - ceil(low)) / (MARKS - 1)))
        powers = range(ceil(low), floor(high) + 1, step)
        marks = [(float(power), _said(10.0**power)) for power in powers]
    else:
        marks = [(log10(value), _said(value)) for value in _marks(10.0**low, 10.0**high) if value > 0]
    yield from ((_place(height, low, high, BOTTOM, TOP), said) for height, said in marks)


def _marks(low: float, high: float) -> list[float]:
    """Round numbers from `low` to `high`, a few."""
    if not 1e-300 < high - low < inf:
        return [low]
    size = 10.0 ** floor(log10((high - low) / MARKS))
    step = next((k * size for k in (1, 2, 5) if (high - low) / (k * size) <= MARKS), 10 * size)
    first = ceil(low / step - 1e-9)
    return [
        number * step for number in range(first, first + MARKS + 1) if number * step <= high + 1e-9 * step
    ]


def _said(value: float) -> str:
    """A number as the course writes it: 0.5, 1e26, 2e-4."""
    rounded = float(f"{value:.4g}")
    power = floor(log10(abs(rounded))) if rounded else 0
    if -4 < power < 4:
        return f"{rounded:g}"
    digits, _, exponent = f"{rounded:.3e}".partition("e")
    return f"{float(digits):g}e{int(exponent)}"


def _told(whose: str, values: Sequence[float | None]) -> str:
    known = [value for value in values[:MOST] if value is not None]
    if not known:
        return f"{whose}: nothing that can be drawn."
    first, last, least, most = map(_said, (known[0], known[-1], min(known), max(known)))
    return f"{whose}: first {first}, last {last}, from {least} to {most}."
