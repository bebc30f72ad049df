"""What each profile in review waits for: open conditions, the strands of their facts, and policy rulings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eligibility.adjudicate.questions.topics import strands
from eligibility.domain.mark import Mark
from eligibility.domain.policy import AllOf, AnyOf, Clause, Compare, Condition, Formula, Kind, Named, Not, Policy

UNSET = "<?"
"""The comparison of which it is not set whether the line itself counts."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One condition that a profile waits for, with the strands it hangs on or the ruling that would settle it.

    Neither: no table of a dossier tells the fact.
    `ruling`: id of the unset parameter, or of the clause that refers to a person whatever the papers say; else "".
    """

    condition: str
    strands: tuple[str, ...] = ()
    ruling: str = ""


def waiting(
    policy: Policy, marks: Mapping[str, Mark], clauses_open: frozenset[str], clauses_refuted: frozenset[str]
) -> list[Waiting]:
    """Everything that a profile in review waits for, each condition once for each way of waiting."""
    found: dict[Waiting, None] = {}
    for clause in _asking(policy, clauses_open, clauses_refuted):
        for condition in _conditions(policy, clause):
            if marks[condition.id] is Mark.OPEN:
                found.update(dict.fromkeys(_of_open(policy, condition, marks)))
            elif clause.id in clauses_refuted:
                found.update(dict.fromkeys(_of_refuted(clause, condition)))
    return list(found)


def _asking(policy: Policy, clauses_open: frozenset[str], clauses_refuted: frozenset[str]) -> Iterator[Clause]:
    """Clauses that send to a person: open ones, and refuted ones that only refer.

    Where one register clause is refuted the person is registered anyway, so an open one asks nothing.
    """
    registered = any(policy.clauses[clause].kind is Kind.REGISTER for clause in clauses_refuted)
    for clause in policy.clauses.values():
        if clause.kind is Kind.REGISTER and registered:
            continue
        if clause.id in clauses_open or (clause.id in clauses_refuted and clause.kind is Kind.REFER):
            yield clause


def _of_open(policy: Policy, condition: Condition, marks: Mapping[str, Mark]) -> Iterator[Waiting]:
    """An open condition waits for a ruling where the law gives no number, else for the papers of its facts."""
    unset = [policy.parameters[name] for name in condition.parameters if policy.value(name) is None]
    for parameter in unset:
        if parameter.type != "comparison":
            yield Waiting(condition.id, ruling=parameter.id)
        elif _exactly(policy, condition, marks):
            yield Waiting(condition.id, ruling=parameter.id)
            return
    known = [strands()[fact].open for fact in condition.facts if fact in strands()]
    yield Waiting(condition.id, tuple(dict.fromkeys(strand for one in known for strand in one)))


def _exactly(policy: Policy, condition: Condition, marks: Mapping[str, Mark]) -> bool:
    """Whether another condition says that the value is exactly the line of which it is not set if it counts."""
    lines = {(one.left, one.right) for one in _compared(condition.expression) if one.op == UNSET}
    return any(
        marks[name] is Mark.PROVEN and (said.left, said.right) in lines
        for name, other in policy.conditions.items()
        for said in _compared(other.expression)
        if said.op == "="
    )


def _compared(formula: Formula) -> Iterator[Compare]:
    match formula:
        case Compare():
            yield formula
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _compared(part)


def _of_refuted(clause: Clause, condition: Condition) -> Iterator[Waiting]:
    hangs = [strands()[fact].refuted for fact in condition.facts if fact in strands() and strands()[fact].refuted]
    yield from (Waiting(condition.id, given) for given in hangs)
    if not hangs:
        yield Waiting(condition.id, ruling=clause.id)


def _conditions(policy: Policy, clause: Clause) -> list[Condition]:
    """Conditions of a clause and of the exceptions that lift it."""
    formulas = [clause.when, *(one.when for one in policy.clauses.values() if one.excepts == clause.id)]
    return [policy.conditions[name] for name in dict.fromkeys(n for one in formulas for n in _named(one))]


def _named(formula: Formula) -> Iterator[str]:
    match formula:
        case Named(id=condition):
            yield condition
        case Not(of=inner):
            yield from _named(inner)
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _named(part)
        case _:
            raise TypeError(f"a clause speaks of conditions only, not of {formula!r}")
