"""The verdict on one case, as the sentences of a scenario look at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from eligibility.domain.finding import Text
from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy
from eligibility.specification.case import BadSentence, known


@dataclass(frozen=True)
class Heard:
    """Marks, outcome, reasons and clauses of one case.

    `rest_on` finds the assumed parameters; it is only called where a sentence asks, for it is the dearest part.
    """

    policy: Policy
    marks: Mapping[str, Mark]
    outcome: str
    reasons: tuple[str, ...]
    clauses: Mapping[str, Mark]
    rest_on: Callable[[], tuple[str, ...]]

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """Ids of the assumed parameters that the outcome rests on, sorted."""
        return self.rest_on()

    def condition(self, name: str) -> Mark:
        """The mark of the condition of that id or title; BadSentence where there is none."""
        titles = {condition.title: condition.id for condition in self.policy.conditions.values()}
        return self.marks[known(titles.get(name, name), self.policy.conditions, Text("条件", "condition"))]

    def clause(self, name: str) -> Mark:
        """The mark of the clause of that id or title, read as a demand; BadSentence where there is none."""
        titles = {clause.title: clause.id for clause in self.policy.clauses.values()}
        return self.clauses[known(titles.get(name, name), self.policy.clauses, Text("条款", "clause"))]

    def reason(self, code: str) -> str:
        """The code, where a reason or clause bears it or its title; BadSentence where none does."""
        titles = {reason.title: reason.id for reason in self.policy.reasons.values()}
        names = {**self.policy.reasons, **self.policy.clauses}
        return known(titles.get(code, code), names, Text("理由", "reason"))

    def parameter(self, name: str) -> str:
        """The id, where a parameter bears it or its title; BadSentence where none does."""
        titles = {parameter.title: parameter.id for parameter in self.policy.parameters.values()}
        return known(titles.get(name, name), self.policy.parameters, Text("参数", "parameter"))

    def outcome_named(self, title: str) -> str:
        """The outcome of that title or id; BadSentence where there is none."""
        titles = {word: ident for ident, word in self.policy.outcomes.items()}
        return known(titles.get(title, title), self.policy.outcomes, Text("结论", "outcome"))


def in_force(heard: Heard | None) -> Heard:
    """The verdict; BadSentence where there is none, because the rulebook is not in force on the day asked."""
    if heard is None:
        raise BadSentence(
            Text("审核日不在本规则的施行期内，没有结论", "the rulebook is not in force on that day: no verdict")
        )
    return heard
