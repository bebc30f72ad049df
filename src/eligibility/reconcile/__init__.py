"""Approvals × agreements → linkage: what is certain, what is only possible. Breaks no tie."""

from eligibility.reconcile.coverage import Each, in_turn
from eligibility.reconcile.run import reconcile

__all__ = ["Each", "in_turn", "reconcile"]
