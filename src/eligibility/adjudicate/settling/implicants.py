"""Sets of literals as whole numbers, and the few operations on families of them that never list a subset twice.

Question `i` has two literals: bit `2i`, it is proven, and bit `2i + 1`, it is refuted. An implicant is a set of literals
that are needed together; a family is a list of implicants any one of which is enough, none containing another.

>>> product([0b01, 0b10], [0b100])
[5, 6]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

Family = tuple[int, ...]

NEVER: Family = ()
"""No implicant: it cannot be had."""
ALWAYS: Family = (0,)
"""The empty implicant: it is so already."""


def proven(question: int) -> int:
    """The literal that question `question` is proven."""
    return 1 << 2 * question


def refuted(question: int) -> int:
    """The literal that question `question` is refuted."""
    return 2 << 2 * question


def contradictory(literals: int, even: int) -> bool:
    """Whether some question is both; `even` has every even bit set."""
    return bool(literals & literals >> 1 & even)


def minimal(found: Iterable[int]) -> list[int]:
    """Those that contain no other, in a stable order: fewer first, then by number."""
    kept: list[int] = []
    for one in sorted(sorted(set(found)), key=int.bit_count):
        for less in kept:
            if less & one == less:
                break
        else:
            kept.append(one)
    return kept


def either(families: Iterable[Sequence[int]]) -> list[int]:
    """Any implicant of any of the families."""
    return minimal(one for family in families for one in family)


def product(left: Sequence[int], right: Sequence[int]) -> list[int]:
    """One implicant of each, together."""
    if len(left) == 1 == len(right):
        return [left[0] | right[0]]
    return minimal(one | other for one in left for other in right)


def every(families: Iterable[Sequence[int]]) -> list[int]:
    """One implicant of every family, together; small families first, so that the rest meets few."""
    return reduce(product, sorted(families, key=len), [0])


def consistent(family: Iterable[int], even: int) -> list[int]:
    """Those that do not contradict themselves."""
    return [one for one in family if not contradictory(one, even)]
