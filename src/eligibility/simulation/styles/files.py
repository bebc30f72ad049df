"""Writes sheets into files: workbooks with borders and merged cells, csv in UTF-8 or GB18030, dbf."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from eligibility.simulation.styles.dbf import Field, write_dbf
from eligibility.simulation.styles.layout import Cell, Sheet
from eligibility.simulation.writer import MADE_ON

SUFFIXES = {"xlsx": ".xlsx", "csv": ".csv", "gbk": ".csv", "dbf": ".dbf"}
"""Each form of a file and its suffix."""

ENCODINGS = {"csv": "utf-8-sig", "gbk": "gb18030", "dbf": "gbk"}
"""The encoding of each form that is text."""

_WIDEST = 36
_LOOKED_AT = 200  # rows that set the width of a column


def write(path: Path, form: str, sheets: Sequence[Sheet]) -> None:
    """Write a file; only a workbook holds more than one sheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if form == "xlsx":
        _workbook(path, sheets)
    elif form == "dbf":
        (sheet,) = sheets
        _dbf(path, sheet)
    else:
        (sheet,) = sheets
        with path.open("w", encoding=ENCODINGS[form], newline="") as stream:
            csv.writer(stream).writerows([["" if cell is None else cell for cell in row] for row in sheet.cells])


def _dbf(path: Path, sheet: Sheet) -> None:
    """Numbers get 15 places with two decimals, or 10 without; texts as much as the longest needs."""
    rows = sheet.cells[sheet.header_rows[1] :]
    fields = []
    for at, heading in enumerate(sheet.headings):
        values = [row[at] for row in rows]
        if any(isinstance(value, Decimal) for value in values):
            fields.append(Field(heading.code, 15, 2))
        elif any(isinstance(value, int) for value in values):
            fields.append(Field(heading.code, 10, 0))
        else:
            fields.append(Field(heading.code, max(1, *(len(str(value or "").encode("gbk")) for value in values))))
    write_dbf(path, fields, rows)


def _workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        book.set_properties({"created": MADE_ON})
        for sheet in sheets:
            _Page(book, sheet).write()


class _Page:
    """One sheet of a workbook: a large title, bold headers, lines around the cells of the table."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._page = book.add_worksheet(sheet.name)
        self._formats: dict[tuple[str, str], xlsxwriter.format.Format] = {}

    def write(self) -> None:
        """Write the cells, then join those that are one."""
        for at, width in enumerate(self._widths()):
            self._page.set_column(at, at, width)
        covered = {(row, at): area for area in self._sheet.merged for row in range(area[0], area[2] + 1)
                   for at in range(area[1], area[3] + 1)}  # fmt: skip
        for row, cells in enumerate(self._sheet.cells):
            for at, cell in enumerate(cells):
                area = covered.get((row, at))
                if area is None:
                    self._put(row, at, cell)
                elif area[:2] == (row, at):
                    self._page.merge_range(*area, "", self._format(row, cell))
                    self._put(row, at, cell)
        self._page.set_landscape()
        self._page.set_paper(9)
        self._page.fit_to_pages(1, 0)

    def _put(self, row: int, at: int, cell: Cell) -> None:
        form = self._format(row, cell)
        if isinstance(cell, Decimal | int):
            self._page.write_number(row, at, float(cell), form)
        elif isinstance(cell, date) and cell.year >= 1900:
            self._page.write_datetime(row, at, cell, form)
        elif cell is None:
            self._page.write_blank(row, at, None, form)
        else:
            self._page.write_string(row, at, str(cell), form)

    def _format(self, row: int, cell: Cell) -> xlsxwriter.format.Format:
        first, last = self._sheet.header_rows
        part = "title" if row < self._sheet.title_rows else "header" if row < last else "body"
        part = "first" if row == 0 and first > 1 else "note" if row >= self._sheet.body_rows[1] else part
        shown = _shown(cell)
        if (part, shown) not in self._formats:
            form = self._book.add_format({"valign": "vcenter", "num_format": shown, "text_wrap": part == "header"})
            form.set_border(1 if part in ("header", "body") else 0)
            form.set_bold(part in ("first", "header"))
            form.set_font_size(16 if part == "first" else 10)
            form.set_align("left" if part in ("note", "title") else "center")
            self._formats[part, shown] = form
        return self._formats[part, shown]

    def _widths(self) -> list[int]:
        """The width of each column: of its longest cell, below a limit; those of joined cells aside."""
        wide = {(area[0], area[1]) for area in self._sheet.merged if area[1] != area[3]}
        widths = [4] * len(self._sheet.headings)
        for row, cells in enumerate(self._sheet.cells[:_LOOKED_AT]):
            for at, cell in enumerate(cells):
                if cell is not None and (row, at) not in wide:
                    limit = 16 if row < self._sheet.header_rows[1] else _WIDEST
                    widths[at] = max(widths[at], min(limit, _length(cell) + 2))
        return widths


def _shown(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        exponent = cell.as_tuple().exponent
        return f"0.{'0' * -exponent}" if isinstance(exponent, int) and exponent < 0 else "0"
    return "yyyy-mm-dd" if isinstance(cell, date) else "General"


def _length(cell: Cell) -> int:
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
