"""Streams of rows into files: a folder beside the target, filled table by table, renamed when it is complete."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import xlsxwriter

from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.tables import TABLES, CellType, Table

_NUMBERS = (CellType.AREA_MU, CellType.AREA_IN_UNIT, CellType.MONEY, CellType.COUNT)
_EPOCH = datetime(2022, 10, 31)  # a workbook carries the day it was made: a fixed one keeps the bytes the same


class _Sink(Protocol):
    def write(self, cells: list[str]) -> None: ...


class Files:
    """Open files of a dossier and of its truth; `rows` counts what was written, headers aside."""

    def __init__(self, sinks: dict[str, _Sink]) -> None:
        self._sinks = sinks
        self.rows: Counter[str] = Counter({table.key: 0 for table in TABLES})

    def write(self, name: str, cells: list[str]) -> None:
        """Add a row to the table of that key, or to `truth/…`."""
        self._sinks[name].write(cells)
        self.rows[name] += 1


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder beside `out` that becomes `out` when the block ends well and vanishes otherwise.

    Raises Unusable when `out` is a file or holds anything.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        problem = Text("目标已存在且不为空,不予覆盖", "the target exists and is not empty; it is not overwritten")
        raise Unusable(
            Finding("out_not_empty", Source(str(out)), problem, Text("请换一个新文件夹", "name a new folder"))
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
def open_files(folder: Path, *, form: str, encoding: str, truth: dict[str, tuple[str, ...]]) -> Iterator[Files]:
    """Every table of the contract in `folder` with its Chinese headers, and the truth tables below it."""
    (folder / "truth").mkdir()
    with ExitStack() as stack:
        sinks: dict[str, _Sink] = {}
        for table in TABLES:
            make = _sheet if form == "xlsx" else _text
            sinks[table.key] = stack.enter_context(make(folder, table, encoding))
        for name, headers in truth.items():
            sinks[name] = stack.enter_context(_lines(folder / f"{name}.csv", "utf-8-sig", list(headers)))
        yield Files(sinks)


@contextmanager
def _text(folder: Path, table: Table, encoding: str) -> Iterator[_Sink]:
    with _lines(folder / f"{table.key}.csv", encoding, [column.zh for column in table.columns]) as lines:
        yield lines


@contextmanager
def _lines(path: Path, encoding: str, headers: list[str]) -> Iterator[_Sink]:
    with path.open("w", encoding=encoding, newline="") as stream:
        lines = _Lines(csv.writer(stream))
        lines.write(headers)
        yield lines


class _Lines:
    def __init__(self, writer: object) -> None:
        self.write = writer.writerow  # type: ignore[attr-defined]


@contextmanager
def _sheet(folder: Path, table: Table, encoding: str) -> Iterator[_Sink]:  # noqa: ARG001
    with xlsxwriter.Workbook(folder / f"{table.key}.xlsx", {"constant_memory": True}) as book:
        book.set_properties({"created": _EPOCH})
        yield _Sheet(book, table)


class _Sheet:
    """A sheet under a title row; numbers and dates are typed where the cell is clean, text where it is not."""

    def __init__(self, book: xlsxwriter.Workbook, table: Table) -> None:
        self._sheet = book.add_worksheet(table.zh)
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._types = [column.type for column in table.columns]
        self._sheet.write_string(0, 0, f"呈贡区{table.zh}")
        self._next = 1
        for at, column in enumerate(table.columns):
            self._sheet.write_string(1, at, column.zh)

    def write(self, cells: list[str]) -> None:
        self._next += 1
        for at, (cell, of) in enumerate(zip(cells, self._types, strict=True)):
            self._cell(at, cell, of)

    def _cell(self, at: int, cell: str, of: CellType) -> None:
        if of in _NUMBERS and cell.replace(".", "", 1).isascii() and cell.replace(".", "", 1).isdecimal():
            self._sheet.write_number(self._next, at, float(cell))
        elif of is CellType.DAY and len(cell) == 10 and cell[4] == cell[7] == "-" and cell.isascii():
            self._sheet.write_datetime(self._next, at, date.fromisoformat(cell), self._day)
        elif cell:
            self._sheet.write_string(self._next, at, cell)
