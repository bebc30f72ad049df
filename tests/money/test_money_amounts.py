"""A range holds what every point within it comes to, for every kind of calculation; what is not known bounds nothing."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from eligibility.model.benefit import Rounding
from eligibility.money.amount import Amount, calculated, greatest, hull, least

points = st.fractions(min_value=-50, max_value=50, max_denominator=20)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[Amount, Fraction]:
    """A range, perhaps without an end, and a point within it."""
    low, point, high = sorted(draw(st.tuples(points, points, points)))
    return Amount(draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None]))), point


def holds(amount: Amount, point: Fraction) -> bool:
    return (amount.low is None or amount.low <= point) and (amount.high is None or point <= amount.high)


@given(st.sampled_from("+-*/"), ranges(), ranges())
def test_a_calculation_of_ranges_holds_that_of_points(sign: str, left, right) -> None:
    (first, a), (second, b) = left, right
    assume(sign != "/" or b != 0)
    exact = {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else a}[sign]
    assert holds(calculated(sign, first, second), exact)


@given(ranges(), ranges())
def test_least_greatest_and_hull(left, right) -> None:
    (first, a), (second, b) = left, right
    assert holds(least([first, second]), min(a, b))
    assert holds(greatest([first, second]), max(a, b))
    assert holds(hull([first, second]), a)
    assert holds(hull([first, second]), b)


@given(
    points,
    st.sampled_from(["half_up", "down", "up"]),
    st.sampled_from([Fraction(1, 100), Fraction(1, 2), Fraction(10)]),
)
def test_rounding_goes_to_a_multiple_and_never_further_than_a_step(value: Fraction, how: str, to: Fraction) -> None:
    rounded = Rounding(how, to).of(value)
    assert (rounded / to).denominator == 1
    assert abs(rounded - value) < to
    assert {"down": rounded <= value, "up": rounded >= value, "half_up": abs(rounded - value) <= to / 2}[how]
    if how == "half_up" and abs(rounded - value) == to / 2:
        assert rounded > value


@given(points, points, st.sampled_from(["half_up", "down", "up"]))
def test_rounding_keeps_order(a: Fraction, b: Fraction, how: str) -> None:
    rounding = Rounding(how, Fraction(1, 100))
    assert (a <= b) <= (rounding.of(a) <= rounding.of(b))
