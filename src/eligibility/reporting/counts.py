"""The numbers of a run as plain data: for the closing table on screen, the manifest and the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from eligibility.model.diagnostic import SourceLocation
from eligibility.model.policy import Policy
from eligibility.model.tables import TABLES
from eligibility.reporting.queries import Count, outcome_counts, rows

REVIEW = "manual_review"
PENDING = "comparison_pending"
"""Reason of those whose roster was not compared with a list."""
_BY_NAME = "works_by_project_name"
"""Parameter by which the names of projects take the place of a column that no real list of approvals has."""
NOBODY_DEPENDS_ON = frozenset({"confirmations"})
"""Tables whose absence leaves nothing open: an agreement of a stage proves nothing by itself."""


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Persons in review for one reason; `alone`: those who wait for this reason only."""

    reason: str
    persons: int
    alone: int


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """Agreement lines of one status and their area in micro-亩."""

    status: str
    lines: int
    area_umu: int


@dataclass(frozen=True, slots=True)
class AbsentColumn:
    """A column of the contract that the dossier lacks (`column` "": the whole table), and the persons in review."""

    table: str
    column: str
    persons: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lists of other bodies that the roster was not compared with.

    `lists`: column of the roster that such a list would fill → (bodies that have it, persons who wait for it); `persons`
    wait for any of them, `alone` for nothing else.
    """

    lists: Mapping[str, tuple[tuple[str, ...], int]]
    persons: int
    alone: int


@dataclass(frozen=True, slots=True)
class QuarantineCount:
    """Findings of one code in one table; `kept`: the row stays."""

    table: str
    code: str
    kept: bool
    findings: int


@dataclass(frozen=True, slots=True)
class FindingCount:
    """Findings of one kind between approvals and agreements, with its titles; kinds without any are counted too."""

    code: str
    title: str
    title_en: str
    findings: int


@dataclass(frozen=True, slots=True)
class WaitCount:
    """Findings of one code for which persons in review wait: in how many places it was found, and how many wait."""

    code: str
    places: int
    persons: int


@dataclass(frozen=True, slots=True)
class UnheededAnswer:
    """An answer that filled nothing: the papers say otherwise (`conflict`), or do not let it count (`unused`); where it was written."""

    effect: str
    asks: str
    words: str
    at: SourceLocation


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run found, in numbers. `outcomes` and each street name every outcome of the policy, also with 0."""

    persons: int
    outcomes: Mapping[str, int]
    streets: Mapping[str, Mapping[str, int]]
    reasons: tuple[ReasonCount, ...]
    coverage: tuple[CoverageCount, ...]
    absent: tuple[AbsentColumn, ...]
    comparison: Comparison
    quarantine: tuple[QuarantineCount, ...]
    findings: tuple[FindingCount, ...]
    waits: tuple[WaitCount, ...]
    answers: Mapping[str, int]
    unheeded: tuple[UnheededAnswer, ...]

    @property
    def unclear_coverage(self) -> int:
        """Expropriation and reserve lines whose coverage is not fully certain."""
        return sum(one.lines for one in self.coverage if one.status not in ("covered", "not_expropriation"))


def summary(con: DuckDBPyConnection, policy: Policy) -> Summary:
    """Count a run: outcomes, reasons, streets, coverage, absent columns, quarantine."""
    counts = outcome_counts(con)
    outcomes = total(policy, counts)
    reasons = tuple(ReasonCount(*row) for row in rows(con, "reason_counts"))
    return Summary(
        persons=sum(outcomes.values()),
        outcomes=outcomes,
        streets={street: total(policy, [c for c in counts if c.street == street]) for street in _streets(counts)},
        reasons=reasons,
        coverage=tuple(CoverageCount(*row) for row in rows(con, "coverage_counts")),
        absent=tuple(_absent(con, policy, outcomes.get(REVIEW, 0))),
        comparison=_comparison(con, reasons),
        quarantine=tuple(QuarantineCount(*row) for row in rows(con, "quarantine_counts")),
        findings=tuple(FindingCount(*row) for row in rows(con, "finding_counts")),
        waits=tuple(WaitCount(*row) for row in rows(con, "finding_waits")),
        answers=dict(rows(con, "answer_counts")),
        unheeded=unheeded_answers(con),
    )


def unheeded_answers(con: DuckDBPyConnection) -> tuple[UnheededAnswer, ...]:
    """The answers of the batch that filled nothing; of those that only mended papers can settle, none is among them."""
    return tuple(
        UnheededAnswer(effect, asks, words, SourceLocation(file, sheet or "", row))
        for effect, asks, words, file, sheet, row in rows(con, "answers_unheeded")
    )


def total(policy: Policy, counts: list[Count]) -> dict[str, int]:
    """Persons by outcome: every outcome of the policy in its order, then any that the policy does not name."""
    totals = dict.fromkeys(policy.outcomes, 0)
    for count in counts:
        totals[count.outcome] = totals.get(count.outcome, 0) + count.persons
    return totals


def _streets(counts: list[Count]) -> list[str]:
    return list(dict.fromkeys(count.street for count in counts))


def _comparison(con: DuckDBPyConnection, reasons: Iterable[ReasonCount]) -> Comparison:
    waiting = next((one for one in reasons if one.reason == PENDING), ReasonCount(PENDING, 0, 0))
    lists = {column: (tuple(bodies.split(";")), persons) for column, bodies, persons in rows(con, "comparison_lists")}
    return Comparison(lists, waiting.persons, waiting.alone)


def _absent(con: DuckDBPyConnection, policy: Policy, in_review: int) -> list[AbsentColumn]:
    """A column only matters to somebody while somebody is in review; then all of them may be waiting for it."""
    if not in_review:
        return []
    found = {name: (present, columns) for name, present, columns in rows(con, "present_columns")}
    absent = []
    for table in (table for table in TABLES if table.key not in NOBODY_DEPENDS_ON):
        present, columns = found.get(table.key, (False, []))
        lacking = [column.key for column in table.columns if column.key not in columns] if present else [""]
        assumed = _BY_NAME in policy.parameters and policy.value(_BY_NAME) is True
        lacking = [column for column in lacking if not (assumed and (table.key, column) == ("approvals", "works"))]
        absent += [AbsentColumn(table.key, column, in_review) for column in lacking]
    return absent
