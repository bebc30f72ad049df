"""What every finding reads: agreement lines, approvals, parcels, citations and links, as temporary tables `seen_…`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.domain.batch import named_batch
from eligibility.domain.document_number import bearers, normal_form
from eligibility.domain.policy import Policy
from eligibility.reconcile.evidence import citation_keys, project_key

LAW_OF_ORDER = "agreement_before_approval"
"""The parameter that says, by day of signing, whether an agreement may be signed before the approval."""


def prepare(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Make the tables `seen_…` of `sql/prepared.sql` from schemas `paper` and `link`, as of the policy's day."""
    _register(con, "seen_text", _TEXT, _texts(con))
    _register(con, "seen_citation", _CITATION, _citations(con))
    _register(con, "seen_law", _LAW, _law(policy))
    con.execute("SET VARIABLE seen_as_of = ?::DATE", [policy.as_of])
    con.execute(files("eligibility.reconcile.findings").joinpath("sql/prepared.sql").read_text(encoding="utf-8"))


def _texts(con: duckdb.DuckDBPyConnection) -> Iterable[tuple[Any, ...]]:
    """Each distinct project or batch text: the project it names and its batch in one word."""
    for (text,) in con.execute(_DISTINCT_TEXTS).fetchall():
        batch = named_batch(text)
        yield text, project_key(text), None if batch is None else str(batch)


def _citations(con: duckdb.DuckDBPyConnection) -> Iterable[tuple[str, str, bool]]:
    """Each distinct citation and the approvals it names; one that cannot be read names its folded text."""
    of = bearers(key for (key,) in con.execute(_APPROVALS).fetchall())
    for (text,) in con.execute(_DISTINCT_CITATIONS).fetchall():
        keys = citation_keys(text)
        named = dict.fromkeys(of.get(key, key) for key in keys or (normal_form(text),))
        yield from ((text, key, bool(keys)) for key in named)


def _law(policy: Policy) -> Iterable[tuple[date, date, bool]]:
    """Spans of days in which the approval had to come first (false) or the agreement may (true)."""
    for dated in policy.parameters[LAW_OF_ORDER].timeline:
        if dated.value is not None:
            yield dated.since, dated.until or date.max, bool(dated.value)


def _register(con: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    con.register(
        "arriving", pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arriving")
    con.unregister("arriving")


_TEXT = pa.schema([("said", pa.string()), ("project_key", pa.string()), ("batch", pa.string())])
_CITATION = pa.schema([("cited", pa.string()), ("approval_key", pa.string()), ("readable", pa.bool_())])
_LAW = pa.schema([("since", pa.date32()), ("until", pa.date32()), ("allowed", pa.bool_())])
_APPROVALS = "SELECT DISTINCT approval_key FROM paper.approvals WHERE state = 'kept' AND approval_key IS NOT NULL"
_DISTINCT_TEXTS = """
SELECT project FROM paper.approvals WHERE state = 'kept' AND project IS NOT NULL
UNION SELECT batch FROM paper.approvals WHERE state = 'kept' AND batch IS NOT NULL
UNION SELECT project FROM paper.agreements WHERE state = 'kept' AND project IS NOT NULL ORDER BY 1
"""
_DISTINCT_CITATIONS = """
SELECT DISTINCT cited_approval_no FROM paper.agreements
WHERE state = 'kept' AND trim(coalesce(cited_approval_no, '')) <> '' ORDER BY 1
"""
