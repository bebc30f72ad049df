"""Days as symbols reckon as days do: order, ages, periods, on every pair of days that hypothesis thinks of."""

from __future__ import annotations

from datetime import date

import z3
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eligibility.model.units import day_after
from eligibility.proving.calendar import Day, days_after, fixed, fresh_day, full_years, months_after, ordinal

days = st.dates(date(1901, 1, 1), date(2099, 12, 31))
LEAP = date(2012, 2, 29)


def number(symbol: z3.ArithRef) -> int:
    return z3.simplify(symbol).as_long()


def solved(day: Day, *held: z3.BoolRef) -> list[date]:
    """Every day that the symbols may be."""
    solver = z3.Solver()
    solver.add(*held)
    result = []
    while len(result) < 2 and solver.check() == z3.sat:
        model = solver.model()
        parts = [model.eval(part, model_completion=True).as_long() for part in (day.year, day.month, day.day)]
        result.append(date(*parts))
        solver.add(z3.Not(day.order == model.eval(day.order, model_completion=True)))
    return result


@given(days, days)
@settings(max_examples=200, deadline=None)
@example(LEAP, date(2030, 2, 28))
@example(LEAP, date(2013, 3, 1))
def test_order_ordinal_and_age(first: date, second: date) -> None:
    assert (number(fixed(first).order) < number(fixed(second).order)) == (first < second)
    assert number(ordinal(fixed(first))) == first.toordinal()
    wanted = second.year - first.year - ((second.month, second.day) < (first.month, first.day))
    assert number(full_years(fixed(first), fixed(second))) == wanted


@given(days, st.integers(-1500, 1500))
@settings(max_examples=60, deadline=None)
@example(LEAP, 12)
@example(date(2009, 1, 31), 1)
@example(date(2001, 3, 31), -13)
def test_months_later_is_one_day_the_same_as_reckoned(day: date, months: int) -> None:
    shifted, definition = months_after(fixed(day), months, "s")
    assert solved(shifted, definition) == [day_after(day, months, "月")]


@given(days, st.integers(-2000, 2000))
@settings(max_examples=40, deadline=None)
@example(date(2000, 2, 28), 1)
@example(date(1901, 1, 1), -366)
@example(date(2099, 12, 31), 60)
def test_days_later_is_one_day_the_same_as_reckoned(day: date, count: int) -> None:
    shifted, definition = days_after(fixed(day), count, "s")
    assert solved(shifted, definition) == [day_after(day, count, "日")]


@given(st.integers(1901, 2099), st.integers(1, 12), st.integers(1, 31))
@settings(max_examples=80, deadline=None)
@example(2000, 2, 29)
@example(1999, 2, 29)
@example(2024, 4, 31)
def test_only_days_of_the_calendar_are_days(year: int, month: int, day: int) -> None:
    symbol, valid = fresh_day("d")
    solver = z3.Solver()
    solver.add(valid, symbol.year == year, symbol.month == month, symbol.day == day)
    try:
        date(year, month, day)
        exists = True
    except ValueError:
        exists = False
    assert (solver.check() == z3.sat) is exists
