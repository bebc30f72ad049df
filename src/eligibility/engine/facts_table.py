"""Validates the table of facts: required columns, their types, and lower ≤ upper end for every range."""

from __future__ import annotations

import duckdb
from sqlglot import exp

from eligibility.engine.verdict import EngineError
from eligibility.model.policy import FactSpec, FactType, Policy

WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
"""Column types in which comparisons are exact."""


def check_facts(con: duckdb.DuckDBPyConnection, policy: Policy) -> int:
    """Return the number of persons in fact.persons.

    Raises EngineError on a missing column or wrong type, a missing or repeated row_id, or a range whose lower end is
    above its upper end: a comparison with such a range could be both proven and refuted.
    """
    columns = {row[0]: row[1] for row in con.execute("DESCRIBE fact.persons").fetchall()}
    for spec in policy.facts.values():
        for column in spec.columns:
            if not _fits(columns.get(column, "absent"), spec.type):
                raise EngineError(f"fact.persons.{column} is {columns.get(column, 'absent')}, not fit for {spec.type}")
    persons, distinct = _row(con, "SELECT count(*), count(DISTINCT row_id) FROM fact.persons")
    if persons != distinct:
        raise EngineError(f"fact.persons: {persons} rows, but {distinct} different row_id")
    _check_ranges(con, [spec for spec in policy.facts.values() if spec.type.ordered])
    return persons


def _fits(column_type: str, fact_type: FactType) -> bool:
    wanted = fact_type.column_type
    return column_type == wanted or (wanted == "BIGINT" and column_type in WHOLE)


def _check_ranges(con: duckdb.DuckDBPyConnection, specs: list[FactSpec]) -> None:
    if not specs:
        return
    inverted = [
        exp.GT(this=exp.column(spec.columns[0], quoted=True), expression=exp.column(spec.columns[1], quoted=True))
        for spec in specs
    ]
    query = exp.select(*[_last_where(condition) for condition in inverted]).from_(exp.table_("persons", db="fact"))
    for spec, row_id in zip(specs, _row(con, query.sql(dialect="duckdb")), strict=True):
        if row_id is not None:
            raise EngineError(f"fact.persons: {spec.id}_lo is above {spec.id}_hi at row_id {row_id}")


def _last_where(condition: exp.Expr) -> exp.Expr:
    return exp.Max(this=exp.case().when(condition, exp.column("row_id", quoted=True)))


def _row(con: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return con.execute(query).fetchall()[0]
