"""The drawing of a run: what the papers show of approval and title on the left, outcomes on the right."""

from __future__ import annotations

from collections.abc import Mapping

from duckdb import DuckDBPyConnection

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Policy
from eligibility.reporting.pages.impact_flow import Flow, flow
from eligibility.reporting.queries import rows

READ = frozenset({"approval_exists", "contract_right"})
"""Conditions that the drawing reads; a rulebook without them has none."""
SHOWN: Mapping[str, Bilingual] = {
    "both": Bilingual("批文、权证俱全", "approval and title proven"),
    "no_title": Bilingual("有批文，承包权待核", "approval proven, title open"),
    "no_approval": Bilingual("批文待核", "approval open"),
    "not_taken": Bilingual("没有征收批文所及的地", "no land under an approval"),
}
"""What the papers show, from the most to the least."""


def paper_flow(con: DuckDBPyConnection, policy: Policy, outcomes: list[str]) -> Flow | None:
    """Persons from what their papers show to their outcomes; None where the rulebook does not ask it, or of nobody."""
    if not set(policy.conditions) >= READ:
        return None
    turns = {(shown, outcome): persons for shown, outcome, persons in rows(con, "paper_flow")}
    return flow(turns, [*SHOWN, *outcomes]) if turns else None
