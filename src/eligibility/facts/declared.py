"""Facts that a rulebook adds: their columns of the tables of a dossier become columns of fact.persons."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from eligibility.model.extra_columns import key_of
from eligibility.model.policy import FactSource, FactSpec, FactType, Policy

_SCALE = {FactType.AREA_PER_HEAD: 100, FactType.PERCENT: 1}
_ENDING = {FactType.AREA: "_umu", FactType.AREA_PER_HEAD: "_umu", FactType.MONEY: "_fen"}
_JOINS = {
    "persons": "SELECT p.row_id, {columns} FROM paper.persons AS p WHERE p.state = 'kept'",
    "groups": "SELECT p.row_id, {columns} FROM paper.persons AS p JOIN paper.groups AS g USING (community_key, group_key)"
    " WHERE p.state = 'kept' AND g.state = 'kept'",
    "title_certificates": "SELECT p.row_id, {columns} FROM paper.persons AS p JOIN paper.title_certificates AS g"
    " USING (household_id) WHERE p.state = 'kept' AND g.state = 'kept'",
    "contract_ledger": "SELECT p.row_id, {columns} FROM paper.persons AS p JOIN paper.contract_ledger AS g"
    " USING (household_id) WHERE p.state = 'kept' AND g.state = 'kept'",
    "agreements": "SELECT p.row_id, {columns} FROM paper.persons AS p JOIN fact.affecting_agreements USING (household_id)"
    " JOIN paper.agreements AS g USING (agreement_key) WHERE p.state = 'kept' AND g.state = 'kept'",
    "approvals": "SELECT p.row_id, {columns} FROM paper.persons AS p JOIN fact.affecting_agreements USING (household_id)"
    " JOIN link.coverage USING (agreement_key) JOIN paper.approvals AS g USING (approval_key)"
    " WHERE p.state = 'kept' AND g.state = 'kept'",
}
"""For each table the rows that may tell something of a person."""


def add_declared_facts(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Add the columns of every fact with a source to fact.persons, in the order of persons.

    Where several rows tell a fact, its range holds all of them; rows that differ in a word leave it unknown. A fact whose
    column no sheet has is not known.
    """
    by_table: dict[str, list[tuple[FactSpec, FactSource]]] = {}
    for spec in policy.facts.values():
        if spec.source is not None:
            by_table.setdefault(spec.source.table, []).append((spec, spec.source))
    for table, declared in by_table.items():
        columns = [column for spec, _ in declared for column in _columns(con, table, spec)]
        joined = _JOINS[table].format(columns=", ".join(columns))
        totals = ", ".join(total for spec, _ in declared for total in _totals(spec))
        con.execute(
            f"CREATE OR REPLACE TABLE fact.persons AS WITH row_cells AS ({joined}),"
            f" declared AS (SELECT row_id, {totals} FROM row_cells GROUP BY row_id)"
            " SELECT * FROM fact.persons LEFT JOIN declared USING (row_id) ORDER BY row_id"
        )


def _columns(con: duckdb.DuckDBPyConnection, table: str, spec: FactSpec) -> Iterator[str]:
    """Yield the ends (or the value) of a fact in one row; NULL where it is not known or rows of it are contradictory."""
    key, of = key_of(spec).removesuffix("_mu").removesuffix("_yuan"), "p" if table == "persons" else "g"
    known = {row[0] for row in con.execute(f"DESCRIBE paper.{table}").fetchall()}
    guard = f"list_contains(p.conflicts, '{key}')" if table == "persons" else "FALSE"
    if spec.type is FactType.DATE:
        ends = [
            f"nullif({of}.{key}_lo, DATE '0001-01-01')",
            f"nullif({of}.{key}_hi, DATE '9999-12-31')",
        ]
        present = f"{key}_lo" in known
    else:
        name = key + _ENDING.get(spec.type, "")
        cell = f"nullif({of}.{name}, 0)" if spec.divides else f"{of}.{name}"
        value = cell + (f" * {_SCALE[spec.type]}" if spec.type in _SCALE else "")
        ends = [value] * len(spec.columns)
        present = name in known
    for column, end in zip(spec.columns, ends, strict=True):
        cell = f"CASE WHEN NOT coalesce({guard}, FALSE) THEN {end} END" if present else "NULL"
        yield f'CAST({cell} AS {spec.type.column_type}) AS "{column}"'


def _totals(spec: FactSpec) -> Iterator[str]:
    if spec.type.ordered:
        low, high = spec.columns
        yield f'CASE WHEN count("{low}") = count(*) THEN min("{low}") END AS "{low}"'
        yield f'CASE WHEN count("{high}") = count(*) THEN max("{high}") END AS "{high}"'
        return
    name = spec.id
    yield f'CASE WHEN count("{name}") = count(*) AND min("{name}") = max("{name}") THEN min("{name}") END AS "{name}"'
