"""Reconciles one dossier: reads the papers, finds claims, computes coverage and proposals, writes schema `link`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.model.parallel import ParallelMap, serial_map
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth
from eligibility.reconcile.allocation import Proposals, propose
from eligibility.reconcile.approval_law import write_approval_law
from eligibility.reconcile.competence import competence
from eligibility.reconcile.coverage import Coverage, Subproblem, candidates, cover, divide
from eligibility.reconcile.evidence import citation_keys, collect_evidence, of_another_batch
from eligibility.reconcile.findings import write_findings
from eligibility.reconcile.judgements import report_ineffective_judgements
from eligibility.reconcile.misplaced import alternative_places, cited_elsewhere
from eligibility.reconcile.papers import EARLIEST, LATEST, Approval, Line, Papers, Parcel, read_papers
from eligibility.reconcile.status import LegalContext, legal_status, status


def reconcile(con: duckdb.DuckDBPyConnection, policy: Policy, *, each: ParallelMap = serial_map) -> None:
    """Write schema `link` (docs/architecture.md) from schema `paper` as of the policy's day.

    `each` maps over the independent subproblems and over the components of the links.
    """
    papers = read_papers(con, policy.as_of)
    possible = candidates(papers)
    subproblems = divide(papers, possible)
    covered = cover(possible, subproblems, each)
    proposals = propose(papers, possible, covered, Scorer(papers.approvals), each)
    report_ineffective_judgements(con, papers, possible)
    context = LegalContext(policy, papers, _competences(papers, covered, policy))
    con.execute("CREATE SCHEMA IF NOT EXISTS link")
    write_approval_law(con, context)
    subproblems.sort(key=_order)
    part_of = {index: number for number, subproblem in enumerate(subproblems) for index in subproblem.possible}
    rows = ((*_coverage_row(line, covered.get(line.index), context), part_of.get(line.index)) for line in papers.lines)
    _write(con, "coverage", _COVERAGE, rows)
    _write(con, "links", _LINKS, _link_rows(papers, possible, covered, proposals))
    _write(con, "misplaced", _MISPLACED, _misplaced_rows(papers))
    _write(con, "components", _COMPONENTS, iter(proposals.components))
    write_findings(con, policy)


def _order(subproblem: Subproblem) -> tuple[str, str]:
    return min(((line.key, line.land_class or "") for line in subproblem.lines.values()), default=("", ""))


@dataclass(frozen=True, slots=True)
class Scorer:
    """Computes the points of evidence between a line and parcels of an approval."""

    approvals: Mapping[str, Approval]

    def __call__(self, line: Line, approval: str, parcels: list[Parcel]) -> int:
        """Return the sum of the weights."""
        return collect_evidence(line, self.approvals[approval], parcels).score


def _competences(papers: Papers, covered: Mapping[int, Coverage], policy: Policy) -> dict[str, Truth]:
    parcels: dict[str, list[Parcel]] = defaultdict(list)
    unassigned: dict[str, list[Parcel]] = defaultdict(list)
    for parcel in papers.parcels:
        parcels[parcel.approval].append(parcel)
    for parcel in papers.rejected_parcels:
        if parcel.index in papers.unassigned:
            unassigned[parcel.approval].append(parcel)
    basic = {
        key
        for line in papers.lines
        if line.land_class == "basic_farmland" and line.index in covered
        for key in covered[line.index].shares
        if _may_be_of(line, covered[line.index], papers.approvals[key])
    }
    return {
        key: competence(approval, parcels[key], policy, unassigned=unassigned[key], basic=key in basic)
        for key, approval in papers.approvals.items()
    }


def _may_be_of(line: Line, coverage: Coverage, approval: Approval) -> bool:
    """Whether a line claims the approval, or may be covered by it in full and cites and names no other."""
    if coverage.claim is not None and approval.key in coverage.claim.approvals:
        return True
    names_no_other = not citation_keys(line.cited) and not of_another_batch(line, approval)
    return names_no_other and coverage.shares[approval.key][1] == line.area


def _coverage_row(line: Line, coverage: Coverage | None, context: LegalContext) -> tuple[Any, ...]:
    shares = coverage.shares if coverage else {}
    dates = [(context.papers.approvals[key].approved_from, context.papers.approvals[key].approved_to) for key in shares]
    lo = min((lo for lo, _ in dates), default=EARLIEST)
    hi = max((hi for _, hi in dates), default=LATEST)
    least, most = (coverage.least, coverage.most) if coverage else (0, 0)
    law = legal_status(line, coverage, context)
    return (
        line.index, line.no, line.key, line.land_class, line.kind, line.area, least, most, lo, hi,
        status(line, coverage), law.law, law.competent, len(shares), law.all_incompetent, law.special,
        law.special_by_name, law.contradictory, coverage.overclaimed if coverage else None,
    )  # fmt: skip


def _misplaced_rows(papers: Papers) -> Iterator[tuple[Any, ...]]:
    for line, (community, group) in alternative_places(papers, cited_elsewhere(papers)):
        yield line.index, line.key, community, group


def _link_rows(
    papers: Papers,
    possible: dict[int, list[Parcel]],
    covered: dict[int, Coverage],
    proposals: Proposals,
) -> Iterator[tuple[Any, ...]]:
    for line in papers.lines:
        coverage = covered.get(line.index)
        if coverage is None:
            continue
        for key, (low, high) in sorted(coverage.shares.items()):
            approval = papers.approvals[key]
            score, evidence = _scored(line, approval, possible[line.index])
            certainty = "certain" if low > 0 or key in coverage.named else "possible"
            proposed, area = proposals.links.get((line.index, key), ("", 0))
            yield (
                line.index, line.key, line.no, line.land_class, approval.no, key, low, high, certainty,
                score, evidence, proposals.component.get(line.index), proposed, area,
                papers.judged_by.get((line.index, key), ""),
            )  # fmt: skip


def _scored(line: Line, approval: Approval, possible: list[Parcel]) -> tuple[int, str]:
    evidence = collect_evidence(line, approval, [parcel for parcel in possible if parcel.approval == approval.key])
    return evidence.score, str(evidence)


def _write(con: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, rows: Iterator[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrow = pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)
    con.register("arriving", arrow)
    con.execute(_CREATE[table])
    con.unregister("arriving")


_AREA = pa.int64()
_COVERAGE = pa.schema(
    [
        ("row_id", pa.int64()), ("agreement_no", pa.string()), ("agreement_key", pa.string()),
        ("land_class", pa.string()), ("kind", pa.string()), ("area_umu", _AREA), ("covered_umu_min", _AREA),
        ("covered_umu_max", _AREA), ("approved_lo", pa.date32()), ("approved_hi", pa.date32()), ("status", pa.string()),
        ("law_umu_min", _AREA), ("competent_umu_min", _AREA), ("possible", pa.int32()),
        ("all_incompetent", pa.bool_()), ("special", pa.bool_()), ("special_by_name", pa.bool_()), ("contradictory", pa.bool_()),
        ("overclaimed_umu", _AREA), ("part", pa.int32()),
    ]
)  # fmt: skip
_LINKS = pa.schema(
    [
        ("row_id", pa.int64()), ("agreement_key", pa.string()), ("agreement_no", pa.string()),
        ("land_class", pa.string()), ("approval_no", pa.string()), ("approval_key", pa.string()),
        ("area_umu_min", _AREA), ("area_umu_max", _AREA), ("certainty", pa.string()), ("score", pa.int32()),
        ("evidence", pa.string()), ("component", pa.int32()), ("proposed", pa.string()), ("proposed_umu", _AREA),
        ("judged_by", pa.string()),
    ]
)  # fmt: skip
_MISPLACED = pa.schema(
    [
        ("row_id", pa.int64()), ("agreement_key", pa.string()), ("community_key", pa.string()),
        ("group_key", pa.string()),
    ]
)  # fmt: skip
_COMPONENTS = pa.schema(
    [
        ("component", pa.int32()), ("agreements", pa.int32()), ("parcels", pa.int32()), ("edges", pa.int32()),
        ("method", pa.string()), ("seconds_limit_hit", pa.bool_()),
    ]
)  # fmt: skip
_CREATE = {
    "coverage": """
        CREATE OR REPLACE TABLE link.coverage AS
        SELECT arriving.*, paper.community, paper.group_name, placed.placed_groups
        FROM arriving JOIN paper.agreements AS paper USING (row_id) JOIN placed USING (row_id) ORDER BY row_id""",
    "misplaced": "CREATE OR REPLACE TABLE link.misplaced AS SELECT * FROM arriving ORDER BY ALL",
    "components": "CREATE OR REPLACE TABLE link.components AS SELECT * FROM arriving ORDER BY component",
    "links": "CREATE OR REPLACE TABLE link.links AS SELECT * FROM arriving ORDER BY row_id, approval_key",
}
