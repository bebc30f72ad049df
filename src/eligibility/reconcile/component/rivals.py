"""Why an agreement is matched as it is: the evidence of every approval that could cover it, and what would settle it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import duckdb

from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.policy import Policy
from eligibility.reconcile.component.certain import what_would_settle
from eligibility.reconcile.component.find import agreement_key, near_agreements
from eligibility.reconcile.coverage import candidates
from eligibility.reconcile.evidence import Evidence, weigh
from eligibility.reconcile.papers import Approval, Line, Papers, Parcel, read_papers


@dataclass(frozen=True, slots=True)
class Rival:
    """An approval that could cover the line by place and class; `certainty` certain, possible or excluded.

    Areas in micro-亩: what it may give the line, and what its parcels there hold. `judged_by`: reviewers who judged it.
    """

    approval: Approval
    parcels: tuple[Parcel, ...]
    certainty: str
    least_umu: int
    most_umu: int
    evidence: Evidence
    judged_by: str = ""

    @property
    def area_umu(self) -> int:
        """Area of its parcels that fit the line."""
        return sum(parcel.area for parcel in self.parcels)


@dataclass(frozen=True, slots=True)
class AgreementStory:
    """One line of the agreement: coverage, rivals (the best evidence first), findings, what would make it certain."""

    line: Line
    place: str
    least_umu: int
    most_umu: int
    status: str
    rivals: tuple[Rival, ...]
    findings: tuple[Text, ...]
    steps: tuple[Text, ...]

    @property
    def equal_areas(self) -> int:
        """Rivals whose area equals the line's within the print: above one, the area tells nothing."""
        return sum(any(name == "area_equal" for name, _ in rival.evidence.items) for rival in self.rivals)


def explain_agreement(con: duckdb.DuckDBPyConnection, policy: Policy, wanted: str) -> list[AgreementStory]:
    """The story of each line of that agreement.

    Raises:
        Unusable: there is no such agreement; the nearest numbers are given.

    """
    key = agreement_key(con, wanted)
    if key is None:
        raise Unusable(_unknown(wanted, near_agreements(con, wanted)))
    papers = read_papers(con, policy.as_of)
    return [_story(con, papers, line) for line in papers.lines if line.key == key]


def _story(con: duckdb.DuckDBPyConnection, papers: Papers, line: Line) -> AgreementStory:
    place, least, most, status = con.execute(
        "SELECT concat(community, group_name), covered_umu_min, covered_umu_max, status FROM link.coverage WHERE row_id = ?",
        [line.index],
    ).fetchall()[0]
    rivals = _rivals(con, papers, line)
    told = con.execute(_FINDINGS, [line.no, line.land_class]).fetchall()
    findings = tuple(Text(f"{title}：{zh}", f"{title_en}: {en}") for title, title_en, zh, en in told)
    steps = what_would_settle(line, status, {r.approval.key: r.area_umu for r in rivals}, papers)
    return AgreementStory(line, place, least, most, status, tuple(rivals), findings, steps)


def _rivals(con: duckdb.DuckDBPyConnection, papers: Papers, line: Line) -> list[Rival]:
    by_approval: dict[str, list[Parcel]] = defaultdict(list)
    for parcel in candidates(papers).get(line.index, ()):
        by_approval[parcel.approval].append(parcel)
    links = {row[0]: row[1:] for row in con.execute(_LINKS, [line.key, line.land_class]).fetchall()}
    rivals = []
    for key, parcels in by_approval.items():
        certainty, least, most = links.get(key, ("excluded", 0, 0))
        approval = papers.approvals[key]
        by = papers.judged_by.get((line.index, key), "")
        rivals.append(Rival(approval, tuple(parcels), certainty, least, most, weigh(line, approval, parcels), by))
    return sorted(rivals, key=lambda one: (_RANK.get(one.certainty, 2), -one.evidence.score, one.approval.key))


def _unknown(wanted: str, near: list[str]) -> Finding:
    said = "、".join(near) or "—"
    return Finding(
        "agreement_unknown",
        Source(wanted),
        Text("卷内没有这个协议", "there is no such agreement in the dossier"),
        Text(f"请核对编号；相近的有：{said}", f"check the number; written alike: {said}"),
    )


_RANK = {"certain": 0, "possible": 1}
_LINKS = """
SELECT approval_key, certainty, area_umu_min, area_umu_max FROM link.links
WHERE agreement_key = ? AND land_class IS NOT DISTINCT FROM ?
"""
_FINDINGS = """
SELECT title, title_en, problem, problem_en FROM link.findings AS f JOIN link.finding_kinds AS k USING (code)
WHERE list_contains(string_split(agreement_no, ';'), ?) AND (f.land_class IS NULL OR list_contains(string_split(f.land_class, ';'), coalesce(?, '')))
ORDER BY k.place, problem
"""
