"""The profiles of a page: the most frequent cases, clause by clause, and how far few cases reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from duckdb import DuckDBPyConnection

from eligibility.labels.titles import Family, Titles, why
from eligibility.model.diagnostic import Bilingual
from eligibility.model.resident_id import mask
from eligibility.model.truth import Truth
from eligibility.reporting.pages.page_data import percent
from eligibility.reporting.queries import query, rows

CURVE_WIDTH, CURVE_HEIGHT = 640, 160
MOST_HOLDERS = 8
"""Persons of a profile that are named, by masked id."""


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A clause or condition with its mark: `refuted`, `open`, `proven`, or `clear` (a clause that stands in no way)."""

    mark: str
    title: Bilingual
    citation: str = ""


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One profile: outcome, persons, reasons (else the refuted clauses: why somebody is only registered), and the marks of every clause and condition."""

    id: str
    outcome: str
    title: Bilingual
    persons: int
    share: float
    reasons: tuple[Bilingual, ...]
    clauses: tuple[MarkLine, ...]
    conditions: tuple[MarkLine, ...]
    assumed: tuple[Bilingual, ...]
    holders: tuple[tuple[str, str], ...] = ()
    """Some of those who have it: masked id and community."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many profiles there are, how many of them hold nine persons in ten, and the curve that shows it."""

    profiles: int
    for_most: int
    points: str


def profiles(con: DuckDBPyConnection, titles: Titles, persons: int) -> list[ProfileLine]:
    """The fifty profiles with most persons."""
    answer = con.execute(query("top_profiles"))
    names = [column[0] for column in answer.description or ()]
    found = [_profile(titles, dict(zip(names, row, strict=True)), persons) for row in answer.fetchall()]
    holders: dict[str, list[tuple[str, str]]] = {}
    for profile, resident_id, community in rows(con, "profile_holders", [one.id for one in found], MOST_HOLDERS):
        holders.setdefault(profile, []).append((mask(resident_id), community))
    return [replace(one, holders=tuple(holders.get(one.id, ()))) for one in found]


def reach(con: DuckDBPyConnection) -> Reach:
    """The cumulated persons over the profiles, most frequent first, as points of a drawing."""
    sizes = [persons for (persons,) in rows(con, "profile_sizes")]
    whole, so_far, for_most, points = sum(sizes), 0, 0, [f"0,{CURVE_HEIGHT}"]
    for number, size in enumerate(sizes, start=1):
        for_most += so_far * 10 < whole * 9
        so_far += size
        x, y = CURVE_WIDTH * number / len(sizes), CURVE_HEIGHT * (1 - so_far / whole)
        points.append(f"{x:.1f},{y:.1f}")
    return Reach(len(sizes), for_most, " ".join(points))


def _profile(titles: Titles, row: Mapping[str, Any], persons: int) -> ProfileLine:
    policy = titles.policy
    refuted, left_open = _codes(row["clauses_refuted"]), _codes(row["clauses_open"])
    return ProfileLine(
        id=row["profile_id"],
        outcome=row["outcome"],
        title=titles.text(Family.OUTCOME, row["outcome"]),
        persons=row["persons"],
        share=percent(row["persons"], persons),
        reasons=_grounds(titles, row) or tuple(titles.text(Family.REFUSAL, code) for code in refuted),
        clauses=tuple(_clause(titles, code, refuted, left_open) for code in policy.clauses),
        conditions=tuple(
            MarkLine(row[code], titles.text(Family.CONDITION, code)) for code in policy.conditions if code in row
        ),
        assumed=tuple(titles.text(Family.PARAMETER, code) for code in _codes(row["assumed_parameters"])),
    )


def _grounds(titles: Titles, row: Mapping[str, Any]) -> tuple[Bilingual, ...]:
    return tuple(titles.text(why(row["outcome"]), code) for code in _codes(row["reasons"]))


def _clause(titles: Titles, code: str, refuted: list[str], left_open: list[str]) -> MarkLine:
    mark = Truth.REFUTED if code in refuted else Truth.OPEN if code in left_open else "clear"
    cited = titles.policy.clauses[code].citation
    own = cited.instrument in (titles.policy.id, titles.policy.instrument)
    said = cited.article if own else f"{cited.instrument} {cited.article}".strip()
    return MarkLine(str(mark), titles.text(Family.CLAUSE, code), said)


def _codes(joined: str | None) -> list[str]:
    return joined.split(";") if joined else []
