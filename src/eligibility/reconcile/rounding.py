"""What the print of a figure leaves open, in micro-亩: it may speak for certainty a little, against it in full.

Half the last printed digit of an area in 亩 with two decimals, or in 公顷 with four, is less than one hundredth of a 亩:
figures of one piece of land differ by as much whenever one was converted. Half of it in `2 公顷` is 7.5 亩, more than
many a household has; that two such figures can be reconciled tells nothing.
"""

from __future__ import annotations

FINE = 5_000
"""So much of the rounding of one figure, at most, is taken in favour of what closes: 0.005 亩, half a hundredth."""
COARSE = 500_000
"""A figure whose rounding is above this (half a 亩, as whole 亩 have it) was not measured so: it counts at its worst."""


def grace(half: int) -> int:
    """How much a figure may give way where areas are to close."""
    return min(half, FINE)


def doubt(half: int) -> int:
    """How much a coarse figure counts against what is to be certain."""
    return half if half > COARSE else 0
