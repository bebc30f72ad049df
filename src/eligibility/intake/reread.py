"""The sheets of a dossier once more, row by row as they stand, for copies in which a clerk mends what was found."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ByName
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from eligibility.intake.files.grid import HEADER_WITHIN, Grid, Row
from eligibility.intake.files.header import locate
from eligibility.intake.files.layout import Layout
from eligibility.intake.sources import find_tables
from eligibility.model.diagnostic import SourceLocation
from eligibility.model.tables import Table
from eligibility.sources import Mapping


@dataclass(frozen=True, slots=True)
class SheetCopy:
    """One sheet as it stands: `rows` with their numbers, `header` and at which index each of its words stands."""

    table: Table
    file: str
    sheet: str
    header: int
    columns: ByName[str, int]
    rows: Iterator[Row]


def reread(dossier: Path, mapping: Mapping | None = None) -> Iterator[SheetCopy]:
    """Every sheet that was read, once, in the order in which it was read; raises InputError as the first reading did."""
    found, _ = find_tables(dossier, mapping)
    shaped: dict[tuple[str, str], SheetCopy] = {}
    for one in found.values():
        for grid in one.grids():
            if grid.layout is not None:
                copy = _copy_of_shaped(one.table, grid, grid.layout)
                before = shaped.setdefault((copy.file, copy.sheet), copy)
                shaped[copy.file, copy.sheet] = replace(before, columns={**copy.columns, **before.columns})
                continue
            head = list(islice(grid.rows, HEADER_WITHIN))
            layout = locate(head, one.table, SourceLocation(grid.file, grid.sheet))
            rows = chain(head, grid.rows)
            yield SheetCopy(one.table, grid.file, grid.sheet, layout.row, _columns(layout), rows)
    yield from (shaped[place] for place in sorted(shaped))


def _copy_of_shaped(table: Table, grid: Grid, layout: Layout) -> SheetCopy:
    """A sheet of a known kind as it stands, without what was made from it."""
    own = {
        cell.strip(): index for index, cell in reversed(list(enumerate(layout.cells[: layout.width]))) if cell.strip()
    }
    columns = own | {
        layout.header(key): layout.shown_at(key) for key in layout.places if layout.shown_at(key) < layout.width
    }
    rows = ((number, cells[: layout.width]) for number, cells in (grid.plain or (lambda: grid.rows))())
    return SheetCopy(table, grid.file, grid.sheet, layout.row, columns, rows)


def _columns(layout: Layout) -> dict[str, int]:
    """Header words by index; of two alike the one that is read wins."""
    every = {cell.strip(): index for index, cell in reversed(list(enumerate(layout.cells))) if cell.strip()}
    return every | {layout.header(key): index for key, index in layout.places.items()}
