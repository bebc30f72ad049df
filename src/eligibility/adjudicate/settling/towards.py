"""Minimal sets of answers towards an outcome: by families of implicants, never by listing subsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eligibility.adjudicate.settling.implicants import ALWAYS, Family, consistent, either, every, minimal, proven
from eligibility.adjudicate.settling.questions import Demand, Questions
from eligibility.domain.mark import Mark
from eligibility.domain.policy import Kind
from eligibility.engine import Outcome

SETTLED = (Outcome.ELIGIBLE, Outcome.REGISTER, Outcome.NOT_ELIGIBLE)
"""The outcomes that a change can lead to; a review settles nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """Answers (question number → proven or refuted) that give `outcome`, no fewer questions doing so."""

    outcome: Outcome
    answers: tuple[tuple[int, Mark], ...]

    @property
    def questions(self) -> frozenset[int]:
        """The questions answered."""
        return frozenset(number for number, _ in self.answers)


class Sets:
    """Minimal sets for the profiles of one policy; what clauses come to is kept from profile to profile."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self._kept: dict[tuple[int, int, int], tuple[Family, Family]] = {}
        self._settling: dict[int, list[Change]] = {}
        self._changes: dict[tuple[int, tuple[tuple[Family, Family], ...]], list[Change]] = {}

    def settling(self, now: int) -> list[Change]:
        """How an open case, of which the literals `now` hold, could be settled: by answers to open questions, and rulings on refuted refer clauses.

        Equal ways are the same object.
        """
        if now not in self._settling:
            self._settling[now] = self._settled(now)
        return self._settling[now]

    def _settled(self, now: int) -> list[Change]:
        asked = self.questions
        free = asked.answers & ~self._asked(now)
        for demand in asked.demands:
            number = asked.rulings.get(demand.clause.id)
            if number is not None and not any(implicant & ~now == 0 for implicant in demand.refuted):
                free &= ~proven(number)
        return self.changes(now, free)

    def differing(self, now: int) -> list[Change]:
        """How the case could have come out otherwise: by any answers of the papers, proven ones reversed."""
        rulings = sum(proven(number) for number in self.questions.rulings.values())
        return self.changes(now, self.questions.answers & ~rulings)

    def changes(self, now: int, free: int) -> list[Change]:
        """All minimal changes of the free literals towards each settled outcome that is not there already."""
        clauses = tuple(self._clause(i, demand, now, free) for i, demand in enumerate(self.questions.demands))
        key = now & self._asked(free), clauses
        if key not in self._changes:
            self._changes[key] = [
                change for outcome in SETTLED for change in self._minimal(outcome, self._towards(outcome, clauses), now)
            ]
        return self._changes[key]

    def _clause(self, index: int, demand: Demand, now: int, free: int) -> tuple[Family, Family]:
        """What proves and what refutes the clause here, of the questions that are free."""
        ruling = self.questions.rulings.get(demand.clause.id)
        reads = demand.reads | (0 if ruling is None else proven(ruling))
        key = index, now & reads, free & reads
        if key not in self._kept:
            self._kept[key] = self._here(demand.proven, now, free), self._here(demand.refuted, now, free)
        return self._kept[key]

    def _here(self, family: Family, now: int, free: int) -> Family:
        open_to = free | now & self._asked(free)
        return tuple(minimal(one & open_to for one in family if not one & ~(now | free)))

    def _asked(self, literals: int) -> int:
        """Both literals of every question that one of them answers."""
        even = self.questions.even
        return literals | (literals & even) << 1 | literals >> 1 & even

    def _towards(self, outcome: Outcome, clauses: Sequence[tuple[Family, Family]]) -> list[int]:
        kinds = [demand.clause.kind for demand in self.questions.demands]
        demands = [pair for pair, kind in zip(clauses, kinds, strict=True) if kind in _DEMANDS]
        refers = [yes for (yes, _), kind in zip(clauses, kinds, strict=True) if kind is Kind.REFER]
        registers = [pair for pair, kind in zip(clauses, kinds, strict=True) if kind is Kind.REGISTER]
        match outcome:
            case Outcome.NOT_ELIGIBLE:
                return either(no for _, no in demands)
            case Outcome.REGISTER:
                ends: list[Sequence[int]] = [either(no for _, no in registers)]
            case _:
                ends = [yes for yes, _ in registers]
        needed = [family for family in (*(yes for yes, _ in demands), *refers, *ends) if family != ALWAYS]
        return consistent(every(needed), self.questions.even)

    def _minimal(self, outcome: Outcome, implicants: Iterable[int], now: int) -> Iterable[Change]:
        """The implicants as changes; of two the one that answers a part of the other's questions stays."""
        changed = sorted({one & ~now for one in implicants})
        even = self.questions.even
        asked = {one: (one | one >> 1) & even for one in changed}
        smallest = minimal(asked.values())
        for one in sorted(changed, key=lambda literals: (literals.bit_count(), literals)):
            if one and asked[one] in smallest:
                yield Change(outcome, tuple((i, _mark(one >> 2 * i & 3)) for i in self.questions.of(one)))


_DEMANDS = (Kind.REQUIREMENT, Kind.EXCLUSION)


def _mark(bits: int) -> Mark:
    return Mark.PROVEN if bits == 1 else Mark.REFUTED
