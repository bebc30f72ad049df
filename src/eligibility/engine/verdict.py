"""Result types of the engine: outcomes, verdicts, the cross-check of its two evaluators, and its errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eligibility.model.errors import EligibilityError
from eligibility.model.truth import Truth


class Outcome(StrEnum):
    """The four outcomes of a case."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    REGISTER = "register"
    MANUAL_REVIEW = "manual_review"


POLICY_UNSET = "policy_unset"
"""The review reason of a clause that is open because a parameter has no value."""


@dataclass(frozen=True, slots=True)
class RuleResult:
    """Result of the clauses for one condition vector: the part on which both evaluators must agree.

    `clauses` holds the mark of every clause as a demand: an exclusion is refuted where it excludes, and a clause
    lifted by its exception is proven; an exception has its own mark. `reasons` are sorted: the refuting clauses of
    `not_eligible`, the registering clauses of `register`, the review reasons of `manual_review`, otherwise none.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    clauses: dict[str, Truth]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A `RuleResult` with its grounds.

    `clauses_refuted` and `clauses_open` are sorted ids without exceptions; `assumed_parameters` are the parameters of
    status assumed for which another value could change the outcome; `trace` lists the rules fired, in order.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    clauses_refuted: tuple[str, ...]
    clauses_open: tuple[str, ...]
    clauses: dict[str, Truth]
    assumed_parameters: tuple[str, ...]
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Number of profiles checked by the reference evaluator, and the number of those on which it agreed."""

    agreed: int
    checked: int


class EngineError(EligibilityError):
    """A fault of the program, or input that violates the contract between its packages: the batch must stop."""


class DisagreementError(EngineError):
    """The two evaluators differ on one profile; no result of the batch may be used."""

    def __init__(self, profile_id: str, about: str, first: object, second: object) -> None:
        super().__init__(f"profile {profile_id}: {about}: first evaluator {first!r}, second evaluator {second!r}")
        self.profile_id = profile_id


def check_words(given: Mapping[str, object], expected: Collection[str]) -> None:
    """Raise EngineError if `given` lacks a condition or has an unknown one: a missing mark would count as a silent no."""
    if len(given) == len(expected) and all(name in given for name in expected):
        return
    missing, unknown = set(expected).difference(given), set(given).difference(expected)
    raise EngineError(f"marks absent: {sorted(missing)}; marks unknown: {sorted(unknown)}")
