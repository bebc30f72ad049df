"""Rounding of printed figures, in micro-亩: a small part may count in favour of certainty, all of it counts against.

Half the last printed digit of an area in 亩 with two decimals, or in 公顷 with four, is less than one hundredth of a 亩:
figures of the same land differ by that much whenever one was converted. Half the last digit of `2 公顷` is 7.5 亩, more
than the land of many households, so that agreement of two such figures is no evidence.
"""

from __future__ import annotations

FINE = 5_000
"""Maximum rounding of one figure that counts in favour of a match: 0.005 亩."""
COARSE = 500_000
"""A figure with more rounding than this (half a 亩, that of whole 亩) is coarse: it counts at its worst value."""


def grace(half_unit: int) -> int:
    """Return the tolerance of a figure when areas are compared for a match."""
    return min(half_unit, FINE)


def doubt(half_unit: int) -> int:
    """Return the amount by which a coarse figure counts against certainty."""
    return half_unit if half_unit > COARSE else 0
