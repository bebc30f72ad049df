"""Minimal sets of answers for an outcome, computed by families of implicants instead of enumerating subsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eligibility.adjudicate.settlement.prime_implicants import (
    ALWAYS,
    Family,
    consistent,
    either,
    every,
    minimal,
    proven,
)
from eligibility.adjudicate.settlement.questions import Demand, Questions
from eligibility.engine import Outcome
from eligibility.model.policy import Kind
from eligibility.model.truth import Truth

SETTLED = (Outcome.ELIGIBLE, Outcome.REGISTER, Outcome.NOT_ELIGIBLE)
"""The outcomes that settle a case: all except manual review."""


@dataclass(frozen=True, slots=True)
class Change:
    """A minimal set of answers (question number → proven or refuted) that gives `outcome`."""

    outcome: Outcome
    answers: tuple[tuple[int, Truth], ...]

    @property
    def questions(self) -> frozenset[int]:
        """The questions answered."""
        return frozenset(number for number, _ in self.answers)


class MinimalChanges:
    """Minimal changes for the profiles of one policy; results of clauses are cached across profiles."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self._cache: dict[tuple[int, int, int], tuple[Family, Family]] = {}
        self._settling: dict[int, list[Change]] = {}
        self._changes: dict[tuple[int, tuple[tuple[Family, Family], ...]], list[Change]] = {}

    def settling(self, now: int) -> list[Change]:
        """Return the changes that settle an open case with literals `now`: answers to open questions, and overrides.

        Equal results are the same object.
        """
        if now not in self._settling:
            self._settling[now] = self._find_settling(now)
        return self._settling[now]

    def _find_settling(self, now: int) -> list[Change]:
        questions = self.questions
        free = questions.answers & ~self._both_literals(now)
        for demand in questions.demands:
            number = questions.overrides.get(demand.clause.id)
            if number is not None and not any(implicant & ~now == 0 for implicant in demand.refuted):
                free &= ~proven(number)
        return self.changes(now, free)

    def differing(self, now: int) -> list[Change]:
        """Return the changes that give another outcome by any answers of the papers, including reversed ones."""
        overrides = sum(proven(number) for number in self.questions.overrides.values())
        return self.changes(now, self.questions.answers & ~overrides)

    def changes(self, now: int, free: int) -> list[Change]:
        """Return all minimal changes of the free literals that lead to each settled outcome other than the present one."""
        clauses = tuple(self._clause(i, demand, now, free) for i, demand in enumerate(self.questions.demands))
        key = now & self._both_literals(free), clauses
        if key not in self._changes:
            self._changes[key] = [
                change
                for outcome in SETTLED
                for change in self._minimal(outcome, self._leading_to(outcome, clauses), now)
            ]
        return self._changes[key]

    def _clause(self, index: int, demand: Demand, now: int, free: int) -> tuple[Family, Family]:
        """Return the free literals that prove and that refute the clause in the present case."""
        override = self.questions.overrides.get(demand.clause.id)
        reads = demand.reads | (0 if override is None else proven(override))
        key = index, now & reads, free & reads
        if key not in self._cache:
            self._cache[key] = self._restricted(demand.proven, now, free), self._restricted(demand.refuted, now, free)
        return self._cache[key]

    def _restricted(self, family: Family, now: int, free: int) -> Family:
        open_to = free | now & self._both_literals(free)
        return tuple(minimal(implicant & open_to for implicant in family if not implicant & ~(now | free)))

    def _both_literals(self, literals: int) -> int:
        """Return both literals of every question that one of the literals answers."""
        even = self.questions.even
        return literals | (literals & even) << 1 | literals >> 1 & even

    def _leading_to(self, outcome: Outcome, clauses: Sequence[tuple[Family, Family]]) -> list[int]:
        kinds = [demand.clause.kind for demand in self.questions.demands]
        demands = [pair for pair, kind in zip(clauses, kinds, strict=True) if kind in _DEMANDS]
        refers = [yes for (yes, _), kind in zip(clauses, kinds, strict=True) if kind is Kind.REFER]
        registers = [pair for pair, kind in zip(clauses, kinds, strict=True) if kind.registers]
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
        """Yield the implicants as changes, without those whose questions include all questions of another."""
        changed = sorted({implicant & ~now for implicant in implicants})
        even = self.questions.even
        answered = {literals: (literals | literals >> 1) & even for literals in changed}
        smallest = minimal(answered.values())
        for literals in sorted(changed, key=lambda literals: (literals.bit_count(), literals)):
            if literals and answered[literals] in smallest:
                yield Change(outcome, tuple((i, _mark(literals >> 2 * i & 3)) for i in self.questions.of(literals)))


_DEMANDS = (Kind.REQUIREMENT, Kind.EXCLUSION)


def _mark(bits: int) -> Truth:
    return Truth.PROVEN if bits == 1 else Truth.REFUTED
