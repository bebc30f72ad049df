"""The papers of a whole district as bad offices keep them: which tables are spoilt as such, and every neighbourhood's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from eligibility.model.tables import TABLES
from eligibility.simulation.chance import stream
from eligibility.simulation.defects.lines import AREAS, COLUMNS, Defect, Line, Neighbours, number, plain, shown
from eligibility.simulation.defects.rates import Defects
from eligibility.simulation.defects.rows import PIPELINE, row_cut
from eligibility.simulation.writer import Layout

_IN_MU = ("title_certificates", "contract_ledger", "groups", "payouts")
_UNITS = {"公顷": (Decimal(1) / 15, 6), "平方米": (Decimal(2000) / 3, 2)}
"""A unit → how many of it one 亩 is, and with how many decimals it is written."""


class Office:
    """Spoils the papers of a district, by its defects and the seed alone.

    `layouts`: how each table is laid out; `planted`: how often each defect was planted so far.
    """

    def __init__(self, defects: Defects, seed: int, *, csv: bool) -> None:
        self.defects, self._seed = defects, seed
        self._pipeline = [spoil for spoil in PIPELINE if csv or spoil is not row_cut]
        self.planted = Counter[str]()
        self._units = {table: unit for table in _IN_MU if (unit := self._unit(table))}
        missing = {table.key: frozenset(self._missing(table.key)) for table in TABLES}
        self.layouts = {
            table.key: Layout(
                missing=missing[table.key],
                unit=self._units.get(table.key, ""),
                remarks=table.key == "persons" and defects.death_remark > 0,
                merging=defects.merged_area > 0,
            )
            for table in TABLES
        }

    def of_tables(self) -> list[list[str]]:
        """The rows of `truth/defects` for what is spoilt of whole tables."""
        rows = [
            ["missing_columns", key, "", column, column, ""]
            for key, layout in self.layouts.items()
            for column in COLUMNS[key]
            if column in layout.missing
        ]
        rows += [["unit_in_title", table, "", AREAS[table], "亩", unit] for table, unit in self._units.items()]
        self.planted.update(row[0] for row in rows)
        return rows

    def spoil(self, rows: Iterable[tuple[str, list[str]]], neighbourhood: int) -> Neighbours:
        """The rows of a neighbourhood with what its defects made of them."""
        place = Neighbours({table.key: [] for table in TABLES})
        for table, cells in rows:
            place.lines[table].append(Line.of(table, cells))
        for spoil in self._pipeline:
            name = spoil.__name__
            if rate := getattr(self.defects, name):
                spoil(Defect(name, rate, stream(self._seed, "defect", name, neighbourhood), place))
        self.planted.update(row[0] for row in place.planted)
        for table, unit in self._units.items():
            for line in place.lines[table]:
                _convert(line, AREAS[table], unit)
        return place

    def _unit(self, table: str) -> str:
        chance = stream(self._seed, "unit_in_title", table)
        return chance.choice(list(_UNITS)) if chance.random() < self.defects.unit_in_title else ""

    def _missing(self, key: str) -> Iterable[str]:
        rate = self.defects.missing_columns
        columns = next(table for table in TABLES if table.key == key).columns
        for column in columns:
            if not column.required and stream(self._seed, "missing_columns", key, column.key).random() < rate:
                yield column.key


def _convert(line: Line, column: str, unit: str) -> None:
    """The area in another unit; a cell that names its unit keeps it."""
    area = number(line.cells[column])
    if area is not None and not plain(line.cells[column]).endswith("亩"):
        factor, digits = _UNITS[unit]
        line.cells[column] = shown(area * factor, digits)
