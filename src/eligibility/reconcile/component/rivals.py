"""Explains the matching of an agreement: evidence of every approval that could cover it, and the steps to certainty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import duckdb

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.reconcile.component.find import agreement_key, similar_agreements
from eligibility.reconcile.component.steps import steps_to_certainty
from eligibility.reconcile.coverage import candidates
from eligibility.reconcile.evidence import Evidence, collect_evidence
from eligibility.reconcile.papers import Approval, Line, Papers, Parcel, read_papers


@dataclass(frozen=True, slots=True)
class Rival:
    """An approval that could cover the line by place and class; `certainty` is certain, possible or excluded.

    Areas in micro-亩: least and most that it may give the line. `judged_by`: reviewers who judged the pair.
    """

    approval: Approval
    parcels: tuple[Parcel, ...]
    certainty: str
    least_micro_mu: int
    most_micro_mu: int
    evidence: Evidence
    judged_by: str = ""

    @property
    def area_umu(self) -> int:
        """Total area of its parcels that fit the line."""
        return sum(parcel.area for parcel in self.parcels)


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """Explanation of one line: coverage, rivals (best evidence first), findings, steps to certainty."""

    line: Line
    place: str
    least_micro_mu: int
    most_micro_mu: int
    status: str
    rivals: tuple[Rival, ...]
    findings: tuple[Bilingual, ...]
    steps: tuple[Bilingual, ...]

    @property
    def equal_areas(self) -> int:
        """Number of rivals whose area equals the line's within rounding; above one, the area is no evidence."""
        return sum(any(name == "area_equal" for name, _ in rival.evidence.items) for rival in self.rivals)


def explain_agreement(con: duckdb.DuckDBPyConnection, policy: Policy, wanted: str) -> list[LineExplanation]:
    """Return the explanation of each line of the agreement.

    Raises:
        InputError: there is no such agreement; the message suggests similar numbers.

    """
    key = agreement_key(con, wanted)
    if key is None:
        raise InputError(_unknown(wanted, similar_agreements(con, wanted)))
    papers = read_papers(con, policy.as_of)
    return [_explain_line(con, papers, line) for line in papers.lines if line.key == key]


def _explain_line(con: duckdb.DuckDBPyConnection, papers: Papers, line: Line) -> LineExplanation:
    place, least, most, status = con.execute(
        "SELECT concat(community, group_name), covered_umu_min, covered_umu_max, status FROM link.coverage WHERE row_id = ?",
        [line.index],
    ).fetchall()[0]
    rivals = _rivals(con, papers, line)
    rows = con.execute(_FINDINGS, [line.no, line.land_class]).fetchall()
    findings = tuple(Bilingual(f"{title}：{zh}", f"{title_en}: {en}") for title, title_en, zh, en in rows)
    steps = steps_to_certainty(line, status, {r.approval.key: r.area_umu for r in rivals}, papers)
    return LineExplanation(line, place, least, most, status, tuple(rivals), findings, steps)


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
        rivals.append(
            Rival(approval, tuple(parcels), certainty, least, most, collect_evidence(line, approval, parcels), by)
        )
    return sorted(rivals, key=lambda rival: (_RANK.get(rival.certainty, 2), -rival.evidence.score, rival.approval.key))


def _unknown(wanted: str, similar: list[str]) -> Diagnostic:
    numbers = "、".join(similar) or "—"
    return Diagnostic(
        "agreement_unknown",
        SourceLocation(wanted),
        Bilingual("卷内没有这个协议", "there is no such agreement in the dossier"),
        Bilingual(f"请核对编号；相近的有：{numbers}", f"check the number; written alike: {numbers}"),
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
