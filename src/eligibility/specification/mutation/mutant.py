"""One mutant: the policy with one slip in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from eligibility.domain.policy import Clause, Condition, Policy
from eligibility.engine.reference_evaluator import conditions_in
from eligibility.specification.mutation.formulas import Sort


@dataclass(frozen=True)
class Mutant:
    """One slip.

    `place` is where it stands, `was` and `becomes` what is written there, in Chinese; what is dropped becomes "".
    `conditions` may be marked otherwise, `clauses` are those it concerns; `law` tells that verdicts may differ on
    equal marks. `apply` gives the policy itself back where the slip changes nothing in it. `shift` is, of a moved
    date, the day on which alone the rulebook differs.
    """

    sort: Sort
    file: str
    place: str
    was: str
    becomes: str
    apply: Callable[[Policy], Policy]
    conditions: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()
    law: bool = True
    shift: date | None = None

    @property
    def deed(self) -> str:
        """What the slip does, in Chinese, to follow 若."""
        if self.becomes:
            return f"把{self.place}中的「{self.was}」改为「{self.becomes}」"
        return f"删去{self.place}的「{self.was}」" if self.was else f"删去{self.place}"

    @property
    def question(self) -> str:
        """What to ask the policy office where the slip goes unnoticed."""
        return f"若{self.deed}，没有任何场景会失败：是否有意？（{self.file}）"


def with_conditions(policy: Policy, *conditions: Condition) -> Policy:
    """The policy with these conditions in the place of those of their ids."""
    return replace(policy, conditions={**policy.conditions, **{one.id: one for one in conditions}})


def with_clause(policy: Policy, clause: Clause) -> Policy:
    """The policy with this clause in the place of that of its id."""
    return replace(policy, clauses={**policy.clauses, clause.id: clause})


def named_by(clause: Clause) -> set[str]:
    """Ids of the conditions that a clause reads, those of its reasons among them."""
    return set().union(*(conditions_in(one) for one in (clause.when, *(given.when for given in clause.on_open))))
