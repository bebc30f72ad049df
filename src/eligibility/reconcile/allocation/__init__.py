"""Allocation model: which approval most likely gives how much area to which agreement, solved component by component."""

from eligibility.reconcile.allocation.propose import (
    AllocationComponent,
    AllocationResult,
    Proposals,
    ScoreFunction,
    propose,
)

__all__ = ["AllocationComponent", "AllocationResult", "Proposals", "ScoreFunction", "propose"]
