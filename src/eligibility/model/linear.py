"""Sums of quantities as whole numbers: both sides of a comparison become one sum compared with zero, without rounding."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from eligibility.model.formula import AgeOn, Compare, Constant, FactRef, Linear, Operand, Quotient, Term

MOST = 10**18
"""Greatest whole number by which a fact may be multiplied; more would not fit a column of the database."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Left side minus right side, times a positive whole number: each fact with its factor, and what is added."""

    factors: tuple[tuple[FactRef | AgeOn | Quotient, int], ...]
    added: int


def difference(formula: Compare) -> Difference | None:
    """Return the sides of a comparison as one sum to compare with zero; None where a parameter has no value.

    A fact that stands on both sides stands once, so that the range of the sum is exact.

    >>> difference(Compare(">=", Linear((Term(FactRef("lost")), Term(FactRef("lost")))), FactRef("own"))).factors
    ((FactRef(id='lost'), 2), (FactRef(id='own'), -1))
    """
    factors: dict[FactRef | AgeOn | Quotient, Fraction] = {}
    added = Fraction(0)
    for side, sign in ((formula.left, 1), (formula.right, -1)):
        for term in terms_of(side):
            number = Fraction(sign)
            for rate in term.rates:
                if rate.value is None:
                    return None
                number *= rate.value
            if isinstance(term.of, Constant):
                if term.of.value is None:
                    return None
                if isinstance(term.of.value, bool) or not isinstance(term.of.value, int):
                    raise TypeError(f"{term.of.value!r} cannot be added")
                added += number * term.of.value
            else:
                factors[term.of] = factors.get(term.of, Fraction(0)) + number
    common = lcm(*(number.denominator for number in (*factors.values(), added)))
    whole = tuple((of, int(number * common)) for of, number in factors.items() if number)
    return Difference(whole, int(added * common))


def terms_of(side: Operand) -> tuple[Term, ...]:
    """The terms of a side; of a single quantity that one. Raises `TypeError` on a shifted day, which cannot be added."""
    match side:
        case Linear(terms=terms):
            return terms
        case FactRef() | Constant() | AgeOn():
            return (Term(side),)
    raise TypeError(f"{side!r} cannot be added")
