"""What each profile in review waits for: open conditions, the strands of their facts, and policy rulings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


class Waits:
    """What the profiles of one policy wait for; each clause is worked out once for the marks that it reads."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._conditions = {clause: _conditions(policy, one) for clause, one in policy.clauses.items()}
        self._exact = {condition.id: _exact(policy, condition) for condition in policy.conditions.values()}
        self._reads = {clause: self._read_by(asked) for clause, asked in self._conditions.items()}
        self._kept: dict[tuple[str, bool, tuple[Mark, ...]], tuple[Waiting, ...]] = {}

    def of(
        self, marks: Mapping[str, Mark], clauses_open: frozenset[str], clauses_refuted: frozenset[str]
    ) -> list[Waiting]:
        """Everything that a profile in review waits for, each condition once for each way of waiting."""
        found: dict[Waiting, None] = {}
        for clause in _asking(self.policy, clauses_open, clauses_refuted):
            found.update(dict.fromkeys(self._of_clause(clause, marks, is_refuted=clause.id in clauses_refuted)))
        return list(found)

    def _of_clause(self, clause: Clause, marks: Mapping[str, Mark], *, is_refuted: bool) -> tuple[Waiting, ...]:
        key = clause.id, is_refuted, tuple(marks[name] for name in self._reads[clause.id])
        if key not in self._kept:
            self._kept[key] = tuple(self._worked_out(clause, marks, is_refuted=is_refuted))
        return self._kept[key]

    def _worked_out(self, clause: Clause, marks: Mapping[str, Mark], *, is_refuted: bool) -> Iterator[Waiting]:
        for condition in self._conditions[clause.id]:
            if marks[condition.id] is Mark.OPEN:
                yield from self._of_open(condition, marks)
            elif is_refuted:
                yield from _of_refuted(clause, condition)

    def _of_open(self, condition: Condition, marks: Mapping[str, Mark]) -> Iterator[Waiting]:
        """An open condition waits for a ruling where the law gives no number, else for the papers of its facts."""
        unset = [self.policy.parameters[name] for name in condition.parameters if self.policy.value(name) is None]
        for parameter in unset:
            if parameter.type != "comparison":
                yield Waiting(condition.id, ruling=parameter.id)
            elif any(marks[name] is Mark.PROVEN for name in self._exact[condition.id]):
                yield Waiting(condition.id, ruling=parameter.id)
                return
        known = [strands()[fact].open for fact in condition.facts if fact in strands()]
        yield Waiting(condition.id, tuple(dict.fromkeys(strand for one in known for strand in one)))

    def _read_by(self, conditions: Sequence[Condition]) -> tuple[str, ...]:
        """Every condition whose mark bears on what these wait for."""
        names = {name for one in conditions for name in (one.id, *self._exact[one.id])}
        return tuple(sorted(names))


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


def _exact(policy: Policy, condition: Condition) -> tuple[str, ...]:
    """Conditions that say the value is exactly the line of which it is not set if it counts."""
    lines = {(one.left, one.right) for one in _compared(condition.expression) if one.op == UNSET}
    return tuple(
        name
        for name, other in policy.conditions.items()
        if any(said.op == "=" and (said.left, said.right) in lines for said in _compared(other.expression))
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
