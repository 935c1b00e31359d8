"""Which law does a measured variance follow? For messages: 'behaves like 2.00 / n_out'."""

from collections.abc import Callable, Iterator, Sequence
from math import exp, log, sqrt

# Simplest first. One free factor is fitted to three shapes or more, so that a good fit says something.
FORMS: dict[str, Callable[[float, float], float]] = {
    "{c}, whatever the shape": lambda n_out, n_in: 1.0,
    "{c} / n_in": lambda n_out, n_in: 1.0 / n_in,
    "{c} / n_out": lambda n_out, n_in: 1.0 / n_out,
    "{c} / (n_in + n_out)": lambda n_out, n_in: 1.0 / (n_in + n_out),
    "{c} / (n_in · n_out)": lambda n_out, n_in: 1.0 / (n_in * n_out),
    "{c} / n_in²": lambda n_out, n_in: 1.0 / n_in**2,
    "{c} / n_out²": lambda n_out, n_in: 1.0 / n_out**2,
    "{c} / (n_in + n_out)²": lambda n_out, n_in: 1.0 / (n_in + n_out) ** 2,
    "{c} / √n_in": lambda n_out, n_in: 1.0 / sqrt(n_in),
    "{c} / √n_out": lambda n_out, n_in: 1.0 / sqrt(n_out),
    "{c} / √(n_in + n_out)": lambda n_out, n_in: 1.0 / sqrt(n_in + n_out),
    "{c} · n_in": lambda n_out, n_in: n_in,
    "{c} · n_out": lambda n_out, n_in: n_out,
    "{c} · (n_in + n_out)": lambda n_out, n_in: n_in + n_out,
    "{c} / max(n_in, n_out)": lambda n_out, n_in: 1.0 / max(n_in, n_out),
    "{c} / min(n_in, n_out)": lambda n_out, n_in: 1.0 / min(n_in, n_out),
    "{c} / √(n_in · n_out)": lambda n_out, n_in: 1.0 / sqrt(n_in * n_out),
    "{c} · (1 / n_in + 1 / n_out)": lambda n_out, n_in: 1.0 / n_in + 1.0 / n_out,
    "{c} · n_out / n_in": lambda n_out, n_in: n_out / n_in,
    "{c} · n_in / n_out": lambda n_out, n_in: n_in / n_out,
    "{c} / n_in^(2/3)": lambda n_out, n_in: n_in ** (-2 / 3),
    "{c} / n_in^(1/4)": lambda n_out, n_in: n_in**-0.25,
    "{c} / n_in^(3/2)": lambda n_out, n_in: n_in**-1.5,
    "{c} / n_in³": lambda n_out, n_in: 1.0 / n_in**3,
    "{c} / (n_in + 1)": lambda n_out, n_in: 1.0 / (n_in + 1),
    "{c} / (n_in − 1)": lambda n_out, n_in: 1.0 / max(n_in - 1, 0.5),
    "{c} / (n_out + 1)": lambda n_out, n_in: 1.0 / (n_out + 1),
    "{c} / (n_in + n_out − 1)": lambda n_out, n_in: 1.0 / (n_in + n_out - 1),
    "{c} / ((n_in + n_out) // 2)": lambda n_out, n_in: 1.0 / ((n_in + n_out) // 2),
    "{c} / (n_in + n_out + 1)": lambda n_out, n_in: 1.0 / (n_in + n_out + 1),
}


def behaves_like(
    shapes: Sequence[tuple[int, ...]], variances: Sequence[float], tolerance: float, right: str = ""
) -> str | None:
    """The law that fits all variances best, to a relative `tolerance`, in words; None if none does.

    Of laws that fit as well, within a fourth of the tolerance, the simplest. If it has the form of the `right` one,
    it has as many digits as it takes to see the difference.
    """
    if not all(0.0 < v < float("inf") for v in variances):
        return None
    found = [_fitted(text, shapes, variances) for text in FORMS if len(shapes[0]) > 1 or "n_out" not in text]
    best = min(spread for _, spread, _ in found)
    text, spread, middle = next(one for one in found if one[1] <= best + tolerance / 4)
    if spread > 2 * tolerance or abs(middle) >= 20:
        return None
    if len(shapes[0]) == 1:
        text = text.replace("n_in", "n")
    return next(law for law in _laws(text, exp(middle)) if law != _as_law(text, right))


def _fitted(
    text: str, shapes: Sequence[tuple[int, ...]], variances: Sequence[float]
) -> tuple[str, float, float]:
    """How far the logarithms of the factor are apart, and their middle."""
    form = FORMS[text]
    logs = [log(v) - log(form(shape[0], shape[-1])) for shape, v in zip(shapes, variances, strict=True)]
    return text, max(logs) - min(logs), (max(logs) + min(logs)) / 2


def _laws(text: str, c: float) -> Iterator[str]:
    """The law with ever more digits."""
    yield text.format(c=f"{c:.2f}" if 0.1 <= c < 100 else f"{c:.2g}")
    yield from (text.format(c=f"{c:.{digits}f}") for digits in range(3, 17))
    yield text.format(c=repr(c))


def _as_law(text: str, right: str) -> str:
    """The right law, such as `2 / n_in`, with two digits behind the point, if it has the form `text`."""
    number = right.partition(" ")[0]
    is_one = number.isdigit() and text.format(c=number) == right
    return text.format(c=f"{float(number):.2f}") if is_one else ""
