"""Which papers answer an open question: those of the reasons for which its clauses ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from eligibility.adjudicate.settling.questions import Marks, Question, Questions, exceptions_to
from eligibility.domain.mark import Mark
from eligibility.domain.policy import Clause, Kind, Policy
from eligibility.engine.reference_evaluator import conditions_in, evaluate_formula, needs_review, open_reasons

Ways = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One reason for which a question is open: any of the `ways` (papers needed together) closes it."""

    reason: str
    ways: Ways
    suppliers: dict[str, tuple[str, ...]] = field(hash=False)
    """Paper → the bodies that supply it: those of its own that the reason names too, else all of either."""


@dataclass(frozen=True, slots=True)
class PaperWay:
    """Papers that could settle a case towards `outcome`, none of them spare, each with the bodies that supply it."""

    outcome: str
    papers: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The codes of the papers, sorted."""
        return tuple(paper for paper, _ in self.papers)


class Requests:
    """The requests behind open questions, for the profiles of one policy; kept by what each clause reads."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self.policy = questions.policy
        self.reads = {clause.id: _reads(self.policy, clause) for clause in self.policy.clauses.values()}
        """Clause → the conditions that it, its exceptions and their reasons read."""
        self._parts: dict[tuple[str, tuple[Mark, ...]], tuple[tuple[int, str], ...]] = {}
        self._kept: dict[frozenset[tuple[int, str]], dict[int, tuple[Request, ...]]] = {}
        self._made: dict[tuple[int, str], Request] = {}

    def of(self, marks: Marks, waiting: Mapping[str, Mark]) -> Mapping[int, tuple[Request, ...]]:
        """Question number → what is asked for it, of the clauses `waiting` (open or refuted) that send to a person.

        Equal ones are the same object.
        """
        kinds = {self.policy.clauses[clause].kind for clause, mark in waiting.items() if mark is Mark.REFUTED}
        registers = Mark.REFUTED if Kind.REGISTER in kinds else Mark.OPEN
        asking = (self.policy.clauses[name] for name in waiting)
        asked = (
            self._part(one, marks, waiting[one.id]) for one in asking if needs_review(one, waiting[one.id], registers)
        )
        key = frozenset(chain.from_iterable(asked))
        if key not in self._kept:
            self._kept[key] = self._together(key)
        return self._kept[key]

    def _together(self, asked: Iterable[tuple[int, str]]) -> dict[int, tuple[Request, ...]]:
        found: dict[int, list[Request]] = {}
        for number, reason in sorted(asked):
            found.setdefault(number, []).append(self._request(number, reason))
        return {number: tuple(requests) for number, requests in found.items()}

    def _part(self, clause: Clause, marks: Marks, mark: Mark) -> tuple[tuple[int, str], ...]:
        """Each open question of one clause with the reasons for it; worked out once for the marks that the clause reads."""
        key = clause.id, tuple(marks[condition] for condition in self.reads[clause.id])
        if key not in self._parts:
            self._parts[key] = tuple(
                (number, reason)
                for reason, conditions in self._reasons_of(clause, marks, mark)
                for number in self._numbers(clause, conditions, marks)
            )
        return self._parts[key]

    def _numbers(self, clause: Clause, conditions: frozenset[str], marks: Marks) -> set[int]:
        """The open questions of these conditions; of a refuted refer clause, which gives none, its ruling."""
        if not conditions:
            return {self.questions.rulings[clause.id]}
        return {self.questions.numbers[condition] for condition in conditions if marks[condition] is Mark.OPEN}

    def _reasons_of(self, clause: Clause, marks: Marks, mark: Mark) -> list[tuple[str, frozenset[str]]]:
        """Reasons with the conditions they are given for; no conditions: for the clause being refuted."""
        if mark is Mark.REFUTED:
            return [(reason, frozenset()) for reason in clause.on_refuted]
        sources = [clause, *exceptions_to(self.policy, clause)]
        return [
            (reason, frozenset(conditions_in(source.when)))
            for source in sources
            if evaluate_formula(source.when, marks) is Mark.OPEN
            for reason in sorted(open_reasons(self.policy, source, marks))
        ]

    def _request(self, number: int, reason: str) -> Request:
        if (number, reason) not in self._made:
            self._made[number, reason] = request(self.policy, self.questions.all[number], reason)
        return self._made[number, reason]


def request(policy: Policy, question: Question, reason: str) -> Request:
    """The papers of a reason that can answer the question: of several those that prove its facts, where any do."""
    given = policy.reasons[reason]
    ways = given.ways or tuple((paper,) for paper in given.documents)
    facts = {fact for condition in question.conditions for fact in policy.conditions[condition].facts}
    proving = {paper for fact in facts if fact in policy.facts for paper in policy.facts[fact].papers}
    apt = tuple(way for way in ways if proving.issuperset(way))
    papers = {paper for way in apt or ways for paper in way}
    return Request(reason, apt or ways, {paper: _suppliers(policy, paper, given.bodies) for paper in sorted(papers)})


def _suppliers(policy: Policy, paper: str, bodies: tuple[str, ...]) -> tuple[str, ...]:
    supply = policy.suppliers.get(paper, ())
    return tuple(body for body in supply if body in bodies) or supply or bodies


def _reads(policy: Policy, clause: Clause) -> tuple[str, ...]:
    """Conditions that a clause, its exceptions and their reasons read, in the order of the policy."""
    sources = [clause, *exceptions_to(policy, clause)]
    formulas = [source.when for source in sources] + [given.when for source in sources for given in source.on_open]
    named = set().union(*map(conditions_in, formulas))
    return tuple(condition for condition in policy.conditions if condition in named)
