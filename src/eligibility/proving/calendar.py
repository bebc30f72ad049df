"""Days as symbols of the solver: year, month and day as three whole numbers, so that ages and periods stay linear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import z3

FIRST_YEAR, LAST_YEAR = 1, 9999
"""Years of the calendar that rule files and papers are read by."""

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LAST_ORDINAL = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Day:
    """One day; its parts are whole numbers or symbols of whole numbers."""

    year: z3.ArithRef
    month: z3.ArithRef
    day: z3.ArithRef

    @property
    def order(self) -> z3.ArithRef:
        """A number that grows with the day (not a count of days)."""
        return self.year * 372 + self.month * 31 + self.day


def fixed(day: date) -> Day:
    """A known day."""
    return Day(z3.IntVal(day.year), z3.IntVal(day.month), z3.IntVal(day.day))


def fresh_day(name: str) -> tuple[Day, z3.BoolRef]:
    """A day that may be any, and what makes it a day of the calendar."""
    day = Day(z3.Int(f"{name}.y"), z3.Int(f"{name}.m"), z3.Int(f"{name}.d"))
    return day, z3.And(
        day.year >= FIRST_YEAR,
        day.year <= LAST_YEAR,
        day.month >= 1,
        day.month <= 12,
        day.day >= 1,
        day.day <= length_of_month(day.year, day.month),
    )


def length_of_month(year: z3.ArithRef, month: z3.ArithRef) -> z3.ArithRef:
    """How many days the month has."""
    short = z3.Or(*[month == number for number in (4, 6, 9, 11)])
    return z3.If(month == 2, z3.If(_is_leap(year), z3.IntVal(29), z3.IntVal(28)), z3.If(short, z3.IntVal(30), z3.IntVal(31)))


def full_years(born: Day, day: Day) -> z3.ArithRef:
    """The age on `day` of one born on `born`, as the reference evaluator reckons it."""
    before = z3.Or(day.month < born.month, z3.And(day.month == born.month, day.day < born.day))
    return day.year - born.year - z3.If(before, z3.IntVal(1), z3.IntVal(0))


def months_after(day: Day, months: int) -> tuple[z3.BoolRef, Day]:
    """Whether the calendar has the day `months` months later, and that day; where the month is too short, its last day."""
    if months % 12 == 0:
        year, month = day.year + months // 12, day.month
    else:
        total = day.year * 12 + day.month - 1 + months
        year, month = total / 12, total % 12 + 1
    longest = length_of_month(year, month)
    shifted = Day(year, month, z3.If(day.day > longest, longest, day.day))
    return z3.And(year >= FIRST_YEAR, year <= LAST_YEAR), shifted


def days_after(day: Day, days: int, name: str) -> tuple[z3.BoolRef, Day, z3.BoolRef]:
    """Whether the calendar has the day `days` days later, that day, and the equation that defines it."""
    shifted, valid = fresh_day(name)
    number = ordinal(day) + days
    there = z3.And(number >= 1, number <= _LAST_ORDINAL)
    return there, shifted, z3.And(valid, z3.Implies(there, ordinal(shifted) == number))


def ordinal(day: Day) -> z3.ArithRef:
    """Days counted from 0001-01-01, which is 1, as `date.toordinal`."""
    past = day.year - 1
    before = z3.IntVal(0)
    for month, days in enumerate(accumulate(_LENGTHS), 2):
        if month <= 12:
            before = z3.If(day.month >= month, z3.IntVal(days), before)
    leap_day = z3.If(z3.And(day.month > 2, _is_leap(day.year)), z3.IntVal(1), z3.IntVal(0))
    return past * 365 + past / 4 - past / 100 + past / 400 + before + leap_day + day.day


def _is_leap(year: z3.ArithRef) -> z3.BoolRef:
    return z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))
