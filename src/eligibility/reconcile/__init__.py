"""Approvals × agreements → linkage: what is certain, what is only possible. Breaks no tie."""

from eligibility.reconcile.run import reconcile

__all__ = ["reconcile"]
