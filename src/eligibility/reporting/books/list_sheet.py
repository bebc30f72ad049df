"""A worksheet of many rows, printed to XML as they come: ten times as fast as cell by cell, in little memory.

xlsxwriter keeps each cell as an object and prints it when the book is closed. A list of persons repeats itself (the
same outcome, reasons, papers in thousands of rows), so each distinct cell of a column is printed once and remembered.
The file is the one xlsxwriter writes in its own `constant_memory` mode: inline strings, escaped by its own functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from math import ceil
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from eligibility.model.visible import visible

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True, eq=False)
class Repeated:
    """The last cells of a row, shared by many rows: printed once for all of them."""

    cells: tuple[Cell, ...]


Row = Sequence[Cell | Repeated]
"""One row of a list: its cells, of which the last may be `Repeated`."""
EXCEL_CELL = 32_767
MOST_LINKS = 65_530
"""Excel refuses to open a sheet with more links; the rows beyond are written without."""
KEPT_BATCHES = 20
"""Batches of a sheet that are held in memory; more go to a temporary file."""
REMEMBERED = 20_000
"""Distinct cells of a column that are remembered at most."""
BATCH = 2_000
LINE_POINTS, MOST_POINTS = 14.0, 409.0
"""Height of a line of text, and the greatest height of a row in Excel."""
LATIN_END = 0x2E7F
"""The last character before those that are as wide as high."""
WIDE = 1.85
"""Width of such a character at 10 points, in the width of a digit at 11, by which Excel measures columns."""
TO_ESCAPE = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
"""What no cell may hold as it stands; most cells hold none of it."""


@dataclass(slots=True)
class Column:
    """How a column is printed: its format, another format for some values, and where some values lead.

    `say` turns a value into the text of the cell; it is asked once for each distinct value.
    """

    style: Any
    say: Callable[[str], str] | None = None
    styles: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    wraps_at: float = 0
    """Width in characters at which its text is wrapped; 0: not wrapped. Rows grow by it."""


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that shows the characters of a text and obeys none: XML has no place for most control characters."""

    def _write_string(self, row: int, column: int, text: str, style: Any = None) -> int:
        return int(super()._write_string(row, column, visible(text), style))


class ListSheet(PlainSheet):
    """A worksheet with a header, written as any other, and rows below it, poured in once."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[str] = []
        self._spool: IO[str] | None = None
        self._last = 0
        self._links: list[tuple[str, str]] = []
        self._wrapping: list[tuple[int, _Printed]] = []

    def pour(self, columns: Sequence[Column], rows: Iterable[Row]) -> int:
        """Write rows below row 1; a row shorter than `columns` ends in formatted blanks. Returns the number of rows."""
        printed = [_Printed(self, column, xl_col_to_name(index)) for index, column in enumerate(columns)]
        self._wrapping = [(index, column) for index, column in enumerate(printed) if column.column.wraps_at]
        known: dict[Repeated, _Pieces] = {}
        left = iter(rows)
        while batch := list(islice(left, BATCH)):
            self._keep("".join([self._row(str(n), row, printed, known) for n, row in enumerate(batch, self._last + 2)]))
            self._last += len(batch)
        return self._last

    def _row(self, number: str, row: Row, printed: Sequence[_Printed], known: dict[Repeated, _Pieces]) -> str:
        end = row[-1] if row else None
        if not isinstance(end, Repeated):
            return (
                f'<row r="{number}"{_height(row, self._wrapping)}>{self._joined(number, _pieces(row, printed))}</row>'  # type: ignore[arg-type]
            )
        if end not in known:
            known[end] = _pieces(end.cells, printed[len(row) - 1 :])
        own = [
            f'<c r="{column.letter}{number}{cell}'
            for column, value in zip(printed, row[:-1], strict=False)
            if (cell := column[value])  # type: ignore[index]
        ]
        return f'<row r="{number}">{"".join(own)}{self._joined(number, known[end])}</row>'

    def _joined(self, number: str, pieces: _Pieces) -> str:
        for letter, place in pieces.places:
            self._links.append((f"{letter}{number}", place))
        return number.join(pieces.around)

    def _keep(self, text: str) -> None:
        self._kept.append(text)
        if len(self._kept) > KEPT_BATCHES:
            self._spool = self._spool or TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 (closed below)
            self._spool.writelines(self._kept)
            self._kept.clear()

    def printed(self, value: Cell, style: Any) -> str:
        """A cell as XML, from behind its address to its end."""
        mark = f'" s="{style._get_xf_index()}"'
        if isinstance(value, int | Decimal):
            return f"{mark}><v>{value}</v></c>"
        if not value:
            return f"{mark}/>"
        text = clipped(visible(value))
        if TO_ESCAPE.search(text):
            text = self._escape_data(self._escape_control_characters(text))
        keep = ' xml:space="preserve"' if text != text.strip() else ""
        return f'{mark} t="inlineStr"><is><t{keep}>{text}</t></is></c>'

    def _write_dimension(self) -> None:
        header: int = self.dim_rowmax  # type: ignore[has-type]
        self.dim_rowmax = max(header, self._last)
        super()._write_dimension()
        self.dim_rowmax = header

    def _write_sheet_data(self) -> None:
        self._xml_start_tag("sheetData")
        self._write_rows()
        if self._spool:
            self._spool.seek(0)
            while text := self._spool.read(2**20):
                self.fh.write(text)
            self._spool.close()
        self.fh.writelines(self._kept)
        self._xml_end_tag("sheetData")

    def _write_hyperlinks(self) -> None:
        if not self._links:
            super()._write_hyperlinks()
            return
        links = self._links[:MOST_LINKS]
        whole = "".join(
            f'<hyperlink ref="{cell}" location="{self._escape_attributes(place)}"/>' for cell, place in links
        )
        self.fh.write(f"<hyperlinks>{whole}</hyperlinks>")


class _Printed(dict[Cell, str]):
    """The cells of a column by their value, each printed when first met; an empty value prints nothing."""

    def __init__(self, sheet: ListSheet, column: Column, letter: str) -> None:
        super().__init__()
        self.column, self.letter = column, letter
        self._sheet = sheet
        self.blank = sheet.printed(None, column.style)
        self._lines: dict[str, int] = {}

    def lines(self, value: Cell) -> int:
        """How many lines a cell takes; counted as Excel measures columns."""
        if not self.column.wraps_at or not isinstance(value, str):
            return 1
        if value not in self._lines:
            said = self.column.say(value) if self.column.say else value
            self._lines[value] = sum(ceil(_width(line) / self.column.wraps_at) or 1 for line in said.split("\n"))
        return self._lines[value]

    def __missing__(self, value: Cell) -> str:
        if value is None or value == "":
            return ""
        if len(self) > REMEMBERED:
            self.clear()
        column, said = self.column, value
        if isinstance(value, str):
            style, said = column.styles.get(value, column.style), column.say(value) if column.say else value
        else:
            style = column.style
        self[value] = self._sheet.printed(said, style) if said != "" else ""
        return self[value]


class _Pieces(NamedTuple):
    """Cells as XML, cut where the number of the row belongs, and where some of them lead."""

    around: list[str]
    places: list[tuple[str, str]]


def _pieces(cells: Sequence[Cell], printed: Sequence[_Printed]) -> _Pieces:
    around, places, behind = [], [], ""
    for known, value in zip(printed, cells, strict=False):
        if cell := known[value]:
            around.append(f'{behind}<c r="{known.letter}')
            behind = cell
            if known.column.links and (place := known.column.links.get(str(value))):
                places.append((known.letter, place))
    for known in printed[len(cells) :]:
        around.append(f'{behind}<c r="{known.letter}')
        behind = known.blank
    return _Pieces([*around, behind], places)


def _width(text: str) -> float:
    return sum(WIDE if ord(one) > LATIN_END else 1 for one in text)


def _height(row: Row, wrapping: Sequence[tuple[int, _Printed]]) -> str:
    """The height of a row with wrapped cells, as attributes; programs differ in whether they find it themselves."""
    lines = max((column.lines(row[index]) for index, column in wrapping if index < len(row)), default=1)  # type: ignore[arg-type]
    return f' ht="{min(lines * LINE_POINTS + 3, MOST_POINTS):g}" customHeight="1"' if lines > 1 else ""


def clipped(text: str) -> str:
    """A text too long for one cell of Excel, cut, with an ellipsis to say so."""
    return text if len(text) <= EXCEL_CELL else text[: EXCEL_CELL - 1] + "…"
