"""A person as the solver found it, written as a case that `eligibility check` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from eligibility.labels.values import say_constant
from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import OTHER
from eligibility.model.policy import FactSpec, FactType, Policy
from eligibility.model.units import UNITS, unit_shown

UNKNOWN = "不详"


def case_text(policy: Policy, row: Mapping[str, Any], *remarks: str) -> str:
    """The case file of a row of facts; what is not known is left out, for a fact that is not stated is unknown."""
    lines = [f"# {line}" for remark in remarks for line in remark.splitlines()]
    stated = [(spec.title, value_text(spec, row)) for spec in policy.facts.values() if is_stated(spec, row)]
    lines += [f"{title}: {value}" for title, value in stated]
    if not stated:
        first = next(iter(policy.facts.values()))
        lines.append(f"{first.title}: {UNKNOWN}")
    return "\n".join(lines) + "\n"


def is_stated(spec: FactSpec, row: Mapping[str, Any]) -> bool:
    """Whether anything is known of the fact."""
    return any(row.get(column) is not None for column in spec.columns)


def value_text(spec: FactSpec, row: Mapping[str, Any]) -> str:
    """What is known of a fact, as it is written in a case: a value, or a range of which an end may be unknown."""
    ends = [_end_text(spec, row.get(column)) for column in spec.columns]
    return ends[0] if len(set(ends)) == 1 else f"{ends[0]} 至 {ends[1]}"


def stated(policy: Policy, row: Mapping[str, Any], lang: str) -> str:
    """Everything that is known of a person, in one line."""
    parts = [
        f"{spec.title_en or spec.id}: {_english(spec, row)}"
        if lang == "en"
        else f"{spec.title} {value_text(spec, row)}"
        for spec in policy.facts.values()
        if is_stated(spec, row)
    ]
    return ("; " if lang == "en" else "，").join(parts) or ("nothing is known" if lang == "en" else "什么都不详")


def _english(spec: FactSpec, row: Mapping[str, Any]) -> str:
    values = [row.get(column) for column in spec.columns]
    known = ["unknown" if value is None else say_constant(value, spec).en for value in values]
    return known[0] if len(set(known)) == 1 else f"{known[0]} to {known[-1]}"


def decision_text(policy: Policy, outcome: str, reasons: Iterable[str]) -> Bilingual:
    """What is decided of a person, in the rulebook's words."""
    titles = {each.id: Bilingual(each.title, each.title_en or each.id) for each in policy.clauses.values()}
    titles |= {each.id: Bilingual(each.title, each.title_en or each.id) for each in policy.reasons.values()}
    named = [titles.get(code, Bilingual(code, code)) for code in reasons]
    zh, en = policy.outcomes[outcome], policy.english.outcomes.get(outcome, outcome.replace("_", " "))
    if not named:
        return Bilingual(zh, en)
    return Bilingual(
        f"{zh}（{'、'.join(name.zh for name in named)}）", f"{en} ({'; '.join(name.en for name in named)})"
    )


def _end_text(spec: FactSpec, value: Any) -> str:
    match value:
        case None:
            return UNKNOWN
        case bool():
            return "是" if value else "否"
        case date():
            return value.isoformat()
        case str():
            return f"（规则没有写到的{spec.title}）" if value == OTHER else value
    return number_text(spec.type, value, spec.unit)


def number_text(kind: FactType, value: int, unit: str) -> str:
    """A whole number in the scale of its type with its unit, exactly.

    >>> number_text(FactType.AREA_PER_HEAD, 30_000_000, "亩")
    '0.3亩'
    """
    steps = next(iter(UNITS[kind].values()))
    number = Decimal(value) / steps
    return f"{number.normalize():f}{unit_shown(kind, unit)}"
