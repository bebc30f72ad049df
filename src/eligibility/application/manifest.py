"""What manifest.json tells of a batch."""

from __future__ import annotations

from typing import Any

import duckdb

from eligibility import __version__
from eligibility.application.stage import Work
from eligibility.application.timing import StageTimer
from eligibility.engine import CrossCheck
from eligibility.reconcile import evidence_items


def manifest_of(con: duckdb.DuckDBPyConnection, work: Work, clock: StageTimer, outcomes: Any) -> dict[str, Any]:
    """The manifest but for what is known only at the end: its record."""
    policy, cross_check = work.policy, work.cross_checked or CrossCheck(0, 0)
    inputs = _inputs(con)
    rows = con.execute("SELECT table_name, rows_in, kept, quarantined FROM paper.tables WHERE present").fetchall()
    return {
        "program_version": __version__,
        "as_of": policy.as_of.isoformat(),
        "rulebook": {"id": policy.id, "sha256": policy.sha256},
        "inputs": inputs,
        "rows": {t: {"in": i, "kept": k, "quarantined": q} for t, i, k, q in rows},
        "evidence": {"version": evidence_items.VERSION, "sha256": evidence_items.SHA256},
        "outcomes": dict(outcomes),
        "findings": dict(
            con.execute("SELECT code, count(*) FROM link.findings GROUP BY code ORDER BY code").fetchall()
        ),
        "second_evaluator": {"agree": cross_check.agreed, "of": cross_check.checked},
        "seconds": dict(clock.seconds),
    } | ({"answers": _answers(con)} if work.answers else {})


def _answers(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The answers that were given, by what became of them."""
    return dict(con.execute("SELECT effect, count(*) FROM paper.answers GROUP BY ALL ORDER BY ALL").fetchall())


def _inputs(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Every file that was read, with its digest and its data rows, kept or quarantined."""
    held = con.execute(
        "SELECT DISTINCT table_name FROM duckdb_columns() JOIN paper.sources USING (table_name)"
        " WHERE schema_name = 'paper' AND column_name = 'source'"
    ).fetchall()
    counts = (f'SELECT source, count(*) FROM paper."{name}" GROUP BY source' for (name,) in held)
    rows = dict(con.execute(" UNION ALL ".join(counts)).fetchall())
    sources = con.execute(
        "SELECT source, table_name, file, sha256, coalesce(rows_in, 0)"
        " FROM paper.sources LEFT JOIN paper.tables USING (table_name) ORDER BY source"
    ).fetchall()
    return [{"table": t, "file": f, "sha256": h, "rows": rows.get(source, n)} for source, t, f, h, n in sources]
