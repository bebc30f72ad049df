"""What each approval says in law, once an approval: competence, special works, batches that contradict each other."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from eligibility.domain.mark import Mark
from eligibility.reconcile.evidence import contradicts
from eligibility.reconcile.papers import Approval
from eligibility.reconcile.status import Ground, not_special_by_name

TRUTHS = {Mark.PROVEN: True, Mark.REFUTED: False, Mark.OPEN: None}


def write_approval_law(con: duckdb.DuckDBPyConnection, ground: Ground) -> None:
    """Write `link.approval_law`: `approval_key, approval_no, approved_lo, approved_hi, competent, special, contradictory`."""
    approvals = sorted(ground.papers.approvals.values(), key=lambda one: one.key)
    columns = {
        "approval_key": pa.array([one.key for one in approvals], pa.string()),
        "approval_no": pa.array([one.no for one in approvals], pa.string()),
        "approved_lo": pa.array([one.lo for one in approvals], pa.date32()),
        "approved_hi": pa.array([one.hi for one in approvals], pa.date32()),
        "competent": pa.array([TRUTHS[ground.competences[one.key]] for one in approvals], pa.bool_()),
        "special": pa.array([_special(one, ground) for one in approvals], pa.bool_()),
        "contradictory": pa.array([contradicts(one) for one in approvals], pa.bool_()),
    }
    con.register("arriving", pa.table(columns))
    con.execute("CREATE OR REPLACE TABLE link.approval_law AS SELECT * FROM arriving")
    con.unregister("arriving")


def _special(approval: Approval, ground: Ground) -> bool | None:
    words = ground.policy.value("special_works_words")
    if not isinstance(words, tuple):
        return None
    if any(word in approval.project for word in words):
        return True
    return False if not_special_by_name(approval, ground.policy) else approval.works
