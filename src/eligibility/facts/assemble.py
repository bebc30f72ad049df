"""Runs the SQL files of this package in order: tables and matching → one row of ranges per person."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import duckdb

from eligibility.facts.declared import add_declared_facts
from eligibility.facts.hukou import register_places
from eligibility.model.derived_facts import DERIVED
from eligibility.model.policy import Policy

QUERIES = (
    "macros",
    "household",
    "coarse_sheet",
    "roll",
    "agreement",
    "roll_taking",
    "pool",
    "missing_list",
    "person",
    "unbounded_households",
    "candidate_agreements",
    "certificate",
    "group_total",
    "own_land",
    "loss_inputs",
    "pool_bounds",
    "affecting_agreements",
    "approval_span",
    "members",
    "heads",
    "land_loss",
    "missing_evidence",
    "title_evidence",
    "membership",
    "opinion",
    "households",
    "listed",
    "persons",
)
"""Names of the `.sql` files; each reads only tables of files before it."""


def assemble(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Write `fact.persons` (docs/facts.md) from schemas `paper` and `link`.

    Legal values are parameters of the policy; a parameter without a value leaves the facts that depend on it open.
    """
    _set_variables(con, policy)
    con.execute("CREATE SCHEMA IF NOT EXISTS fact")
    for name in QUERIES:
        if name == "persons":
            register_places(con, policy)
        con.execute(files("eligibility.facts").joinpath(f"{name}.sql").read_text(encoding="utf-8"))
    _add_unknown_facts(con, policy)
    add_declared_facts(con, policy)


def _add_unknown_facts(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Add columns, all NULL, for the facts that a dossier does not contain."""
    for spec in policy.facts.values():
        for column in () if spec.source is not None or spec.id in DERIVED else spec.columns:
            con.execute(f'ALTER TABLE fact.persons ADD COLUMN "{column}" {spec.type.column_type}')


def _set_variables(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
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
