"""Formats formulas in Chinese, so that a mutant can be presented as a question to people who do not read code."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import assert_never

from eligibility.labels.facts import fact_text
from eligibility.labels.values import bare_number
from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    FactSpec,
    FactType,
    Formula,
    Holds,
    Named,
    Not,
    Policy,
    Readings,
    Tabled,
    Unknown,
    Value,
    Within,
)
from eligibility.rulebook.prose import say_formula

_SIGNS = {"<": "低于", "<=": "不高于", ">": "高于", ">=": "不低于", "=": "等于", "!=": "不等于"}
_SIGNS |= {"<?": "低于（恰为时未定）"}
_DAYS = {"<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}


def in_words(formula: Formula, policy: Policy) -> str:  # noqa: PLR0911 - one return a case
    """Return the formula as a Chinese phrase, with the titles of the rulebook."""
    match formula:
        case Compare():
            return _comparison(formula, policy)
        case Readings(of=inner):
            return in_words(inner, policy)
        case Within(fact=fact, values=values):
            return f"{policy.facts[fact.id].title}属于{_side(values, None, policy)}"
        case Holds(of=of):
            return _side(of, None, policy)
        case Unknown(fact=fact):
            return f"{policy.facts[fact.id].title}不详"
        case Named(id=condition):
            return policy.conditions[condition].title
        case Not(of=inner):
            return f"并非（{in_words(inner, policy)}）"
        case AllOf(of=()):
            return "任何情形"
        case AnyOf(of=()):
            return "没有任何情形"
        case AllOf(of=parts):
            return " 且 ".join(_part(part, policy) for part in parts)
        case AnyOf(of=parts):
            return " 或 ".join(_part(part, policy) for part in parts)
        case _:
            assert_never(formula)


def value_in_words(value: Value | None, unit: FactSpec | None) -> str:  # noqa: PLR0911 - one return a case
    """Return a legal value as Chinese text; `unit` is the fact with which it is compared."""
    match value:
        case None:
            return "未设定"
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(value) or "（空）"
        case str():
            return value
        case date():
            return value.isoformat()
        case Tabled(cells=cells):
            return "；".join(f"{'、'.join(words)} {value_in_words(cell, unit)}" for words, cell in cells)
        case Fraction():
            return bare_number(value)
        case int():
            return _amount(value, unit)


def _amount(value: int, unit: FactSpec | None) -> str:
    if unit is None:
        return str(value)
    words = fact_text(unit, dict.fromkeys(unit.columns, abs(value)))
    return f"-{words}" if value < 0 else words


def _comparison(formula: Compare, policy: Policy) -> str:
    if not isinstance(formula.left, FactRef | Constant) or not isinstance(formula.right, FactRef | Constant):
        return say_formula(formula, policy).zh
    left, right = formula.left, formula.right
    spec = next((policy.facts[side.id] for side in (left, right) if isinstance(side, FactRef)), None)
    signs = _SIGNS | _DAYS if spec is not None and spec.type is FactType.DATE else _SIGNS
    return f"{_side(left, spec, policy)} {signs[formula.op]} {_side(right, spec, policy)}"


def _side(side: FactRef | Constant, spec: FactSpec | None, policy: Policy) -> str:
    if isinstance(side, FactRef):
        return policy.facts[side.id].title
    words = value_in_words(side.value, spec)
    return f"{policy.parameters[side.parameter].title}（{words}）" if side.parameter else words


def _part(formula: Formula, policy: Policy) -> str:
    words = in_words(formula, policy)
    return f"（{words}）" if isinstance(formula, AllOf | AnyOf) and len(formula.of) > 1 else words
