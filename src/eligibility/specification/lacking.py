"""A scenario that a specification lacks, and the household from which it starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.model.citation import Status
from eligibility.model.policy import Clause, Policy
from eligibility.proving import value_text
from eligibility.specification.run import Trial

TO_FILL = "待填"
"""Stands for an outcome that a person must fill in; until then the scenario cannot be executed, and so fails."""

Row = Mapping[str, Any]
"""Columns of facts with their values."""

Trying = tuple[tuple[str, str], ...]
"""Parameters with the value that is tried."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A scenario that is missing: what it is about, the clause in whose file it belongs, and what differs from the household.

    `outcome` is the title of what the rulebook decides today, or `TO_FILL`; "" where the rulebook is not yet in force.
    `day` None: that of the specification.
    """

    kind: str  # boundary, unknown, exception, pair, change
    clause: str
    title: str
    differs: tuple[tuple[str, str], ...]
    outcome: str
    row: Mapping[str, Any] = field(default_factory=dict)
    day: date | None = None
    trying: Trying = ()
    expects: tuple[str, ...] = ()
    """What is expected beside the outcome, as sentences."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A rulebook with its household, and all rows that scenarios state."""

    policy: Policy
    base: Mapping[str, Any]
    rows: Sequence[tuple[Mapping[str, Any], Trial]]

    def missing(self, kind: str, clause: Clause, title: str, row: Mapping[str, Any], *also: Clause) -> Missing:
        """The scenario of a row on the day of the specification."""
        outcome = evaluate_case(self.policy, evaluate_conditions(self.policy, row)).outcome.value
        shown = self.policy.outcomes[outcome] if all(law_is_known(each) for each in (clause, *also)) else TO_FILL
        return Missing(kind, clause.id, title, self.differs(row), shown, row)

    def differs(self, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        """The facts that are otherwise than those of the household, in words."""
        return tuple(
            (spec.title, value_text(spec, row))
            for spec in self.policy.facts.values()
            if any(row[column] != self.base[column] for column in spec.columns)
        )


def law_is_known(clause: Clause) -> bool:
    """Whether the words of the clause's article are on file, so that its outcome is more than a guess."""
    return clause.citation.status in (Status.SEEN, Status.QUOTED) and bool(clause.citation.quote)
