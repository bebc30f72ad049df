"""`decisions.xlsx`: a summary with a chart, then every person, one sheet a street."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from eligibility.domain.policy import Policy
from eligibility.reporting.books.sheets import Book, Cell, Field
from eligibility.reporting.books.stacked_chart import Stack, insert_stack
from eligibility.reporting.counts import Summary
from eligibility.reporting.queries import query
from eligibility.reporting.words import Family, Titles, why

FIELDS = (
    *(Field("身份证号", 21), Field("姓名", 11), Field("户号", 13), Field("街道", 12), Field("社区/村", 14)),
    *(Field("村民小组", 12), Field("审核结论", 13, "outcome"), Field("适用办法", 12), Field("原因", 44)),
    *(Field("不成立的条款", 30), Field("待核的条款", 36), Field("缺少的材料", 36), Field("可核实单位", 24)),
    *(Field("所依据的假定参数", 30), Field("情形编号", 14)),
)
OUTCOME, REASONS = 6, 8
CODED = {
    9: Family.CLAUSE,
    10: Family.CLAUSE,
    11: Family.DOCUMENT,
    12: Family.BODY,
    13: Family.PARAMETER,
}
"""Positions of the further fields that hold codes."""
FIRST_ROW = 6
"""Row of the header of the summary's table, from 0."""


def write_decisions_book(
    con: DuckDBPyConnection, policy: Policy, path: Path, *, found: Summary, sheet_rows: int
) -> None:
    """Write the workbook of all persons to `path`; a street of more than `sheet_rows` rows gets several sheets."""
    titles = Titles(policy)
    with Book(path, policy, "审核结论", found.persons) as book:
        _write_summary(book, policy, titles, found)
        for street in found.streets:
            book.list(street, FIELDS, _persons(con, titles, street), sheet_rows)


def _persons(con: DuckDBPyConnection, titles: Titles, street: str) -> Iterator[Sequence[Cell]]:
    cursor = con.execute(query("decisions_of_street"), [street])
    while rows := cursor.fetchmany(10_000):
        for row in rows:
            cells = list(row)
            cells[REASONS] = titles.listed(why(cells[OUTCOME]), cells[REASONS])
            cells[OUTCOME] = titles.zh(Family.OUTCOME, cells[OUTCOME])
            for place, family in CODED.items():
                cells[place] = titles.listed(family, cells[place])
            yield cells


def _write_summary(book: Book, policy: Policy, titles: Titles, found: Summary) -> None:
    sheet = book.sheet("汇总")
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(found.outcomes) + 2, 13)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, f"审核结论汇总 · {policy.title}", book.styles["title"])
    sheet.write_string(1, 0, f"审核基准日 {policy.as_of.isoformat()}", book.styles["muted"])
    sheet.write_string(2, 0, f"规则 {policy.id} · {policy.sha256[:12]}", book.styles["muted"])
    sheet.write_string(3, 0, "“待人工核查”既不是符合，也不是不符合；清单见 review_queue.xlsx", book.styles["muted"])
    _write_totals(book, sheet, titles, found)
    if found.persons:
        insert_stack(book, sheet, _chart(titles, found))


def _write_totals(book: Book, sheet: Any, titles: Titles, found: Summary) -> None:
    for column, header in enumerate(
        ["街道", *(titles.zh(Family.OUTCOME, code) for code in found.outcomes), "合计", "待核查占比"]
    ):
        sheet.write_string(FIRST_ROW, column, header, book.styles["header"])
    lines = [*found.streets.items(), ("合计", found.outcomes)]
    for row, (name, outcomes) in enumerate(lines, start=FIRST_ROW + 1):
        ending = row == FIRST_ROW + len(lines)
        sheet.write_string(row, 0, name, book.styles["total_text" if ending else "text"])
        persons = sum(outcomes.values())
        for column, number in enumerate([*outcomes.values(), *[0] * (len(found.outcomes) - len(outcomes)), persons], 1):
            sheet.write_number(row, column, number, book.styles["total" if ending else "number"])
        share = outcomes.get("manual_review", 0) / persons if persons else 0
        sheet.write_number(row, len(found.outcomes) + 2, share, book.styles["percent"])


def _chart(titles: Titles, found: Summary) -> Stack:
    return Stack(
        title="各街道审核结论（人）",
        description="各街道审核结论，按人数堆叠",
        header=FIRST_ROW,
        rows=len(found.streets),
        series=[(outcome, titles.zh(Family.OUTCOME, outcome)) for outcome in found.outcomes],
    )
