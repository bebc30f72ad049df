"""Where the header of a sheet is, and what stands in which column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from eligibility.intake.files.units import NOTHING_STATED, Stated, units_of_columns
from eligibility.model.names import squeeze
from eligibility.model.tables import Table

BETWEEN = "／"
"""Stands between the upper and the lower word of a header in two rows."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header is and which contract column stands at which index.

    `row` is the (lower) row of the header, `cells` its words, of two rows joined; `printed` the rows as they stand. `last`
    is the last row that belongs to it: a row of units or of field codes may follow.
    """

    row: int
    cells: tuple[str, ...]
    places: Mapping[str, int]
    printed: tuple[tuple[str, ...], ...]
    twice: Mapping[str, tuple[int, ...]]
    """Contract columns whose header stands over several columns: none of them is used."""
    last: int = 0
    below: tuple[tuple[int, str, str], ...] = ()
    """Rows that belong to the header below it: number, issue, first word."""
    own_units: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """Units by index, of the header and of the row of units."""
    title: Stated = NOTHING_STATED
    """Units that the lines above the header state."""
    remarks: tuple[int, ...] = ()
    """Where remarks stand, of which the contract has no column."""
    based: Mapping[str, int] = field(default_factory=dict)
    """For a column that was made from others, behind the sheet's own, the one of the sheet that it rests on."""
    width: int = 0
    """Columns of the sheet itself, where others were made behind them; 0: there are no others."""

    def header(self, key: str) -> str:
        """The header of a column as the sheet writes it."""
        return self.cells[self.places[key]].strip()

    def shown_at(self, key: str) -> int:
        """The index of the column of the sheet that a person is to look at."""
        return self.based.get(key, self.places[key])

    def units(self, table: Table, noted: Stated = NOTHING_STATED) -> dict[str, str]:
        """The unit of each measured column that has one stated, also in notes behind the table."""
        return units_of_columns(table, self.places, self.cells, self.own_units, self.title | noted)


def folded(cell: str) -> str:
    """A header as it is compared: without blanks, width, case and the sign of a required column."""
    return re.sub(r"^\*", "", squeeze(cell)).lower() if cell else ""
