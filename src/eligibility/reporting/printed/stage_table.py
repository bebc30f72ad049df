"""The table by street (汇总表): how many papers are collected, reviewed, and through the joint review.

The 2022 self-evaluation told it in these three steps. Here each stage of the rulebook is a column; a person counts in it
who is through that stage and all before it, by signature or, where a paper stands for one, by an agreeing 联审意见.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.labels.titles import Family, Titles
from eligibility.model.policy import Policy
from eligibility.model.visible import visible
from eligibility.reporting.books.sheets import EXCEL_ROWS, Book, Field
from eligibility.reporting.printed.letters import Sender, day_text
from eligibility.reporting.printed.typeset import typeset
from eligibility.reporting.queries import rows

STEPS = {"community": "资料收集", "street": "资料审核", "joint": "联审通过"}
"""What the stages were called in the self-evaluation; the others stand between."""
WHOLE = "合计"


@dataclass(frozen=True, slots=True)
class StageLine:
    """One street: its persons, those through each stage in order, and those by outcome."""

    street: str
    persons: int
    through: tuple[int, ...]
    outcomes: tuple[int, ...]


def stage_lines(con: DuckDBPyConnection, policy: Policy) -> list[StageLine]:
    """Every street in the order of the input, then all together; from the table `review_standing`."""
    found: dict[str, list[tuple[int, str, int]]] = {}
    for street, place, outcome, persons in rows(con, "stage_counts", len(policy.stages)):
        found.setdefault(visible(street), []).append((place, outcome, persons))
    every = [one for counts in found.values() for one in counts]
    return [_line(policy, street, counts) for street, counts in [*found.items(), (WHOLE, every)]]


def headers(policy: Policy) -> list[str]:
    """Titles of the columns."""
    stages = [f"{stage.title}（{STEPS[key]}）" if key in STEPS else stage.title for key, stage in policy.stages.items()]
    titles = Titles(policy)
    return ["街道", "名册人数", *stages, *(titles.zh(Family.OUTCOME, code) for code in policy.outcomes)]


def write_stage_book(lines: Sequence[StageLine], policy: Policy, path: Path) -> None:
    """Write the workbook."""
    first, *others = headers(policy)
    fields = [Field(first, 18), *(Field(title, max(12, 2.1 * len(title)), "number") for title in others)]
    with Book(path, policy, "汇总表") as book:
        book.list("汇总表", fields, (_cells(line) for line in lines), EXCEL_ROWS)


def stage_page(lines: Sequence[StageLine], policy: Policy, sender: Sender, fonts: Sequence[Path] = ()) -> bytes:
    """The table as PDF."""
    data = {
        "办法": policy.title,
        "审核日": day_text(policy.as_of),
        "表头": headers(policy),
        "环节": len(policy.stages),
        "行": [[str(cell) if i == 0 else f"{cell:,}" for i, cell in enumerate(_cells(line))] for line in lines],
        "单位": sender.office,
        "日期": day_text(sender.day),
    }
    return typeset("stages", data, sender.day, fonts)


def _line(policy: Policy, street: str, counts: Sequence[tuple[int, str, int]]) -> StageLine:
    """`place` of a count is the first stage that is not complete: all before it are."""
    return StageLine(
        street,
        sum(persons for *_, persons in counts),
        tuple(sum(n for place, _, n in counts if place > stage) for stage in range(len(policy.stages))),
        tuple(sum(n for _, outcome, n in counts if outcome == code) for code in policy.outcomes),
    )


def _cells(line: StageLine) -> list[str | int]:
    return [line.street, line.persons, *line.through, *line.outcomes]
