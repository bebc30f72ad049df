"""Parts of an amount are the whole, whatever the shares; nobody is a 分 further from his share than the rest of a 分."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.money.split import split

weights = st.lists(st.integers(0, 1000), min_size=1, max_size=6).filter(any)


@given(st.integers(-(10**12), 10**12), weights)
def test_parts_add_up_to_the_whole_and_keep_to_their_shares(whole: int, numbers: list[int]) -> None:
    shares = [Fraction(number, sum(numbers)) for number in numbers]
    parts = split(whole, shares)
    assert sum(parts) == whole
    assert all(abs(part - share * whole) < 1 for part, share in zip(parts, shares, strict=True))
    assert all(part * whole >= 0 for part in parts), "a refund has no part that is paid, a payment none that is owed"


@given(st.integers(0, 10**12), weights)
def test_a_refund_is_the_payment_taken_back_part_by_part(whole: int, numbers: list[int]) -> None:
    shares = [Fraction(number, sum(numbers)) for number in numbers]
    assert [a + b for a, b in zip(split(whole, shares), split(-whole, shares), strict=True)] == [0] * len(shares)


@pytest.mark.parametrize("shares", [[Fraction(1, 2)], [Fraction(3, 2), Fraction(-1, 2)], []])
def test_shares_that_are_not_the_whole_are_refused(shares: list[Fraction]) -> None:
    with pytest.raises(ValueError, match="shares"):
        split(100, shares)
