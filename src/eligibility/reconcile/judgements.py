"""Judgements that cannot take effect: a confirmed link that place, class, kind or ownership forbids."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from eligibility.reconcile.papers import Papers
from eligibility.reconcile.ties import Candidates


def tell_idle(con: duckdb.DuckDBPyConnection, papers: Papers, possible: Candidates) -> None:
    """Put every confirmed link that is not possible, and so binds nothing, beside what is wrong in the papers.

    What an earlier reconciliation of the same papers put there is replaced.
    """
    if papers.judged_by:
        con.execute("DELETE FROM paper.quarantine WHERE code = 'judgement_impossible'")
    idle = [
        (line.index, approval)
        for line in papers.lines
        for approval in sorted(line.confirmed - {parcel.approval for parcel in possible.get(line.index, ())})
    ]
    if idle:
        sql = files("eligibility.reconcile").joinpath("idle_judgements.sql").read_text(encoding="utf-8")
        con.executemany(sql, idle)
