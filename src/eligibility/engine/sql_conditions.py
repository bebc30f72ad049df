"""Builds conditions as SQL: two expressions for each comparison, one for *proven* and one for *refuted*.

Built with sqlglot from nodes that every dialect has (comparison, AND, OR, IS NULL, COALESCE, CASE), so that the same
text runs on another engine. A comparison never yields NULL (unbounded, unknown): COALESCE(…, FALSE).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import assert_never

from sqlglot import exp

from eligibility.engine.sql_operands import age, difference_ends, shifted
from eligibility.model.formula import OTHER, settled, unset
from eligibility.model.policy import (
    AgeOn,
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    FactSpec,
    FactType,
    Formula,
    Holds,
    Linear,
    Named,
    Not,
    Operand,
    Readings,
    Shifted,
    Unknown,
    Value,
    Within,
)

Rails = tuple[exp.Expr, exp.Expr]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: its least and greatest value, and its sort (day, number, truth, choice)."""

    lo: exp.Expr
    hi: exp.Expr
    sort: str


def condition_rails(formula: Formula, facts: dict[str, FactSpec]) -> Rails:  # noqa: PLR0911 - one return a case
    """Return the proven and the refuted expression of a condition.

    Raises TypeError if the condition compares values of different sorts, or names another condition.
    """
    match formula:
        case Compare():
            return _compare(formula, facts)
        case Within():
            return _within(formula, facts)
        case Holds():
            return _holds(formula, facts)
        case Unknown(fact=fact):
            missing = _all(
                [exp.Is(this=exp.column(c, quoted=True), expression=exp.null()) for c in facts[fact.id].columns]
            )
            return missing, exp.Not(this=exp.Paren(this=missing.copy()))
        case Not(of=inner):
            proven, refuted = condition_rails(inner, facts)
            return refuted, proven
        case AllOf(of=parts):
            rails = [condition_rails(part, facts) for part in parts]
            return _all([p for p, _ in rails]), _any([r for _, r in rails])
        case AnyOf(of=parts):
            rails = [condition_rails(part, facts) for part in parts]
            return _any([p for p, _ in rails]), _all([r for _, r in rails])
        case Readings():
            return _readings(formula, facts)
        case Named():
            raise TypeError(f"a condition may not name another: {formula!r}")
        case _:
            assert_never(formula)


def _readings(formula: Readings, facts: dict[str, FactSpec]) -> Rails:
    """Proven (refuted) where every reading that the known facts leave is."""
    proven: list[exp.Expr] = []
    refuted: list[exp.Expr] = []
    for words in product(*(values for _, values in formula.values)):
        reading = dict(zip((fact.id for fact, _ in formula.values), words, strict=True))
        rails = condition_rails(settled(formula.of, reading), facts)
        for rails_found, rail in zip((proven, refuted), rails, strict=True):
            left_out = [_otherwise(fact, reading[fact.id], values) for fact, values in formula.values]
            rails_found.append(exp.paren(_any([*left_out, exp.paren(rail)])))
    return _all(proven), _all(refuted)


def _otherwise(fact: FactRef, word: str | bool, values: tuple[str | bool, ...]) -> exp.Expr:  # noqa: FBT001 - a case each
    """Whether the fact is known to be something else."""
    column = exp.column(fact.id, quoted=True)
    if word == OTHER:
        return _certain(
            exp.In(this=column, expressions=[exp.convert(word_named) for word_named in values if word_named != OTHER])
        )
    return _certain(exp.NEQ(this=column, expression=exp.convert(word)))


def _compare(formula: Compare, facts: dict[str, FactSpec]) -> Rails:
    if unset(formula):
        return exp.false(), exp.false()  # the parameter has no value: nothing can be proven or refuted
    if isinstance(formula.left, Linear) or isinstance(formula.right, Linear):
        zero = _Side(exp.convert(0), exp.convert(0), "number")
        return _sides(_Side(*difference_ends(formula, facts), "number"), formula.op, zero)
    return _sides(_side(formula.left, facts), formula.op, _side(formula.right, facts), formula)


def _sides(left: _Side, op: str, right: _Side, formula: Compare | None = None) -> Rails:  # noqa: PLR0911 - one return a case
    if left.sort != right.sort or (left.sort in ("truth", "choice") and op not in ("=", "!=")):
        raise TypeError(f"{left.sort} {op} {right.sort} cannot be compared: {formula!r}")
    match op:
        case "<":
            return _certain(exp.LT(this=left.hi, expression=right.lo)), _certain(
                exp.GTE(this=left.lo, expression=right.hi)
            )
        case "<=":
            return _certain(exp.LTE(this=left.hi, expression=right.lo)), _certain(
                exp.GT(this=left.lo, expression=right.hi)
            )
        case "<?":
            return _certain(exp.LT(this=left.hi, expression=right.lo)), _certain(
                exp.GT(this=left.lo, expression=right.hi)
            )
        case ">":
            return _sides(right, "<", left)
        case ">=":
            return _sides(right, "<=", left)
        case "=":
            return _equal(left, right)
        case "!=":
            proven, refuted = _equal(left, right)
            return refuted, proven
        case _:
            raise TypeError(f"unknown comparison {op!r}")


def _equal(left: _Side, right: _Side) -> Rails:
    """Equality is proven only if both sides are the same single point."""
    one_point = [exp.EQ(this=left.lo, expression=right.hi), exp.EQ(this=left.hi.copy(), expression=right.lo.copy())]
    if left.sort in ("truth", "choice"):
        apart: list[exp.Expr] = [exp.NEQ(this=left.lo.copy(), expression=right.lo.copy())]
    else:
        apart = [
            exp.LT(this=left.hi.copy(), expression=right.lo.copy()),
            exp.GT(this=left.lo.copy(), expression=right.hi.copy()),
        ]
    return _all([_certain(part) for part in one_point]), _any([_certain(part) for part in apart])


def _holds(formula: Holds, facts: dict[str, FactSpec]) -> Rails:
    if isinstance(formula.of, Constant):
        return exp.convert(formula.of.value is True), exp.convert(formula.of.value is False)
    column = _column(formula.of, facts, FactType.TRUTH)
    holds = exp.EQ(this=column, expression=exp.true())
    fails = exp.EQ(this=column.copy(), expression=exp.false())
    return _certain(holds), _certain(fails)


def _within(formula: Within, facts: dict[str, FactSpec]) -> Rails:
    column = _column(formula.fact, facts, FactType.CHOICE)
    values = formula.values.value
    if values is None:
        return exp.false(), exp.false()
    if not isinstance(values, tuple):
        raise TypeError(f"a list of words is wanted: {formula!r}")
    if not values:
        return exp.false(), exp.Not(this=exp.Is(this=column, expression=exp.null()))
    among = exp.In(this=column, expressions=[exp.convert(value) for value in values])
    return _certain(among), _certain(exp.Not(this=exp.Paren(this=among.copy())))


def _side(side: Operand, facts: dict[str, FactSpec]) -> _Side:
    if isinstance(side, Constant):
        literal, sort = _literal(side.value)
        return _Side(literal, literal.copy(), sort)
    if isinstance(side, Shifted):
        return _Side(*shifted(side, facts), "day")
    if isinstance(side, AgeOn):
        return _Side(*age(side, facts), "number")
    if isinstance(side, Linear):
        raise TypeError(f"a sum is compared as a whole: {side!r}")
    spec = facts[side.id]
    lo, hi = (exp.column(column, quoted=True) for column in (spec.columns[0], spec.columns[-1]))
    sort = "day" if spec.type is FactType.DATE else "number" if spec.type.ordered else spec.type.value
    return _Side(lo, hi, sort)


def _literal(value: Value | None) -> tuple[exp.Expr, str]:
    match value:
        case bool():
            return exp.convert(value), "truth"
        case int():
            return exp.convert(value), "number"
        case date():
            return exp.cast(exp.Literal.string(value.isoformat()), "DATE"), "day"
        case str():
            return exp.convert(value), "choice"
        case _:
            raise TypeError(f"{value!r} cannot stand in a comparison")


def _column(fact: FactRef, facts: dict[str, FactSpec], wanted: FactType) -> exp.Expr:
    if facts[fact.id].type is not wanted:
        raise TypeError(f"fact {fact.id} is {facts[fact.id].type}, not {wanted}")
    return exp.column(fact.id, quoted=True)


def _certain(comparison: exp.Expr) -> exp.Expr:
    return exp.Coalesce(this=comparison, expressions=[exp.false()])


def _all(parts: list[exp.Expr]) -> exp.Expr:
    return exp.and_(*parts, copy=False) if parts else exp.true()


def _any(parts: list[exp.Expr]) -> exp.Expr:
    return exp.or_(*parts, copy=False) if parts else exp.false()
