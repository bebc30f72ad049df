"""Finds what would settle a profile: its minimal sets of answers and of papers, cached over the profiles of a policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from eligibility.adjudicate.settlement.minimal_changes import SETTLED, Change, MinimalChanges
from eligibility.adjudicate.settlement.prime_implicants import either, every, minimal
from eligibility.adjudicate.settlement.questions import Marks, Questions
from eligibility.adjudicate.settlement.requirements import EvidenceRequirement, EvidenceRequirements, EvidenceSet, Ways
from eligibility.model.policy import Policy


@dataclass(frozen=True)
class SettlementOptions:
    """What would settle one open case.

    `changes` are the minimal sets of answers, `requirements` the evidence required for each question, `ways` the minimal
    sets of papers: a set of papers answers a question if it meets every requirement of it.
    """

    changes: tuple[Change, ...]
    requirements: Mapping[int, tuple[EvidenceRequirement, ...]]
    ways: tuple[EvidenceSet, ...]

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Sorted codes of all papers of all minimal sets."""
        return tuple(sorted({paper for way in self.ways for paper in way.documents}))

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """Sorted codes of all bodies that supply one of them."""
        return tuple(sorted({body for way in self.ways for _, bodies in way.papers for body in bodies}))


class SettlementFinder:
    """Finds what would settle the open profiles of one policy; equal open parts are computed once."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.questions = Questions(policy)
        self.changes = MinimalChanges(self.questions)
        self._requirements = EvidenceRequirements(self.questions)
        self._bit = {paper: 1 << i for i, paper in enumerate(policy.documents)}
        self._cache: dict[tuple[int, int], SettlementOptions] = {}
        self._families: dict[Ways, list[int]] = {}
        self._together: dict[frozenset[int], list[int]] = {}
        self._sets: dict[tuple[str, frozenset[frozenset[int]]], tuple[EvidenceSet, ...]] = {}

    def of(self, marks: Marks) -> SettlementOptions:
        """Return what would settle the case with these marks."""
        now = self.questions.now(marks)
        changes = self.changes.settling(now)
        requirements = self._requirements.of(marks, self.questions.waiting(now))
        key = id(changes), id(requirements)  # both are cached for good, and equal ones are the same object
        if key not in self._cache:
            self._cache[key] = SettlementOptions(tuple(changes), requirements, tuple(self._ways(changes, requirements)))
        return self._cache[key]

    def papers_for(
        self, change: Change, requirements: Mapping[int, tuple[EvidenceRequirement, ...]]
    ) -> tuple[EvidenceSet, ...]:
        """Return the minimal sets of papers that give the answers of one change."""
        return self._papers_of(change.outcome, [change], requirements)

    def _ways(
        self, changes: Sequence[Change], requirements: Mapping[int, tuple[EvidenceRequirement, ...]]
    ) -> Iterable[EvidenceSet]:
        for outcome in SETTLED:
            to_outcome = [change for change in changes if change.outcome is outcome]
            yield from self._papers_of(outcome, to_outcome, requirements)

    def _papers_of(
        self, outcome: str, changes: Sequence[Change], requirements: Mapping[int, tuple[EvidenceRequirement, ...]]
    ) -> tuple[EvidenceSet, ...]:
        """Return the papers that meet all requirements of some change; cached, because few such sets occur."""
        all_sets = [_required_for(change, requirements) for change in changes]
        sets = [required for required in all_sets if required]
        key = outcome, frozenset(frozenset(map(id, required)) for required in sets)
        if key not in self._sets:
            family = either(self._meeting(required) for required in sets)
            self._sets[key] = tuple(self._evidence_sets(outcome, family, list(chain(*sets))))
        return self._sets[key]

    def _meeting(self, requirements: Sequence[EvidenceRequirement]) -> list[int]:
        """Return the minimal sets of papers that meet all requirements."""
        key = frozenset(map(id, requirements))
        if key not in self._together:
            self._together[key] = every(self._family(requirement) for requirement in requirements)
        return self._together[key]

    def _family(self, requirement: EvidenceRequirement) -> list[int]:
        if requirement.ways not in self._families:
            self._families[requirement.ways] = minimal(
                sum(self._bit[paper] for paper in set(way)) for way in requirement.ways
            )
        return self._families[requirement.ways]

    def _evidence_sets(
        self, outcome: str, family: Sequence[int], required: Sequence[EvidenceRequirement]
    ) -> Iterable[EvidenceSet]:
        bodies: dict[str, set[str]] = {}
        for requirement in {id(each): each for each in required}.values():
            for paper, suppliers in requirement.suppliers.items():
                bodies.setdefault(paper, set()).update(suppliers)
        supplied = [(self._bit[paper], (paper, tuple(sorted(bodies[paper])))) for paper in sorted(bodies)]
        for mask in family:
            yield EvidenceSet(str(outcome), tuple(paper for bit, paper in supplied if mask & bit))


def _required_for(
    change: Change, requirements: Mapping[int, tuple[EvidenceRequirement, ...]]
) -> list[EvidenceRequirement]:
    """Return all requirements for the questions of a change; none if no paper can answer one of the questions."""
    by_question = [requirements.get(number, ()) for number in change.questions]
    return list(chain(*by_question)) if all(by_question) else []
