"""Result of one case, as read by the Then-steps of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth
from eligibility.money.classes import ClassFound, class_of
from eligibility.money.reckon import Reckoned, Reckoner
from eligibility.specification.case import SentenceError, known


@dataclass(frozen=True)
class CaseResult:
    """Marks, outcome, reasons and clauses of one case.

    `rest_on` computes the assumed parameters; it is called only if a sentence needs them, because it is expensive.
    """

    policy: Policy
    marks: Mapping[str, Truth]
    outcome: str
    reasons: tuple[str, ...]
    clauses: Mapping[str, Truth]
    rest_on: Callable[[], tuple[str, ...]]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """Sorted ids of the assumed parameters on which the outcome depends."""
        return self.rest_on()

    def condition(self, name: str) -> Truth:
        """Return the mark of the condition with that id or title; SentenceError if there is none."""
        titles = {condition.title: condition.id for condition in self.policy.conditions.values()}
        return self.marks[known(titles.get(name, name), self.policy.conditions, Bilingual("条件", "condition"))]

    def clause(self, name: str) -> Truth:
        """Return the mark of the clause with that id or title, as a demand; SentenceError if there is none."""
        titles = {clause.title: clause.id for clause in self.policy.clauses.values()}
        return self.clauses[known(titles.get(name, name), self.policy.clauses, Bilingual("条款", "clause"))]

    def reason(self, code: str) -> str:
        """Return the code of the reason or clause with that code or title; SentenceError if there is none."""
        titles = {clause.title: clause.id for clause in self.policy.clauses.values()}
        titles |= {reason.title: reason.id for reason in self.policy.reasons.values()}
        names = {**self.policy.reasons, **self.policy.clauses}
        return known(titles.get(code, code), names, Bilingual("理由", "reason"))

    def class_found(self) -> ClassFound:
        """Return the class of the outcome, or those it may be."""
        return class_of(self.policy, self.outcome, self.marks)

    def benefit(self, name: str) -> Reckoned | None:
        """Return the benefit with that id or title as reckoned; None where the case does not get it. SentenceError if there is none."""
        titles = {benefit.title: benefit.id for benefit in self.policy.benefits.values()}
        ident = known(titles.get(name, name), self.policy.benefits, Bilingual("补助项目", "benefit"))
        benefit = self.policy.benefits[ident]
        reached = self.class_found()
        if self.outcome not in benefit.outcomes or reached.excludes(benefit.classes):
            return None
        if not self.facts:
            raise SentenceError(Bilingual("没有事实，算不出金额", "without facts there is no amount"))
        reckoned = Reckoner(self.policy, benefit).of(self.facts)
        if reckoned.entitled is Truth.REFUTED:
            return None
        return reckoned if reached.includes(benefit.classes) else replace(reckoned, entitled=Truth.OPEN)

    def parameter(self, name: str) -> str:
        """Return the id of the parameter with that id or title; SentenceError if there is none."""
        titles = {parameter.title: parameter.id for parameter in self.policy.parameters.values()}
        return known(titles.get(name, name), self.policy.parameters, Bilingual("参数", "parameter"))

    def outcome_named(self, title: str) -> str:
        """Return the outcome with that title or id; SentenceError if there is none."""
        titles = {word: ident for ident, word in self.policy.outcomes.items()}
        return known(titles.get(title, title), self.policy.outcomes, Bilingual("结论", "outcome"))


def in_force(case_result: CaseResult | None) -> CaseResult:
    """Return the result; SentenceError if there is none, because the rulebook is not in force on that day."""
    if case_result is None:
        raise SentenceError(
            Bilingual("审核日不在本规则的施行期内，没有结论", "the rulebook is not in force on that day: no verdict")
        )
    return case_result
