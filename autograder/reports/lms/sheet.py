"""A CSV file of which some cells are replaced: everything else stays as it is, byte for byte.

The csv module reads cells, but not how they were written: quotation marks, ends of lines, the mark at the start.
"""

import re
from functools import cache

MARK = "\ufeff"  # at the start of a file in UTF-8, by some programs
Row = list[list[str]]  # pieces: a cell as it is written, and what ends it


class SheetError(ValueError):
    """Where a file is no CSV."""


class Sheet:
    """The rows of a file. Raises SheetError."""

    def __init__(self, text: str) -> None:
        self._mark = MARK if text.startswith(MARK) else ""
        body = text.removeprefix(MARK)
        first = body.split("\n", 1)[0]
        self.separator = max(",;\t", key=first.count)
        self._rows = _rows(body, self.separator)

    @property
    def text(self) -> str:
        """The file."""
        return self._mark + "".join(raw + end for row in self._rows for raw, end in row)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def row(self, number: int) -> list[str]:
        """The cells of a row."""
        return [_plain(raw) for raw, _ in self._rows[number]]

    def cell(self, row: int, column: int) -> str:
        """A cell without blanks around it; nothing where a row is short."""
        cells = self._rows[row]
        return _plain(cells[column][0]).strip() if column < len(cells) else ""

    def put(self, row: int, column: int, text: str) -> None:
        """Replace a cell; it keeps its quotation marks."""
        cells = self._rows[row]
        while len(cells) <= column:
            cells[-1:] = [[cells[-1][0], self.separator], ["", cells[-1][1]]]
        quoted = cells[column][0].startswith('"') or self.separator in text
        cells[column][0] = f'"{text}"' if quoted else text


def _rows(text: str, separator: str) -> list[Row]:
    rows: list[Row] = []
    row: Row = []
    place = 0
    while place < len(text) or row:
        found = _piece(separator).match(text, place)
        if found is None:
            raise SheetError(
                f"row {len(rows) + 1} is no CSV: a quotation mark is not closed, or text follows it"
            )
        row.append([found[1], found[2]])
        place = found.end()
        if found[2] != separator:
            rows.append(row)
            row = []
    return rows


@cache
def _piece(separator: str) -> re.Pattern[str]:
    """A cell, and the separator or the end of the line or of the file."""
    sign = re.escape(separator)
    return re.compile(rf'("(?:[^"]|"")*+"|[^"{sign}\r\n][^{sign}\r\n]*|)({sign}|\r\n|\n|\r|\Z)')


def _plain(raw: str) -> str:
    return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw
