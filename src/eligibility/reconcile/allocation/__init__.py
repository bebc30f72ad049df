"""The allocation model: which approval most likely gives how much to which agreement, component by component."""

from eligibility.reconcile.allocation.propose import Piece, Proposals, Settled, Worth, propose

__all__ = ["Piece", "Proposals", "Settled", "Worth", "propose"]
