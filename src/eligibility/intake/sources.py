"""Finds the tables of a dossier: files of a folder, or sheets of one workbook, named by key or Chinese title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from eligibility.domain.finding import Source, Text
from eligibility.domain.names import squeeze
from eligibility.domain.tables import TABLES, Table
from eligibility.intake.csv_file import read_csv
from eligibility.intake.grid import Grid, has_header
from eligibility.intake.notices import Notice, refuse
from eligibility.intake.parquet_file import read_parquet
from eligibility.intake.workbook import Workbook

_KINDS = (".csv", ".xlsx", ".parquet")
_TITLES = {squeeze(word).lower(): table for table in TABLES for word in (table.key, *table.titles)}


@dataclass(frozen=True, slots=True)
class Found:
    """Where a table of the dossier stands; `sheets` only for a workbook, `book` is then open."""

    table: Table
    path: Path
    sheets: tuple[str, ...] = ()
    book: Workbook | None = None

    def grids(self) -> Iterator[Grid]:
        """The sheets of the table, one after the other; Unusable when the file cannot be read."""
        if self.book is not None:
            yield from (self.book.grid(sheet) for sheet in self.sheets)
        elif self.path.suffix.lower() == ".csv":
            yield read_csv(self.path)
        else:
            yield read_parquet(self.path)


def find_tables(dossier: Path) -> tuple[dict[str, Found], list[Notice]]:
    """What the dossier holds, by table key, and notices of what is left aside.

    Unusable when there is no such dossier, when it is of no known kind, or when one table stands in two places.
    """
    if dossier.is_dir():
        return _in_folder(dossier)
    if not dossier.exists():
        raise refuse(
            "missing_dossier",
            Source(str(dossier)),
            Text("卷宗不存在", "there is no such dossier"),
            Text("检查路径；卷宗是一个文件夹或一个 xlsx 工作簿", "check the path: a folder, or one xlsx workbook"),
        )
    if dossier.suffix.lower() != ".xlsx" or not dossier.is_file():
        raise refuse(
            "unknown_dossier",
            Source(dossier.name),
            Text("卷宗应为文件夹或 xlsx 工作簿", "a dossier is a folder or an xlsx workbook"),
            Text(
                "把各表放入一个文件夹，或放入一个 xlsx 的各工作表",
                "put the tables in a folder, or in sheets of one xlsx",
            ),
        )
    return _in_workbook(dossier)


def _in_folder(folder: Path) -> tuple[dict[str, Found], list[Notice]]:
    found: dict[str, Found] = {}
    notices: list[Notice] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        table = _TITLES.get(squeeze(path.stem).lower())
        if path.name.startswith((".", "~$")) or not path.is_file():
            continue
        if table is None or path.suffix.lower() not in _KINDS:
            notices.append(Notice("unknown_file", table.key if table else "", path.name, other=_nearest(path.stem)))
            continue
        if table.key in found:
            raise _twice(table, found[table.key].path.name, path.name, folder.name)
        found[table.key] = _open(table, path, notices)
    return found, notices


def _open(table: Table, path: Path, notices: list[Notice]) -> Found:
    if path.suffix.lower() != ".xlsx":
        return Found(table, path)
    book = Workbook(path)
    sheets = _sheets_of(table, book)
    left = [sheet for sheet in book.sheets if sheet not in sheets and book.head(sheet)]
    notices += [Notice("unknown_sheet", table.key, path.name, sheet, other=table.zh) for sheet in left]
    return Found(table, path, sheets, book)


def _sheets_of(table: Table, book: Workbook) -> tuple[str, ...]:
    """The sheet named by the table; else every sheet with its header (one a street, say); else the first not blank."""
    named = tuple(sheet for sheet in book.sheets if _TITLES.get(squeeze(sheet).lower()) is table)
    if named:
        return named[:1]
    filled = tuple(sheet for sheet in book.sheets if book.head(sheet))
    return tuple(sheet for sheet in filled if has_header(book.head(sheet), table)) or filled[:1] or book.sheets[:1]


def _in_workbook(path: Path) -> tuple[dict[str, Found], list[Notice]]:
    book = Workbook(path)
    found: dict[str, Found] = {}
    notices: list[Notice] = []
    for sheet in book.sheets:
        table = _TITLES.get(squeeze(sheet).lower())
        if table is None:
            if book.head(sheet):
                notices.append(Notice("unknown_sheet", "", path.name, sheet, other=_nearest(sheet)))
            continue
        if table.key in found:
            raise _twice(table, found[table.key].sheets[0], sheet, path.name)
        found[table.key] = Found(table, path, (sheet,), book)
    return found, notices


def _nearest(name: str) -> str:
    best = process.extractOne(name, [word for table in TABLES for word in (*table.titles, table.key)])
    return str(best[0]) if best else ""


def _twice(table: Table, first: str, second: str, where: str) -> Exception:
    return refuse(
        "table_twice",
        Source(where),
        Text(f"「{table.zh}」有两份：{first} 和 {second}", f"{table.key} stands in two places: {first} and {second}"),
        Text("只保留一份", "keep one of them"),
    )
