"""Watches: would a condition still be decided if an assumed parameter were not known?

`not (public_staff_excluded and public_staff)` is proven for a farmer whatever the parameter says, and open for an
official. Each condition that names an assumed parameter beside something else gets a twin in which that parameter is
unset; where the twin is decided, the person's condition does not rest on the parameter.
"""

from __future__ import annotations

from dataclasses import replace

from eligibility.domain.policy import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Constant,
    FactRef,
    Formula,
    Holds,
    Not,
    Policy,
    Status,
    Within,
)


def watch_name(condition: str, parameter: str) -> str:
    """The id of the twin of `condition` in which `parameter` is unset."""
    return f"{condition}~{parameter}"


def watched(policy: Policy) -> Policy:
    """The policy with the twins added to its conditions; no clause reads them."""
    twins = {
        watch_name(condition.id, parameter): _twin(condition, parameter)
        for condition in policy.conditions.values()
        for parameter in condition.parameters
        if policy.status(parameter) is Status.ASSUMED and isinstance(condition.expression, AllOf | AnyOf | Not)
    }
    return replace(policy, conditions=policy.conditions | twins)


def _twin(condition: Condition, parameter: str) -> Condition:
    name = watch_name(condition.id, parameter)
    return Condition(name, condition.title, _without(condition.expression, parameter), condition.facts)


def _without(formula: Formula, parameter: str) -> Formula:
    match formula:
        case Not(of=inner):
            return Not(_without(inner, parameter))
        case AllOf(of=parts) | AnyOf(of=parts):
            return type(formula)(tuple(_without(part, parameter) for part in parts))
        case Compare(op=op, left=left, right=right):
            return Compare(op, _unset(left, parameter), _unset(right, parameter))
        case Within(fact=fact, values=Constant(parameter=named)) if named == parameter:
            return Within(fact, Constant(None, parameter))
        case Holds(of=of):
            return Holds(_unset(of, parameter))
        case _:
            return formula


def _unset(operand: FactRef | Constant, parameter: str) -> FactRef | Constant:
    if isinstance(operand, Constant) and operand.parameter == parameter:
        return Constant(None, parameter)
    return operand
