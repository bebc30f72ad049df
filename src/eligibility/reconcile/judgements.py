"""Reports judgements without effect: a confirmed link that place, class, kind or ownership makes impossible."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from eligibility.reconcile.papers import Papers
from eligibility.reconcile.positive_evidence import Candidates


def report_ineffective_judgements(con: duckdb.DuckDBPyConnection, papers: Papers, possible: Candidates) -> None:
    """Write every confirmed link that is not possible, and so has no effect, into `paper.quarantine`.

    Rows of an earlier reconciliation of the same papers are replaced.
    """
    if papers.judged_by:
        con.execute("DELETE FROM paper.quarantine WHERE code = 'judgement_impossible'")
    ineffective = [
        (line.index, approval)
        for line in papers.lines
        for approval in sorted(line.confirmed - {parcel.approval for parcel in possible.get(line.index, ())})
    ]
    if ineffective:
        sql = files("eligibility.reconcile").joinpath("ineffective_judgements.sql").read_text(encoding="utf-8")
        con.executemany(sql, ineffective)
