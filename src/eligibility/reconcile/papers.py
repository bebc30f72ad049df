"""Approvals, their parcels and agreement lines as reconciliation sees them, read from schema `paper`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import duckdb

from eligibility.domain.document_number import bearers, numbers_of, parse_citation
from eligibility.domain.names import split_groups

EARLIEST = date(1, 1, 1)
LATEST = date(9999, 12, 31)
CULTIVATED = frozenset({"basic_farmland", "farmland"})
COVERABLE = frozenset({"expropriation", "reserve", None})
ANY_AREA = 10**13
"""What an area that could not be read may be, in micro-亩: more than a province has."""


@dataclass(frozen=True, slots=True)
class Approval:
    """One approval (征地批文) that exists on the day; `torn`: a parcel of it could not be read, or stands twice."""

    key: str
    no: str
    authority: str | None
    lo: date
    hi: date
    project: str
    batch: str
    works: bool | None
    torn: bool
    works_blank: bool = False
    """Nothing is written where `works` would stand; not known for another reason (unreadable, contradicted): False."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel line of an approval; area in micro-亩; no groups: the whole community.

    `names`: its groups as they are written, where the community has none of that name, or several.
    """

    index: int
    approval: str
    community: str
    groups: frozenset[str]
    ownership: str | None
    land_class: str | None
    area: int
    half: int
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One agreement (征地协议) and class; area in micro-亩; `conflict`: another row says otherwise.

    `names`: its groups as they are written, where the community has none of that name, or several. `confirmed`, `rejected`: approvals of which reviewers say so.
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
    half: int
    cited: str
    conflict: bool
    confirmed: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Papers:
    """Everything reconciliation reads, in input order.

    Set-aside rows tell what could be read of them: `lost_lines` may claim land that others claim, `lost_parcels` may
    cover what nothing else covers. One whose number is not known stands there once for each approval that it may be of
    (`stray`, with the indices of these). `judged_by`: (line, approval) → the reviewers who judged it. What of them could not be read is any community (""), group, class or area.
    `bearers`: a number → the approval that bears it among several.
    """

    approvals: dict[str, Approval]
    parcels: tuple[Parcel, ...]
    lines: tuple[Line, ...]
    lost_lines: tuple[Line, ...] = ()
    lost_parcels: tuple[Parcel, ...] = ()
    judged_by: Mapping[tuple[int, str], str] = field(default_factory=dict)
    bearers: Mapping[str, str] = field(default_factory=dict)
    candidates: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """A written community that may be several → each it may be."""
    stray: frozenset[int] = frozenset()

    def parcels_by_community(self) -> dict[str, list[Parcel]]:
        """Parcels that some agreement could draw on: not of state land."""
        return self.by_community(self.parcels)

    def by_community(self, parcels: Iterable[Parcel]) -> dict[str, list[Parcel]]:
        """Parcels under every community that each may be of, but none of state land."""
        by_community: dict[str, list[Parcel]] = defaultdict(list)
        for parcel in parcels:
            if parcel.ownership != "state":
                for community in self.places_of(parcel.community):
                    by_community[community].append(parcel)
        return by_community | {written: self._within(by_community, written) for written in self.candidates}

    def places_of(self, community: str) -> list[str]:
        """A community's key and the communities that it may be."""
        return [community, *sorted(self.candidates.get(community, ()))]

    def _within(self, by_community: Mapping[str, list[Parcel]], written: str) -> list[Parcel]:
        """Parcels of a community that may be several: of any of them, each once, in input order."""
        parcels = {p.index: p for community in self.places_of(written) for p in by_community.get(community, ())}
        return [parcels[index] for index in sorted(parcels)]


def read_papers(con: duckdb.DuckDBPyConnection, as_of: date) -> Papers:
    """Rows that exist on `as_of`: approvals and agreements dated later do not exist yet."""
    con.execute(files("eligibility.reconcile").joinpath("placed.sql").read_text(encoding="utf-8"))
    torn = {key for (key,) in con.execute(_TORN).fetchall()}
    approvals = {row[0]: _approval(row, torn, as_of) for row in con.execute(_APPROVALS, [as_of]).fetchall()}
    judged, judged_by = _judgements(con)
    parcels = [_parcel(row) for row in con.execute(_PARCELS, ["kept"]).fetchall()]
    lost = [_parcel(row) for row in con.execute(_PARCELS, ["lost"]).fetchall()]
    lines = tuple(_judged(_line(row), judged) for row in con.execute(_LINES, [as_of]).fetchall())
    known = {key for (key,) in con.execute(_KNOWN_NUMBERS).fetchall()}
    papers = Papers(
        approvals,
        tuple(parcel for parcel in parcels if parcel.approval in approvals),
        lines,
        tuple(_line(row) for row in con.execute(_LOST_LINES, [as_of]).fetchall()),
        tuple(parcel for parcel in lost if parcel.approval in approvals),
        judged_by,
        bearers(approvals),
        _candidates(con),
    )
    stray = _strays([parcel for parcel in lost if parcel.approval not in known], papers)
    return replace(papers, lost_parcels=(*papers.lost_parcels, *stray), stray=frozenset(p.index for p in stray))


def _strays(lost: list[Parcel], papers: Papers) -> list[Parcel]:
    """Parcels whose number is blank, cannot be read or is nobody's, once for each approval that they may be of.

    That is an approval with land in their place, or cited there, or without any parcel; every one where these are none,
    and where the place is not known either. A list of numbers is of those that it names.
    """
    there: dict[str, set[str]] = defaultdict(set)
    for parcel in (*papers.parcels, *papers.lost_parcels):
        for community in papers.places_of(parcel.community):
            there[community].add(parcel.approval)
    for line in papers.lines if lost else ():
        for number in map(str, parse_citation(line.cited)):
            there[line.community] |= {papers.bearers.get(number, number)} & papers.approvals.keys()
    bare = papers.approvals.keys() - {parcel.approval for parcel in papers.parcels}
    found: list[Parcel] = []
    for parcel in lost:
        named = {papers.bearers.get(number, number) for number in numbers_of(parcel.approval)} & papers.approvals.keys()
        here = (
            {key for community in papers.places_of(parcel.community) for key in there[community]}
            if parcel.community
            else set()
        )
        for key in sorted(named or (here and here | bare) or papers.approvals.keys()):
            found.append(replace(parcel, index=-len(found) - 1, approval=key))
    return found


def _candidates(con: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    rows = con.execute("SELECT written, list(community_key) FROM place.candidates GROUP BY written").fetchall()
    return {written: frozenset(communities) for written, communities in rows}


def _judgements(
    con: duckdb.DuckDBPyConnection,
) -> tuple[dict[tuple[int, str], set[str]], dict[tuple[int, str], str]]:
    """(line, verdict) → approvals, and (line, approval) → by whom; nothing where no judgements were given."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    by: dict[tuple[int, str], str] = {}
    for index, approval, verdict, names in con.execute(_JUDGED).fetchall():
        found[index, verdict].add(approval)
        by[index, approval] = names
    return found, by


def _judged(line: Line, judged: dict[tuple[int, str], set[str]]) -> Line:
    confirmed, rejected = (frozenset(judged.get((line.index, word), ())) for word in ("confirmed", "rejected"))
    return replace(line, confirmed=confirmed, rejected=rejected) if confirmed or rejected else line


def _parcel(row: tuple[Any, ...]) -> Parcel:
    index, approval, community, groups, ownership, land_class, area, half, written = row
    return Parcel(
        index, approval or "", community or "", frozenset(groups or ()), ownership, land_class,
        ANY_AREA if area is None else area, half or 0, _unplaced(written, groups),
    )  # fmt: skip


@lru_cache(65_536)
def _split(text: str) -> frozenset[str]:
    return frozenset(split_groups(text))


def _unplaced(written: str | None, groups: list[str] | None) -> frozenset[str]:
    """The groups as they are written, where none of the community is meant by them, or more than they are."""
    names = _split(written) if written else frozenset[str]()
    return names if names and (not groups or len(groups) > len(names)) else frozenset()


def _approval(row: tuple[Any, ...], torn: set[str], as_of: date) -> Approval:
    key, no, authority, lo, hi, project, batch, works, works_blank, conflict = row
    if conflict:
        authority, lo, hi, works, works_blank = None, EARLIEST, LATEST, None, False
    return Approval(
        key, no, authority, lo, min(hi, as_of), project or "", batch or "", works, key in torn, works_blank
    )  # fmt: skip


def _line(row: tuple[Any, ...]) -> Line:
    index, key, no, community, groups, signed_lo, signed_hi, project, kind, land_class, *rest = row
    area, half, cited, conflict, written = rest
    return Line(
        index, key or "", no or "", community or "", frozenset(groups or ()), signed_lo, signed_hi, project or "", kind,
        land_class, ANY_AREA if area is None else area, half or 0, cited or "", conflict, names=_unplaced(written, groups),
    )  # fmt: skip


_JUDGED = "SELECT row_id, approval_key, verdict, judged_by FROM paper.judged"
_TORN = "SELECT DISTINCT approval_key FROM paper.approval_parcels WHERE state <> 'kept' AND approval_key IS NOT NULL"
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
       -- a second row of one agreement for the same land claims only what it says beyond the first
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
