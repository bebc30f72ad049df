"""The assumed parameters on which a decision depends, and the outcome under other values of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eligibility.adjudicate.explain.models import AssumptionReading, OtherValue
from eligibility.engine import Verdict
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.sensitivity import Sensitivity
from eligibility.labels.values import readable, say_parameter
from eligibility.model.formula import atoms, rebuilt, walk, with_value
from eligibility.model.parameters_read import MAKING_FACTS
from eligibility.model.policy import Compare, Constant, Formula, Policy, Status, Value
from eligibility.model.truth import Truth

_SIGNS = {"lt": "<", "le": "<="}


class Assumptions:
    """Finds the assumed parameters on which decisions of one policy depend."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._sensitivity = Sensitivity(policy)

    def of(self, marks: Mapping[str, Truth], verdict: Verdict) -> list[AssumptionReading]:
        """Return every assumed parameter on which the verdict depends, with the outcomes possible under some value."""
        return [
            assumption(self.policy, parameter, sorted(self._sensitivity.outcomes(parameter, marks, verdict.clauses)))
            for parameter in verdict.assumed_parameters
        ]


def assumption(policy: Policy, parameter: str, could_become: list[str]) -> AssumptionReading:
    """Return a parameter with its value in force and its status."""
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
    policy: Policy, assumptions: list[AssumptionReading], facts: Mapping[str, Any], outcome: str
) -> list[AssumptionReading]:
    """Return the assumptions with the decision of this person under each alternative value.

    A parameter without any value is added if some value would decide the case. Parameters of which some value would
    change the decision come first.
    """
    unset = [p for p in policy.parameters if policy.status(p) is Status.UNSET and policy.parameters[p].alternatives]
    readings = [replace(each, under=_under(policy, each.parameter, facts, outcome)) for each in assumptions]
    for parameter in unset:
        under = _under(policy, parameter, facts, outcome)
        if any(value.differs for value in under):
            become = sorted({outcome, *(value.outcome for value in under)})
            readings.append(replace(assumption(policy, parameter, become), under=under))
    return sorted(readings, key=lambda reading: not any(value.differs for value in reading.under))


def _under(policy: Policy, parameter: str, facts: Mapping[str, Any], outcome: str) -> list[OtherValue]:
    known = policy.parameters[parameter]
    values = []
    for value in known.alternatives:
        text = say_parameter(known, value)
        other = outcome_under(policy, parameter, value, facts)
        values.append(
            OtherValue(value=text.zh, value_en=text.en, outcome=other, differs=bool(other) and other != outcome)
        )
    return values


def outcome_under(policy: Policy, parameter: str, value: Value, facts: Mapping[str, Any]) -> str:
    """Return the outcome of one person's facts under another value; "" if that value would change the facts."""
    if parameter in MAKING_FACTS or any(_moved(c.expression, parameter) for c in policy.conditions.values()):
        return ""
    conditions = {
        name: replace(c, expression=_with(c.expression, parameter, value)) if parameter in c.parameters else c
        for name, c in policy.conditions.items()
    }
    other = replace(policy, conditions=conditions)
    return str(evaluate_case(other, evaluate_conditions(other, facts)).outcome)


def _with(formula: Formula, parameter: str, value: Value) -> Formula:
    """Return the formula with the parameter's value replaced; `<?` becomes the sign of the comparison parameter."""

    def leaf(item: Formula) -> Formula:
        if isinstance(item, Compare) and item.op == "<?":
            return replace(item, op=_SIGNS.get(str(value), item.op))
        return item

    return rebuilt(with_value(formula, parameter, value), leaf)


def _moved(formula: Formula, parameter: str) -> bool:
    """Whether the formula shifts the parameter's date by years or months, which only the rulebook can recompute."""
    constants = (item for leaf in walk(formula) for item in atoms(leaf) if isinstance(item, Constant))
    return any(item.parameter == parameter and item.moved for item in constants)
