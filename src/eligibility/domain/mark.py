"""The three marks of a comparison and strong Kleene logic over them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Mark(StrEnum):
    """What the papers say of a condition: proven, refuted, or open (neither)."""

    PROVEN = "proven"
    REFUTED = "refuted"
    OPEN = "open"


def negate(mark: Mark) -> Mark:
    """Swap proven and refuted; open stays open.

    >>> negate(Mark.OPEN)
    <Mark.OPEN: 'open'>
    """
    return {Mark.PROVEN: Mark.REFUTED, Mark.REFUTED: Mark.PROVEN, Mark.OPEN: Mark.OPEN}[mark]


def conjunction(marks: Iterable[Mark]) -> Mark:
    """Refuted if any is refuted, proven if all are proven, else open (Kleene 1938)."""
    seen = set(marks)
    if Mark.REFUTED in seen:
        return Mark.REFUTED
    return Mark.OPEN if Mark.OPEN in seen else Mark.PROVEN


def disjunction(marks: Iterable[Mark]) -> Mark:
    """Proven if any is proven, refuted if all are refuted, else open (Kleene 1938)."""
    return negate(conjunction(negate(mark) for mark in marks))
