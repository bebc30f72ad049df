"""What a decision rests on that nobody has read in the law, and what it would be under another value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eligibility.adjudicate.explain.models import AssumptionReading, OtherValue
from eligibility.domain.mark import Mark
from eligibility.domain.parameters_read import MAKING_FACTS
from eligibility.domain.policy import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    Formula,
    Holds,
    Not,
    Policy,
    Status,
    Value,
    Within,
)
from eligibility.engine import Verdict
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.sensitivity import Sensitivity
from eligibility.rulebook.prose_values import readable, say_parameter

_SIGNS = {"lt": "<", "le": "<="}


class Assumptions:
    """The assumed parameters behind decisions of one policy."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._sensitivity = Sensitivity(policy)

    def of(self, marks: Mapping[str, Mark], verdict: Verdict) -> list[AssumptionReading]:
        """Every assumed parameter that the verdict rests on, with the outcomes it could have under some value."""
        return [
            assumption(self.policy, parameter, sorted(self._sensitivity.outcomes(parameter, marks, verdict.clauses)))
            for parameter in verdict.assumed_parameters
        ]


def assumption(policy: Policy, parameter: str, could_become: list[str]) -> AssumptionReading:
    """A parameter with its value in force and its standing."""
    known, dated = policy.parameters[parameter], policy.parameters[parameter].on(policy.as_of)
    value = say_parameter(known, policy.value(parameter))
    return AssumptionReading(
        parameter=parameter,
        title=known.title,
        title_en=known.title_en or readable(parameter),
        value=value.zh,
        value_en=value.en,
        status=policy.status(parameter),
        article="" if dated is None else dated.citation.article,
        could_become=could_become,
    )


def with_facts(
    policy: Policy, told: list[AssumptionReading], facts: Mapping[str, Any], outcome: str
) -> list[AssumptionReading]:
    """The assumptions with the decision of this person under each other value worth trying.

    A parameter that is not set at all is added where some value of it would decide the case. Those of which some value
    would change the decision come first.
    """
    unset = [p for p in policy.parameters if policy.status(p) is Status.UNSET and policy.parameters[p].alternatives]
    found = [replace(one, under=_under(policy, one.parameter, facts, outcome)) for one in told]
    for parameter in unset:
        under = _under(policy, parameter, facts, outcome)
        if any(one.differs for one in under):
            become = sorted({outcome, *(one.outcome for one in under)})
            found.append(replace(assumption(policy, parameter, become), under=under))
    return sorted(found, key=lambda one: not any(other.differs for other in one.under))


def _under(policy: Policy, parameter: str, facts: Mapping[str, Any], outcome: str) -> list[OtherValue]:
    known = policy.parameters[parameter]
    found = []
    for value in known.alternatives:
        said = say_parameter(known, value)
        other = outcome_under(policy, parameter, value, facts)
        found.append(
            OtherValue(value=said.zh, value_en=said.en, outcome=other, differs=bool(other) and other != outcome)
        )
    return found


def outcome_under(policy: Policy, parameter: str, value: Value, facts: Mapping[str, Any]) -> str:
    """The outcome of one person's facts under another value; "" where that value would make other facts."""
    if parameter in MAKING_FACTS or any(_moved(c.expression, parameter) for c in policy.conditions.values()):
        return ""
    conditions = {
        name: replace(one, expression=_with(one.expression, parameter, value)) if parameter in one.parameters else one
        for name, one in policy.conditions.items()
    }
    other = replace(policy, conditions=conditions)
    return str(evaluate_case(other, evaluate_conditions(other, facts)).outcome)


def _with(formula: Formula, parameter: str, value: Value) -> Formula:  # noqa: PLR0911 - one return a case
    """The formula with the parameter's value replaced; `<?` becomes the sign that a comparison parameter says."""
    match formula:
        case Not(of=inner):
            return Not(_with(inner, parameter, value))
        case AllOf(of=parts):
            return AllOf(tuple(_with(part, parameter, value) for part in parts))
        case AnyOf(of=parts):
            return AnyOf(tuple(_with(part, parameter, value) for part in parts))
        case Compare(op=op, left=left, right=right):
            sign = _SIGNS.get(str(value), op) if op == "<?" else op
            return Compare(sign, _side(left, parameter, value), _side(right, parameter, value))
        case Within(fact=fact, values=Constant() as values):
            return Within(fact, _constant(values, parameter, value))
        case Holds(of=Constant() as of):
            return Holds(_constant(of, parameter, value))
        case _:
            return formula


def _side(side: Any, parameter: str, value: Value) -> Any:
    return _constant(side, parameter, value) if isinstance(side, Constant) else side


def _constant(constant: Constant, parameter: str, value: Value) -> Constant:
    return replace(constant, value=value) if constant.parameter == parameter else constant


def _moved(formula: Formula, parameter: str) -> bool:
    """Whether the formula moves the parameter's day by years or months, which only the rulebook can do."""
    match formula:
        case Not(of=inner):
            return _moved(inner, parameter)
        case AllOf(of=parts) | AnyOf(of=parts):
            return any(_moved(part, parameter) for part in parts)
        case Compare(left=left, right=right):
            return any(isinstance(s, Constant) and s.parameter == parameter and s.moved for s in (left, right))
        case _:
            return False
