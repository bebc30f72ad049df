"""One mutant: the policy with one mutation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from eligibility.model.formula import conditions_named
from eligibility.model.policy import Clause, Condition, Policy
from eligibility.specification.mutation.formulas import Sort


@dataclass(frozen=True)
class Mutant:
    """One mutation.

    `place` is its place, `was` and `becomes` the text before and after, in Chinese; `becomes` is "" if it is removed.
    `conditions` may get other marks, `clauses` are those affected; `law`: results may differ for equal marks. `apply`
    returns the policy itself if the mutation changes nothing in it.
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

    @property
    def deed(self) -> str:
        """Description of the mutation, in Chinese, to follow 若."""
        if self.becomes:
            return f"把{self.place}中的「{self.was}」改为「{self.becomes}」"
        return f"删去{self.place}的「{self.was}」" if self.was else f"删去{self.place}"

    @property
    def question(self) -> str:
        """The question to the policy office if the mutation is not detected."""
        return f"若{self.deed}，没有任何场景会失败：是否有意？（{self.file}）"


def with_conditions(policy: Policy, *conditions: Condition) -> Policy:
    """Return the policy with these conditions replacing those of the same ids."""
    return replace(policy, conditions={**policy.conditions, **{condition.id: condition for condition in conditions}})


def with_clause(policy: Policy, clause: Clause) -> Policy:
    """Return the policy with this clause replacing that of the same id."""
    return replace(policy, clauses={**policy.clauses, clause.id: clause})


def named_by(clause: Clause) -> set[str]:
    """Return the ids of the conditions that a clause reads, including those of its reasons."""
    formulas = (clause.when, *(option.when for option in clause.on_open))
    return set().union(*(conditions_named(formula) for formula in formulas))
