"""Student-controlled text made safe to show: linear in its length, bounded, nothing a terminal would obey."""

import re

# Letters and symbols by their class that look like nothing: with them a note could draw a table.
_BLANK = frozenset(
    "\N{BRAILLE PATTERN BLANK}\N{HANGUL FILLER}\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}"
    "\N{HALFWIDTH HANGUL FILLER}"
)

_COMMAND = re.compile(r"##(?=\w*\[)")
HASHES = r"#\u0023"  # `##` in JSON, for `inert`
_LINE_COMMAND = re.compile(r"^(\s*)::", re.MULTILINE)


def printable(text: str, limit: int = 300) -> str:
    """`text` on one line: no control, bidirectional, surrogate or invisible characters, at most `limit` characters."""
    start = text[: limit + 1]
    # Nearly every text is shown as it is, and that is quick to see.
    plain = start.isprintable() and _BLANK.isdisjoint(start)
    kept = start if plain else "".join(map(_shown, start))
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"


def _shown(c: str) -> str:
    if c.isprintable() and c not in _BLANK:
        return c
    return " " if c.isspace() else "\N{REPLACEMENT CHARACTER}"


def utf8(text: str) -> str:
    """`text`, such as a file's name, as it can be written in UTF-8: what cannot comes out as `\\udce9`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def inert(text: str, sign: str = "# #") -> str:
    """`text` in which the log of a CI finds no command: `##[` and `##vso[` are ones wherever they stand, `::` is one at
    the start of a line. `sign` is how a format writes `##` otherwise.
    """
    return _LINE_COMMAND.sub(r"\1: :", _COMMAND.sub(sign.replace("\\", r"\\"), text))


def plural(count: int, noun: str) -> str:
    """'1 submission', '2 submissions'."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def points(score: float) -> str:
    """Points without needless decimals: 14, 2.5."""
    return f"{score:.2f}".rstrip("0").rstrip(".")
