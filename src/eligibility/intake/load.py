"""Brings the rows of a sheet, as text, into the working table `intake.raw`, and leaves out what is no data row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from eligibility.domain.finding import Source
from eligibility.domain.tables import CellType, Table
from eligibility.intake.files.grid import HEADER_WITHIN, Grid, Layout, Row, locate
from eligibility.intake.notices import Notice
from eligibility.intake.statements import statement

_CHUNK = 50_000
_BLANKS = "".join(
    map(chr, (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x2010), 0x202F, 0x205F, 0x3000, 0xFEFF))
)
_TOTAL = re.compile(r"(?:本页)?(?:合计|总计|小计|共计)(?:[:：(（].*)?")
_TOTAL_MARKS = frozenset("本合总小共")


class Total(NamedTuple):
    """A total row: its cells by contract column, and every cell."""

    row: int
    cells: Mapping[str, str]
    every: Sequence[str]


@dataclass(slots=True)
class Sheet:
    """A sheet being loaded: where it is, its layout, and what was noticed on the way."""

    table: Table
    grid: Grid
    source: int
    layout: Layout
    notices: list[Notice] = field(default_factory=list)
    short: list[int] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)

    def notice(self, issue: str, row: int | None = None, **words: str) -> None:
        """Record an issue of this sheet."""
        self.notices.append(Notice(issue, self.table.key, self.grid.file, self.grid.sheet, row, **words))


def make_raw(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make an empty `intake.raw` with the columns of the table."""
    con.execute(statement("raw", columns=", ".join(f'"{column.key}" VARCHAR' for column in table.columns)))


def open_sheet(table: Table, grid: Grid, source: int) -> tuple[Sheet, Iterator[Row]]:
    """Find the header; the rows behind it. Unusable when a required column is missing."""
    head = list(islice(grid.rows, HEADER_WITHIN))
    layout = locate(head, table, Source(grid.file, grid.sheet))
    sheet = Sheet(table, grid, source, layout)
    for header, repeats in layout.aside:
        note = f"（「{repeats}」已由另一列给出）" if repeats else ""
        sheet.notice("unknown_column", layout.row, column=header, other=note)
    for key, index in layout.places.items():
        rows = [row for row in grid.merged.get(index, ()) if row > layout.row]
        if rows:
            sheet.notice("merged_value", rows[0], column=layout.header(key), other=str(len(rows)))
    _tell_hidden(sheet)
    return sheet, chain((row for row in head if row[0] > layout.row), grid.rows)


def _tell_hidden(sheet: Sheet) -> None:
    if sheet.grid.hidden_sheet:
        sheet.notice("hidden_sheet")
    hidden = [row for row in sheet.grid.hidden_rows if row > sheet.layout.row]
    if hidden:
        sheet.notice("hidden_rows", hidden[0], other=str(len(hidden)))


def load_rows(con: duckdb.DuckDBPyConnection, sheet: Sheet, rows: Iterator[Row], first_row_id: int) -> int:
    """Append the data rows to `intake.raw`; the number of rows appended."""
    count = 0
    data = _data_rows(sheet, rows)
    while chunk := list(islice(data, _CHUNK)):
        _append(con, _arrow(sheet, chunk, first_row_id + count))
        count += len(chunk)
    if sheet.short:
        sheet.notice("short_rows", sheet.short[0], other=str(len(sheet.short)))
    return count


def _data_rows(sheet: Sheet, rows: Iterator[Row]) -> Iterator[Row]:
    """Rows with content that are neither a total nor the header again."""
    header = [cell.strip() for cell in sheet.layout.cells]
    title = next(cell for cell in header if cell)
    for row in rows:
        first = (row[1][0].strip() if row[1] else "") or next(filter(None, map(str.strip, row[1])), "")
        if not first:
            continue
        if first[0] in _TOTAL_MARKS and _TOTAL.fullmatch(first):
            sheet.notice("total_row", row[0], value=first)
            sheet.totals.append(_total(sheet, row))
        elif first == title and [cell.strip() for cell in row[1]] == header:
            sheet.notice("repeated_header", row[0])
        else:
            yield row


def _total(sheet: Sheet, row: Row) -> Total:
    number, cells = row
    places = sheet.layout.places.items()
    return Total(number, {key: cells[index].strip() for key, index in places if index < len(cells)}, tuple(cells))


def _arrow(sheet: Sheet, chunk: Sequence[Row], first_row_id: int) -> pa.Table:
    width = len(sheet.layout.cells)
    numbers = [number for number, _ in chunk]
    cells = [row for _, row in chunk]
    extra = _cut(sheet, numbers, cells, width)
    columns = list(zip_longest(*cells, fillvalue=""))
    blank = [""] * len(chunk)
    table = {
        "row_id": pa.array(range(first_row_id, first_row_id + len(chunk)), pa.int64()),
        "source": pa.array([sheet.source] * len(chunk), pa.int32()),
        "row": pa.array(numbers, pa.int32()),
        "extra_cells": pa.array(extra, pa.string()),
    }
    for column in sheet.table.columns:
        index = sheet.layout.places.get(column.key)
        if index is None:
            table[column.key] = pa.nulls(len(chunk), pa.string())
        else:
            texts = pa.array(columns[index] if index < len(columns) else blank, pa.string())
            if sheet.grid.from_1904 and column.type is CellType.DAY:
                texts = pc.replace_substring_regex(texts, r"^([0-9]{4,5})(\.0)?$", r"\1（1904日期系统）")
            table[column.key] = pc.utf8_trim(texts, characters=_BLANKS)
    return pa.table(table)


def _cut(sheet: Sheet, numbers: Sequence[int], cells: list[Sequence[str]], width: int) -> list[str]:
    """Cut rows to the width of the header; what stood beyond it, for each row. Short rows are remembered."""
    extra = [""] * len(cells)
    for index, row in enumerate(cells):
        if len(row) == width:
            continue
        if len(row) > width:
            cells[index] = row[:width]
            if sheet.grid.counted_cells:
                extra[index] = " ".join(cell.strip() for cell in row[width:]).strip()
        elif sheet.grid.counted_cells:
            sheet.short.append(numbers[index])
    return extra


def _append(con: duckdb.DuckDBPyConnection, chunk: pa.Table) -> None:
    con.register("intake_chunk", chunk)
    con.execute("INSERT INTO intake.raw BY NAME SELECT * FROM intake_chunk")
    con.unregister("intake_chunk")
