"""Builds one SQL query for all conditions of all persons; it packs the marks into integers, two bits a condition."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from eligibility.engine.sql_conditions import condition_rails
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth

PACK = 31
"""Conditions in one BIGINT."""

DIGIT = {0: Truth.OPEN, 1: Truth.PROVEN, 2: Truth.REFUTED}


def conditions_sql(policy: Policy, dialect: str = "duckdb") -> str:
    """Return SQL that evaluates every condition for every row of fact.persons into packed columns key_0, key_1, …"""
    digits = [
        _digit(condition_rails(condition.expression, policy.facts), 4 ** (i % PACK))
        for i, condition in enumerate(policy.conditions.values())
    ]
    query = exp.select(exp.column("row_id", quoted=True))
    for number, start in enumerate(range(0, max(len(digits), 1), PACK)):
        packed = exp.alias_(_sum(digits[start : start + PACK]), f"key_{number}", quoted=True, copy=False)
        query = query.select(packed, copy=False)
    return query.from_(exp.table_("persons", db="fact"), copy=False).sql(dialect=dialect, pretty=True, copy=False)


def key_columns(policy: Policy) -> list[str]:
    """Return the names of the packed columns."""
    return [f"key_{i}" for i in range(max(1, -(-len(policy.conditions) // PACK)))]


def unpack(policy: Policy, keys: Sequence[int]) -> dict[str, Truth]:
    """Return the mark of every condition from packed keys."""
    return {condition: DIGIT[keys[i // PACK] >> 2 * (i % PACK) & 3] for i, condition in enumerate(policy.conditions)}


def _digit(rails: tuple[exp.Expr, exp.Expr], weight: int) -> exp.Expr:
    proven, refuted = rails
    chosen = exp.case().when(proven, exp.convert(weight), copy=False)
    chosen = chosen.when(refuted, exp.convert(2 * weight), copy=False).else_(exp.convert(0), copy=False)
    return exp.cast(chosen, "BIGINT", copy=False)


def _sum(digits: list[exp.Expr]) -> exp.Expr:
    if not digits:
        return exp.cast(exp.convert(0), "BIGINT")
    total = digits[0]
    for digit in digits[1:]:
        total = exp.Add(this=total, expression=digit)
    return total
