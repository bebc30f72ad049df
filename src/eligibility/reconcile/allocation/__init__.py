"""The allocation model: which approval most likely gives how much to which agreement, component by component."""

from eligibility.reconcile.allocation.propose import Proposals, Worth, propose

__all__ = ["Proposals", "Worth", "propose"]
