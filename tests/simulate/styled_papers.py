"""Reading papers of a style back with nothing but csv, openpyxl and struct, under the headers that stand in them."""

from __future__ import annotations

import csv
import json
import struct
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl

Row = dict[str, str]
SUMS = ("小计", "合计")


class Styled:
    """The papers of a dossier in a style, found by what `truth/styles.json` says of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        told = json.loads((folder / "truth" / "styles.json").read_text(encoding="utf-8"))
        self.style, self.files = told["style"], told["files"]
        self.sheets = [(file, sheet) for file in self.files for sheet in file["sheets"]]
        self._books: dict[str, dict[str, list[list[str]]]] = {}

    def rows(self, kind: str) -> list[Row]:
        """Every row of the papers of that kind: its cells under each level of their headers, and under all joined by /."""
        rows = []
        for file, sheet in self.sheets:
            if sheet["kind"] == kind:
                grid, headers = self.grid(file, sheet), self.headers(file, sheet)
                first, last = sheet["body_rows"]
                title = " ".join(row[0] for row in grid[: sheet["title_rows"]])
                place = {"@title": title, "@file": file["file"], "@sheet": sheet["sheet"]}
                body = [cells for cells in grid[first - 1 : last] if cells[0] not in SUMS]
                rows += [place | named(headers, cells) for cells in body]
        return rows

    def headers(self, file: dict, sheet: dict) -> list[tuple[str, ...]]:
        """The levels of the header of each column, as they stand in the sheet."""
        first, last = sheet["header_rows"]
        levels = self.grid(file, sheet)[first - 1 : last]
        return [tuple(dict.fromkeys(row[at] for row in levels if row[at])) for at in range(len(levels[0]))]

    def grid(self, file: dict, sheet: dict) -> list[list[str]]:
        """All cells of a sheet as text; a joined cell stands in each of its places."""
        name = file["file"]
        if name not in self._books:
            self._books[name] = _read(self.folder / name, file["encoding"])
        return self._books[name][sheet["sheet"] if name.endswith(".xlsx") else ""]


def named(headers: list[tuple[str, ...]], cells: list[str]) -> Row:
    row: Row = {}
    for levels, cell in zip(headers, cells, strict=True):
        for name in (*levels, "/".join(levels)):
            row.setdefault(name, "" if cell == "/" else cell)
    return row


def _read(path: Path, encoding: str) -> dict[str, list[list[str]]]:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return {sheet.title: _cells(sheet) for sheet in book.worksheets}
    if path.suffix == ".dbf":
        return {"": _dbf(path.read_bytes(), encoding)}
    with path.open(encoding=encoding, newline="") as stream:
        rows = list(csv.reader(stream))
    return {"": rows}


def _cells(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[str]]:
    grid = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row - 1, area.max_row):
            for at in range(area.min_col - 1, area.max_col):
                grid[row][at] = grid[area.min_row - 1][area.min_col - 1]
    return grid


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else str(value)


def _dbf(raw: bytes, encoding: str) -> list[list[str]]:
    version, _, _, _, records, head, size, mark = struct.unpack("<4BIHH17xB2x", raw[:32])
    assert (version, mark) == (3, 0x4D)
    fields = [struct.unpack("<11sc4xB", raw[at : at + 17]) for at in range(32, head - 1, 32)]
    rows = [[name.rstrip(b"\0").decode() for name, _, _ in fields]]
    for start in range(head, head + records * size, size):
        place, cells = start + 1, []
        for _, _, width in fields:
            cells.append(raw[place : place + width].decode(encoding).strip())
            place += width
        rows.append(cells)
    assert raw[head + records * size :] == b"\x1a"
    return rows


def number(cell: str) -> Fraction:
    """The number in a cell, 0 where there is none."""
    return Fraction(cell) if cell else Fraction(0)


def day(cell: str) -> str:
    """A day in any of the forms 20120305, 2012.03.05, 2012-03-05, as the last."""
    digits = cell.replace(".", "").replace("-", "")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits else ""
