"""One full run of the made-up district, written to disk."""

from __future__ import annotations

from pathlib import Path

from eligibility.reporting import summary, write_manifest, write_report, write_tables, write_workbooks
from reporting.reporting_district import a_district
from reporting.reporting_policy import a_policy


def a_manifest(found):
    return {
        "program_version": "0.1.0",
        "as_of": "2022-10-31",
        "rulebook": {"sha256": "c0ffee" * 10 + "beef", "id": "km-reform"},
        "inputs": [{"rows": found.persons, "sha256": "ab" * 32, "file": "花名册.csv", "table": "persons"}],
        "rows": {"persons": {"kept": found.persons, "quarantined": 1, "in": found.persons + 1}},
        "outcomes": dict(found.outcomes),
        "second_evaluator": {"of": 14, "agree": 14},
        "seconds": {"intake": 0.1},
    }


def write_run(out: Path) -> Path:
    """Everything a run writes, from a district built anew."""
    con, policy = a_district(), a_policy()
    manifest = a_manifest(summary(con, policy))
    write_tables(con, out)
    write_workbooks(con, policy, out)
    write_report(con, policy, out, manifest=manifest)
    write_manifest(out, manifest)
    return out
