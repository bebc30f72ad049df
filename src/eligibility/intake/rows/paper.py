"""Lays one table of the dossier down in schema `paper`: references checked, repeated rows found, every row given a state."""

from __future__ import annotations

import re

import duckdb

from eligibility.intake.between.references import check_references
from eligibility.intake.cells.read import NO_UNITS, Units, cell_text
from eligibility.intake.cells.readings import reading_of
from eligibility.intake.rows.columns import compared, outputs
from eligibility.intake.statements import statement
from eligibility.model.tables import Table

_NAME = "intake.plain_name(name)"
_PLACEHOLDER = (
    "NOT id_valid AND (NOT regexp_full_match(resident_id, '[0-9]{14,17}[0-9X]') OR ends_with(resident_id, '000'))"
)
_ONE_THING = {
    # a mistyped number with one name is one person, wherever it stands; a placeholder (不详) or a number that lost its last
    # digits proves nobody: only with name and household it is one person's
    "persons": f"resident_id, CASE WHEN NOT id_valid THEN {_NAME} END, CASE WHEN {_PLACEHOLDER} THEN household_id END",
    "approvals": "approval_key",
    "agreements": "agreement_key, land_class",
}
_LINES_ADD_UP = frozenset({"payouts"})
_MARKS = {
    "persons": ", coalesce(c.columns, []) AS conflicts",
    "approvals": ", c.first_id IS NOT NULL AS conflict",
    "agreements": ", c.first_id IS NOT NULL AS conflict",
}


def lay_down(con: duckdb.DuckDBPyConnection, of: Table, units: Units = NO_UNITS) -> None:
    """Make `paper.<table>` from `intake.raw` and the readings of its cells."""
    con.execute(statement("rows/extra_cells"), {"table_name": of.key})
    con.execute(_read_sql(of, units))
    con.execute("DROP TABLE intake.raw")
    for column in of.columns:
        con.execute(f"DROP TABLE IF EXISTS intake.cell_{column.key}")
    _settle_households(con, of)
    if of.key == "approval_parcels":
        con.execute(statement("between/borne_numbers"))
    check_references(con, of)
    con.execute(statement("rows/lost"), {"table_name": of.key})
    con.execute(_repeats_sql(of))
    con.execute(statement("rows/contradicted"))
    con.execute(statement("rows/paper", table=of.key, marks=_MARKS.get(of.key, "")))
    named = {"keys": [column.key for column in of.columns], "titles": [column.zh for column in of.columns]}
    con.execute(statement("rows/repeat_issues", table=of.key), {"table_name": of.key} | named)


def _settle_households(con: duckdb.DuckDBPyConnection, of: Table) -> None:
    """Put every household under the number that the roster has for it."""
    keys = [column.key for column in of.columns]
    if "household_id" not in keys:
        return
    con.execute(statement("rows/alias_on_roster" if of.key == "persons" else "rows/alias_of_roster"))
    if con.execute("SELECT 1 FROM intake.household_alias LIMIT 1").fetchone():
        con.execute(statement("rows/alias_issues"), {"table_name": of.key, "position": keys.index("household_id")})
        con.execute(statement("rows/alias"))


def _read_sql(of: Table, units: Units) -> str:
    """One SELECT over the raw rows, joined with the readings of every column."""
    fields, joins = ['r.row_id, r.source, r."row"'], []
    for column in of.columns:
        alias = f"c_{column.key}"
        fields += [re.sub(r"\bm\.", f"{alias}.", made.sql) + f" AS {made.name}" for made in outputs(column)]
        if reading_of(column) is not None:
            joins.append(f"LEFT JOIN intake.cell_{column.key} AS {alias} ON {alias}.text = {cell_text(column, units)}")
    return statement("rows/read", fields=",\n    ".join(fields), joins="\n".join(joins))


def _repeats_sql(of: Table) -> str:
    if of.key in _LINES_ADD_UP:
        return statement("rows/no_repeats")
    same = compared(of)
    return statement(
        "rows/repeats",
        key=_ONE_THING.get(of.key, ", ".join(same.values())),
        same=", ".join(f"{sql} AS same_{key}" for key, sql in same.items()),
        differs=", ".join(f"CASE WHEN l.same_{key} IS DISTINCT FROM f.same_{key} THEN '{key}' END" for key in same),
    )
