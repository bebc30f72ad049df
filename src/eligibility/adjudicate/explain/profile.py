"""Builds the part of an explanation that is common to all persons of a profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eligibility.adjudicate.explain.assumptions import Assumptions
from eligibility.adjudicate.explain.models import ProfileExplanation, Settlement
from eligibility.adjudicate.explain.readings import (
    answers_of,
    clause_reading,
    outcome_text,
    reason_reading,
)
from eligibility.adjudicate.explain.sentences import citizen_text, headline, neighbours, refused_if
from eligibility.adjudicate.settlement import Change, MinimalChanges, Questions
from eligibility.engine import Outcome, Verdict, evaluate_clauses
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth


class Profiles:
    """Explanations of the profiles of one policy, cached. `built` counts the explanations that were built."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.built = 0
        self._questions = Questions(policy)
        self._changes = MinimalChanges(self._questions)
        self._assumptions = Assumptions(policy)
        self._cache: dict[tuple[Truth, ...], ProfileExplanation] = {}

    def of(self, marks: Mapping[str, Truth]) -> ProfileExplanation:
        """Return the explanation of one condition vector, which must contain every condition of the policy."""
        key = tuple(marks[condition] for condition in self.policy.conditions)
        if key not in self._cache:
            self._cache[key] = self._build(dict(marks))
            self.built += 1
        return self._cache[key]

    def _build(self, marks: dict[str, Truth]) -> ProfileExplanation:
        policy, verdict = self.policy, evaluate_clauses(self.policy, marks)
        outcome = outcome_text(policy, verdict.outcome)
        now = self._questions.now(marks)
        settling = self._changes.settling(now) if verdict.outcome is Outcome.MANUAL_REVIEW else []
        read = [
            (change.outcome, answers_of(policy, self._questions, change)) for change in self._changes.differing(now)
        ]
        explanation = ProfileExplanation(
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
            settlements=[self._settlement(change, verdict) for change in settling],
            neighbours=neighbours(policy, verdict.outcome, read),
            refused_if=[answers for other, answers in read if other == "not_eligible"],
        )
        return _with_sentences(explanation, policy)

    def _settlement(self, change: Change, verdict: Verdict) -> Settlement:
        answers = answers_of(self.policy, self._questions, change)
        clauses = {clause for answer in answers for clause in answer.clauses}
        return Settlement(
            clauses=[c for c in self.policy.clauses if c in clauses and verdict.clauses[c] is not Truth.PROVEN],
            answer=Truth.PROVEN if change.outcome == "eligible" else Truth.REFUTED,
            outcome=str(change.outcome),
            answers=answers,
        )


def explain_profile(policy: Policy, marks: Mapping[str, Truth]) -> ProfileExplanation:
    """Return the explanation of one condition vector. For many, reuse a `Profiles`."""
    return Profiles(policy).of(marks)


def _with_sentences(explanation: ProfileExplanation, policy: Policy) -> ProfileExplanation:
    """Return the explanation with its sentences filled in."""
    line, refusal = headline(explanation, policy), refused_if(explanation)
    return replace(
        explanation,
        headline=line.zh,
        headline_en=line.en,
        refused_if_says=refusal.zh,
        refused_if_says_en=refusal.en,
        citizen=citizen_text(explanation, policy),
    )


def marks_of_profile(policy: Policy, row: Mapping[str, str] | Sequence[str]) -> dict[str, Truth]:
    """Return the marks of a row of verdict.profiles, given by column name or in the order of the conditions."""
    if isinstance(row, Mapping):
        return {condition: Truth(row[condition]) for condition in policy.conditions}
    return {condition: Truth(mark) for condition, mark in zip(policy.conditions, row, strict=True)}
