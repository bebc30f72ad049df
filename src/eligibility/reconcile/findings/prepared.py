"""Prepares the temporary tables that all findings read: agreement lines, approvals, parcels, citations and links."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.model.batch import named_batch
from eligibility.model.document_number import bearers, normal_form
from eligibility.model.policy import Policy
from eligibility.reconcile.evidence import citation_keys, project_key

SIGNING_ORDER = "agreement_before_approval"
"""Parameter by date of signing: whether an agreement may be signed before the approval."""


def prepare(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Create the tables of `sql/prepared.sql` from schemas `paper` and `link`, as of the policy's day."""
    _register(con, "parsed_text", _TEXT, _texts(con))
    _register(con, "parsed_citation", _CITATION, _citations(con))
    _register(con, "signing_law", _LAW, _law(policy))
    con.execute("SET VARIABLE findings_as_of = ?::DATE", [policy.as_of])
    con.execute(files("eligibility.reconcile.findings").joinpath("sql/prepared.sql").read_text(encoding="utf-8"))


def _texts(con: duckdb.DuckDBPyConnection) -> Iterable[tuple[Any, ...]]:
    """Yield each distinct project or batch text with the normalised project and batch that it names."""
    for (text,) in con.execute(_DISTINCT_TEXTS).fetchall():
        batch = named_batch(text)
        yield text, project_key(text), None if batch is None else str(batch)


def _citations(con: duckdb.DuckDBPyConnection) -> Iterable[tuple[str, str, bool]]:
    """Yield each distinct citation with the approvals it names; an unreadable one with its normalised text."""
    bearer_of = bearers(key for (key,) in con.execute(_APPROVALS).fetchall())
    for (text,) in con.execute(_DISTINCT_CITATIONS).fetchall():
        keys = citation_keys(text)
        named = dict.fromkeys(bearer_of.get(key, key) for key in keys or (normal_form(text),))
        yield from ((text, key, bool(keys)) for key in named)


def _law(policy: Policy) -> Iterable[tuple[date, date, bool]]:
    """Yield the periods in which the approval must come first (false), or the agreement may (true)."""
    for dated in policy.parameters[SIGNING_ORDER].timeline if SIGNING_ORDER in policy.parameters else ():
        if dated.value is not None:
            yield dated.since, dated.until or date.max, bool(dated.value)


def _register(con: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    con.register(
        "arriving", pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arriving")
    con.unregister("arriving")


_TEXT = pa.schema([("text", pa.string()), ("project_key", pa.string()), ("batch", pa.string())])
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
