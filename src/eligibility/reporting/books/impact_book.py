"""`impact.xlsx`: the matrix with a chart, the persons who change with names, and what the rulebooks say differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from eligibility.labels.titles import Family, Titles, why
from eligibility.reporting.books.sheets import EXCEL_ROWS, Book, Cell, Field
from eligibility.reporting.books.stacked_chart import Stack, insert_stack
from eligibility.reporting.impact import Impact
from eligibility.reporting.pages.impact_words import CHANGES, PARTS
from eligibility.reporting.queries import changed_persons
from eligibility.rulebook.difference import Difference

FIELDS = (
    *(Field("身份证号", 21), Field("姓名", 11), Field("户号", 13), Field("街道", 12), Field("社区/村", 14)),
    Field("村民小组", 12),
)
SAID = (Field("种类", 10), Field("名称", 30), Field("代码", 26), Field("变化", 14), Field("原为", 60, "wrap"), Field("改为", 60, "wrap"))  # fmt: skip
FIRST_ROW = 5
"""Row of the header of the matrix, from 0."""


def write_impact_book(con: DuckDBPyConnection, counts: Impact, said: Sequence[Difference], path: Path) -> None:
    """Write the workbook to `path` from the temporary tables `marked` and `shifted` and schema `decision`."""
    with Book(path, counts.new, "规则改动的影响") as book:
        _write_summary(book, counts)
        for name, turned in (("结论改变", True), ("仅理由改变", False)):
            book.list(name, _fields(counts), _persons(con, counts, turned=turned), EXCEL_ROWS)
        book.list("规则的不同", SAID, map(_said, said), EXCEL_ROWS)


def _persons(con: DuckDBPyConnection, counts: Impact, *, turned: bool) -> Iterator[Sequence[Cell]]:
    old, new = Titles(counts.old), Titles(counts.new)
    for *person, before, after, reasons, new_reasons in changed_persons(con, turned=turned):
        yield [*person, before, after, old.listed(why(before), reasons), new.listed(why(after), new_reasons)]


def _fields(counts: Impact) -> Sequence[Field]:
    old, new = Titles(counts.old), Titles(counts.new)
    return (
        *FIELDS,
        Field("原结论", 13, "outcome", partial(old.zh, Family.OUTCOME)),
        Field("新结论", 13, "outcome", partial(new.zh, Family.OUTCOME)),
        Field("原来的理由", 44),
        Field("新的理由", 44),
    )


def _said(one: Difference) -> Sequence[Cell]:
    change = f"{CHANGES[one.change].zh} {one.what.zh}".strip()
    return [PARTS[one.part].zh, one.title, one.id, change, one.old.zh, one.new.zh]


def _write_summary(book: Book, counts: Impact) -> None:
    sheet = book.sheet("汇总")
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(counts.new.outcomes) + 1, 14)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, f"规则改动的影响 · {counts.new.title}", book.styles["title"])
    lead = f"{counts.persons:,} 人中 {counts.changed:,} 人结论改变，另有 {counts.reasons_only:,} 人仅理由改变"
    sheet.write_string(1, 0, lead, book.styles["muted"])
    origin = f"审核日 {counts.new.as_of} · 原规则 {counts.old.id} {counts.old.sha256[:12]} · 新规则 {counts.new.id} {counts.new.sha256[:12]}"
    sheet.write_string(2, 0, origin, book.styles["muted"])
    sheet.write_string(3, 0, "行为原结论，列为新结论（人）。试算不改变任何已作出的结论", book.styles["muted"])
    _write_matrix(book, sheet, counts)
    if counts.changed:
        _write_turns(book, sheet, counts, FIRST_ROW + len(counts.old.outcomes) + 3)


def _write_matrix(book: Book, sheet: Any, counts: Impact) -> None:
    for column, header in enumerate(["原结论 → 新结论", *counts.new.outcomes.values(), "合计"]):
        sheet.write_string(FIRST_ROW, column, header, book.styles["header"])
    for row, (before, title) in enumerate(counts.old.outcomes.items(), start=FIRST_ROW + 1):
        sheet.write_string(row, 0, title, book.outcomes.get(before, book.styles["text"]))
        line = [counts.matrix.get((before, after), 0) for after in counts.new.outcomes]
        for column, persons in enumerate([*line, sum(line)], start=1):
            sheet.write_number(row, column, persons, book.styles["number"])


def _write_turns(book: Book, sheet: Any, counts: Impact, first: int) -> None:
    """Streets by new outcome of those who change, and the chart of them."""
    sheet.write_string(first, 0, "各街道改变结论的人", book.styles["header"])
    for column, title in enumerate(counts.new.outcomes.values(), start=1):
        sheet.write_string(first, column, f"改为{title}", book.styles["header"])
    for row, (street, turns) in enumerate(counts.streets.items(), start=first + 1):
        sheet.write_string(row, 0, street, book.styles["text"])
        for column, outcome in enumerate(counts.new.outcomes, start=1):
            persons = sum(n for (_, after), n in turns.items() if after == outcome)
            sheet.write_number(row, column, persons, book.styles["number"])
    insert_stack(book, sheet, _chart(counts, first))


def _chart(counts: Impact, first: int) -> Stack:
    return Stack(
        title="各街道改变结论的人，按新结论",
        description="各街道改变结论的人，按新结论堆叠",
        header=first,
        rows=len(counts.streets),
        series=[(outcome, f"改为{title}") for outcome, title in counts.new.outcomes.items()],
        gap=2,
    )
