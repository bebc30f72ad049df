"""A sheet as rows of text, whatever kind of file it came from, and where its header and columns are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from rapidfuzz import process

from eligibility.domain.finding import Source, Text
from eligibility.domain.names import squeeze
from eligibility.domain.tables import CellType, Column, Table
from eligibility.intake.notices import refuse

Row = tuple[int, Sequence[str]]
"""The row of the sheet, from 1, and its cells as text."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows that follow one another, by column: each has as many cells as the header; `first` is the row of the first."""

    first: int
    cells: pa.Table


Stretch = Columns | Iterator[Row]
"""A part of a sheet: by columns where that is as good as row by row."""

HEADER_WITHIN = 15
"""The header stands in one of the first so many rows."""

_UNIT_BEHIND = {CellType.AREA_MU: "(亩)", CellType.MONEY: "(元)"}
_NEAR = 45


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `counted_cells`: a row longer than the header means that its cells may be shifted (csv).

    `merged` has, for each column index that merged cells run down through, the filled rows; `name` is the file as
    messages call it; `from_1904`: a bare serial number of a day may count from 1904.
    """

    path: Path
    sheet: str
    rows: Iterator[Row]
    counted_cells: bool = False
    merged: Mapping[int, Sequence[int]] = field(default_factory=dict)
    name: str = ""
    hidden_sheet: bool = False
    hidden_rows: Sequence[int] = ()
    from_1904: bool = False
    stretches: Callable[[int], Iterator[Stretch]] | None = None
    """All rows once more, given the number of cells of the header, in stretches; None where rows come singly."""

    @property
    def file(self) -> str:
        """The file as messages call it: its path inside the dossier."""
        return self.name or self.path.name


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header is and which contract column stands at which index."""

    row: int
    cells: tuple[str, ...]
    places: Mapping[str, int]
    aside: tuple[tuple[str, str], ...]
    """Headers that are not used, each with the key of the column it repeats, or ""."""

    def header(self, key: str) -> str:
        """The header of a column as the sheet writes it."""
        return self.cells[self.places[key]].strip()


def column_letter(index: int) -> str:
    """The letters over the column of that index, from 0, as Excel and WPS show them.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(16_383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def locate(head: Iterable[Row], table: Table, at: Source) -> Layout:
    """The layout by the row that knows most headers; Unusable when a required column is missing."""
    layouts = [_layout(row, cells, table) for row, cells in head]
    best = max(layouts, key=lambda layout: len(layout.places), default=None)
    missing = [column for column in table.columns if column.required and (not best or column.key not in best.places)]
    if best is None or missing:
        raise refuse("missing_column", at, _missing(table, missing, best), _remedy(missing))
    return best


def has_header(head: Iterable[Row], table: Table) -> bool:
    """Whether some row holds every required header of the table."""
    required = {column.key for column in table.columns if column.required}
    return any(required <= _layout(row, cells, table).places.keys() for row, cells in head)


def _layout(row: int, cells: Sequence[str], table: Table) -> Layout:
    known = {_folded(cell): index for index, cell in reversed(list(enumerate(cells)))}
    places: dict[str, int] = {}
    for column in table.columns:
        found = next((known[word] for word in _words(column) if word in known), None)
        if found is not None and found not in places.values():
            places[column.key] = found
    return Layout(row, tuple(cells), places, tuple(_aside(cells, table, set(places.values()))))


def _words(column: Column) -> Iterator[str]:
    """Every spelling of a header, the key first: a sheet with two of them means the earlier."""
    behind = _UNIT_BEHIND.get(column.type, "")
    for word in (column.key, *column.headers):
        yield word
        yield word + "*"
        if behind:
            yield word + behind


def _folded(cell: str) -> str:
    return re.sub(r"^\*", "", squeeze(cell)).lower()


def _aside(cells: Sequence[str], table: Table, used: set[int]) -> Iterator[tuple[str, str]]:
    for index, cell in enumerate(cells):
        if index in used or not cell.strip():
            continue
        folded = _folded(cell)
        yield cell.strip(), next((column.key for column in table.columns if folded in _words(column)), "")


def _missing(table: Table, missing: Sequence[Column], best: Layout | None) -> Text:
    seen = [cell.strip() for cell in best.cells if cell.strip()] if best else []
    parts_zh, parts_en = [], []
    for column in missing:
        near = process.extractOne(column.zh, seen, score_cutoff=_NEAR) or process.extractOne(
            column.key, seen, score_cutoff=_NEAR
        )
        parts_zh.append(f"「{column.zh}」" + (f"（最接近的表头：「{near[0]}」）" if near else ""))
        parts_en.append(f"{column.key}" + (f" (nearest header: “{near[0]}”)" if near else ""))
    return Text(
        f"{table.zh}缺少必需的列：{'、'.join(parts_zh)}", f"{table.key} lacks required columns: {', '.join(parts_en)}"
    )


def _remedy(missing: Sequence[Column]) -> Text:
    zh = "；".join(f"「{column.zh}」可写作 {'/'.join((column.key, *column.headers))}" for column in missing)
    return Text(f"补上列或更正表头。{zh}", "add the columns or correct the headers")
