"""Evidence requirements of open questions: the papers of the reasons for which their clauses require review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from eligibility.adjudicate.settlement.questions import Marks, Question, Questions, exceptions_to
from eligibility.engine.reference_evaluator import evaluate_formula, needs_review, open_reasons
from eligibility.model.formula import conditions_named
from eligibility.model.policy import Clause, Kind, Policy
from eligibility.model.truth import Truth

Ways = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class EvidenceRequirement:
    """One reason for which a question is open: any of the `ways` (papers needed together) meets the requirement."""

    reason: str
    ways: Ways
    suppliers: dict[str, tuple[str, ...]] = field(hash=False)
    """Paper → the bodies that supply it: its suppliers that the reason also names, otherwise all of either."""


@dataclass(frozen=True, slots=True)
class EvidenceSet:
    """A minimal set of papers that could settle a case with `outcome`, each with the bodies that supply it."""

    outcome: str
    papers: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """Sorted codes of the papers."""
        return tuple(paper for paper, _ in self.papers)


class EvidenceRequirements:
    """The requirements of open questions, for the profiles of one policy; cached by the marks that each clause reads."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self.policy = questions.policy
        self.reads = {clause.id: _reads(self.policy, clause) for clause in self.policy.clauses.values()}
        """Clause → the conditions that it, its exceptions and their reasons read."""
        self._reason_cache: dict[tuple[str, tuple[Truth, ...]], tuple[tuple[int, str], ...]] = {}
        self._cache: dict[frozenset[tuple[int, str]], dict[int, tuple[EvidenceRequirement, ...]]] = {}
        self._requirement_cache: dict[tuple[int, str], EvidenceRequirement] = {}

    def of(self, marks: Marks, waiting: Mapping[str, Truth]) -> Mapping[int, tuple[EvidenceRequirement, ...]]:
        """Return the requirements by question number, of the clauses `waiting` (open or refuted) that require review.

        Equal results are the same object.
        """
        kinds = {self.policy.clauses[clause].kind for clause, mark in waiting.items() if mark is Truth.REFUTED}
        registers = Truth.REFUTED if Kind.REGISTER in kinds else Truth.OPEN
        clauses = (self.policy.clauses[name] for name in waiting)
        reasons = (self._reasons(c, marks, waiting[c.id]) for c in clauses if needs_review(c, waiting[c.id], registers))
        key = frozenset(chain.from_iterable(reasons))
        if key not in self._cache:
            self._cache[key] = self._by_question(key)
        return self._cache[key]

    def _by_question(self, reasons: Iterable[tuple[int, str]]) -> dict[int, tuple[EvidenceRequirement, ...]]:
        by_question: dict[int, list[EvidenceRequirement]] = {}
        for number, reason in sorted(reasons):
            by_question.setdefault(number, []).append(self._requirement(number, reason))
        return {number: tuple(requirements) for number, requirements in by_question.items()}

    def _reasons(self, clause: Clause, marks: Marks, mark: Truth) -> tuple[tuple[int, str], ...]:
        """Return each open question of one clause with its reasons; cached by the marks that the clause reads."""
        key = clause.id, tuple(marks[condition] for condition in self.reads[clause.id])
        if key not in self._reason_cache:
            self._reason_cache[key] = tuple(
                (number, reason)
                for reason, conditions in self._reasons_of(clause, marks, mark)
                for number in self._numbers(clause, conditions, marks)
            )
        return self._reason_cache[key]

    def _numbers(self, clause: Clause, conditions: frozenset[str], marks: Marks) -> set[int]:
        """Return the open questions of these conditions; without conditions (a refuted refer clause), its override."""
        if not conditions:
            return {self.questions.overrides[clause.id]}
        return {self.questions.numbers[condition] for condition in conditions if marks[condition] is Truth.OPEN}

    def _reasons_of(self, clause: Clause, marks: Marks, mark: Truth) -> list[tuple[str, frozenset[str]]]:
        """Return the reasons, each with its conditions; no conditions if the reason is the refuted clause itself."""
        if mark is Truth.REFUTED:
            return [(reason, frozenset()) for reason in clause.on_refuted]
        sources = [clause, *exceptions_to(self.policy, clause)]
        return [
            (reason, frozenset(conditions_named(source.deciding)))
            for source in sources
            if evaluate_formula(source.deciding, marks) is Truth.OPEN
            for reason in sorted(open_reasons(self.policy, source, marks))
        ]

    def _requirement(self, number: int, reason: str) -> EvidenceRequirement:
        if (number, reason) not in self._requirement_cache:
            self._requirement_cache[number, reason] = requirement_of(self.policy, self.questions.all[number], reason)
        return self._requirement_cache[number, reason]


def requirement_of(policy: Policy, question: Question, reason: str) -> EvidenceRequirement:
    """Return the papers of a reason that can answer the question: those that prove its facts, or all if none do."""
    definition = policy.reasons[reason]
    ways = definition.ways or tuple((paper,) for paper in definition.documents)
    facts = {fact for condition in question.conditions for fact in policy.conditions[condition].facts}
    proving = {paper for fact in facts if fact in policy.facts for paper in policy.facts[fact].papers}
    apt = tuple(way for way in ways if proving.issuperset(way))
    papers = {paper for way in apt or ways for paper in way}
    return EvidenceRequirement(
        reason, apt or ways, {paper: _suppliers(policy, paper, definition.bodies) for paper in sorted(papers)}
    )


def _suppliers(policy: Policy, paper: str, bodies: tuple[str, ...]) -> tuple[str, ...]:
    supply = policy.suppliers.get(paper, ())
    return tuple(body for body in supply if body in bodies) or supply or bodies


def _reads(policy: Policy, clause: Clause) -> tuple[str, ...]:
    """Return the conditions that a clause, its exceptions and their reasons read, in the order of the policy."""
    sources = [clause, *exceptions_to(policy, clause)]
    formulas = [formula for source in sources for formula in (source.when, source.deciding)] + [
        option.when for source in sources for option in source.on_open
    ]
    named = set().union(*map(conditions_named, formulas))
    return tuple(condition for condition in policy.conditions if condition in named)
