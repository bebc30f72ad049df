"""What the admissible approvals of a line say in law: lawful area, competence, special works; and its status word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy
from eligibility.reconcile.coverage import Coverage
from eligibility.reconcile.evidence import contradicts
from eligibility.reconcile.papers import COVERABLE, Approval, Line, Papers
from eligibility.reconcile.rounding import doubt


@dataclass(frozen=True, slots=True)
class Ground:
    """What is needed to read the law of a link: the policy, the papers, each approval's competence."""

    policy: Policy
    papers: Papers
    competences: dict[str, Mark]


@dataclass(frozen=True, slots=True)
class LineGround:
    """Areas (micro-亩) certainly covered by competent approvals, and by competent ones since the start.

    `all_incompetent`: every admissible approval is; None without any. `special`: large water works; None: not known;
    `special_by_name`: that it is not rests on the names of projects alone.
    `contradictory`: an admissible approval names two batches.
    """

    law: int
    competent: int
    all_incompetent: bool | None
    special: bool | None
    special_by_name: bool
    contradictory: bool


def line_ground(line: Line, coverage: Coverage | None, ground: Ground) -> LineGround:
    """Read the law of everything admissible for the line."""
    shares = coverage.shares if coverage else {}
    marks = [ground.competences[key] for key in shares]
    special = _special(line, list(shares), ground)
    return LineGround(
        law=_certain(coverage, lambda key: _competent(key, ground) and _since_start(key, ground)),
        competent=_certain(coverage, lambda key: _competent(key, ground)),
        all_incompetent=all(mark is Mark.REFUTED for mark in marks) if marks else None,
        special=special,
        special_by_name=special is False and any(ground.papers.approvals[key].works is None for key in shares),
        contradictory=any(contradicts(ground.papers.approvals[key]) for key in shares),
    )


def status(line: Line, coverage: Coverage | None) -> str:
    """covered, uncovered, partly, ambiguous, or not_expropriation."""
    if coverage is None or line.kind not in COVERABLE:
        return "not_expropriation"
    if coverage.most == 0:
        return "uncovered"
    if coverage.least == line.area:
        return "covered"
    return "partly" if coverage.least == coverage.most else "ambiguous"


def _competent(key: str, ground: Ground) -> bool:
    return ground.competences[key] is Mark.PROVEN


def _since_start(key: str, ground: Ground) -> bool:
    start = ground.policy.value("start_date")
    return isinstance(start, date) and ground.papers.approvals[key].lo >= start


def _certain(coverage: Coverage | None, good: Callable[[str], bool]) -> int:
    """Certainly covered area, less what approvals that are not `good` could have given of it."""
    if coverage is None or coverage.tie is None:
        return 0
    bad = sum(parcel.area + doubt(parcel.half) for parcel in coverage.tie.parcels if not good(parcel.approval))
    return max(0, coverage.least - bad)


def _special(line: Line, keys: list[str], ground: Ground) -> bool | None:
    words = ground.policy.value("special_works_words")
    if not isinstance(words, tuple):
        return None
    approvals = [ground.papers.approvals[key] for key in keys]
    projects = [line.project, *(approval.project for approval in approvals)]
    if any(word in project for word in words for project in projects) or any(a.works for a in approvals):
        return True
    agreed = "" if line.conflict else line.project
    unstated = [approval for approval in approvals if approval.works is None]
    return False if all(not_special_by_name(approval, ground.policy, agreed) for approval in unstated) else None


def not_special_by_name(approval: Approval, policy: Policy, agreed: str = "") -> bool:
    """Whether the project that it, or its agreement, names is enough for an approval whose `works` are blank."""
    assumed = "works_by_project_name" in policy.parameters and policy.value("works_by_project_name") is True
    return assumed and approval.works_blank and any(_is_name(project) for project in (approval.project, agreed))


def _is_name(project: str) -> bool:
    return project.strip() not in _NO_NAME and any(letter.isalnum() for letter in project)


_NO_NAME = ("无", "不详", "不明", "未知", "未填", "暂无", "待定", "待补", "待核", "另补")
