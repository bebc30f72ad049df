"""Divides a whole amount of 分 into parts that add up to it: the largest remainders get the 分 that are left."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def split(whole: int, shares: Sequence[Fraction]) -> list[int]:
    """The parts of `whole` 分 (refunds are negative) by `shares`, which add up to one; the first of equal remainders goes first.

    Raises:
        ValueError: a share is negative, or they do not add up to one.

    >>> split(100, [Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)])
    [34, 33, 33]
    >>> split(228000, [Fraction(80, 100), Fraction(20, 100)])
    [182400, 45600]

    """
    if any(share < 0 for share in shares) or sum(shares) != 1:
        raise ValueError(f"shares must be at least nothing and add up to one: {shares}")
    if whole < 0:
        return [-part for part in split(-whole, shares)]
    exact = [share * whole for share in shares]
    parts = [value.numerator // value.denominator for value in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: whole - sum(parts)]:
        parts[place] += 1
    return parts
