"""Which assumed parameters an outcome rests on: those without which it might have been another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from eligibility.domain.mark import Mark, conjunction
from eligibility.domain.policy import Clause, Kind, Policy, RestsOn, Status
from eligibility.engine.plain import conditions_in, demand, outcome_of
from eligibility.engine.verdict import Outcome

Marks = Mapping[str, Mark]
Triple = tuple[Mark, Mark, Mark]
Candidate = tuple[str, bool, tuple[RestsOn, ...]]
"""A condition, whether it names the parameter, and how it rests on it otherwise."""

Tally = Counter[tuple[int, Mark]]
"""How many clauses of each group of kinds have each mark."""

_GROUP = {Kind.REQUIREMENT: 0, Kind.EXCLUSION: 0, Kind.REFER: 1, Kind.REGISTER: 2}


@dataclass(frozen=True, slots=True)
class _Touched:
    """The clauses that rest on some conditions, and all conditions that those clauses read."""

    clauses: tuple[Clause, ...]
    reads: tuple[str, ...]


class Sensitivity:
    """Answers, for one policy, which assumed parameters could change an outcome."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._assumed = sorted(p for p in policy.parameters if policy.status(p) is Status.ASSUMED)
        self._clauses = [c for c in policy.clauses.values() if c.kind is not Kind.EXCEPTION]
        self._reads = {c.id: self._conditions_of(c) for c in self._clauses}
        self._candidates = {p: _candidates(policy, p) for p in self._assumed}
        self._touch: dict[tuple[str, ...], _Touched] = {}
        self._reach: dict[tuple[object, ...], frozenset[Triple]] = {}

    def assumed(self, marks: Marks, outcome: Outcome, clauses: Marks) -> tuple[str, ...]:
        """Ids of the assumed parameters under another value of which the outcome could differ, sorted.

        `clauses` holds the mark of every clause on these marks.
        """
        tally = Counter((_GROUP[c.kind], clauses[c.id]) for c in self._clauses)
        return tuple(p for p in self._assumed if self._matters(p, marks, outcome, clauses, tally))

    def _matters(self, parameter: str, marks: Marks, outcome: Outcome, clauses: Marks, tally: Tally) -> bool:
        resting = self._resting(parameter, marks)
        if not resting:
            return False
        touched = self._touch.get(resting) or self._touch.setdefault(resting, self._touched_by(resting))
        if not touched.clauses:
            return False
        rest = tally.copy()
        for clause in touched.clauses:
            rest[_GROUP[clause.kind], clauses[clause.id]] -= 1
        base = _triple(rest)
        return any(_outcome(base, other) is not outcome for other in self._reached(resting, touched, marks))

    def _resting(self, parameter: str, marks: Marks) -> tuple[str, ...]:
        """Conditions that name the parameter, or rest on it with the marks they have here."""
        return tuple(
            condition
            for condition, always, rests in self._candidates[parameter]
            if always or any(_rests_here(rest, marks[condition], marks) for rest in rests)
        )

    def _touched_by(self, resting: tuple[str, ...]) -> _Touched:
        clauses = tuple(c for c in self._clauses if not self._reads[c.id].isdisjoint(resting))
        return _Touched(clauses, tuple(sorted({c for clause in clauses for c in self._reads[clause.id]})))

    def _reached(self, resting: tuple[str, ...], touched: _Touched, marks: Marks) -> frozenset[Triple]:
        """What the touched clauses can come to, by kind, under the other marks of `resting`."""
        key = (resting, tuple(marks[c] for c in touched.reads))
        if key not in self._reach:
            here = {c: marks[c] for c in touched.reads}
            self._reach[key] = frozenset(
                _triple(Counter((_GROUP[c.kind], demand(self._policy, c, other)) for c in touched.clauses))
                for other in (here | change for change in _changes(resting))
            )
        return self._reach[key]

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


def _triple(tally: Tally) -> Triple:
    demands, refers, registers = (
        Mark.REFUTED if tally[group, Mark.REFUTED] else Mark.OPEN if tally[group, Mark.OPEN] else Mark.PROVEN
        for group in (0, 1, 2)
    )
    return demands, refers, registers


@cache
def _outcome(one: Triple, other: Triple) -> Outcome:
    demands, refers, registers = map(conjunction, zip(one, other, strict=True))
    return outcome_of(demands, refers, registers)
