"""The sheets of a dossier once more, row by row as they stand, for copies in which a clerk mends what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from eligibility.domain.finding import Source
from eligibility.domain.tables import Table
from eligibility.intake.files.grid import HEADER_WITHIN, Row
from eligibility.intake.files.header import locate
from eligibility.intake.files.layout import Layout
from eligibility.intake.sources import find_tables


@dataclass(frozen=True, slots=True)
class SheetCopy:
    """One sheet as it stands: `rows` with their numbers, `header` and at which index each of its words stands."""

    table: Table
    file: str
    sheet: str
    header: int
    columns: Mapping[str, int]
    rows: Iterator[Row]


def reread(dossier: Path) -> Iterator[SheetCopy]:
    """Every sheet that was read, in the order in which it was read; raises Unusable as the first reading did."""
    found, _ = find_tables(dossier)
    for one in found.values():
        for grid in one.grids():
            head = list(islice(grid.rows, HEADER_WITHIN))
            layout = locate(head, one.table, Source(grid.file, grid.sheet))
            rows = chain(head, grid.rows)
            yield SheetCopy(one.table, grid.file, grid.sheet, layout.row, _columns(layout), rows)


def _columns(layout: Layout) -> dict[str, int]:
    """Header words by index; of two alike the one that is read wins."""
    every = {cell.strip(): index for index, cell in reversed(list(enumerate(layout.cells))) if cell.strip()}
    return every | {layout.header(key): index for key, index in layout.places.items()}
