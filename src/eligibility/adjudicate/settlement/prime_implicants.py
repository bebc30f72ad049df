"""Prime implicants as bit sets in integers, and the operations on families of them.

Question `i` has two literals: bit `2i` for proven and bit `2i + 1` for refuted. An implicant is a set of literals that
are needed together; a family is a list of implicants, any one of which is sufficient and none of which contains another.

>>> product([0b01, 0b10], [0b100])
[5, 6]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

Family = tuple[int, ...]

NEVER: Family = ()
"""No implicant: impossible."""
ALWAYS: Family = (0,)
"""The empty implicant: already true."""


def proven(question: int) -> int:
    """Return the literal that the question is proven."""
    return 1 << 2 * question


def refuted(question: int) -> int:
    """Return the literal that the question is refuted."""
    return 2 << 2 * question


def contradictory(literals: int, even: int) -> bool:
    """Whether some question is both proven and refuted; `even` has every even bit set."""
    return bool(literals & literals >> 1 & even)


def minimal(implicants: Iterable[int]) -> list[int]:
    """Return the implicants that contain no other, in a stable order: by number of literals, then by value."""
    primes: list[int] = []
    for implicant in sorted(sorted(set(implicants)), key=int.bit_count):
        for prime in primes:
            if prime & implicant == prime:
                break
        else:
            primes.append(implicant)
    return primes


def either(families: Iterable[Sequence[int]]) -> list[int]:
    """Return the disjunction of families."""
    return minimal(implicant for family in families for implicant in family)


def product(left: Sequence[int], right: Sequence[int]) -> list[int]:
    """Return the conjunction of two families."""
    if len(left) == 1 == len(right):
        return [left[0] | right[0]]
    return minimal(first | second for first in left for second in right)


def every(families: Iterable[Sequence[int]]) -> list[int]:
    """Return the conjunction of all families; small families first, which keeps intermediate results small."""
    return reduce(product, sorted(families, key=len), [0])


def consistent(family: Iterable[int], even: int) -> list[int]:
    """Return the implicants without contradictory literals."""
    return [implicant for implicant in family if not contradictory(implicant, even)]
