"""The last sheet of `decisions.xlsx`: each case (profile) on one row, clause by clause with its citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from duckdb import DuckDBPyConnection

from eligibility.labels.titles import Family, Titles, why
from eligibility.labels.values import say_parameter
from eligibility.model.policy import Citation, Status
from eligibility.reporting.books.list_sheet import Cell
from eligibility.reporting.books.sheets import EXCEL_ROWS, Book, Field
from eligibility.reporting.queries import rows

PROFILES = "情形说明"
UNSEEN = {Status.ASSUMED: "（推定）", Status.UNSET: "（未设定）"}
FIRST_ROW = 2
"""Row of the first case, from 1, the header above it."""


def places(con: DuckDBPyConnection) -> dict[str, str]:
    """Where each profile stands on the sheet, most persons first."""
    return {profile: f"'{PROFILES}'!A{n}" for n, (profile, *_) in enumerate(rows(con, "explained_profiles"), FIRST_ROW)}


def write_profiles(con: DuckDBPyConnection, book: Book, titles: Titles) -> None:
    """Write the sheet. A profile is decided once and holds for everybody in it."""
    fields = (
        *(Field("情形编号", 16, "top"), Field("审核结论", 13, "outcome", partial(titles.zh, Family.OUTCOME))),
        *(Field("人数", 9, "number"), Field("原因", 40, "wrap"), Field("不成立的条款及依据", 52, "wrap")),
        *(Field("待核的条款及依据", 52, "wrap"), Field("所依据的推定参数", 34, "wrap")),
    )
    book.free(PROFILES)
    for sheet in book.list(PROFILES, fields, _lines(con, titles), EXCEL_ROWS):
        sheet.set_tab_color("#5B6670")


def _lines(con: DuckDBPyConnection, titles: Titles) -> Iterator[Sequence[Cell]]:
    for profile, outcome, persons, reasons, refuted, unclear, assumed in rows(con, "explained_profiles"):
        yield (
            *(profile, outcome, persons, _numbered(_titles(titles, why(outcome), reasons))),
            *(_numbered(_clauses(titles, refuted)), _numbered(_clauses(titles, unclear))),
            _numbered(_parameters(titles, assumed)),
        )


def _titles(titles: Titles, family: Family, codes: str) -> Iterator[str]:
    return (titles.zh(family, code) for code in codes.split(";") if code)


def _clauses(titles: Titles, codes: str) -> Iterator[str]:
    for code in filter(None, codes.split(";")):
        clause = titles.policy.clauses.get(code)
        yield f"{clause.title}——{cited(clause.citation)}" if clause else code


def _parameters(titles: Titles, codes: str) -> Iterator[str]:
    policy = titles.policy
    for code in filter(None, codes.split(";")):
        parameter = policy.parameters.get(code)
        yield f"{parameter.title}：{say_parameter(parameter, policy.value(code)).zh}" if parameter else code


def cited(law: Citation) -> str:
    """A citation as an officer reads it; what was not read in the text says so."""
    quote = f"“{law.quote}”" if law.quote else ""
    return f"{law.instrument} {law.article}".strip() + quote + UNSEEN.get(law.status, "")


def _numbered(lines: Iterable[str]) -> str:
    said = list(lines)
    return said[0] if len(said) == 1 else "\n".join(f"{n}. {line}" for n, line in enumerate(said, 1))
