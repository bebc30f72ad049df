"""The three marks of a comparison and strong Kleene logic over them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Truth(StrEnum):
    """What the papers say of a condition: proven, refuted, or open (neither)."""

    PROVEN = "proven"
    REFUTED = "refuted"
    OPEN = "open"


def negate(mark: Truth) -> Truth:
    """Swap proven and refuted; open stays open.

    >>> negate(Truth.OPEN)
    <Truth.OPEN: 'open'>
    """
    return {Truth.PROVEN: Truth.REFUTED, Truth.REFUTED: Truth.PROVEN, Truth.OPEN: Truth.OPEN}[mark]


def conjunction(marks: Iterable[Truth]) -> Truth:
    """Refuted if any is refuted, proven if all are proven, else open (Kleene 1938)."""
    seen = set(marks)
    if Truth.REFUTED in seen:
        return Truth.REFUTED
    return Truth.OPEN if Truth.OPEN in seen else Truth.PROVEN


def disjunction(marks: Iterable[Truth]) -> Truth:
    """Proven if any is proven, refuted if all are refuted, else open (Kleene 1938)."""
    return negate(conjunction(negate(mark) for mark in marks))
