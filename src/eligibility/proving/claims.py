"""What was claimed of a rulebook, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eligibility.model.diagnostic import Bilingual, SourceLocation


class Verdict(StrEnum):
    """What came of a claim.

    PROVED: for every possible person. FAILED: the persons show it. ACCEPTED: it fails, and the rule file says why that is
    meant. UNDECIDED: the time did not suffice, or the rulebook uses what has no encoding; nothing is known.
    """

    PROVED = "proved"
    FAILED = "failed"
    ACCEPTED = "accepted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Person:
    """A person who shows that a claim fails: a case for `eligibility check`, and what is decided of it."""

    name: str
    """End of the file's name; "" where there is one person only."""
    row: Mapping[str, Any]
    outcome: str
    reasons: tuple[str, ...]
    case: str
    stated: Bilingual
    """Everything that is known of the person, in one line."""
    decided: Bilingual
    """What is decided of the person, in the rulebook's words."""
    smallest: bool = False
    """It is proved that no other person (no other pair, where two are shown) shows the failure with fewer stated facts."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim on a rulebook: `property` is its kind, `subject` what it is about, `sentence` what is so."""

    property: str
    subject: str
    verdict: Verdict
    sentence: Bilingual
    places: tuple[tuple[str, SourceLocation], ...] = ()
    """Clauses, conditions or facts concerned, each with its place in the rule files."""
    persons: tuple[Person, ...] = ()
    accepted: str = ""
    """Why the failure is meant, in the words of the rule file."""


@dataclass(frozen=True, slots=True)
class Proof:
    """All claims on one rulebook on one day, the assumptions on facts, and what it took."""

    rulebook: str
    title: Bilingual
    day: str
    sha256: str
    claims: tuple[Claim, ...]
    assumptions: tuple[tuple[str, SourceLocation], ...]
    questions: int
    seconds: float

    def count(self, verdict: Verdict) -> int:
        """How many claims came out so."""
        return sum(claim.verdict is verdict for claim in self.claims)

    @property
    def holds(self) -> bool:
        """Whether every claim is proved, or its failure accepted with a reason."""
        return not self.count(Verdict.FAILED) and not self.count(Verdict.UNDECIDED)


PROPERTIES: dict[str, Bilingual] = {
    "one_outcome": Bilingual("每个人恰有一个结论", "everybody gets exactly one outcome"),
    "review_has_reason": Bilingual("每个待核的人都有原因", "every review has a reason"),
    "reason_has_body": Bilingual("每个原因都有单位能了结", "every reason names who can settle it"),
    "never_overturned": Bilingual("多知道一点，不推翻已有的结论", "more knowledge never overturns"),
    "outcome_reached": Bilingual("每种结论都有人得到", "every outcome is somebody's"),
    "clause_matters": Bilingual("每一条款都改变某人的结论", "every clause changes somebody's outcome"),
    "condition_matters": Bilingual("每个条件都改变某人的结论或原因", "every condition changes an outcome or reason"),
    "part_matters": Bilingual("条件的每一部分都起作用", "every part of a condition has an effect"),
    "reason_given": Bilingual("每个核查原因都有人得到", "every review reason is given to somebody"),
    "never_depends_on": Bilingual("结论不因其而异", "no outcome depends on it"),
    "never_hurts": Bilingual("只会有利", "it never hurts"),
    "clauses_agree": Bilingual("没有两条款互相矛盾", "no two clauses contradict each other"),
    "boundary_once": Bilingual("每条界线恰归一边，或转核查", "every line belongs to one side, or is referred"),
}
"""Kind of claim → what it says."""
