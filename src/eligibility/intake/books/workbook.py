"""Reads sheets of a workbook (xlsx, xls, xlsb, ods) as rows of text: the one place that knows python-calamine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from eligibility.domain.finding import Source, Text, Unusable
from eligibility.intake.books.marks_ods import ods_extents, ods_marks
from eligibility.intake.books.marks_xls import xls_dates_from_1904, xls_marks
from eligibility.intake.books.marks_xlsb import xlsb_dates_from_1904, xlsb_marks
from eligibility.intake.books.marks_xlsx import xlsx_dates_from_1904, xlsx_marks
from eligibility.intake.books.merged import MergedFill
from eligibility.intake.books.sheet_marks import Marks
from eligibility.intake.files.grid import HEADER_WITHIN, Grid, Row
from eligibility.intake.files.kinds import Kind, password_protected
from eligibility.intake.files.limits import LARGEST_WORKBOOK, check_extent, check_package, check_size
from eligibility.intake.notices import refuse

_EXACT_BELOW = 10**15
_MARKS = {Kind.XLSX: xlsx_marks, Kind.XLS: xls_marks, Kind.XLSB: xlsb_marks, Kind.ODS: ods_marks}
_FROM_1904 = {Kind.XLSX: xlsx_dates_from_1904, Kind.XLS: xls_dates_from_1904, Kind.XLSB: xlsb_dates_from_1904}


class Workbook:
    """An open workbook. `name` is the file as messages call it."""

    def __init__(self, path: Path, kind: Kind = Kind.XLSX, name: str = "") -> None:
        """Open it; Unusable when it is broken, protected by a password, or larger than any honest one."""
        self.path, self._kind, self.name = path, kind, name or path.name
        check_size(path, self.name, LARGEST_WORKBOOK)
        with self._whole(""):
            if kind is not Kind.XLS:
                check_package(path, self.name)
            for sheet, extent in ods_extents(path).items() if kind is Kind.ODS else ():
                check_extent(self.name, sheet, extent)
            self._file = path.open("rb")
            self._book = CalamineWorkbook.from_filelike(self._file)
            found = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            self.sheets = tuple(sheet.name for sheet in found)
            self.hidden = frozenset(sheet.name for sheet in found if sheet.visible != SheetVisibleEnum.Visible)
            self._from_1904 = kind in _FROM_1904 and _FROM_1904[kind](path)
        self._marks: dict[str, Marks] = {}
        self._heads: dict[str, list[Row]] = {}
        self._last: CalamineSheet | None = None

    def head(self, sheet: str) -> list[Row]:
        """The first rows of a sheet, as far as a header is looked for; empty when the sheet is blank."""
        if sheet not in self._heads:
            rows = list(islice(self.grid(sheet).rows, HEADER_WITHIN))
            self._heads[sheet] = [(number, row) for number, row in rows if any(row)]
        return self._heads[sheet]

    def grid(self, sheet: str) -> Grid:
        """The whole sheet; a merged cell's value stands in every row it runs down through.

        Rows are made as they are asked for: of a sheet of a million rows only the reader's own copy is in memory.
        """
        marks = self._marked(sheet)
        with self._whole(sheet):
            found = self._parsed(sheet)
            filler = MergedFill(found.merged_cell_ranges or marks.merges)
        return Grid(
            self.path,
            sheet,
            filler.rows(self._rows(found, marks, sheet)),
            merged=filler.filled,
            name=self.name,
            hidden_sheet=sheet in self.hidden,
            hidden_rows=tuple(marks.hidden),
            from_1904=self._from_1904,
        )

    def _rows(self, found: CalamineSheet, marks: Marks, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """Rows numbered from 1 as text, error cells as they show; the reader leaves blank columns in front out."""
        errors = marks.errors_by_row()
        with self._whole(sheet):
            before = [""] * (found.start[1] if found.start else 0)
            for index, values in enumerate(found.iter_rows()):
                cells = before + [_text(value) for value in values]
                for column, word in errors.get(index, ()):
                    if column < len(cells):
                        cells[column] = word
                yield index + 1, cells
        self._last = None

    def _parsed(self, sheet: str) -> CalamineSheet:
        """The sheet as the reader holds it; the last one is kept, for its head is read before its rows."""
        if self._last is None or self._last.name != sheet:
            self._last = None
            self._last = self._book.get_sheet_by_name(sheet)
        return self._last

    def _marked(self, sheet: str) -> Marks:
        if sheet not in self._marks:
            with self._whole(sheet):
                self._marks[sheet] = _MARKS[self._kind](self.path, sheet, self.sheets.index(sheet))
            check_extent(self.name, sheet, self._marks[sheet].extent)
        return self._marks[sheet]

    @contextmanager
    def _whole(self, sheet: str) -> Iterator[None]:
        """Whatever a reader raises on a broken file is one refusal."""
        try:
            yield
        except (KeyboardInterrupt, SystemExit, GeneratorExit, Unusable, MemoryError):
            raise
        except PasswordError as locked:
            raise password_protected(self.name) from locked
        except BaseException as broken:  # a panic in the reader is no Exception
            raise _broken(self.name, sheet) from broken


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


def _broken(name: str, sheet: str) -> Exception:
    return refuse(
        "broken_file",
        Source(name, sheet),
        Text("工作簿损坏或加密，无法读取", "the workbook is broken or encrypted and cannot be read"),
        Text("用 Excel 或 WPS 打开后另存为 xlsx", "open it in Excel or WPS and save it again as xlsx"),
    )
