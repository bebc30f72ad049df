"""Lays one table of the dossier down in schema `paper`: references checked, repeated rows found, every row given a state."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from eligibility.domain.tables import Table, table
from eligibility.intake.cells import cell_text
from eligibility.intake.columns import compared, outputs
from eligibility.intake.readings import reading_of
from eligibility.intake.statements import statement


@dataclass(frozen=True, slots=True)
class Reference:
    """`column` of `table` names a thing that `known` tables hold under `key`; `fatal`: without it the row tells nothing.

    What a set-aside row names is known all the same.
    """

    table: str
    column: str
    key: str
    known: tuple[str, ...]
    fatal: bool = False


REFERENCES = (
    Reference("title_certificates", "household_id", "household_id", ("persons",)),
    Reference("contract_ledger", "household_id", "household_id", ("persons",)),
    Reference("approval_parcels", "approval_no", "approval_key", ("approvals",), fatal=True),
    Reference("approval_parcels", "community", "community_key", ("persons", "groups")),
    Reference("agreements", "community", "community_key", ("persons", "groups")),
    Reference("payouts", "agreement_no", "agreement_key", ("agreements",), fatal=True),
    Reference("payouts", "household_id", "household_id", ("persons",), fatal=True),
    Reference("confirmations", "resident_id", "resident_id", ("persons",)),
)

_NAME = r"regexp_replace(name, '\s+', '', 'g')"
_ONE_THING = {
    # an id that is not valid proves nobody: only with name and household it is one person's
    "persons": f"resident_id, CASE WHEN NOT id_valid THEN {_NAME} END, CASE WHEN NOT id_valid THEN household_id END",
    "approvals": "approval_key",
    "agreements": "agreement_key, land_class",
}
_LINES_ADD_UP = frozenset({"payouts"})
_MARKS = {
    "persons": ", coalesce(c.columns, []) AS conflicts",
    "approvals": ", c.first_id IS NOT NULL AS conflict",
    "agreements": ", c.first_id IS NOT NULL AS conflict",
}


def lay_down(con: duckdb.DuckDBPyConnection, of: Table) -> None:
    """Make `paper.<table>` from `intake.raw` and the readings of its cells."""
    con.execute(statement("extra_cells"), {"table_name": of.key})
    con.execute(_read_sql(of))
    con.execute("DROP TABLE intake.raw")
    for column in of.columns:
        con.execute(f"DROP TABLE IF EXISTS intake.cell_{column.key}")
    for reference in REFERENCES:
        if reference.table == of.key:
            _check(con, reference)
    if any(column.key in ("group", "groups") for column in of.columns) and of.key in ("approval_parcels", "agreements"):
        _check_groups(con, of)
    con.execute(statement("lost"), {"table_name": of.key})
    con.execute(_repeats_sql(of))
    con.execute(statement("contradicted"))
    con.execute(statement("paper", table=of.key, marks=_MARKS.get(of.key, "")))
    con.execute(statement("repeat_issues", table=of.key), {"table_name": of.key})
    con.execute(statement("rows", table=of.key), {"table_name": of.key})


def _read_sql(of: Table) -> str:
    """One SELECT over the raw rows, joined with the readings of every column."""
    fields, joins = ['r.row_id, r.source, r."row"'], []
    for column in of.columns:
        alias = f"c_{column.key}"
        fields += [re.sub(r"\bm\.", f"{alias}.", made.sql) + f" AS {made.name}" for made in outputs(column)]
        if reading_of(column) is not None:
            joins.append(f"LEFT JOIN intake.cell_{column.key} AS {alias} ON {alias}.text = {cell_text(column)}")
    return statement("read", fields=",\n    ".join(fields), joins="\n".join(joins))


def _check(con: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    known = " UNION ALL ".join(f"SELECT {reference.key} AS key FROM paper.{name}" for name in reference.known)
    con.execute(
        statement("unknown_reference", key=reference.key, known=known),
        {
            "table_name": reference.table,
            "position": [column.key for column in table(reference.table).columns].index(reference.column),
            "column_key": reference.column,
            "other": "、".join(table(name).zh for name in reference.known),
            "fatal": reference.fatal,
        },
    )


def _check_groups(con: duckdb.DuckDBPyConnection, of: Table) -> None:
    column = next(key for key in ("group", "groups") if key in [column.key for column in of.columns])
    asked = {"table_name": of.key, "column_key": column}
    con.execute(statement("unknown_group"), asked | {"other": f"{table('persons').zh}、{table('groups').zh}"})


def _repeats_sql(of: Table) -> str:
    if of.key in _LINES_ADD_UP:
        return statement("no_repeats")
    same = compared(of)
    return statement(
        "repeats",
        key=_ONE_THING.get(of.key, ", ".join(same.values())),
        same=", ".join(f"{sql} AS same_{key}" for key, sql in same.items()),
        differs=", ".join(f"CASE WHEN l.same_{key} IS DISTINCT FROM f.same_{key} THEN '{key}' END" for key in same),
    )
