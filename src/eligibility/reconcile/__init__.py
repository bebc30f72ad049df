"""Matches agreements with approvals: which coverage is certain and which only possible. Never chooses between equals."""

from eligibility.reconcile.run import reconcile

__all__ = ["reconcile"]
