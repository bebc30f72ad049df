"""Streams of rows into files: a folder beside the target, filled table by table, renamed when it is complete."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

import xlsxwriter

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.tables import TABLES, CellType, Column, Table

_NUMBERS = (CellType.AREA_MU, CellType.AREA_IN_UNIT, CellType.MONEY, CellType.COUNT)
_OF_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = {
    "[Content_Types].xml": f'<Types xmlns="{_OF_PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_OF_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OF_OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
}
_DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>征地协议</w:t></w:r></w:p>{}</w:body></w:document>"
)
MADE_ON = datetime(2022, 10, 31)
"""The day on which every workbook is made: a workbook carries it, and a fixed one keeps the bytes the same."""


LETTER = "补充协议.docx"
"""A letter with agreements that stand in no table."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out: columns that it lacks, the unit that its title names, a column of remarks, merged cells."""

    missing: frozenset[str] = frozenset()
    unit: str = ""
    remarks: bool = False
    merging: bool = False

    def columns(self, table: Table) -> list[Column]:
        """The columns that are written."""
        remarks = [Column("remarks", ("备注",))] if self.remarks else []
        return [column for column in (*table.columns, *remarks) if column.key not in self.missing]


class _Sink(Protocol):
    def write(self, cells: list[str], merged: int | None = None) -> None: ...


class Files:
    """Open files of a dossier and of its truth; `rows` counts what was written, headers aside."""

    def __init__(self, folder: Path, sinks: dict[str, _Sink]) -> None:
        self._folder, self._sinks = folder, sinks
        self._letter: list[list[str]] = []
        self.rows: Counter[str] = Counter({table.key: 0 for table in TABLES if table.key in sinks})

    def write(self, name: str, cells: list[str], merged: int | None = None) -> None:
        """Add a row to the table of that key, or to `truth/…`; `merged`: the place of a cell that is one with that above."""
        self._sinks[name].write(cells, merged)
        self.rows[name] += 1

    def write_letter(self, cells: list[str]) -> None:
        """Add a row to the letter beside the tables."""
        self._letter.append(cells)

    def close(self) -> None:
        """Write the letter, if there is anything to stand in it."""
        if self._letter:
            text = "".join(f"<w:p><w:r><w:t>{escape(' '.join(cells))}</w:t></w:r></w:p>" for cells in self._letter)
            with zipfile.ZipFile(self._folder / LETTER, "w") as package:
                for name, body in (*_PACKAGE.items(), ("word/document.xml", _DOCUMENT.format(text))):
                    package.writestr(zipfile.ZipInfo(name), body)


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder beside `out` that becomes `out` when the block ends well and vanishes otherwise.

    Raises InputError when `out` is a file or holds anything.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        problem = Bilingual("目标已存在且不为空,不予覆盖", "the target exists and is not empty; it is not overwritten")
        raise InputError(
            Diagnostic(
                "out_not_empty", SourceLocation(str(out)), problem, Bilingual("请换一个新文件夹", "name a new folder")
            )
        )
    work = out.parent / f".{out.name}.partial"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
        if out.exists():
            out.rmdir()
        work.rename(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def open_files(
    folder: Path,
    *,
    form: str,
    encoding: str,
    truth: dict[str, tuple[str, ...]],
    layouts: Mapping[str, Layout] | None,
) -> Iterator[Files]:
    """Every table of the contract in `folder` with its Chinese headers (`layouts` None: none of them), and the truth."""
    (folder / "truth").mkdir()
    with ExitStack() as stack:
        sinks: dict[str, _Sink] = {}
        for table in TABLES if layouts is not None else ():
            make = _sheet if form == "xlsx" else _text
            sinks[table.key] = stack.enter_context(
                make(folder, table, encoding, (layouts or {}).get(table.key, Layout()))
            )
        for name, headers in truth.items():
            sinks[name] = stack.enter_context(_lines(folder / f"{name}.csv", "utf-8-sig", list(headers)))
        files = Files(folder, sinks)
        yield files
        files.close()


@contextmanager
def _text(folder: Path, table: Table, encoding: str, layout: Layout) -> Iterator[_Sink]:
    headers = [column.zh for column in layout.columns(table)]
    titles = [f"{table.zh}（单位：{layout.unit}）"] if layout.unit else []
    with _lines(folder / f"{table.key}.csv", encoding, headers, titles) as lines:
        yield lines


@contextmanager
def _lines(path: Path, encoding: str, headers: list[str], titles: Sequence[str] = ()) -> Iterator[_Sink]:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([title] for title in titles)
        writer.writerow(headers)
        yield _Lines(writer.writerow)


class _Lines:
    """Rows of a text; cells cannot be merged there, so one that would be is blank already."""

    def __init__(self, write: Callable[[list[str]], object]) -> None:
        self._write = write

    def write(self, cells: list[str], merged: int | None = None) -> None:  # noqa: ARG002
        self._write(cells)


@contextmanager
def _sheet(folder: Path, table: Table, encoding: str, layout: Layout) -> Iterator[_Sink]:  # noqa: ARG001
    with xlsxwriter.Workbook(folder / f"{table.key}.xlsx", {"constant_memory": not layout.merging}) as book:
        book.set_properties({"created": MADE_ON})
        sheet = _Sheet(book, table, layout)
        yield sheet
        sheet.merge()


class _Sheet:
    """A sheet under a title row; numbers and dates are typed where the cell is clean, text where it is not."""

    def __init__(self, book: xlsxwriter.Workbook, table: Table, layout: Layout) -> None:
        columns = layout.columns(table)
        self._sheet = book.add_worksheet(table.zh)
        self._plain = book.add_format() if layout.merging else None
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._types = [column.type for column in columns]
        self._sheet.write_string(0, 0, f"呈贡区{table.zh}" + (f"（单位：{layout.unit}）" if layout.unit else ""))
        self._next = 1
        self._above: list[str] = []
        self._merged: dict[tuple[int, int], tuple[int, str]] = {}
        for at, column in enumerate(columns):
            self._sheet.write_string(1, at, column.zh)

    def write(self, cells: list[str], merged: int | None = None) -> None:
        self._next += 1
        if merged is not None:
            first = next(
                (key for key, (last, _) in self._merged.items() if (last, key[1]) == (self._next - 1, merged)), None
            )
            first = first or (self._next - 1, merged)
            self._merged[first] = (self._next, self._merged.get(first, (0, self._above[merged]))[1])
        self._above = cells
        for at, (cell, of) in enumerate(zip(cells, self._types, strict=True)):
            self._cell(at, cell, of)

    def merge(self) -> None:
        """Make one cell of each area that stands over several rows."""
        for (first, at), (last, cell) in self._merged.items():
            self._sheet.merge_range(first, at, last, at, "", self._plain)
            row, self._next = self._next, first
            self._cell(at, cell, self._types[at])
            self._next = row

    def _cell(self, at: int, cell: str, of: CellType) -> None:
        if of in _NUMBERS and cell.replace(".", "", 1).isascii() and cell.replace(".", "", 1).isdecimal():
            self._sheet.write_number(self._next, at, float(cell))
        elif of is CellType.DAY and (day := _day(cell)):
            self._sheet.write_datetime(self._next, at, day, self._day)
        elif cell:
            self._sheet.write_string(self._next, at, cell)


def _day(cell: str) -> date | None:
    """The day of a clean cell that a sheet can hold as one."""
    if len(cell) != 10 or not cell[4] == cell[7] == "-" or not cell.isascii():
        return None
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day.year >= 1900 else None
