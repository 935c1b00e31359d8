"""Which law does a measured variance follow? For messages: 'behaves like 2.00 / n_out'."""

from collections.abc import Callable, Sequence
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
    "{c} / (n_in + 1)": lambda n_out, n_in: 1.0 / (n_in + 1),
    "{c} / (n_in + n_out + 1)": lambda n_out, n_in: 1.0 / (n_in + n_out + 1),
}


def behaves_like(
    shapes: Sequence[tuple[int, ...]], variances: Sequence[float], tolerance: float
) -> str | None:
    """The simplest law that fits all variances to a relative `tolerance`, in words; None if none does."""
    if not all(0.0 < v < float("inf") for v in variances):
        return None
    vectors = len(shapes[0]) == 1
    for text, form in FORMS.items():
        if vectors and "n_out" in text:
            continue
        logs = [log(v) - log(form(shape[0], shape[-1])) for shape, v in zip(shapes, variances, strict=True)]
        middle = (max(logs) + min(logs)) / 2
        if max(logs) - min(logs) <= 2 * tolerance and abs(middle) < 20:
            law = text.format(c=_digits(exp(middle)))
            return law.replace("n_in", "n") if vectors else law
    return None


def _digits(c: float) -> str:
    return f"{c:.2f}" if 0.1 <= c < 100 else f"{c:.2g}"
