"""Which assumed parameters an outcome rests on: those without which it might have been another.

What some clauses come to is kept as six bits: for each of the three kinds that decide, is any clause refuted, is any
open. The bits of two groups of clauses together are then their union, and the outcome is a look into a short table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from eligibility.domain.mark import Mark
from eligibility.domain.policy import Clause, Kind, Policy, RestsOn, Status
from eligibility.engine.plain import conditions_in, demand, outcome_of
from eligibility.engine.verdict import Outcome
from eligibility.engine.watch import watch_name

Marks = Mapping[str, Mark]
Candidate = tuple[str, bool, tuple[RestsOn, ...]]
"""A condition, whether it names the parameter, and how it rests on it otherwise."""

_PLACE = {Kind.REQUIREMENT: 0, Kind.EXCLUSION: 0, Kind.REFER: 2, Kind.REGISTER: 4}
_BITS = {
    (kind, mark): (bit << place)
    for kind, place in _PLACE.items()
    for mark, bit in ((Mark.PROVEN, 0), (Mark.REFUTED, 1), (Mark.OPEN, 2))
}


def bits_of(kind: Kind, mark: Mark) -> int:
    """What one clause of that kind and mark adds to the six bits."""
    return _BITS[kind, mark]


def _mark(bits: int) -> Mark:
    return Mark.REFUTED if bits & 1 else Mark.OPEN if bits & 2 else Mark.PROVEN


OUTCOMES = tuple(outcome_of(_mark(bits), _mark(bits >> 2), _mark(bits >> 4)) for bits in range(64))


@dataclass(frozen=True, slots=True)
class Touched:
    """The clauses that rest on some conditions, all conditions that those clauses read, and the other clauses."""

    clauses: tuple[Clause, ...]
    reads: tuple[str, ...]
    others: tuple[int, ...]


class Sensitivity:
    """Answers, for one policy, which assumed parameters could change an outcome."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._assumed = sorted(p for p in policy.parameters if policy.status(p) is Status.ASSUMED)
        self.clauses = [c for c in policy.clauses.values() if c.kind is not Kind.EXCEPTION]
        self._reads = {c.id: self._conditions_of(c) for c in self.clauses}
        self.candidates = [(p, _candidates(policy, p)) for p in self._assumed]
        self._touched: dict[tuple[str, ...], Touched] = {}
        self._reached: dict[tuple[object, ...], frozenset[int]] = {}

    def assumed(self, marks: Marks, outcome: Outcome, clauses: Marks) -> tuple[str, ...]:
        """Ids of the assumed parameters under another value of which the outcome could differ, sorted.

        `clauses` holds the mark of every clause on these marks.
        """
        bits = [_BITS[c.kind, clauses[c.id]] for c in self.clauses]
        resting = ((p, _resting(p, candidates, marks)) for p, candidates in self.candidates)
        return tuple(p for p, conditions in resting if conditions and self._matter(conditions, marks, outcome, bits))

    def outcomes(self, parameter: str, marks: Marks, clauses: Marks) -> frozenset[Outcome]:
        """All outcomes that the case could have, did the conditions that rest on the parameter come out otherwise."""
        resting = _resting(parameter, dict(self.candidates).get(parameter, []), marks)
        return frozenset(self._outcomes(resting, marks, [_BITS[c.kind, clauses[c.id]] for c in self.clauses]))

    def _matter(self, resting: tuple[str, ...], marks: Marks, outcome: Outcome, bits: list[int]) -> bool:
        """Whether the conditions could turn the outcome."""
        return any(other is not outcome for other in self._outcomes(resting, marks, bits))

    def _outcomes(self, resting: tuple[str, ...], marks: Marks, bits: list[int]) -> Iterator[Outcome]:
        touched = self.touched(resting)
        untouched = 0
        for index in touched.others:
            untouched |= bits[index]
        return (OUTCOMES[untouched | other] for other in self.reach(resting, touched, marks))

    def touched(self, resting: tuple[str, ...]) -> Touched:
        """What rests on the conditions, found once."""
        if resting not in self._touched:
            self._touched[resting] = self._touched_by(resting)
        return self._touched[resting]

    def _touched_by(self, resting: tuple[str, ...]) -> Touched:
        inside = [not self._reads[c.id].isdisjoint(resting) for c in self.clauses]
        clauses = tuple(c for c, touched in zip(self.clauses, inside, strict=True) if touched)
        reads = tuple(sorted({c for clause in clauses for c in self._reads[clause.id]}))
        return Touched(clauses, reads, tuple(i for i, touched in enumerate(inside) if not touched))

    def reach(self, resting: tuple[str, ...], touched: Touched, marks: Marks) -> frozenset[int]:
        """All that the touched clauses can come to under the other marks of `resting`."""
        key = (resting, *[marks[c] for c in touched.reads])
        if key not in self._reached:
            here = {c: marks[c] for c in touched.reads}
            worlds = (here | change for change in _changes(resting))
            self._reached[key] = frozenset(self._come_to(touched.clauses, world) for world in worlds)
        return self._reached[key]

    def _come_to(self, clauses: Iterable[Clause], marks: Marks) -> int:
        bits = 0
        for clause in clauses:
            bits |= _BITS[clause.kind, demand(self._policy, clause, marks)]
        return bits

    def _conditions_of(self, clause: Clause) -> set[str]:
        exceptions = [e for e in self._policy.clauses.values() if e.kind is Kind.EXCEPTION and e.excepts == clause.id]
        return set().union(*(conditions_in(c.when) for c in (clause, *exceptions)))


def _candidates(policy: Policy, parameter: str) -> list[Candidate]:
    found = []
    for condition in policy.conditions.values():
        rests = tuple(rest for rest in condition.rests_on if rest.parameter == parameter)
        if rests or parameter in condition.parameters:
            found.append((condition.id, parameter in condition.parameters, rests))
    return found


def _resting(parameter: str, candidates: list[Candidate], marks: Marks) -> tuple[str, ...]:
    """Conditions that name the parameter and need it, or rest on it with the marks they have here."""
    return tuple(
        condition
        for condition, named, rests in candidates
        if (named and marks.get(watch_name(condition, parameter), Mark.OPEN) is Mark.OPEN)
        or any(_rests_here(rest, marks[condition], marks) for rest in rests)
    )


def _rests_here(rest: RestsOn, mark: Mark, marks: Marks) -> bool:
    return rest.mark in (None, mark) and (not rest.where or marks[rest.where] is Mark.PROVEN)


def _changes(resting: tuple[str, ...]) -> Iterator[dict[str, Mark]]:
    """Every assignment of marks to a few conditions; to many, every single change and the three uniform ones."""
    if len(resting) <= 3:
        for words in product(Mark, repeat=len(resting)):
            yield dict(zip(resting, words, strict=True))
        return
    for condition in resting:
        for mark in Mark:
            yield {condition: mark}
    for mark in Mark:
        yield dict.fromkeys(resting, mark)
