"""The first sheet of `decisions.xlsx`: persons by street and outcome, a chart, and what people in review wait for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.labels.titles import Family, Titles
from eligibility.model.policy import Policy
from eligibility.model.visible import visible
from eligibility.reporting.books.sheets import Book
from eligibility.reporting.books.stacked_chart import Stack, insert_stack
from eligibility.reporting.counts import REVIEW, Summary

FIRST_ROW = 6
"""Row of the header of the table by street, from 0."""
CHART_ROWS = 2
"""Rows left blank above and below the chart."""


def write_summary(book: Book, sheet: Any, titles: Titles, found: Summary, leads: Mapping[str, str]) -> None:
    """Fill the sheet; `leads` names the first sheet of each street, to which its name leads."""
    _set_page(sheet, len(found.outcomes))
    _write_head(book, sheet, titles.policy)
    _write_totals(book, sheet, titles, found, leads)
    below = FIRST_ROW + len(found.streets) + 2
    if found.persons:
        below += insert_stack(book, sheet, _chart(titles, found)) + 2 * CHART_ROWS
    if found.reasons:
        _write_reasons(book, sheet, titles, found, below)


def _set_page(sheet: Any, outcomes: int) -> None:
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, outcomes + 2, 13)
    sheet.set_tab_color("#2B3A42")


def _write_head(book: Book, sheet: Any, policy: Policy) -> None:
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"审核结论汇总 · {policy.title}", book.styles["title"])
    sheet.write_string(1, 0, f"审核日 {policy.as_of.isoformat()}", book.styles["muted"])
    sheet.write_string(2, 0, f"规则 {policy.id} · {policy.sha256[:12]}", book.styles["muted"])
    sheet.write_string(3, 0, "“待人工核查”既不是符合，也不是不符合；清单见 review_queue.xlsx", book.styles["muted"])
    how = "点街道名到该街道的名单；名单中点“情形编号”到该情形的说明。筛选、排序不影响链接"
    sheet.write_string(4, 0, how, book.styles["muted"])


def _write_totals(book: Book, sheet: Any, titles: Titles, found: Summary, leads: Mapping[str, str]) -> None:
    headers = ["街道", *(titles.zh(Family.OUTCOME, code) for code in found.outcomes), "合计", "待核查占比"]
    for column, header in enumerate(headers):
        sheet.write_string(FIRST_ROW, column, header, book.styles["header" if not column else "header_number"])
    for row, (street, outcomes) in enumerate(found.streets.items(), start=FIRST_ROW + 1):
        place = leads[street].replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{place}'!A1", book.styles["link"], visible(street))
        _write_numbers(book, sheet, row, _counts(found, outcomes), "")
    last = FIRST_ROW + len(found.streets) + 1
    sheet.write_string(last, 0, "合计", book.styles["total_text"])
    _write_numbers(book, sheet, last, _counts(found, found.outcomes), "total_")


def _counts(found: Summary, outcomes: Mapping[str, int]) -> dict[str, int]:
    return {code: outcomes.get(code, 0) for code in found.outcomes}


def _write_numbers(book: Book, sheet: Any, row: int, counts: Mapping[str, int], look: str) -> None:
    """Persons by outcome, their sum, and the share of those in review in it."""
    persons = sum(counts.values())
    for column, number in enumerate((*counts.values(), persons), start=1):
        sheet.write_number(row, column, number, book.styles[f"{look}number"])
    share = counts.get(REVIEW, 0) / persons if persons else 0
    sheet.write_number(row, len(counts) + 2, share, book.styles[f"{look}percent"])


def _write_reasons(book: Book, sheet: Any, titles: Titles, found: Summary, first: int) -> None:
    """Reasons for review; a person may have several, so they do not add up."""
    for column, header in enumerate(("待核查原因（一人可有数项）", "人数", "仅此一因", "由谁查明")):
        sheet.write_string(first, column, header, book.styles["header_number" if column in {1, 2} else "header"])
    for column in range(4, len(found.outcomes) + 3):
        sheet.write_blank(first, column, None, book.styles["header"])
    for row, one in enumerate(found.reasons, start=first + 1):
        reason = titles.policy.reasons.get(one.reason)
        sheet.write_string(row, 0, titles.zh(Family.REASON, one.reason) or "（未列明原因）", book.styles["wrap"])
        sheet.write_number(row, 1, one.persons, book.styles["number"])
        sheet.write_number(row, 2, one.alone, book.styles["number"])
        bodies = "、".join(titles.zh(Family.BODY, body) for body in reason.bodies) if reason else ""
        sheet.write_string(row, 3, bodies, book.styles["indent"])


def _chart(titles: Titles, found: Summary) -> Stack:
    return Stack(
        title="各街道审核结论（人）",
        description="各街道审核结论，按人数堆叠",
        header=FIRST_ROW,
        rows=len(found.streets),
        series=[(outcome, titles.zh(Family.OUTCOME, outcome)) for outcome in found.outcomes],
        gap=1 + CHART_ROWS,
    )
