"""Approvals, their parcels and agreement lines as reconciliation sees them, read from schema `paper`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb

EARLIEST = date(1, 1, 1)
LATEST = date(9999, 12, 31)
CULTIVATED = frozenset({"basic_farmland", "farmland"})
COVERABLE = frozenset({"expropriation", "reserve", None})


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


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel line of an approval; area in micro-亩; no groups: the whole community."""

    index: int
    approval: str
    community: str
    groups: frozenset[str]
    ownership: str | None
    land_class: str | None
    area: int
    half: int


@dataclass(frozen=True, slots=True)
class Line:
    """One agreement (征地协议) and class; area in micro-亩; `conflict`: another row says otherwise."""

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


@dataclass(frozen=True, slots=True)
class Papers:
    """Everything reconciliation reads, in input order."""

    approvals: dict[str, Approval]
    parcels: tuple[Parcel, ...]
    lines: tuple[Line, ...]

    def parcels_by_community(self) -> dict[str, list[Parcel]]:
        """Parcels that some agreement could draw on: not of state land."""
        found: dict[str, list[Parcel]] = defaultdict(list)
        for parcel in self.parcels:
            if parcel.ownership != "state":
                found[parcel.community].append(parcel)
        return found


def read_papers(con: duckdb.DuckDBPyConnection, as_of: date) -> Papers:
    """Rows that exist on `as_of`: approvals and agreements dated later do not exist yet."""
    con.execute(files("eligibility.reconcile").joinpath("placed.sql").read_text(encoding="utf-8"))
    torn = {key for (key,) in con.execute(_TORN).fetchall()}
    approvals = {row[0]: _approval(row, torn, as_of) for row in con.execute(_APPROVALS, [as_of]).fetchall()}
    parcels = tuple(
        Parcel(r[0], r[1], r[2], frozenset(r[3] or ()), r[4], r[5], r[6], r[7] or 0)
        for r in con.execute(_PARCELS).fetchall()
        if r[1] in approvals
    )
    lines = tuple(_line(row) for row in con.execute(_LINES, [as_of]).fetchall())
    return Papers(approvals, parcels, lines)


def _approval(row: tuple[Any, ...], torn: set[str], as_of: date) -> Approval:
    key, no, authority, lo, hi, project, batch, works, conflict = row
    if conflict:
        authority, lo, hi, works = None, EARLIEST, LATEST, None
    return Approval(key, no, authority, lo, min(hi, as_of), project or "", batch or "", works, key in torn)


def _line(row: tuple[Any, ...]) -> Line:
    index, key, no, community, groups, signed_lo, signed_hi, project, kind, land_class, area, half, cited, conflict = (
        row
    )
    return Line(
        index, key, no, community, frozenset(groups or ()), signed_lo, signed_hi, project or "", kind, land_class, area,
        half or 0, cited or "", conflict,
    )  # fmt: skip


_TORN = "SELECT DISTINCT approval_key FROM paper.approval_parcels WHERE state <> 'kept' AND approval_key IS NOT NULL"
_APPROVALS = """
SELECT approval_key, approval_no, authority, approved_on_lo, approved_on_hi, project, batch, works, conflict
FROM paper.approvals WHERE state = 'kept' AND approved_on_lo <= ? ORDER BY row_id
"""
_PARCELS = """
SELECT row_id, approval_key, community_key, group_keys, ownership, land_class, area_umu, area_half_umu
FROM paper.approval_parcels WHERE state = 'kept' ORDER BY row_id
"""
_LINES = """
SELECT row_id, agreement_key, agreement_no, community_key, placed_groups, signed_on_lo, signed_on_hi, project, kind,
       land_class, area_umu, area_half_umu, cited_approval_no, conflict
FROM paper.agreements JOIN placed USING (row_id) WHERE state = 'kept' AND signed_on_lo <= ? ORDER BY row_id
"""
