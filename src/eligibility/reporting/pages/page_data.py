"""What the page shows, as plain data: counts and titles only, no person's id or name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from eligibility.labels.states import COVERAGE, KNOWN, OUTCOMES
from eligibility.labels.titles import Family, Titles, as_title, table_text
from eligibility.labels.values import say_parameter
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Policy, Status
from eligibility.model.tables import table
from eligibility.reporting.counts import AbsentColumn, Comparison, Summary, total
from eligibility.reporting.pages.findings_page import finding_meanings
from eligibility.reporting.queries import Count, outcome_counts, rows

LAND = (
    ("certain", COVERAGE["covered"]),
    ("possible", Bilingual("可能对应", "possible")),
    ("uncovered", COVERAGE["uncovered"]),
)
"""Parts of the expropriated land, as in the columns of `coverage_areas`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stacked bar: `kind` names its colour, `share` is in percent."""

    kind: str
    title: Bilingual
    number: int | str
    share: float


@dataclass(frozen=True, slots=True)
class Place:
    """A street or community with its persons (or its area in 亩) in parts."""

    street: str
    community: str
    size: int | str
    parts: tuple[Part, ...]
    order: int = 0


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason for review: persons, those who wait for nothing else, and who settles it with which papers."""

    title: Bilingual
    persons: int
    alone: int
    share: float
    alone_share: float
    bodies: Bilingual
    documents: Bilingual


@dataclass(frozen=True, slots=True)
class AssumptionLine:
    """A parameter that is assumed or unset, and the persons whose decision rests on it."""

    title: Bilingual
    value: Bilingual
    standing: Bilingual
    status: str
    persons: int
    refused: int


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Findings of one kind in one table."""

    table: Bilingual
    title: Bilingual
    kept: bool
    findings: int


def outcome_parts(titles: Titles, outcomes: Mapping[str, int]) -> tuple[Part, ...]:
    """Persons by outcome as parts of a bar, in the order in which bars are drawn."""
    known = [code for code in OUTCOMES if code in outcomes]
    persons = sum(outcomes.values())
    ordered = [*known, *(code for code in outcomes if code not in known)]
    return tuple(
        Part(code, titles.text(Family.OUTCOME, code), outcomes[code], percent(outcomes[code], persons))
        for code in ordered
    )


def streets(titles: Titles, found: Summary) -> list[Place]:
    """Each street with its persons by outcome, in the order of the input."""
    return [Place(name, "", sum(each.values()), outcome_parts(titles, each)) for name, each in found.streets.items()]


def communities(con: DuckDBPyConnection, titles: Titles) -> list[Place]:
    """Each community with its persons by outcome, in the order of the input."""
    counts: dict[tuple[str, str], list[Count]] = {}
    for count in outcome_counts(con):
        counts.setdefault((count.street, count.community), []).append(count)
    places = []
    for number, ((street, community), of) in enumerate(counts.items()):
        here = total(titles.policy, of)
        places.append(Place(street, community, sum(here.values()), outcome_parts(titles, here), number))
    return places


def reasons(titles: Titles, found: Summary) -> list[ReasonLine]:
    """Reasons for review, most persons first."""
    most = max((one.persons for one in found.reasons), default=0)
    lines = []
    for one in found.reasons:
        reason = titles.policy.reasons.get(one.reason)
        lines.append(
            ReasonLine(
                title=titles.text(Family.REASON, one.reason)
                if one.reason
                else Bilingual("未列明原因", "No reason given"),
                persons=one.persons,
                alone=one.alone,
                share=percent(one.persons, most),
                alone_share=percent(one.alone, most),
                bodies=_joined(titles, Family.BODY, reason.bodies if reason else ()),
                documents=_joined(titles, Family.DOCUMENT, reason.documents if reason else ()),
            )
        )
    return lines


def comparison_names(titles: Titles, waiting: Comparison) -> Bilingual:
    """The columns that no list has filled, each with the bodies that have such a list."""
    columns = [(table("persons").column(key).zh, as_title(key), bodies) for key, (bodies, _) in waiting.lists.items()]
    named = [(zh, en, _joined(titles, Family.BODY, bodies)) for zh, en, bodies in columns]
    return Bilingual(
        "、".join(f"{zh}（{of.zh}）" for zh, _, of in named), ", ".join(f"{en} ({of.en})" for _, en, of in named)
    )


def bodies(con: DuckDBPyConnection, titles: Titles) -> list[tuple[Bilingual, int]]:
    """The bodies that can settle something, with the persons in review who wait for them."""
    return [(titles.text(Family.BODY, body), persons) for body, persons in rows(con, "body_counts")]


def coverage_places(con: DuckDBPyConnection) -> list[Place]:
    """Expropriated land by community: certainly, possibly and not covered by approvals (亩)."""
    return [
        Place(street, community, mu(area), _land_parts(area, parts), number)
        for number, (street, community, _, area, *parts) in enumerate(rows(con, "coverage_areas"))
    ]


def coverage_total(con: DuckDBPyConnection) -> Place:
    """The same of the whole run."""
    columns = list(zip(*rows(con, "coverage_areas"), strict=True))
    area, *parts = [sum(column) for column in columns[3:]] or [0, 0, 0, 0]
    return Place("", "", mu(area), _land_parts(area, parts))


def coverage_statuses(found: Summary) -> list[tuple[Bilingual, int, str]]:
    """Agreement lines by status, with their area in 亩, in the order of `COVERAGE`."""
    by_status = {one.status: one for one in found.coverage}
    ordered = [*(s for s in COVERAGE if s in by_status), *(s for s in by_status if s not in COVERAGE)]
    words = {status: COVERAGE.get(status, Bilingual(status, as_title(status))) for status in ordered}
    return [(words[status], by_status[status].lines, mu(by_status[status].area_umu)) for status in ordered]


def assumptions(con: DuckDBPyConnection, policy: Policy) -> list[AssumptionLine]:
    """Every assumed or unset parameter, and any other on which a decision rests; most persons first."""
    resting: dict[str, dict[str, int]] = {}
    for parameter, outcome, persons in rows(con, "assumption_counts"):
        resting.setdefault(parameter, {})[outcome] = persons
    shown = [
        key for key in policy.parameters if key in resting or policy.status(key) not in (Status.SEEN, Status.QUOTED)
    ]
    shown += [key for key in resting if key not in policy.parameters]
    lines = [_assumption(policy, key, resting.get(key, {})) for key in shown]
    return sorted(lines, key=lambda line: -line.persons)


def findings(found: Summary) -> list[FindingLine]:
    """Findings by table and code."""
    words = finding_meanings()
    return [FindingLine(table_text(one.table), words[one.code], one.kept, one.findings) for one in found.quarantine]


def waits(found: Summary) -> list[tuple[Bilingual, int, int]]:
    """What was found on papers, in words, in how many places, and how many persons in review wait for it."""
    meanings = finding_meanings()
    return [(meanings[one.code], one.places, one.persons) for one in found.waits]


def percent(part: int, whole: int) -> float:
    """`part` of `whole` in percent, 0 of nothing."""
    return round(100 * part / whole, 3) if whole else 0.0


def mu(umu: int) -> str:
    """Micro-亩 as 亩 with two decimals, for reading; the files hold four.

    >>> mu(1_234_567_890)
    '1,234.57'
    """
    return f"{umu / 10**6:,.2f}"


def absent_text(absent: AbsentColumn) -> Bilingual:
    """The name of a column that the dossier lacks, or of the whole table."""
    name = table_text(absent.table)
    if not absent.column:
        return Bilingual(f"{name.zh}（整张表）", f"{name.en} (the whole table)")
    return Bilingual(
        f"{name.zh}「{table(absent.table).column(absent.column).zh}」", f"{name.en}: {as_title(absent.column)}"
    )


def _land_parts(area: int, parts: Sequence[int]) -> tuple[Part, ...]:
    named = zip(LAND, parts, strict=True)
    return tuple(Part(kind, title, mu(umu), percent(umu, area)) for (kind, title), umu in named)


def _assumption(policy: Policy, key: str, resting: Mapping[str, int]) -> AssumptionLine:
    parameter = policy.parameters.get(key)
    status = policy.status(key) if parameter else Status.UNSET
    return AssumptionLine(
        title=Titles(policy).text(Family.PARAMETER, key),
        value=say_parameter(parameter, policy.value(key)) if parameter else KNOWN[Status.UNSET],
        standing=KNOWN[status],
        status=status.value,
        persons=sum(resting.values()),
        refused=resting.get("not_eligible", 0),
    )


def _joined(titles: Titles, family: Family, codes: Iterable[str]) -> Bilingual:
    said = [titles.text(family, code) for code in codes]
    return Bilingual("、".join(text.zh for text in said), ", ".join(text.en.lower() for text in said))
