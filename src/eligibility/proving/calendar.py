"""Days as symbols of the solver: year, month and day as whole numbers, the year as four times a number and a rest.

So leap years, ages and periods are sums and comparisons, without division. Facts have days from 1901 to 2099; a day that
is reckoned from one may lie some centuries away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import z3

from eligibility.model.errors import EligibilityError

FIRST_YEAR, LAST_YEAR = 1901, 2099
"""Years in which a fact may have its day."""

_REACH = 300
"""Years by which a period may lead away from the day of a fact; a longer one has no encoding."""

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class NotExpressible(EligibilityError):
    """A formula for which the solver has no symbols: what it stands in is undecided."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day; its parts are whole numbers or symbols of them: the year is four times `fours` and `rest`, which is 0 to 3."""

    fours: z3.ArithRef
    rest: z3.ArithRef
    month: z3.ArithRef
    day: z3.ArithRef
    years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)
    """The years between which it lies."""

    @property
    def year(self) -> z3.ArithRef:
        """The year."""
        return self.fours * 4 + self.rest

    @property
    def order(self) -> z3.ArithRef:
        """A number that grows with the day (not a count of days)."""
        return self.fours * 1488 + self.rest * 372 + self.month * 31 + self.day

    @property
    def leap(self) -> z3.BoolRef:
        """Whether its year is a leap year."""
        low, high = self.years
        no_leap = [self.year != year for year in range(low - low % 100, high + 1, 100) if year % 400]
        return z3.And(self.rest == 0, *no_leap)


def fixed(day: date) -> Day:
    """A known day."""
    fours, rest, month, number = (z3.IntVal(n) for n in (day.year // 4, day.year % 4, day.month, day.day))
    return Day(fours, rest, month, number, (day.year, day.year))


def fresh_day(name: str, years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)) -> tuple[Day, z3.BoolRef]:
    """A day that may be any within these years, and what makes it a day of the calendar."""
    fours, rest, month, number = (z3.Int(f"{name}.{part}") for part in "qrmd")
    day = Day(fours, rest, month, number, years)
    return day, z3.And(
        day.rest >= 0,
        day.rest <= 3,
        day.year >= years[0],
        day.year <= years[1],
        day.month >= 1,
        day.month <= 12,
        day.day >= 1,
        day.day <= 31,
        *[z3.Implies(day.month == number, day.day <= 30) for number in (4, 6, 9, 11)],
        z3.Implies(day.month == 2, day.day <= 29),
        z3.Implies(z3.And(day.month == 2, day.day == 29), day.leap),
    )


def full_years(born: Day, day: Day) -> z3.ArithRef:
    """The age on `day` of one born on `born`, as the reference evaluator reckons it."""
    before = born.month * 31 + born.day > day.month * 31 + day.day
    return day.year - born.year - z3.If(before, z3.IntVal(1), z3.IntVal(0))


def months_after(day: Day, months: int, name: str) -> tuple[Day, z3.BoolRef]:
    """The day `months` months later, and the equations that define it; where the month is too short, its last day."""
    away = _far(day, months // 12 + 1 if months > 0 else months // 12 - 1)
    shifted, valid = fresh_day(name, away)
    short = z3.And(
        shifted.day < day.day,
        z3.Or(
            *[z3.And(shifted.month == number, shifted.day == 30) for number in (4, 6, 9, 11)],
            z3.And(shifted.month == 2, shifted.day == z3.If(shifted.leap, z3.IntVal(29), z3.IntVal(28))),
        ),
    )
    months_before, months_later = day.year * 12 + day.month, shifted.year * 12 + shifted.month
    return shifted, z3.And(valid, months_later == months_before + months, z3.Or(shifted.day == day.day, short))


def days_after(day: Day, days: int, name: str) -> tuple[Day, z3.BoolRef]:
    """The day `days` days later, and the equations that define it."""
    shifted, valid = fresh_day(name, _far(day, days // 365 + 1 if days > 0 else days // 365 - 1))
    return shifted, z3.And(valid, ordinal(shifted) == ordinal(day) + days)


def ordinal(day: Day) -> z3.ArithRef:
    """Days counted from 0001-01-01, which is 1, as `date.toordinal`."""
    low, high = day.years
    past = (low - 1) // 100 - (low - 1) // 400
    centuries = z3.IntVal(past)
    for year in range(low - low % 100, high + 1, 100):
        if year % 400 and year >= low:
            centuries = centuries + z3.If(day.year > year, z3.IntVal(1), z3.IntVal(0))
    before = z3.IntVal(0)
    for month, days in enumerate(accumulate(_LENGTHS), 2):
        if month <= 12:
            before = z3.If(day.month >= month, z3.IntVal(days), before)
    leap_day = z3.If(z3.And(day.month > 2, day.leap), z3.IntVal(1), z3.IntVal(0))
    past_fours = day.fours - z3.If(day.rest == 0, z3.IntVal(1), z3.IntVal(0))
    return (day.year - 1) * 365 + past_fours - centuries + before + leap_day + day.day


def _far(day: Day, years: int) -> tuple[int, int]:
    """The years in which a day so many years away may lie. Raises NotExpressible on what leads too far."""
    low, high = day.years[0] + min(years, 0), day.years[1] + max(years, 0)
    if abs(years) > _REACH or low < date.min.year or high > date.max.year:
        raise NotExpressible(f"a period of {years} years")
    return low, high
