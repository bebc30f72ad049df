"""Sheets of a workbook as the library reads them: the one place that knows python-calamine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, Any, NamedTuple

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from eligibility.intake.books.sheet_marks import Place

__all__ = ["Book", "PasswordError", "Stretch", "text"]

_EXACT_BELOW = 10**15


class Stretch(NamedTuple):
    """Rows of a sheet that follow one another; `row` and `column` of the first cell are from 0."""

    row: int
    column: int
    rows: Iterable[Sequence[object]]
    merges: Sequence[tuple[Place, Place]] = ()


class Book:
    """A workbook in the reader's hands. Raises whatever the reader raises for a broken one."""

    def __init__(self, file: IO[bytes]) -> None:
        """Open it; shared strings and styles are read at once, sheets as they are asked for."""
        self._book = CalamineWorkbook.from_filelike(file)
        found = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        self.sheets = tuple(sheet.name for sheet in found)
        self.hidden = frozenset(sheet.name for sheet in found if sheet.visible != SheetVisibleEnum.Visible)
        self._last: CalamineSheet | None = None

    def whole(self, sheet: str) -> Stretch:
        """The sheet from its first row; the last one asked for is kept, for its head is read before its rows."""
        if self._last is None or self._last.name != sheet:
            self._last = None
            self._last = self._book.get_sheet_by_name(sheet)
        column = self._last.start[1] if self._last.start else 0
        return Stretch(0, column, self._to_the_end(self._last), self._last.merged_cell_ranges or ())

    def _to_the_end(self, found: CalamineSheet) -> Iterator[list[Any]]:
        yield from found.iter_rows()
        self._last = None

    def filled(self, sheet: str) -> Stretch:
        """The sheet from its first cell that holds anything to its last, once."""
        found = self._book.get_sheet_by_name(sheet)
        return Stretch(*(found.start or (0, 0)), found.to_python())


def text(value: object) -> str:
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
