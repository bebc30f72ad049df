"""The papers behind a person's facts, each at the place an officer can put a finger on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

import duckdb

from eligibility.adjudicate.explain.models import PaperPlace
from eligibility.domain.tables import TABLES

_MU = "CREATE OR REPLACE TEMP MACRO mu(a) AS coalesce((a / 1000000.0)::DECIMAL(18, 4)::VARCHAR || '亩', '面积不详')"
_DAYS = (
    "CREATE OR REPLACE TEMP MACRO days(word, lo, hi) AS CASE WHEN lo = DATE '9999-12-31' THEN ''"
    " WHEN lo = DATE '0001-01-01' THEN ' ' || word || '不详' WHEN lo = hi THEN ' ' || word || lo::VARCHAR"
    " ELSE ' ' || word || lo::VARCHAR || '至' || hi::VARCHAR END"
)

TABLE_TITLES = {table.key: table.zh for table in TABLES} | {"answers": "核查答复"}
"""Chinese titles of the tables that papers stand in; the answers of reviewers among them."""


@dataclass(frozen=True, kw_only=True)
class _Written(PaperPlace):
    """A paper with the headers of its sheet, which are no part of what is told: column of the contract → header."""

    headers: dict[str, str] = field(default_factory=dict)


@cache
def columns_of_facts() -> Mapping[str, Mapping[str, list[str]]]:
    """Fact → table of the contract → the columns from which it is derived."""
    text = files("eligibility.adjudicate.explain").joinpath("fact_columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def papers_of_person(con: duckdb.DuckDBPyConnection, row_id: int) -> list[PaperPlace]:
    """The papers of one person's household and of the agreements that touch it, in the order of the tables."""
    con.execute(_MU)
    con.execute(_DAYS)
    query = files("eligibility.adjudicate.explain").joinpath("papers.sql").read_text(encoding="utf-8")
    rows = con.execute(query, {"row_id": row_id}).fetchall()
    written = _headers(con, {source for *_, source in rows})
    return [
        _Written(table=t, file=f, sheet=s or "", row=r, says=said, headers=written.get(source, {}))
        for t, f, s, r, said, source in rows
    ]


def fact_places(fact: str, papers: list[PaperPlace]) -> list[PaperPlace]:
    """The papers that say something of a fact, each with the columns that do."""
    wanted = columns_of_facts().get(fact, {})
    return [
        replace(paper, columns=[_header(paper, column) for column in wanted[paper.table]])
        for paper in papers
        if paper.table in wanted
    ]


def _headers(con: duckdb.DuckDBPyConnection, sources: set[int]) -> dict[int, dict[str, str]]:
    """Sheet → column of the contract → its header as the sheet writes it, with the letter over it."""
    query = "SELECT source, column_key, header, letter FROM paper.headers WHERE source IN (SELECT unnest(?))"
    found: dict[int, dict[str, str]] = {}
    for source, key, header, letter in con.execute(query, [sorted(sources)]).fetchall():
        found.setdefault(source, {})[key] = f"{header}({letter})" if letter else header
    return found


def _header(paper: PaperPlace, column: str) -> str:
    """The header of a column as the sheet writes it; of a column that the sheet does not have, the contract's."""
    headers = paper.headers if isinstance(paper, _Written) else {}
    return headers.get(column) or _CONTRACT[paper.table, column]


_CONTRACT = {(table.key, column.key): column.zh for table in TABLES for column in table.columns}
