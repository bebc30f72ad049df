"""`decisions.xlsx`: a summary with a chart, every person, one sheet a street, and the cases explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.labels.titles import Family, Titles, leading, why
from eligibility.model.policy import Policy
from eligibility.reporting.books.decisions_summary import write_summary
from eligibility.reporting.books.list_sheet import Repeated, Row
from eligibility.reporting.books.profile_sheet import PROFILES, places, write_profiles
from eligibility.reporting.books.sheets import Book, Field
from eligibility.reporting.counts import Summary
from eligibility.reporting.queries import query, rows

SUMMARY = "汇总"
FROZEN_COLUMNS = 2
"""Id and name stay in sight when an officer scrolls to the reasons."""


def write_decisions_book(
    con: DuckDBPyConnection, policy: Policy, path: Path, *, found: Summary, sheet_rows: int
) -> None:
    """Write the workbook of all persons to `path`; a street of more than `sheet_rows` rows gets several sheets.

    The number of a person's case (情形编号) leads to the row that explains it on the last sheet.
    """
    titles = Titles(policy)
    with Book(path, policy, "审核结论", reserved=(PROFILES,)) as book:
        summary = book.sheet(SUMMARY)
        links, first = places(con), {}
        con.execute(query("make_decided_cases"))
        cases = {number: Repeated(tuple(cells)) for number, *cells in rows(con, "decided_cases")}
        for street in found.streets:
            sheets = book.list(street, fields(titles), _persons(con, street, cases), sheet_rows, links)
            first[street] = sheets[0].get_name()
            for sheet in sheets:
                sheet.freeze_panes(1, FROZEN_COLUMNS)
        if links:
            write_profiles(con, book, titles)
        write_summary(book, summary, titles, found, first)


def fields(titles: Titles) -> Sequence[Field]:
    """The columns of a street's sheet: those of the contract, codes by their Chinese titles."""
    clauses = partial(titles.listed, Family.CLAUSE)
    return (
        *(Field("身份证号", 21), Field("姓名", 11), Field("户号", 13), Field("街道", 12), Field("社区/村", 14)),
        *(Field("村民小组", 12), Field("审核结论", 13, "outcome", partial(titles.zh, Family.OUTCOME))),
        *(Field("适用办法", 12), Field("原因", 44, say=partial(reasons, titles))),
        *(Field("不成立的条款", 30, say=clauses), Field("待核的条款", 36, say=clauses)),
        Field("缺少的材料", 36, say=partial(titles.listed, Family.DOCUMENT)),
        Field("可核实单位", 24, say=partial(titles.listed, Family.BODY)),
        Field("所依据的推定参数", 30, say=partial(titles.listed, Family.PARAMETER)),
        Field("情形编号", 16, "link"),
    )


def reasons(titles: Titles, outcome_and_codes: str) -> str:
    """Reasons as titles, of `outcome/codes`: what the codes stand for depends on the outcome."""
    outcome, _, codes = outcome_and_codes.partition("/")
    if why(outcome) is Family.REFUSAL:
        codes = ";".join(leading(titles.policy, codes.split(";")))
    return titles.listed(why(outcome), codes)


def _persons(con: DuckDBPyConnection, street: str, cases: Mapping[int, Repeated]) -> Iterator[Row]:
    """The persons of a street; what their profile says of them is shared by all of it."""
    cursor = con.execute(query("decisions_of_street"), [street])
    while batch := cursor.fetchmany(10_000):
        yield from ((*person, cases[case]) for *person, case in batch)
