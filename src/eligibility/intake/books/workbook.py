"""Reads sheets of a workbook (xlsx, xls, xlsb, ods) as rows of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from weakref import finalize

from eligibility.intake.books.marks_ods import ods_extents, ods_marks
from eligibility.intake.books.marks_xls import check_xls, xls_dates_from_1904, xls_marks
from eligibility.intake.books.marks_xlsb import xlsb_dates_from_1904, xlsb_marks
from eligibility.intake.books.marks_xlsx import xlsx_dates_from_1904, xlsx_marks
from eligibility.intake.books.merged import MergedFill
from eligibility.intake.books.reader import Book, PasswordError, Stretch, text
from eligibility.intake.books.sheet_marks import Marks, Place
from eligibility.intake.books.xlsx_stream import XlsxStream, is_large
from eligibility.intake.files.grid import HEADER_WITHIN, Grid, Row
from eligibility.intake.files.kinds import Kind, password_protected
from eligibility.intake.files.limits import LARGEST_WORKBOOK, check_extent, check_package, check_size
from eligibility.intake.notices import refuse
from eligibility.model.diagnostic import Bilingual, InputError, SourceLocation

_MARKS = {Kind.XLSX: xlsx_marks, Kind.XLS: xls_marks, Kind.XLSB: xlsb_marks, Kind.ODS: ods_marks}
_FROM_1904 = {Kind.XLSX: xlsx_dates_from_1904, Kind.XLS: xls_dates_from_1904, Kind.XLSB: xlsb_dates_from_1904}


class Workbook:
    """An open workbook. `name` is the file as messages call it."""

    def __init__(self, path: Path, kind: Kind = Kind.XLSX, name: str = "") -> None:
        """Open it; InputError when it is broken, protected by a password, or larger than any honest one."""
        self.path, self._kind, self.name = path, kind, name or path.name
        check_size(path, self.name, LARGEST_WORKBOOK)
        with self._whole(""):
            if kind is not Kind.XLS:
                check_package(path, self.name)
            else:
                check_xls(path)
            for sheet, extent in ods_extents(path).items() if kind is Kind.ODS else ():
                check_extent(self.name, sheet, extent)
            self._stream = XlsxStream(path) if kind is Kind.XLSX and is_large(path) else None
            book = self._stream.book if self._stream else self._book
            self.sheets, self.hidden = book.sheets, book.hidden
            self._from_1904 = kind in _FROM_1904 and _FROM_1904[kind](path)
        self._marks: dict[str, Marks] = {}
        self._heads: dict[str, list[Row]] = {}

    def head(self, sheet: str) -> list[Row]:
        """The first rows of a sheet, as far as a header is looked for; empty when the sheet is blank."""
        if sheet not in self._heads:
            rows = list(islice(self.grid(sheet).rows, HEADER_WITHIN))
            self._heads[sheet] = [(number, row) for number, row in rows if any(row)]
        return self._heads[sheet]

    def grid(self, sheet: str) -> Grid:
        """The whole sheet; a merged cell's value stands in every row it runs down through.

        Rows are made as they are asked for: of a large xlsx a block is in memory, of other workbooks the reader's copy.
        """
        marks = self._marked(sheet)
        with self._whole(sheet):
            stretches, merges = self._stretches(sheet, marks)
            filler = MergedFill(merges)
        return Grid(
            self.path,
            sheet,
            filler.rows(self._rows(stretches, marks, sheet)),
            merged=filler.filled,
            spans=filler.spans(),
            name=self.name,
            hidden_sheet=sheet in self.hidden,
            hidden_rows=tuple(marks.hidden),
            from_1904=self._from_1904,
        )

    def _stretches(self, sheet: str, marks: Marks) -> tuple[Iterable[Stretch], Sequence[tuple[Place, Place]]]:
        if self._stream is not None and marks.plain and self._stream.can_cut(sheet):
            return self._stream.stretches(sheet), marks.merges
        found = self._book.whole(sheet)
        return [found], found.merges or marks.merges

    @cached_property
    def _book(self) -> Book:
        """The whole workbook, where it cannot be read in blocks."""
        file = self.path.open("rb")
        finalize(self, file.close)
        return Book(file)

    def _rows(self, stretches: Iterable[Stretch], marks: Marks, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """Rows numbered from 1 as text, error cells as they show; the reader leaves blank columns in front out."""
        errors = marks.errors_by_row()
        with self._whole(sheet):
            for number, cells in _one_by_one(stretches, max(errors, default=-1) + 1):
                for column, word in errors.get(number - 1, ()):
                    cells.extend([""] * (column + 1 - len(cells)))
                    cells[column] = word
                yield number, cells

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
        except (KeyboardInterrupt, SystemExit, GeneratorExit, InputError, MemoryError):
            raise
        except PasswordError as locked:
            raise password_protected(self.name) from locked
        except BaseException as broken:  # a panic in the reader is no Exception
            raise _broken(self.name, sheet) from broken


def _one_by_one(stretches: Iterable[Stretch], last: int) -> Iterator[tuple[int, list[str]]]:
    """Rows numbered from 1 as text, as far as row `last` at least; rows that no stretch has are blank."""
    above = 0
    for stretch in stretches:
        yield from ((number, []) for number in range(above + 1, stretch.row + 1))
        before, above = [""] * stretch.column, stretch.row
        for values in stretch.rows:
            above += 1
            yield above, before + [text(value) for value in values]
    yield from ((number, []) for number in range(above + 1, last + 1))


def _broken(name: str, sheet: str) -> Exception:
    return refuse(
        "broken_file",
        SourceLocation(name, sheet),
        Bilingual("工作簿损坏或加密，无法读取", "the workbook is broken or encrypted and cannot be read"),
        Bilingual("用 Excel 或 WPS 打开后另存为 xlsx", "open it in Excel or WPS and save it again as xlsx"),
    )
