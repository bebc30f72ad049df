"""Reads sheets of an Excel workbook as rows of text: the one place that knows python-calamine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from eligibility.domain.finding import Source, Text
from eligibility.intake.error_cells import error_cells
from eligibility.intake.grid import HEADER_WITHIN, Grid, Row
from eligibility.intake.notices import refuse

_EXACT_BELOW = 10**15


class Workbook:
    """An open workbook."""

    def __init__(self, path: Path) -> None:
        """Open it; Unusable when it is broken."""
        self.path = path
        try:
            self._book = CalamineWorkbook.from_path(str(path))
            sheets = self._book.sheets_metadata
            self.sheets = tuple(sheet.name for sheet in sheets if sheet.typ == SheetTypeEnum.WorkSheet)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as broken:  # a panic in the reader is no Exception
            raise _broken(path, "") from broken

    def head(self, sheet: str) -> list[Row]:
        """The first rows of a sheet, as far as a header is looked for; empty when the sheet is blank."""
        rows, _ = self._cells(sheet, HEADER_WITHIN)
        return [(number, row) for number, row in enumerate(rows, 1) if any(row)]

    def grid(self, sheet: str) -> Grid:
        """The whole sheet; a merged cell's value stands in every row it runs down through."""
        rows, merges = self._cells(sheet, None)
        merged = _fill_down(rows, merges)
        return Grid(self.path, sheet, iter([(number, row) for number, row in enumerate(rows, 1)]), merged=merged)

    def _cells(self, sheet: str, count: int | None) -> tuple[list[list[str]], Sequence[Any]]:
        try:
            found = self._book.get_sheet_by_name(sheet)
            values = found.to_python(skip_empty_area=False, nrows=count)
            merges = found.merged_cell_ranges or []
            errors = error_cells(self.path, sheet) if count is None else {}
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as broken:
            raise _broken(self.path, sheet) from broken
        rows = [[_text(value) for value in row] for row in values]
        for (row, column), word in errors.items():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = word
        return rows, merges


def _text(value: object) -> str:
    """A cell as text. A number of more than 15 digits has lost the rest, and is written so that this shows."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, datetime | date | time | timedelta):
        return str(value)
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if not value.is_integer():
        return repr(value)
    whole = int(value)
    if abs(whole) < _EXACT_BELOW:
        return str(whole)
    digits = str(abs(whole))
    return f"{'-' if whole < 0 else ''}{digits[0]}.{digits[1:16].rstrip('0') or '0'}E+{len(digits) - 1}"


def _fill_down(rows: list[list[str]], merges: Sequence[Any]) -> Mapping[int, Sequence[int]]:
    """Fill in place; a row that holds nothing of its own stays blank. Returns the filled rows of each column."""
    filled: dict[int, list[int]] = defaultdict(list)
    blank = {index for index, row in enumerate(rows) if not any(cell.strip() for cell in row)}
    for (top, left), (bottom, _) in merges:
        if top >= len(rows) or left >= len(rows[top]) or not rows[top][left].strip():
            continue
        for index in range(top + 1, min(bottom + 1, len(rows))):
            if index not in blank:
                rows[index][left] = rows[top][left]
                filled[left].append(index + 1)
    return filled


def _broken(path: Path, sheet: str) -> Exception:
    return refuse(
        "broken_file",
        Source(path.name, sheet),
        Text("工作簿损坏或加密，无法读取", "the workbook is broken or encrypted and cannot be read"),
        Text("用 Excel 或 WPS 打开后另存为 xlsx", "open it in Excel or WPS and save it again as xlsx"),
    )
