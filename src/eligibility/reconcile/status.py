"""Legal status of a line by its admissible approvals: lawful area, competence, special works, and its status code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from eligibility.model.policy import Policy
from eligibility.model.truth import Truth
from eligibility.reconcile.coverage import Coverage
from eligibility.reconcile.evidence import contradicts
from eligibility.reconcile.papers import COVERABLE, Approval, Line, Papers
from eligibility.reconcile.rounding import doubt


@dataclass(frozen=True, slots=True)
class LegalContext:
    """Inputs for the legal status of a line: the policy, the papers, the competence of each approval."""

    policy: Policy
    papers: Papers
    competences: dict[str, Truth]


@dataclass(frozen=True, slots=True)
class LegalStatus:
    """Area (micro-亩) certainly covered by competent approvals since the start date (`law`), and by all competent ones.

    `all_incompetent`: every admissible approval is incompetent; None if there is none. `special`: large water works;
    None if unknown. `special_by_name`: `special` is False on the names of projects alone.
    `contradictory`: an admissible approval names two batches.
    """

    law: int
    competent: int
    all_incompetent: bool | None
    special: bool | None
    special_by_name: bool
    contradictory: bool


def legal_status(line: Line, coverage: Coverage | None, context: LegalContext) -> LegalStatus:
    """Return the legal status of the line by all its admissible approvals."""
    shares = coverage.shares if coverage else {}
    marks = [context.competences[key] for key in shares]
    special = _special(line, list(shares), context)
    return LegalStatus(
        law=_certain(coverage, lambda key: _competent(key, context) and _since_start(key, context)),
        competent=_certain(coverage, lambda key: _competent(key, context)),
        all_incompetent=all(mark is Truth.REFUTED for mark in marks) if marks else None,
        special=special,
        special_by_name=special is False and any(context.papers.approvals[key].works is None for key in shares),
        contradictory=any(contradicts(context.papers.approvals[key]) for key in shares),
    )


def status(line: Line, coverage: Coverage | None) -> str:
    """Return covered, uncovered, partly, ambiguous, or not_expropriation."""
    if coverage is None or line.kind not in COVERABLE:
        return "not_expropriation"
    if coverage.most == 0:
        return "uncovered"
    if coverage.least == line.area:
        return "covered"
    return "partly" if coverage.least == coverage.most else "ambiguous"


def _competent(key: str, context: LegalContext) -> bool:
    return context.competences[key] is Truth.PROVEN


def _since_start(key: str, context: LegalContext) -> bool:
    start = context.policy.value("start_date")
    return isinstance(start, date) and context.papers.approvals[key].approved_from >= start


def _certain(coverage: Coverage | None, good: Callable[[str], bool]) -> int:
    """Return the certainly covered area, less what approvals that do not satisfy `good` could have given of it."""
    if coverage is None or coverage.claim is None:
        return 0
    bad = sum(parcel.area + doubt(parcel.half_unit) for parcel in coverage.claim.parcels if not good(parcel.approval))
    return max(0, coverage.least - bad)


def _special(line: Line, keys: list[str], context: LegalContext) -> bool | None:
    words = context.policy.value("special_works_words")
    if not isinstance(words, tuple):
        return None
    approvals = [context.papers.approvals[key] for key in keys]
    projects = [line.project, *(approval.project for approval in approvals)]
    if any(word in project for word in words for project in projects) or any(a.works for a in approvals):
        return True
    agreed = "" if line.conflict else line.project
    unstated = [approval for approval in approvals if approval.works is None]
    return False if all(not_special_by_name(approval, context.policy, agreed) for approval in unstated) else None


def not_special_by_name(approval: Approval, policy: Policy, agreed: str = "") -> bool:
    """Whether the project name of the approval or agreement settles that it is not special, if `works` is blank."""
    assumed = "works_by_project_name" in policy.parameters and policy.value("works_by_project_name") is True
    return assumed and approval.works_blank and any(_is_name(project) for project in (approval.project, agreed))


def _is_name(project: str) -> bool:
    return project.strip() not in _NO_NAME and any(letter.isalnum() for letter in project)


_NO_NAME = ("无", "不详", "不明", "未知", "未填", "暂无", "待定", "待补", "待核", "另补")
