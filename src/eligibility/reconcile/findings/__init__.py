"""Findings of reconciliation: contradictions between approvals and agreements, each with areas, dates and remedy."""

from eligibility.reconcile.findings.kinds import EVIDENCE, KINDS, FindingKind
from eligibility.reconcile.findings.run import write_findings

__all__ = ["EVIDENCE", "KINDS", "FindingKind", "write_findings"]
