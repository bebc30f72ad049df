"""Input of reconciliation from schema `paper`: approvals, their parcels and agreement lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import duckdb

from eligibility.model.document_number import bearers, numbers_of, parse_citation
from eligibility.model.names import split_groups

EARLIEST = date(1, 1, 1)
LATEST = date(9999, 12, 31)
CULTIVATED = frozenset({"basic_farmland", "farmland"})
COVERABLE = frozenset({"expropriation", "reserve", None})
ANY_AREA = 10**13
"""Upper bound of an unreadable area, in micro-亩: more than a province has."""


@dataclass(frozen=True, slots=True)
class Approval:
    """One approval (征地批文) that exists on the day; `incomplete`: a parcel of it could not be read, or occurs twice."""

    key: str
    no: str
    authority: str | None
    approved_from: date
    approved_to: date
    project: str
    batch: str
    works: bool | None
    incomplete: bool
    works_blank: bool = False
    """The cell of `works` is blank; False if `works` is unknown for another reason (unreadable, contradicted)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel line of an approval; area in micro-亩; no groups means the whole community.

    `names`: its groups as written, if the community has none of that name, or several.
    """

    index: int
    approval: str
    community: str
    groups: frozenset[str]
    ownership: str | None
    land_class: str | None
    area: int
    half_unit: int
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One agreement (征地协议) and land class; area in micro-亩; `conflict`: another row contradicts it.

    `names`: its groups as written, if the community has none of that name, or several. `confirmed`, `rejected`:
    approvals that reviewers confirmed or rejected for it.
    """

    index: int
    key: str
    no: str
    community: str
    groups: frozenset[str]
    signed_lo: date
    signed_hi: date
    project: str
    kind: str | None
    land_class: str | None
    area: int
    half_unit: int
    cited: str
    conflict: bool
    confirmed: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Papers:
    """Everything that reconciliation reads, in input order.

    Rejected rows count as far as they can be read: `rejected_lines` may claim land that others claim, `rejected_parcels`
    may cover what nothing else covers; an unreadable cell of them may be any community (""), group, class or area. A
    rejected parcel without a known approval number is repeated for each approval that it may belong to; `unassigned`
    holds the indices of these. `judged_by`: (line, approval) → reviewers. `bearers`: number → the approval that has it
    among several numbers.
    """

    approvals: dict[str, Approval]
    parcels: tuple[Parcel, ...]
    lines: tuple[Line, ...]
    rejected_lines: tuple[Line, ...] = ()
    rejected_parcels: tuple[Parcel, ...] = ()
    judged_by: Mapping[tuple[int, str], str] = field(default_factory=dict)
    bearers: Mapping[str, str] = field(default_factory=dict)
    candidates: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Communities that an ambiguous written name may mean."""
    unassigned: frozenset[int] = frozenset()

    def parcels_by_community(self) -> dict[str, list[Parcel]]:
        """Return by community the parcels that some agreement could draw on, without state land."""
        return self.by_community(self.parcels)

    def by_community(self, parcels: Iterable[Parcel]) -> dict[str, list[Parcel]]:
        """Return parcels under every community that each may belong to, without state land."""
        by_community: dict[str, list[Parcel]] = defaultdict(list)
        for parcel in parcels:
            if parcel.ownership != "state":
                for community in self.places_of(parcel.community):
                    by_community[community].append(parcel)
        return by_community | {written: self._within(by_community, written) for written in self.candidates}

    def places_of(self, community: str) -> list[str]:
        """Return a community's key and those of the communities that it may mean."""
        return [community, *sorted(self.candidates.get(community, ()))]

    def _within(self, by_community: Mapping[str, list[Parcel]], written: str) -> list[Parcel]:
        """Return the parcels of all communities that the name may mean, each once, in input order."""
        parcels = {p.index: p for community in self.places_of(written) for p in by_community.get(community, ())}
        return [parcels[index] for index in sorted(parcels)]


def read_papers(con: duckdb.DuckDBPyConnection, as_of: date) -> Papers:
    """Read the rows that exist on `as_of`; approvals and agreements dated later do not exist yet."""
    con.execute(files("eligibility.reconcile").joinpath("placed.sql").read_text(encoding="utf-8"))
    incomplete = {key for (key,) in con.execute(_INCOMPLETE_APPROVALS).fetchall()}
    approvals = {row[0]: _approval(row, incomplete, as_of) for row in con.execute(_APPROVALS, [as_of]).fetchall()}
    judged, judged_by = _judgements(con)
    parcels = [_parcel(row) for row in con.execute(_PARCELS, ["kept"]).fetchall()]
    rejected = [_parcel(row) for row in con.execute(_PARCELS, ["lost"]).fetchall()]
    lines = tuple(_judged(_line(row), judged) for row in con.execute(_LINES, [as_of]).fetchall())
    known = {key for (key,) in con.execute(_KNOWN_NUMBERS).fetchall()}
    papers = Papers(
        approvals,
        tuple(parcel for parcel in parcels if parcel.approval in approvals),
        lines,
        tuple(_line(row) for row in con.execute(_LOST_LINES, [as_of]).fetchall()),
        tuple(parcel for parcel in rejected if parcel.approval in approvals),
        judged_by,
        bearers(approvals),
        _candidates(con),
    )
    unassigned = _unassigned_parcels([parcel for parcel in rejected if parcel.approval not in known], papers)
    return replace(
        papers,
        rejected_parcels=(*papers.rejected_parcels, *unassigned),
        unassigned=frozenset(p.index for p in unassigned),
    )


def _unassigned_parcels(rejected: list[Parcel], papers: Papers) -> list[Parcel]:
    """Return parcels with a blank, unreadable or unknown number, once for each approval that they may belong to.

    These are the approvals with land in their place, or cited there, or without any parcel; all approvals if there are
    none, or if the place is unknown too. A list of several numbers belongs to the approvals that it names.
    """
    by_place: dict[str, set[str]] = defaultdict(set)
    for parcel in (*papers.parcels, *papers.rejected_parcels):
        for community in papers.places_of(parcel.community):
            by_place[community].add(parcel.approval)
    for line in papers.lines if rejected else ():
        for number in map(str, parse_citation(line.cited)):
            by_place[line.community] |= {papers.bearers.get(number, number)} & papers.approvals.keys()
    without_parcels = papers.approvals.keys() - {parcel.approval for parcel in papers.parcels}
    assigned: list[Parcel] = []
    for parcel in rejected:
        named = {papers.bearers.get(number, number) for number in numbers_of(parcel.approval)} & papers.approvals.keys()
        nearby = (
            {key for community in papers.places_of(parcel.community) for key in by_place[community]}
            if parcel.community
            else set()
        )
        for key in sorted(named or (nearby and nearby | without_parcels) or papers.approvals.keys()):
            assigned.append(replace(parcel, index=-len(assigned) - 1, approval=key))
    return assigned


def _candidates(con: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    rows = con.execute("SELECT written, list(community_key) FROM place.candidates GROUP BY written").fetchall()
    return {written: frozenset(communities) for written, communities in rows}


def _judgements(
    con: duckdb.DuckDBPyConnection,
) -> tuple[dict[tuple[int, str], set[str]], dict[tuple[int, str], str]]:
    """Return (line, verdict) → approvals, and (line, approval) → reviewers; empty without judgements."""
    approvals: dict[tuple[int, str], set[str]] = defaultdict(set)
    by: dict[tuple[int, str], str] = {}
    for index, approval, verdict, names in con.execute(_JUDGED).fetchall():
        approvals[index, verdict].add(approval)
        by[index, approval] = names
    return approvals, by


def _judged(line: Line, judged: dict[tuple[int, str], set[str]]) -> Line:
    confirmed, rejected = (frozenset(judged.get((line.index, word), ())) for word in ("confirmed", "rejected"))
    return replace(line, confirmed=confirmed, rejected=rejected) if confirmed or rejected else line


def _parcel(row: tuple[Any, ...]) -> Parcel:
    index, approval, community, groups, ownership, land_class, area, half_unit, written = row
    return Parcel(
        index, approval or "", community or "", frozenset(groups or ()), ownership, land_class,
        ANY_AREA if area is None else area, half_unit or 0, _unplaced(written, groups),
    )  # fmt: skip


@lru_cache(65_536)
def _split(text: str) -> frozenset[str]:
    return frozenset(split_groups(text))


def _unplaced(written: str | None, groups: list[str] | None) -> frozenset[str]:
    """Return the groups as written, if none of the community is meant by them, or more groups than they name."""
    names = _split(written) if written else frozenset[str]()
    return names if names and (not groups or len(groups) > len(names)) else frozenset()


def _approval(row: tuple[Any, ...], incomplete: set[str], as_of: date) -> Approval:
    key, no, authority, lo, hi, project, batch, works, works_blank, conflict = row
    if conflict:
        authority, lo, hi, works, works_blank = None, EARLIEST, LATEST, None, False
    return Approval(
        key, no, authority, lo, min(hi, as_of), project or "", batch or "", works, key in incomplete, works_blank
    )  # fmt: skip


def _line(row: tuple[Any, ...]) -> Line:
    index, key, no, community, groups, signed_lo, signed_hi, project, kind, land_class, *rest = row
    area, half_unit, cited, conflict, written = rest
    return Line(
        index, key or "", no or "", community or "", frozenset(groups or ()), signed_lo, signed_hi, project or "", kind,
        land_class, ANY_AREA if area is None else area, half_unit or 0, cited or "", conflict, names=_unplaced(written, groups),
    )  # fmt: skip


_JUDGED = "SELECT row_id, approval_key, verdict, judged_by FROM paper.judged"
_INCOMPLETE_APPROVALS = (
    "SELECT DISTINCT approval_key FROM paper.approval_parcels WHERE state <> 'kept' AND approval_key IS NOT NULL"
)
_KNOWN_NUMBERS = "SELECT DISTINCT approval_key FROM paper.approvals WHERE approval_key IS NOT NULL"
_APPROVALS = """
SELECT approval_key, approval_no, authority, approved_on_lo, approved_on_hi, project, batch, works,
       coalesce(works_blank, source NOT IN (SELECT source FROM paper.headers WHERE column_key = 'works')), conflict
FROM paper.approvals WHERE state = 'kept' AND approved_on_lo <= ? ORDER BY row_id
"""
_PARCELS = """
SELECT row_id, approval_key, community_key, group_keys, ownership, land_class, area_umu, area_half_umu, group_name
FROM paper.approval_parcels WHERE state = ? ORDER BY row_id
"""
_LINES = """
SELECT row_id, agreement_key, agreement_no, community_key, placed_groups, signed_on_lo, signed_on_hi, project, kind,
       land_class, area_umu, area_half_umu, cited_approval_no, conflict, group_name
FROM paper.agreements JOIN placed USING (row_id) WHERE state = 'kept' AND signed_on_lo <= ? ORDER BY row_id
"""
_LOST_LINES = """
SELECT lost.row_id, lost.agreement_key, lost.agreement_no, lost.community_key, lost.group_keys, lost.signed_on_lo,
       lost.signed_on_hi, lost.project, lost.kind, lost.land_class,
       -- a second row of an agreement for the same land claims only the area beyond that of the first
       CASE WHEN kept.row_id IS NULL THEN lost.area_umu ELSE greatest(0, lost.area_umu - kept.area_umu) END,
       lost.area_half_umu, lost.cited_approval_no, TRUE, lost.group_name
FROM paper.agreements AS lost
LEFT JOIN paper.agreements AS kept
    ON kept.state = 'kept' AND kept.agreement_key = lost.agreement_key
    AND kept.land_class IS NOT DISTINCT FROM lost.land_class
    AND (kept.community_key, kept.group_keys, kept.project, kept.cited_approval_no)
        IS NOT DISTINCT FROM (lost.community_key, lost.group_keys, lost.project, lost.cited_approval_no)
WHERE lost.state = 'lost' AND coalesce(lost.signed_on_lo, DATE '0001-01-01') <= ? ORDER BY lost.row_id
"""
