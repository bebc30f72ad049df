"""Brings the rows of a sheet, as text, into the working table `intake.raw`, and leaves out what is no data row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from eligibility.intake.cells.readings import COUNTED_FROM_1904
from eligibility.intake.files.blanks import BLANKS, cell_texts
from eligibility.intake.files.grid import HEAD, Columns, Grid, Row, Stretch
from eligibility.intake.files.header import aside, locate
from eligibility.intake.files.layout import Layout
from eligibility.intake.files.not_data import Classifier
from eligibility.intake.files.units import NOTHING_STATED, UNIT_OF, UNITS_DIFFER, Stated, stated_units, units_of_row
from eligibility.intake.merged_rows import MergedRows
from eligibility.intake.notices import Notice
from eligibility.intake.statements import statement
from eligibility.model.diagnostic import SourceLocation
from eligibility.model.tables import UNITS, CellType, Column, Table

_CELLS = 1_000_000
"""Cells of a sheet that are held as text at a time, so that a sheet of 16,384 columns needs no more than one of 16."""
_ROWS = range(64, 50_000)
_TOGETHER = 200_000
"""Rows that are appended at a time."""
_WHOLE_WORDS = (CellType.CHOICE, CellType.TRUTH)
_GROUP_WORDS = ("组", "社", "队", "村")
"""A last cell that is, or ends with, one of a few words is not cut itself."""
_UNIT_TITLES = {unit.key: unit.zh for unit in UNITS} | {"yuan": "元", "thousand": "千元", "myriad": "万元"}
_MOST_ASIDE = 30
"""Unused headers of a sheet that are named one by one."""


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
    classifier: Classifier
    notices: list[Notice] = field(default_factory=list)
    short: list[int] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    """Rows that are a part of the row above (其中) and set aside."""
    noted: Stated = NOTHING_STATED
    """Units that notes among or behind the rows state."""
    opened: int = 0
    """Notices of the header, before any row."""

    @property
    def units(self) -> dict[str, str]:
        """The unit of each measured column that has one stated."""
        return self.layout.units(self.table, self.noted)

    def notice(self, issue: str, row: int | None = None, **words: str) -> None:
        """Record an issue of this sheet."""
        self.notices.append(Notice(issue, self.table.key, self.grid.file, self.grid.sheet, row, **words))


class _Chunk(NamedTuple):
    """Data rows to append: their numbers, their cells by column, and what stood beyond the header (None: nothing)."""

    numbers: pa.Array
    cells: pa.Table
    extra: pa.Array | None = None


def make_raw(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make an empty `intake.raw` with the columns of the table."""
    con.execute(statement("raw", columns=", ".join(f'"{column.key}" VARCHAR' for column in table.columns)))


def open_sheet(table: Table, grid: Grid, source: int) -> tuple[Sheet, Iterator[Stretch]]:
    """Find the header; what stands behind it. InputError when a required column is missing."""
    head = list(islice(grid.rows, HEAD))
    layout = grid.layout or locate(head, table, SourceLocation(grid.file, grid.sheet))
    sheet = Sheet(table, grid, source, layout, Classifier(layout, table))
    unused = [] if grid.layout else list(aside(layout, table))
    for one in unused[:_MOST_ASIDE]:
        sheet.notice(one.issue, layout.row, column=one.header, other=one.other)
    if len(unused) > _MOST_ASIDE:
        sheet.notice("more_unknown_columns", layout.row, other=str(len(unused) - _MOST_ASIDE))
    for number, issue, first in layout.below:
        sheet.notice(issue, number, value=first)
    _tell_hidden(sheet)
    sheet.opened = len(sheet.notices)
    return sheet, _behind(sheet, head)


def _behind(sheet: Sheet, head: Sequence[Row]) -> Iterator[Stretch]:
    """Everything behind the header, in stretches."""
    top = sheet.layout.last
    if sheet.grid.stretches is None:
        yield chain((row for row in head if row[0] > top), sheet.grid.rows)
        return
    for stretch in sheet.grid.stretches(len(sheet.layout.cells)):
        if isinstance(stretch, Columns):
            skip = max(0, top + 1 - stretch.first)
            yield Columns(stretch.first + skip, stretch.cells.slice(skip))
        else:
            yield (row for row in stretch if row[0] > top)


def _tell_hidden(sheet: Sheet) -> None:
    if sheet.grid.hidden_sheet:
        sheet.notice("hidden_sheet")
    hidden = [row for row in sheet.grid.hidden_rows if row > sheet.layout.row]
    if hidden:
        sheet.notice("hidden_rows", hidden[0], other=str(len(hidden)))


def load_rows(con: duckdb.DuckDBPyConnection, sheet: Sheet, stretches: Iterator[Stretch], first_row_id: int) -> int:
    """Append the data rows to `intake.raw`; the number of rows appended."""
    count, held = 0, list[pa.Table]()
    for chunk in chain.from_iterable(_chunks(sheet, stretch) for stretch in stretches):
        held.append(_raw(sheet, chunk, first_row_id + count))
        count += chunk.cells.num_rows
        if sum(one.num_rows for one in held) >= _TOGETHER:
            _append(con, held)
    _append(con, held)
    if sheet.short:
        sheet.notice("short_rows", sheet.short[0], other=str(len(sheet.short)))
    for key, unit in sheet.units.items():
        if unit != UNITS_DIFFER:
            sheet.notice("stated_unit", sheet.layout.row, column=sheet.layout.header(key), other=_UNIT_TITLES[unit])
    _tell_merged(sheet)
    if sheet.grid.after is not None:
        sheet.notices += sheet.grid.after()
    return count


def _tell_merged(sheet: Sheet) -> None:
    """Merged cells are known only when the rows have gone by."""
    for key, index in sheet.layout.places.items():
        rows = [row for row in sheet.grid.merged.get(index, ()) if row > sheet.layout.row]
        if rows and sheet.table.column(key).type not in UNIT_OF:
            sheet.notice("merged_value", rows[0], column=sheet.layout.header(key), other=str(len(rows)))


def _chunks(sheet: Sheet, stretch: Stretch) -> Iterator[_Chunk]:
    if isinstance(stretch, Columns):
        yield _regular(sheet, stretch)
        return
    merged = MergedRows(sheet.table, sheet.layout.places, sheet.grid.spans)
    data = merged.rows(_data_rows(sheet, stretch))
    size = max(_ROWS.start, min(_ROWS.stop, _CELLS // len(sheet.layout.cells)))
    while rows := list(islice(data, size)):
        yield _transposed(sheet, rows)
    for row, into in merged.folded:
        sheet.notice("merged_once", row, other=str(into))


def _regular(sheet: Sheet, stretch: Columns) -> _Chunk:
    """The data rows of regular ones; a row that may be none is looked at by itself."""
    numbers = pa.array(np.arange(stretch.first, stretch.first + stretch.cells.num_rows, dtype=np.int32))
    plain = sheet.classifier.surely_data(stretch.cells)
    odd = pc.indices_nonzero(pc.invert(plain)).to_pylist()
    asked = ((stretch.first + index, tuple(str(cell[index]) for cell in stretch.cells.columns)) for index in odd)
    kept = {number for number, _ in _data_rows(sheet, asked)}
    if len(kept) < len(odd):
        data = pc.or_(plain, pc.is_in(numbers, pa.array(sorted(kept), pa.int32())))
        return _Chunk(numbers.filter(data.combine_chunks()), stretch.cells.filter(data))
    return _Chunk(numbers, stretch.cells)


def _data_rows(sheet: Sheet, rows: Iterator[Row]) -> Iterator[Row]:
    """Rows of data; what is none is noticed, but for blank rows."""
    kind = sheet.classifier.kind
    for row in rows:
        issue = kind([cell or "" for cell in row[1]] if None in row[1] else row[1])
        if issue == "part_row":
            sheet.parts.append(row[0])
        if issue in ("", "part_row"):
            yield row
        elif issue != "blank":
            first = next(cell.strip() for cell in row[1] if cell and cell.strip())
            sheet.notice(issue, row[0], value=first if issue != "repeated_header" else "")
            if issue == "total_row":
                sheet.totals.append(_total(sheet, row))
            elif issue == "note_row":
                sheet.noted |= _noted(sheet, row[1])


def _noted(sheet: Sheet, cells: Sequence[str]) -> Stated:
    """The units that a note states; a row of units says nothing new where it repeats those of the header."""
    if all(unit in sheet.layout.own_units.get(index, ()) for index, unit in units_of_row(cells).items()):
        return stated_units(cells)
    return Stated(frozenset({UNITS_DIFFER}), frozenset({UNITS_DIFFER}))


def _total(sheet: Sheet, row: Row) -> Total:
    number, cells = row
    places = sheet.layout.places.items()
    texts = tuple(cell or "" for cell in cells)  # a cell that was made and is not known is None
    return Total(number, {key: texts[index].strip() for key, index in places if index < len(texts)}, texts)


def _transposed(sheet: Sheet, rows: Sequence[Row]) -> _Chunk:
    width = len(sheet.layout.cells)
    numbers = [number for number, _ in rows]
    cells = [row for _, row in rows]
    extra = _cut(sheet, numbers, cells, width)
    columns = list(zip_longest(*cells, fillvalue=""))
    columns += [("",) * len(rows)] * (width - len(columns))
    used = sorted({*sheet.layout.places.values(), *sheet.layout.remarks})
    texts = pa.table({str(index): pa.array(columns[index], pa.string()) for index in used})
    return _Chunk(pa.array(numbers, pa.int32()), texts, pa.array(extra, pa.string()))


def _raw(sheet: Sheet, chunk: _Chunk, first_row_id: int) -> pa.Table:
    """A chunk as rows of `intake.raw`."""
    rows = chunk.cells.num_rows
    table = {
        "row_id": pa.array(np.arange(first_row_id, first_row_id + rows, dtype=np.int64)),
        "source": pa.repeat(pa.scalar(sheet.source, pa.int32()), rows),
        "row": chunk.numbers,
        "extra_cells": pa.repeat("", rows) if chunk.extra is None else chunk.extra,
        "remark": _remarks(sheet, chunk.cells),
    }
    for column in sheet.table.columns:
        index = sheet.layout.places.get(column.key)
        if index is None:
            table[column.key] = pa.nulls(rows, pa.string())
        else:
            texts = chunk.cells.column(str(index))
            if sheet.grid.from_1904 and column.type is CellType.DAY:
                texts = pc.replace_substring_regex(texts, r"^([0-9]{4,5})(\.0)?$", r"\1" + COUNTED_FROM_1904)
            table[column.key] = cell_texts(texts, column)
    return pa.table(table)


def _remarks(sheet: Sheet, cells: pa.Table) -> pa.Array | pa.ChunkedArray:
    """What the remarks of each row say; NULL where the sheet has none."""
    found = [pc.utf8_trim(cells.column(str(index)), characters=BLANKS) for index in sheet.layout.remarks]
    if not found:
        return pa.nulls(cells.num_rows, pa.string())
    return found[0] if len(found) == 1 else pc.binary_join_element_wise(*found, " ", null_handling="skip")


def _cut(sheet: Sheet, numbers: Sequence[int], cells: list[Sequence[str]], width: int) -> list[str]:
    """Cut rows to the width of the header; what stood beyond it, for each row. Short rows are remembered.

    Of a row that breaks off the cells behind are not known (NULL, never blank), nor is the last one, which may be cut itself.
    """
    extra = [""] * len(cells)
    needed = max(index for index, header in enumerate(sheet.layout.cells) if header.strip()) + 1
    used = {index: sheet.table.column(key) for key, index in sheet.layout.places.items()}
    for index, row in enumerate(cells):
        if len(row) == width:
            continue
        if len(row) > width:
            cells[index] = row[:width]
            if sheet.grid.counted_cells:
                extra[index] = " ".join(cell.strip() for cell in row[width:]).strip()
        elif sheet.grid.counted_cells and len(row) < needed:
            sheet.short.append(numbers[index])
            if any(place >= len(row) for place in used):
                cells[index] = _broken_off(row, width, used)
    return extra


def _broken_off(row: Sequence[str], width: int, used: Mapping[int, Column]) -> Sequence[Any]:
    last = used.get(len(row) - 1)
    whole = last is None or last.type in _WHOLE_WORDS or not row[-1].strip() or row[-1].strip().endswith(_GROUP_WORDS)
    return [*(row if whole else (*row[:-1], None)), *(None for _ in range(width - len(row)))]


def _append(con: duckdb.DuckDBPyConnection, held: list[pa.Table]) -> None:
    """Append what is held to `intake.raw`, on all cores, and hold nothing more."""
    if held:
        con.register("intake_chunk", pa.concat_tables(held))
        con.execute("INSERT INTO intake.raw BY NAME SELECT * FROM intake_chunk")
        con.unregister("intake_chunk")
        held.clear()
