"""Join verdicts back to persons: one decision each, with what is missing and who can supply it."""

from __future__ import annotations

from importlib.resources import files

import duckdb
import pyarrow as pa

from eligibility.domain.policy import Policy

REVIEW = "manual_review"


class Unaccounted(AssertionError):
    """Rows in are not rows decided plus rows quarantined: a fault of this program, never of the papers."""


def decide(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Write `decision.persons` from schemas `paper` and `verdict`."""
    con.execute("CREATE SCHEMA IF NOT EXISTS decision")
    con.execute("SET VARIABLE regime = ?", [policy.id])
    profiles = con.execute("SELECT profile_id, outcome, reasons FROM verdict.profiles ORDER BY profile_id").fetchall()
    needs = [_need(reasons if outcome == REVIEW else "", policy) for _, outcome, reasons in profiles]
    con.register(
        "arriving",
        pa.table(
            {
                "profile_id": pa.array([profile for profile, _, _ in profiles], pa.string()),
                "missing_evidence": pa.array([documents for documents, _ in needs], pa.string()),
                "settled_by": pa.array([bodies for _, bodies in needs], pa.string()),
            }
        ),
    )
    con.execute("CREATE OR REPLACE TEMP TABLE need AS SELECT * FROM arriving")
    con.unregister("arriving")
    con.execute(files("eligibility.adjudicate").joinpath("decisions.sql").read_text(encoding="utf-8"))


def account(con: duckdb.DuckDBPyConnection) -> None:
    """Check that every person row in was either decided once or quarantined.

    Raises:
        Unaccounted: the numbers differ.

    """
    found = con.execute(
        "SELECT rows_in, kept, quarantined, (SELECT count(*) FROM decision.persons),"
        " (SELECT count(DISTINCT row_id) FROM decision.persons) FROM paper.tables WHERE table_name = 'persons'"
    ).fetchone()
    if found is None:
        raise Unaccounted("no persons table was read")
    rows_in, kept, quarantined, decided, distinct = found
    if not (rows_in == kept + quarantined and kept == decided == distinct):
        raise Unaccounted(f"rows in {rows_in}, kept {kept}, quarantined {quarantined}, decided {decided} ({distinct})")


def _need(reasons: str, policy: Policy) -> tuple[str, str]:
    """Documents that would settle these reasons, and the bodies that hold them; codes sorted and joined by `;`."""
    known = [policy.reasons[code] for code in reasons.split(";") if code in policy.reasons]
    documents = {document for reason in known for document in reason.documents}
    bodies = {body for reason in known for body in reason.bodies}
    return ";".join(sorted(documents)), ";".join(sorted(bodies))
