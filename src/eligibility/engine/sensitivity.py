"""Determines which assumed parameters an outcome depends on: those whose change could lead to another outcome.

The combined result of a group of clauses is six bits: for each of the three kinds that decide, whether any clause is
refuted and whether any is open. Two groups are combined by OR, and a table of 64 entries gives the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from eligibility.engine.assumption_probe import probe_name
from eligibility.engine.reference_evaluator import demand, outcome_of
from eligibility.engine.verdict import Outcome
from eligibility.model.formula import conditions_named
from eligibility.model.policy import Clause, Kind, Policy, RestsOn, Status
from eligibility.model.truth import Truth

Marks = Mapping[str, Truth]
Candidate = tuple[str, bool, tuple[RestsOn, ...]]
"""A condition, whether its formula names the parameter, and its declared dependences on the parameter (`rests_on`)."""

_SHIFT = {Kind.REQUIREMENT: 0, Kind.EXCLUSION: 0, Kind.REFER: 2, Kind.REGISTER: 4, Kind.ELSEWHERE: 4}
_BITS = {
    (kind, mark): (bit << shift)
    for kind, shift in _SHIFT.items()
    for mark, bit in ((Truth.PROVEN, 0), (Truth.REFUTED, 1), (Truth.OPEN, 2))
}


def bits_of(kind: Kind, mark: Truth) -> int:
    """Bits that a clause of this kind contributes when its mark is `mark`."""
    return _BITS[kind, mark]


def _mark(bits: int) -> Truth:
    return Truth.REFUTED if bits & 1 else Truth.OPEN if bits & 2 else Truth.PROVEN


OUTCOMES = tuple(outcome_of(_mark(bits), _mark(bits >> 2), _mark(bits >> 4)) for bits in range(64))


@dataclass(frozen=True, slots=True)
class AffectedClauses:
    """Clauses that depend on some conditions, all conditions that these clauses read, and indices of the other clauses."""

    clauses: tuple[Clause, ...]
    reads: tuple[str, ...]
    others: tuple[int, ...]


class Sensitivity:
    """Sensitivity of the outcomes of one policy to its assumed parameters."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._assumed = sorted(p for p in policy.parameters if policy.status(p) is Status.ASSUMED)
        self.clauses = [c for c in policy.clauses.values() if c.kind is not Kind.EXCEPTION]
        self._reads = {c.id: self._conditions_of(c) for c in self.clauses}
        self.candidates = [(p, _candidates(policy, p)) for p in self._assumed]
        self._affected: dict[tuple[str, ...], AffectedClauses] = {}
        self._reachable: dict[tuple[object, ...], frozenset[int]] = {}

    def assumed(self, marks: Marks, outcome: Outcome, clauses: Marks) -> tuple[str, ...]:
        """Sorted ids of the assumed parameters for which another value could change the outcome.

        `clauses` holds the mark of every clause under `marks`.
        """
        bits = [_BITS[c.kind, clauses[c.id]] for c in self.clauses]
        dependent = ((p, _dependent(p, candidates, marks)) for p, candidates in self.candidates)
        return tuple(p for p, conditions in dependent if conditions and self._changes(conditions, marks, outcome, bits))

    def outcomes(self, parameter: str, marks: Marks, clauses: Marks) -> frozenset[Outcome]:
        """All outcomes the case could have if the conditions that depend on the parameter had other marks."""
        dependent = _dependent(parameter, dict(self.candidates).get(parameter, []), marks)
        return frozenset(self._outcomes(dependent, marks, [_BITS[c.kind, clauses[c.id]] for c in self.clauses]))

    def _changes(self, dependent: tuple[str, ...], marks: Marks, outcome: Outcome, bits: list[int]) -> bool:
        """Whether other marks of the conditions could change the outcome."""
        return any(other is not outcome for other in self._outcomes(dependent, marks, bits))

    def _outcomes(self, dependent: tuple[str, ...], marks: Marks, bits: list[int]) -> Iterator[Outcome]:
        affected = self.affected(dependent)
        fixed = 0
        for index in affected.others:
            fixed |= bits[index]
        return (OUTCOMES[fixed | varied] for varied in self.reachable(dependent, affected, marks))

    def affected(self, dependent: tuple[str, ...]) -> AffectedClauses:
        """The clauses that depend on the conditions, and the others; cached."""
        if dependent not in self._affected:
            self._affected[dependent] = self._affected_by(dependent)
        return self._affected[dependent]

    def _affected_by(self, dependent: tuple[str, ...]) -> AffectedClauses:
        flags = [not self._reads[c.id].isdisjoint(dependent) for c in self.clauses]
        clauses = tuple(c for c, affected in zip(self.clauses, flags, strict=True) if affected)
        reads = tuple(sorted({c for clause in clauses for c in self._reads[clause.id]}))
        return AffectedClauses(clauses, reads, tuple(i for i, affected in enumerate(flags) if not affected))

    def reachable(self, dependent: tuple[str, ...], affected: AffectedClauses, marks: Marks) -> frozenset[int]:
        """All bit sets the affected clauses can have under other marks of the dependent conditions; cached."""
        key = (dependent, *[marks[c] for c in affected.reads])
        if key not in self._reachable:
            actual = {c: marks[c] for c in affected.reads}
            variants = (actual | change for change in _alternatives(dependent))
            self._reachable[key] = frozenset(self._bits(affected.clauses, variant) for variant in variants)
        return self._reachable[key]

    def _bits(self, clauses: Iterable[Clause], marks: Marks) -> int:
        bits = 0
        for clause in clauses:
            bits |= _BITS[clause.kind, demand(self._policy, clause, marks)]
        return bits

    def _conditions_of(self, clause: Clause) -> set[str]:
        exceptions = [e for e in self._policy.clauses.values() if e.kind is Kind.EXCEPTION and e.excepts == clause.id]
        return set().union(*({*conditions_named(c.when), *conditions_named(c.deciding)} for c in (clause, *exceptions)))


def _candidates(policy: Policy, parameter: str) -> list[Candidate]:
    candidates = []
    for condition in policy.conditions.values():
        rests = tuple(rest for rest in condition.rests_on if rest.parameter == parameter)
        if rests or parameter in condition.parameters:
            candidates.append((condition.id, parameter in condition.parameters, rests))
    return candidates


def _dependent(parameter: str, candidates: list[Candidate], marks: Marks) -> tuple[str, ...]:
    """Conditions that name the parameter and are open without it, or are declared to depend on it under these marks."""
    return tuple(
        condition
        for condition, named, rests in candidates
        if (named and marks.get(probe_name(condition, parameter), Truth.OPEN) is Truth.OPEN)
        or any(_applies(rest, marks[condition], marks) for rest in rests)
    )


def _applies(rest: RestsOn, mark: Truth, marks: Marks) -> bool:
    return rest.mark in (None, mark) and (not rest.where or marks[rest.where] is Truth.PROVEN)


def _alternatives(conditions: tuple[str, ...]) -> Iterator[dict[str, Truth]]:
    """Every assignment of marks to up to three conditions; for more, each single change and the three uniform ones."""
    if len(conditions) <= 3:
        for words in product(Truth, repeat=len(conditions)):
            yield dict(zip(conditions, words, strict=True))
        return
    for condition in conditions:
        for mark in Truth:
            yield {condition: mark}
    for mark in Truth:
        yield dict.fromkeys(conditions, mark)
