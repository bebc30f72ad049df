"""The part of an explanation that everyone of a profile shares, built once for each profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eligibility.adjudicate.explain.assumed import Assumptions
from eligibility.adjudicate.explain.models import PaperSet, ProfileExplanation, Settlement
from eligibility.adjudicate.explain.readings import (
    answers_of,
    clause_reading,
    outcome_text,
    papers_of,
    reason_reading,
)
from eligibility.adjudicate.explain.sentences import citizen_text, headline, neighbours, refused_if
from eligibility.adjudicate.settling import Change, Need, Needs
from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy
from eligibility.engine import Outcome, Verdict, evaluate_clauses


class Profiles:
    """Explanations of the profiles of one policy; each is built once, however many persons have it.

    `built` counts how many were built.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.built = 0
        self._needs = Needs(policy)
        self._assumptions = Assumptions(policy)
        self._kept: dict[tuple[Mark, ...], ProfileExplanation] = {}

    def of(self, marks: Mapping[str, Mark]) -> ProfileExplanation:
        """The explanation of one vector of marks, which must name every condition of the policy."""
        key = tuple(marks[condition] for condition in self.policy.conditions)
        if key not in self._kept:
            self._kept[key] = self._build(dict(marks))
            self.built += 1
        return self._kept[key]

    def _build(self, marks: dict[str, Mark]) -> ProfileExplanation:
        policy, verdict = self.policy, evaluate_clauses(self.policy, marks)
        outcome = outcome_text(policy, verdict.outcome)
        need = self._needs.of(marks) if verdict.outcome is Outcome.MANUAL_REVIEW else Need((), {}, ())
        differing = self._needs.sets.differing(self._needs.questions.now(marks))
        read = [(change.outcome, answers_of(policy, self._needs.questions, change)) for change in differing]
        told = ProfileExplanation(
            outcome=str(verdict.outcome),
            outcome_title=outcome.zh,
            outcome_title_en=outcome.en,
            regime=policy.id,
            regime_title=policy.title,
            regime_title_en=policy.english.title or policy.id,
            as_of=policy.as_of.isoformat(),
            reasons=[reason_reading(policy, code) for code in verdict.reasons],
            clauses=[clause_reading(policy, clause, verdict.clauses[clause]) for clause in policy.clauses],
            assumed_parameters=list(verdict.assumed_parameters),
            assumptions=self._assumptions.of(marks, verdict),
            settlements=[self._settlement(change, need, verdict) for change in need.changes],
            paper_sets=self._paper_sets(need),
            neighbours=neighbours(policy, verdict.outcome, read),
            refused_if=[answers for towards, answers in read if towards == "not_eligible"],
        )
        return _worded(told)

    def _settlement(self, change: Change, need: Need, verdict: Verdict) -> Settlement:
        policy = self.policy
        answers = answers_of(policy, self._needs.questions, change)
        ways = [papers_of(policy, way) for way in self._needs.papers_for(change, need.requests)]
        papers = {paper.id: paper for way in ways for paper in way}
        clauses = {clause for answer in answers for clause in answer.clauses}
        return Settlement(
            clauses=[c for c in policy.clauses if c in clauses and verdict.clauses[c] is not Mark.PROVEN],
            answer=Mark.PROVEN if change.outcome == "eligible" else Mark.REFUTED,
            outcome=str(change.outcome),
            documents=[papers[code].title for code in sorted(papers)],
            bodies=sorted({body for paper in papers.values() for body in paper.bodies}),
            answers=answers,
            papers=ways,
        )

    def _paper_sets(self, need: Need) -> list[PaperSet]:
        """Sets of papers with all outcomes they could lead to; those that could grant first, then by fewest papers."""
        outcomes: dict[tuple[str, ...], list[str]] = {}
        for way in need.ways:
            outcomes.setdefault(way.documents, []).append(way.outcome)
        ways = {way.documents: way for way in need.ways}
        order = sorted(ways, key=lambda papers: (outcomes[papers] == ["not_eligible"], len(papers), papers))
        return [PaperSet(outcomes=outcomes[one], papers=papers_of(self.policy, ways[one])) for one in order]


def explain_profile(policy: Policy, marks: Mapping[str, Mark]) -> ProfileExplanation:
    """The explanation of one vector of marks. For many, keep a `Profiles` and ask it."""
    return Profiles(policy).of(marks)


def _worded(told: ProfileExplanation) -> ProfileExplanation:
    """The same with its sentences."""
    line, refusal = headline(told), refused_if(told)
    return replace(
        told,
        headline=line.zh,
        headline_en=line.en,
        refused_if_says=refusal.zh,
        refused_if_says_en=refusal.en,
        citizen=citizen_text(told),
    )


def marks_of_profile(policy: Policy, row: Mapping[str, str] | Sequence[str]) -> dict[str, Mark]:
    """The marks of a row of verdict.profiles: by column name, or in the order of the conditions."""
    if isinstance(row, Mapping):
        return {condition: Mark(row[condition]) for condition in policy.conditions}
    return {condition: Mark(mark) for condition, mark in zip(policy.conditions, row, strict=True)}
