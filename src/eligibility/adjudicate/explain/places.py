"""The papers from which a person's facts are derived, each with file, sheet, row and column headers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

import duckdb

from eligibility.adjudicate.explain.models import PaperPlace
from eligibility.model.extra_columns import key_of
from eligibility.model.policy import FactSpec
from eligibility.model.tables import TABLES

_MU = "CREATE OR REPLACE TEMP MACRO mu(a) AS coalesce((a / 1000000.0)::DECIMAL(18, 4)::VARCHAR || '亩', '面积不详')"
_DAYS = (
    "CREATE OR REPLACE TEMP MACRO days(word, lo, hi) AS CASE WHEN lo = DATE '9999-12-31' THEN ''"
    " WHEN lo = DATE '0001-01-01' THEN ' ' || word || '不详' WHEN lo = hi THEN ' ' || word || lo::VARCHAR"
    " ELSE ' ' || word || lo::VARCHAR || '至' || hi::VARCHAR END"
)

TABLE_TITLES = {table.key: table.zh for table in TABLES} | {"answers": "核查答复", "listed": "比对名单和登记"}
"""Chinese titles of the tables of papers, including the answers of reviewers."""


@dataclass(frozen=True, kw_only=True)
class _Written(PaperPlace):
    """A paper with the headers of its sheet (column of the contract → header), which are not part of the output."""

    headers: dict[str, str] = field(default_factory=dict)


@cache
def columns_of_facts() -> Mapping[str, Mapping[str, list[str]]]:
    """Return for each fact, by table of the contract, the columns from which it is derived."""
    text = files("eligibility.adjudicate.explain").joinpath("fact_columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def papers_of_person(con: duckdb.DuckDBPyConnection, row_id: int) -> list[PaperPlace]:
    """Return the papers of a person's household and of the agreements that may affect it, in the order of the tables."""
    con.execute(_MU)
    con.execute(_DAYS)
    query = files("eligibility.adjudicate.explain").joinpath("papers.sql").read_text(encoding="utf-8")
    rows = con.execute(query, {"row_id": row_id}).fetchall()
    written = _headers(con, {source for *_, source in rows})
    return [
        _Written(table=t, file=f, sheet=s or "", row=r, says=content, headers=written.get(source, {}))
        for t, f, s, r, content, source in rows
    ]


def fact_places(spec: FactSpec, papers: list[PaperPlace]) -> list[PaperPlace]:
    """Return the papers from which a fact is derived, each with the columns used."""
    wanted = columns_of_facts().get(spec.id, {})
    headers: dict[str, str] = {}
    if spec.source is not None:
        wanted = {spec.source.table: [key_of(spec)]}
        headers = {key_of(spec): spec.source.headers[0]}
    return [
        replace(paper, columns=[_header(paper, column, headers) for column in wanted[paper.table]])
        for paper in papers
        if paper.table in wanted
    ]


def _headers(con: duckdb.DuckDBPyConnection, sources: set[int]) -> dict[int, dict[str, str]]:
    """Return for each sheet, by column of the contract, the header as written, with the column letter."""
    query = "SELECT source, column_key, header, letter FROM paper.headers WHERE source IN (SELECT unnest(?))"
    headers: dict[int, dict[str, str]] = {}
    for source, key, header, letter in con.execute(query, [sorted(sources)]).fetchall():
        headers.setdefault(source, {})[key] = f"{header}({letter})" if letter else header
    return headers


def _header(paper: PaperPlace, column: str, added: Mapping[str, str]) -> str:
    """Return the header of a column as the sheet has it; if the sheet lacks the column, that of the contract."""
    headers = paper.headers if isinstance(paper, _Written) else {}
    return headers.get(column) or added.get(column) or _CONTRACT[paper.table, column]


_CONTRACT = {(table.key, column.key): column.zh for table in TABLES for column in table.columns}
