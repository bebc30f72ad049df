"""Writes the legal properties of each approval: competence, special works, contradictory batches."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from eligibility.model.truth import Truth
from eligibility.reconcile.evidence import contradicts
from eligibility.reconcile.papers import Approval
from eligibility.reconcile.status import LegalContext, not_special_by_name

TRUTHS = {Truth.PROVEN: True, Truth.REFUTED: False, Truth.OPEN: None}


def write_approval_law(con: duckdb.DuckDBPyConnection, context: LegalContext) -> None:
    """Write `link.approval_law`: `approval_key, approval_no, approved_lo, approved_hi, competent, special, contradictory`."""
    approvals = sorted(context.papers.approvals.values(), key=lambda approval: approval.key)
    columns = {
        "approval_key": pa.array([approval.key for approval in approvals], pa.string()),
        "approval_no": pa.array([approval.no for approval in approvals], pa.string()),
        "approved_lo": pa.array([approval.approved_from for approval in approvals], pa.date32()),
        "approved_hi": pa.array([approval.approved_to for approval in approvals], pa.date32()),
        "competent": pa.array([TRUTHS[context.competences[approval.key]] for approval in approvals], pa.bool_()),
        "special": pa.array([_special(approval, context) for approval in approvals], pa.bool_()),
        "contradictory": pa.array([contradicts(approval) for approval in approvals], pa.bool_()),
    }
    con.register("arriving", pa.table(columns))
    con.execute("CREATE OR REPLACE TABLE link.approval_law AS SELECT * FROM arriving")
    con.unregister("arriving")


def _special(approval: Approval, context: LegalContext) -> bool | None:
    words = context.policy.value("special_works_words")
    if not isinstance(words, tuple):
        return None
    if any(word in approval.project for word in words):
        return True
    return False if not_special_by_name(approval, context.policy) else approval.works
