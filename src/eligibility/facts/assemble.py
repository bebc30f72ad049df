"""Run the queries of this room in order: tables and linkage → one row of ranges a person."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import duckdb

from eligibility.domain.policy import Policy
from eligibility.facts.hukou import register_places

QUERIES = (
    "macros",
    "household",
    "roll",
    "agreement",
    "taking",
    "pool",
    "missing_list",
    "person",
    "openings",
    "touching",
    "certificate",
    "group_total",
    "own",
    "share",
    "bound",
    "touches",
    "span",
    "members",
    "heads",
    "loss",
    "gap",
    "title",
    "membership",
    "opinion",
    "households",
    "persons",
)
"""One `.sql` file each; every query reads only tables that stand before it."""


def assemble(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Write `fact.persons` (docs/facts.md) from schemas `paper` and `link`.

    The legal values it needs are asked of the policy by name; one that is unset leaves open what depends on it.
    """
    _set(con, policy)
    con.execute("CREATE SCHEMA IF NOT EXISTS fact")
    for name in QUERIES:
        if name == "persons":
            register_places(con, policy)
        con.execute(files("eligibility.facts").joinpath(f"{name}.sql").read_text(encoding="utf-8"))
    _leave_open(con, policy)


def _leave_open(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Columns, all NULL, for the facts that no table of a dossier tells."""
    for spec in policy.facts.values():
        for column in () if spec.in_dossier else spec.columns:
            con.execute(f'ALTER TABLE fact.persons ADD COLUMN "{column}" {spec.type.column_type}')


def _set(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    start = policy.value("start_date")
    method = policy.value("shared_land_attribution")
    values = {
        "as_of": policy.as_of,
        "start_date": start if isinstance(start, date) else date(9999, 12, 31),
        "agreements_complete": policy.value("agreements_complete") is True,
        "shared_land_attribution": method if isinstance(method, str) else "documented_only",
    }
    for name, value in values.items():
        con.execute(f"SET VARIABLE {name} = ?", [value])
