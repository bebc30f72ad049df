"""Joins verdicts with persons: one decision per person, with the papers that answer his open questions and who holds them."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from eligibility.model.policy import Policy
from eligibility.model.truth import Truth

REVIEW = "manual_review"
MARKS = {mark.value: mark for mark in Truth}


class Unaccounted(AssertionError):
    """The number of rows read differs from rows decided plus rows quarantined: a fault of the program, not of the papers."""


def decide(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Write `decision.persons` from schemas `paper` and `verdict` and the open questions.

    `missing_evidence` and `settled_by` of a person in review are the papers and the bodies of exactly the questions on which
    the case waits, so that nobody is asked for a paper that would settle nothing.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS decision")
    con.execute("SET VARIABLE regime = ?", [policy.id])
    con.execute(files("eligibility.adjudicate").joinpath("decisions.sql").read_text(encoding="utf-8"))


def account(con: duckdb.DuckDBPyConnection) -> None:
    """Check that every row of the persons table was either decided once or quarantined.

    Raises:
        Unaccounted: the numbers differ.

    """
    counts = con.execute(
        "SELECT rows_in, kept, quarantined, (SELECT count(*) FROM decision.persons),"
        " (SELECT count(DISTINCT row_id) FROM decision.persons) FROM paper.tables WHERE table_name = 'persons'"
    ).fetchone()
    if counts is None:
        raise Unaccounted("no persons table was read")
    rows_in, kept, quarantined, decided, distinct = counts
    if not (rows_in == kept + quarantined and kept == decided == distinct):
        raise Unaccounted(f"rows in {rows_in}, kept {kept}, quarantined {quarantined}, decided {decided} ({distinct})")
