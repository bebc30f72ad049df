"""A list as a form: cells to fill with drop-downs, and in each row a hidden key with digests of the other cells.

Nothing is locked by the spreadsheet, so that rows can be sorted, filtered and deleted; whoever changes a cell that is not to be
filled in learns at the import which one it was.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby, islice
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from eligibility.model import work_list as form
from eligibility.model.visible import visible
from eligibility.reporting.books.list_sheet import Cell, clipped
from eligibility.reporting.books.sheets import Book, Field

_DAYS = {form.SINCE, form.UNTIL, form.ON}
_LINE = 15
"""Points of one line: spreadsheets do not all fit the height of a row to wrapped text by themselves."""
_NARROW = 0x2E7F
_SLACK = 0.9
_RANGES = 500
"""Runs of rows that one validation names; longer lists slow a spreadsheet down."""
_REMEMBERED = 20_000
"""Texts whose width is remembered: places and papers stand in many rows."""
_EARLIEST = date(1949, 10, 1)
SUMMED = "已填 / 协议（亩）"
"""Header of the sum of what was filled in for one question, beside what there is to share."""
_MOST_SUMMED = 20_000
"""Rows of a sheet that sums are still reckoned over; a longer one would be slow to open."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row: its hidden key, its locked cells, the choices of its drop-downs by header, and the headers worth filling.

    `most`: 亩 that all rows with the same first cell share, on the first of them.
    """

    key: str
    cells: Sequence[Cell]
    choices: dict[str, tuple[str, ...]]
    wanted: frozenset[str]
    most: str = ""


def write_form(book: Book, name: str, fields: Sequence[Field], rows: Iterable[FormRow], room: int) -> None:
    """Write rows under a frozen, filtered header; past `room` rows a further sheet is begun."""
    left = iter(rows)
    part = list(islice(left, room - 1))
    while True:
        _sheet(book, name, fields, part)
        part = list(islice(left, room - 1))
        if not part:
            return


def _sheet(book: Book, name: str, fields: Sequence[Field], rows: list[FormRow]) -> None:
    sheet = book.further_sheet(name)
    sheet.set_row(0, 36)
    for column, field in enumerate([*fields, *(Field(header, 4) for header in form.HIDDEN)]):
        options = {"hidden": True} if column >= len(fields) else {}
        sheet.set_column(column, column, field.width, book.styles["text"], options)
        sheet.write_string(0, column, field.header, book.styles["header_wrap"])
    for number, row in enumerate(rows, start=1):
        _write(book, sheet, number, row, fields)
    columns = len(fields) + len(form.HIDDEN)
    if any(row.most for row in rows) and len(rows) <= _MOST_SUMMED:
        _sums(book, sheet, fields, rows)
        columns += 1
    _choices(sheet, fields, rows)
    sheet.freeze_panes(1, 0)
    # over the hidden columns too: a row that is sorted keeps its key
    sheet.autofilter(0, 0, len(rows), columns - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(book: Book, sheet: Any, number: int, row: FormRow, fields: Sequence[Field]) -> None:
    """One row; the cells that no answer to its question needs look locked, though they may be filled."""
    locked = [clipped(visible(cell)) if isinstance(cell, str) else cell for cell in row.cells]
    sheet.set_row(
        number, _LINE * max(_lines(str(cell), field.width) for cell, field in zip(locked, fields, strict=False))
    )
    for column, (field, cell) in enumerate(zip(fields, locked, strict=False)):
        sheet.write(number, column, cell, book.styles[field.style])
    for column, field in enumerate(fields[len(locked) :], start=len(locked)):
        style = field.style if field.header in row.wanted else "unwanted"
        sheet.write_blank(number, column, None, book.styles[style])
    key = visible(row.key)
    digests = form.marks(key, ["" if cell is None else str(cell) for cell in locked])
    for column, cell in enumerate((key, digests), start=len(fields)):
        sheet.write_string(number, column, cell, book.styles["text"])


def _sums(book: Book, sheet: Any, fields: Sequence[Field], rows: Sequence[FormRow]) -> None:
    """Behind the hidden columns, what is filled in so far for each question and what there is; the import does not read it."""
    column = len(fields) + len(form.HIDDEN)
    area = xl_col_to_name([field.header for field in fields].index(form.AREA))
    sheet.set_column(column, column, 18, book.styles["text"])
    sheet.write_string(0, column, SUMMED, book.styles["header_wrap"])
    last = len(rows) + 1
    for number, row in enumerate(rows, start=1):
        if row.most:
            filled = f"ROUND(SUMIF($A$2:$A${last},$A{number + 1},${area}$2:${area}${last}),4)"
            sheet.write_formula(number, column, f'={filled}&" / {row.most}"', book.styles["text"], f"0 / {row.most}")


def _lines(text: str, width: float) -> int:
    """Lines that a text needs in a column of so many narrow characters; a Chinese character is two wide."""
    return max(1, math.ceil(_wide(text) * _SLACK / width))


@lru_cache(_REMEMBERED)
def _wide(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if ord(mark) > _NARROW else 1 for mark in text)


def _choices(sheet: Any, fields: Sequence[Field], rows: list[FormRow]) -> None:
    """One validation for all rows with the same choices; days and areas for the whole column."""
    for column, field in enumerate(fields):
        number, runs = 1, dict[tuple[str, ...], list[list[int]]]()
        for choices, run in groupby(row.choices.get(field.header, ()) for row in rows):
            last = number + len(list(run)) - 1
            if choices:
                runs.setdefault(choices, []).append([number, column, last, column])
            number = last + 1
        for choices, cells in runs.items():
            for start in range(0, len(cells), _RANGES):
                (first, _, last, _), *others = cells[start : start + _RANGES]
                _validate(sheet, first, last, column, _listed(field.header, choices) | {"other_cells": others})
        if rows and field.header in _DAYS:
            _validate(sheet, 1, len(rows), column, _day(field.header))
        if rows and field.header == form.AREA:
            _validate(sheet, 1, len(rows), column, _area())


def _validate(sheet: Any, first: int, last: int, column: int, rule: dict[str, object]) -> None:
    sheet.data_validation(first, column, last, column, rule)


def _listed(header: str, choices: tuple[str, ...]) -> dict[str, object]:
    said = {"error_title": header, "error_message": "请从下拉框中选一项 / choose from the list"}
    return {"validate": "list", "source": list(choices), **said}


def _day(header: str) -> dict[str, object]:
    said = {"error_title": header, "error_message": "请填日期，如 2013-05-01 / a day, such as 2013-05-01"}
    return {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": date(2199, 12, 31), **said}


def _area() -> dict[str, object]:
    said = {"error_title": form.AREA, "error_message": "请填亩数，如 3.25 / an area in mu"}
    return {"validate": "decimal", "criteria": ">=", "value": 0, **said}
