"""The units in which the sheets of one table state their areas and amounts, laid at the side of the raw rows."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from eligibility.intake.cells.read import Units
from eligibility.intake.files.units import UNITS_DIFFER
from eligibility.intake.load import Sheet
from eligibility.model.tables import UNITS, Table

_WORDS = {unit.key: unit.zh for unit in UNITS}


def settle_units(con: duckdb.DuckDBPyConnection, table: Table, sheets: Sequence[Sheet]) -> Units:
    """For each measured column the unit by source; a blank unit cell gets the unit that its sheet states."""
    found: dict[str, dict[int, str]] = {}
    for sheet in sheets:
        for key, unit in sheet.units.items():
            found.setdefault(key, {})[sheet.source] = unit
            if key == "area" and unit != UNITS_DIFFER and any(column.key == "unit" for column in table.columns):
                blank = "unit = ''" if "unit" in sheet.layout.places else "TRUE"
                con.execute(
                    f"UPDATE intake.raw SET unit = ? WHERE source = ? AND {blank}", [_WORDS[unit], sheet.source]
                )
    return found
