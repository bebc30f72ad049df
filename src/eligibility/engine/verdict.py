"""What the engine hands on: verdicts, the agreement of its two evaluators, and its own faults."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eligibility.domain.mark import Mark


class Outcome(StrEnum):
    """The four outcomes of a case."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    REGISTER = "register"
    MANUAL_REVIEW = "manual_review"


POLICY_UNSET = "policy_unset"
"""The review reason of a clause that is open where the law gives no number."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the clauses say of one vector of marks: the part that both evaluators must agree on.

    `clauses` holds the mark of every clause read as a demand: an exclusion is refuted where it excludes, and a clause
    lifted by its exception is proven; an exception has its own mark. `reasons` are sorted: the refuting clauses of
    `not_eligible`, the registering clauses of `register`, the review reasons of `manual_review`, nothing otherwise.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    clauses: dict[str, Mark]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A ruling with what it rests on.

    `clauses_refuted` and `clauses_open` are sorted ids, exceptions left out; `assumed_parameters` the parameters of
    status assumed without which the outcome might differ; `trace` the rules that durable-rules fired, in order.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    clauses_refuted: tuple[str, ...]
    clauses_open: tuple[str, ...]
    clauses: dict[str, Mark]
    assumed_parameters: tuple[str, ...]
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `of` profiles decided again by the second evaluator, `agree` came out the same."""

    agree: int
    of: int


class EngineError(Exception):
    """The program is wrong, or was given what its rooms promise never to give: the batch must stop."""


class Disagreement(EngineError):
    """The two evaluators differ on one profile; nothing of the batch may be used."""

    def __init__(self, profile_id: str, about: str, first: object, second: object) -> None:
        super().__init__(f"profile {profile_id}: {about}: first evaluator {first!r}, second evaluator {second!r}")
        self.profile_id = profile_id


def check_words(given: Mapping[str, object], expected: Collection[str]) -> None:
    """Refuse a vector of marks with a condition too few or too many: an absent mark would be read as a silent no."""
    if len(given) == len(expected) and all(name in given for name in expected):
        return
    have, want = set(given), set(expected)
    raise EngineError(f"marks absent: {sorted(want - have)}; marks unknown: {sorted(have - want)}")
