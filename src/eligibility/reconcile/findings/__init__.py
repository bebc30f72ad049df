"""Typed findings: where approvals and agreements do not agree with each other, each with areas, days and remedy."""

from eligibility.reconcile.findings.kinds import EVIDENCE, KINDS, FindingKind
from eligibility.reconcile.findings.run import find

__all__ = ["EVIDENCE", "KINDS", "FindingKind", "find"]
