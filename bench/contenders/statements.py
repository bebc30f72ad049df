"""The rulebook as plain boolean statements over facts and over one another: what the other engines are given.

The two rails of a condition are those of `engine/sql_conditions.py`, the clauses those that durable-rules is given
(`engine/rule_compiler.py`); a mark `x` becomes the statements `x_p` (proven) and `x_r` (refuted).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
from sqlglot import exp

from eligibility.engine.dual_rail import Equality
from eligibility.engine.rule_compiler import DEMANDS, compile_rules, condition_name
from eligibility.engine.rules import ALWAYS, Rule, levels
from eligibility.engine.sql_conditions import condition_rails
from eligibility.engine.verdict import Outcome
from eligibility.model.policy import FactType, Kind, Policy

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Statement:
    """`name` holds where `formula` does; `level` 0 speaks of facts, each other one of statements on lower levels."""

    name: str
    formula: exp.Expr
    level: int


def statements(policy: Policy) -> list[Statement]:
    """All of them, in an order in which each speaks only of those before it."""
    rules = compile_rules(policy)
    read = {equality.name for rule in rules for equality in rule.when}
    found = [Statement(f"{ALWAYS}_p", exp.true(), 0), Statement(f"{ALWAYS}_r", exp.false(), 0)]
    for condition in policy.conditions.values():
        name = condition_name(condition.id)
        if name in read:
            proven, refuted = condition_rails(condition.expression, policy.facts)
            found += [Statement(f"{name}_p", proven, 0), Statement(f"{name}_r", refuted, 0)]
    for height, level in enumerate(levels(rules), 1):
        for name in dict.fromkeys(rule.conclusion.name for rule in level):
            found += [Statement(f"{name}_{word[0]}", _any(level, name, word), height) for word in ("proven", "refuted")]
    return found


def flat_facts(con: duckdb.DuckDBPyConnection, policy: Policy) -> list[str]:
    """Make the view `flat`: fact.persons with days as numbers of days; the columns of facts."""
    columns = {c: spec.type for spec in policy.facts.values() for c in spec.columns}
    shown = [f'"{c}" - DATE \'{EPOCH}\' AS "{c}"' if t is FactType.DATE else f'"{c}"' for c, t in columns.items()]
    con.execute(f"CREATE OR REPLACE VIEW flat AS SELECT row_id, {', '.join(shown)} FROM fact.persons ORDER BY row_id")
    return list(columns)


def answer(policy: Policy, holds: Mapping[str, bool]) -> tuple[str, str]:
    """Outcome and reasons by the statements that hold."""
    outcome = next(o.value for o in Outcome if holds.get(f"is_{o}_p"))
    return outcome, ";".join(sorted(code for code, name in reasons(policy)[outcome] if holds.get(name)))


def reasons(policy: Policy) -> dict[str, list[tuple[str, str]]]:
    """Outcome → code of a reason, and the statement that gives it."""
    refuted = {
        outcome.value: [(c.id, f"k_{c.id}_r") for c in policy.clauses.values() if c.kind in kinds]
        for outcome, kinds in ((Outcome.NOT_ELIGIBLE, DEMANDS), (Outcome.REGISTER, (Kind.REGISTER, Kind.ELSEWHERE)))
    }
    names = sorted({rule.conclusion.name for rule in compile_rules(policy) if rule.conclusion.name.startswith("r_")})
    review = [(name.removeprefix("r_"), f"{name}_p") for name in names]
    return refuted | {Outcome.MANUAL_REVIEW.value: review, Outcome.ELIGIBLE.value: []}


def day_number(node: exp.Cast) -> int:
    """The number of days that a literal day comes to in `flat`."""
    return (date.fromisoformat(node.this.this) - EPOCH).days


def columns_in(node: exp.Expr) -> list[str]:
    """Names of the columns in a formula, each once."""
    return list(dict.fromkeys(column.name for column in node.find_all(exp.Column)))


def _any(level: Iterable[Rule], name: str, word: str) -> exp.Expr:
    bodies = [_body(rule) for rule in level if rule.conclusion == Equality(name, word)]
    return exp.or_(*bodies) if bodies else exp.false()


def _body(rule: Rule) -> exp.Expr:
    parts = [_equality(e) for e in rule.when]
    return exp.or_(*parts) if rule.some else exp.and_(*parts)


def _equality(equality: Equality) -> exp.Expr:
    proven, refuted = exp.column(f"{equality.name}_p"), exp.column(f"{equality.name}_r")
    if equality.word == "open":
        return exp.and_(exp.Not(this=proven), exp.Not(this=refuted))
    return proven if equality.word == "proven" else refuted
