"""Checks total rows against the rows they total, before they are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

import duckdb

from eligibility.intake.cells.read import NO_UNITS, Units, cell_text
from eligibility.intake.cells.readings import UNIT_MARK, reading_of
from eligibility.intake.files.not_data import is_total
from eligibility.intake.load import Sheet, Total
from eligibility.intake.notices import Notice
from eligibility.intake.statements import statement
from eligibility.model.tables import CellType, Column, Table
from eligibility.store.database import insert_rows

_FIELDS = {CellType.AREA_MU: "umu", CellType.AREA_IN_UNIT: "umu", CellType.MONEY: "fen", CellType.COUNT: "count"}
_NAMES = (CellType.CHOICE, CellType.APPROVAL_NO, CellType.REFERENCE, CellType.PLACE, CellType.GROUP)
"""Cells of a total row by which it may say what it is the total of."""
_PRINTED = {"umu": (6, "亩"), "fen": (2, "元"), "count": (0, "")}
_PERSONS = re.compile(r"[^0-9]*([0-9]{1,9})人[)）]?")
_HALF_YUAN = 50
_NEAR = 200
"""Total rows before this one from which it may count."""

Blocks = Mapping[int, Mapping[int, int]]
"""For each source the sum of each stretch of rows: 0 before the first total row, n behind the n-th."""


class _Claim(NamedTuple):
    """What a total row says of one column, within `slack` for its printed digits."""

    value: int
    slack: int


def check_totals(
    con: duckdb.DuckDBPyConnection, table: Table, sheets: Sequence[Sheet], units: Units = NO_UNITS
) -> Iterator[Notice]:
    """A notice for each total that is no sum of rows before it, of its whole sheet, or of the whole table.

    Subtotals are understood: a total may count the rows since any earlier total row, or those of the land class, the
    approval or the place that it names. A column in which a cell could not be read is not checked.
    """
    if not any(sheet.totals for sheet in sheets):
        return
    con.execute('CREATE OR REPLACE TABLE intake.totals (source INTEGER, "row" INTEGER, n INTEGER)')
    for sheet in sheets:
        numbered = [(sheet.source, total.row, n) for n, total in enumerate(sheet.totals, start=1)]
        insert_rows(con, "intake.totals", numbered)
    for column in table.columns:
        if column.type in _FIELDS and any(column.key in sheet.layout.places for sheet in sheets):
            yield from _column(con, column, sheets, units)
    if table.key == "persons":
        yield from _heads(con, sheets)


def _column(con: duckdb.DuckDBPyConnection, column: Column, sheets: Sequence[Sheet], stated: Units) -> Iterator[Notice]:
    field = _FIELDS[column.type]
    text = cell_text(column, stated)
    readings = f"LEFT JOIN intake.cell_{column.key} AS c ON c.text = {text}"
    blocks = _blocks(con, statement("blocks", value=f'c."{field}"', text=text, readings=readings))
    units = _units(con, column)
    for sheet in sheets if blocks is not None else ():
        for n, total in enumerate(sheet.totals, start=1):
            said = total.cells.get(column.key, "")
            unit = total.cells.get("unit") or units.get(sheet.source, "")
            unit = stated.get(column.key, {}).get(sheet.source, unit)
            claim = _claim(column, said, unit) if said else None
            sums = _sums(blocks or {}, sheet.source, n)
            if claim and not any(abs(claim.value - one) <= claim.slack for one in sums):
                sums = [*_of_the_same(con, column, sheet, total, text), *sums]
            if claim and not any(abs(claim.value - one) <= claim.slack for one in sums):
                other = _print(next(filter(None, sums), 0), field)
                header = sheet.layout.header(column.key)
                yield Notice(
                    "total_differs", sheet.table.key, sheet.grid.file, sheet.grid.sheet, total.row, header, said, other
                )


def _of_the_same(con: duckdb.DuckDBPyConnection, column: Column, sheet: Sheet, total: Total, text: str) -> list[int]:
    """The sum of the rows of one land class, approval, community …, where the total row names it: 小计 … 耕地 … 12.5亩."""
    keys: dict[str, object] = {}
    for other in sheet.table.columns:
        said, reading = total.cells.get(other.key, ""), reading_of(other)
        if other.type in _NAMES and other.key != "unit" and said and reading and not is_total(said):
            value, *_, issue = reading.parse(said)
            keys |= {} if issue else {other.key: value}
    if not keys:
        return []
    joins = "".join(
        f" JOIN intake.cell_{key} AS k{n} ON k{n}.text = nullif(r.\"{key}\", '') AND k{n}.key = $k{n}"
        for n, key in enumerate(keys)
    )
    sql = statement("of_the_same", column=column.key, field=_FIELDS[column.type], text=text, joins=joins)
    asked = {f"k{n}": value for n, value in enumerate(keys.values())} | {"source": sheet.source}
    return [int(total) for (total,) in con.execute(sql, asked).fetchall()]


def _heads(con: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet]) -> Iterator[Notice]:
    """「合计 3人」 on a list of persons says how many rows there are."""
    blocks = _blocks(con, statement("blocks", value="1", text="1", readings=""))
    for sheet in sheets:
        for n, total in enumerate(sheet.totals, start=1):
            said = [match for cell in total.every if (match := _PERSONS.fullmatch(cell.strip()))]
            sums = _sums(blocks or {}, sheet.source, n)
            if len(said) == 1 and int(said[0][1]) not in sums:
                other = f"{next(filter(None, sums), 0)}人"
                yield Notice(
                    "total_differs", "persons", sheet.grid.file, sheet.grid.sheet, total.row, "", said[0][0], other
                )


def _blocks(con: duckdb.DuckDBPyConnection, sql: str) -> Blocks | None:
    """The sums of the stretches; None when a cell of the column could not be read."""
    found: dict[int, dict[int, int]] = {}
    for source, block, total, unread in con.execute(sql).fetchall():
        if unread:
            return None
        found.setdefault(source, {})[block] = int(total)
    return found


def _sums(blocks: Blocks, source: int, n: int) -> list[int]:
    """What the n-th total of a sheet may be the sum of, the nearest reading first."""
    own = blocks.get(source, {})
    near = accumulate(own.get(block, 0) for block in range(n - 1, max(n - _NEAR, 0) - 1, -1))
    before = sum(total for block, total in own.items() if block < n)
    return [*near, before, sum(own.values()), sum(sum(one.values()) for one in blocks.values())]


def _units(con: duckdb.DuckDBPyConnection, column: Column) -> dict[int, str]:
    """The unit of each sheet in which all rows have the same one."""
    if column.type is not CellType.AREA_IN_UNIT:
        return {}
    sql = "SELECT source, any_value(unit) FROM intake.raw WHERE unit <> '' GROUP BY source HAVING count(DISTINCT unit) = 1"
    return dict(con.execute(sql).fetchall())


def _claim(column: Column, said: str, unit: str) -> _Claim | None:
    """The total as it is read; None when it cannot be compared."""
    reading = reading_of(column)
    if column.type is CellType.AREA_IN_UNIT or unit:
        said = f"{said}{UNIT_MARK}{unit}"
    read = reading.parse(said) if reading else (None,)
    if not isinstance(read[0], int):
        return None
    if column.type is CellType.MONEY:
        return None if unit or "万" in said or "亿" in said else _Claim(read[0], 0 if "." in said else _HALF_YUAN)
    # the total may be rounded, and a hand has added it: half its last printed digit
    return _Claim(read[0], read[1] if isinstance(read[1], int) else 0)


def _print(value: int, field: str) -> str:
    digits, unit = _PRINTED[field]
    return f"{(Decimal(value).scaleb(-digits)).normalize():f}{unit}"
