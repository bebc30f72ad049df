"""Dossiers in the forms that offices send, made with a few invented people."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from eligibility.intake import read_dossier

PERSONS = ["身份证号", "姓名", "户号", "街道", "社区", "组"]
# Ids of no existing region, with right check characters.
ZHANG, LI, WANG = "000001197001010015", "000001198002290025", "000001199912310034"
ROW_ZHANG = [ZHANG, "张一", "H1", "乌龙街道", "乌龙社区", "一组"]
ROW_LI = [LI, "李二", "H1", "乌龙街道", "乌龙社区", "一组"]
ROW_WANG = [WANG, "王三", "H2", "乌龙街道", "乌龙社区", "2组"]

Cells = Iterable[Sequence[Any]]


def write_csv(path: Path, rows: Cells, encoding: str = "utf-8-sig") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, sheets: dict[str, Cells], merges: Sequence[str] = ()) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for merge in merges:
            sheet.merge_cells(merge)
    book.save(path)
    return path


class Dossier:
    """A folder to which tables are added as csv, and what intake made of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.con = duckdb.connect()
        write_csv(folder / "persons.csv", [PERSONS, ROW_ZHANG, ROW_LI, ROW_WANG])

    def with_table(self, name: str, *rows: Sequence[Any]) -> Dossier:
        write_csv(self.folder / f"{name}.csv", rows)
        return self

    def persons(self, headers: Sequence[str], *cells: Sequence[Any]) -> Dossier:
        """Persons with further columns: 张一 with the first cells, 李二 with the second, 王三 with the third."""
        rows = [[*row, *more] for row, more in zip((ROW_ZHANG, ROW_LI, ROW_WANG), cells, strict=False)]
        return self.with_table("persons", [*PERSONS, *headers], *rows)

    def read(self, path: Path | None = None) -> Dossier:
        read_dossier(path or self.folder, self.con)
        return self

    def rows(self, table: str, columns: str) -> list[tuple[Any, ...]]:
        return self.con.execute(f"SELECT {columns} FROM paper.{table} ORDER BY row_id").fetchall()

    def column(self, table: str, column: str) -> list[Any]:
        return [row[0] for row in self.rows(table, column)]

    def findings(self, table: str = "persons") -> list[tuple[Any, ...]]:
        """Row, column, value, code and whether the row stays."""
        sql = 'SELECT "row", col, value, code, kept FROM paper.quarantine WHERE table_name = ?'
        return self.con.execute(sql, [table]).fetchall()
