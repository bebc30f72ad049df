"""Simplifies a formula by the values of its yes/no parameters, so that sentences do not mention settled switches."""

from __future__ import annotations

from eligibility.model.policy import AllOf, AnyOf, Constant, Formula, Holds, Not, Readings

ALWAYS: Formula = AllOf(())
NEVER: Formula = AnyOf(())


def folded(formula: Formula) -> tuple[Formula, tuple[Constant, ...]]:
    """Return the formula without switches that have a value, and those switches; switches without value stay in it."""
    settled: list[Constant] = []
    return _fold(formula, settled), tuple(dict.fromkeys(settled))


def _fold(formula: Formula, settled: list[Constant]) -> Formula:
    match formula:
        case Holds(of=Constant(value=bool() as value) as switch):
            if switch.parameter:
                settled.append(switch)
            return ALWAYS if value else NEVER
        case Readings(of=inner):
            return _fold(inner, settled)
        case Not(of=inner):
            return _negated(_fold(inner, settled))
        case AllOf(of=parts):
            return _connected([_fold(part, settled) for part in parts], neutral=ALWAYS, ruling=NEVER)
        case AnyOf(of=parts):
            return _connected([_fold(part, settled) for part in parts], neutral=NEVER, ruling=ALWAYS)
    return formula


def _negated(inner: Formula) -> Formula:
    if inner in (ALWAYS, NEVER):
        return NEVER if inner == ALWAYS else ALWAYS
    return inner.of if isinstance(inner, Not) else Not(inner)


def _connected(parts: list[Formula], *, neutral: Formula, ruling: Formula) -> Formula:
    left = tuple(part for part in parts if part != neutral)
    if ruling in left:
        return ruling
    if len(left) == 1:
        return left[0]
    return AllOf(left) if neutral == ALWAYS else AnyOf(left)
