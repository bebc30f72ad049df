"""Parses exact values from text: numbers with units, dates, yes/no.

Every ordered value is an integer in the scale of its type (areas 10⁻⁶ 亩, areas per head 10⁻⁸ 亩, money 分). A value that
does not fit the scale exactly is reported, never rounded: 0.304 亩 is not 0.3 亩, and a pension depends on it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from eligibility.model.diagnostic import Bilingual
from eligibility.model.errors import EligibilityError
from eligibility.model.policy import FactType

UNITS: dict[FactType, dict[str, int]] = {
    FactType.AREA: {"亩": 1_000_000, "公顷": 15_000_000, "平方米": 1_500, "㎡": 1_500},
    FactType.AREA_PER_HEAD: {"亩": 100_000_000, "公顷": 1_500_000_000, "平方米": 150_000, "㎡": 150_000},
    FactType.YEARS: {"岁": 1, "周岁": 1, "年": 1},
    FactType.COUNT: {"人": 1, "户": 1, "天": 1, "日": 1, "个月": 1, "月": 1, "次": 1},
    FactType.MONEY: {"元": 100, "万元": 1_000_000},
    FactType.PERCENT: {"%": 1_000_000},
}
"""Steps of the scale per unit, by type and unit. The first unit is that of the scale."""

ALIKE = {"周岁": "岁", "日": "天", "月": "个月"}
"""Units that mean another of those of ages and counts; of these types all others differ in kind."""


def units_of(kind: FactType, unit: str) -> dict[str, int]:
    """Return the units in which a quantity may be written that is kept in `unit`: of ages and counts only its own kind.

    >>> list(units_of(FactType.COUNT, "人")), list(units_of(FactType.YEARS, "岁"))
    (['人'], ['岁', '周岁'])
    """
    every = UNITS[kind]
    if kind not in (FactType.COUNT, FactType.YEARS) or not unit:
        return every
    own = ALIKE.get(unit, unit)
    return {name: steps for name, steps in every.items() if ALIKE.get(name, name) == own}


def unit_shown(kind: FactType, unit: str) -> str:
    """Return the unit in which a value is shown: that of the scale, except for counts and years, which keep their own."""
    units = UNITS.get(kind, {"": 1})
    return unit if kind in (FactType.COUNT, FactType.YEARS) and unit in units else next(iter(units))


LONGEST = 15
"""Maximum length of a number, including the point; longer ones would be rounded or overflow a column."""

_QUANTITY = re.compile(r"(-?\d+(?:\.\d+)?)\s*(\D*)")
_BARE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:\s*/\s*([0-9]+))?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_YEAR = re.compile(r"(\d{4})年")
_TRUTHS = {"是": True, "true": True, "否": False, "false": False}


class ValueFormatError(EligibilityError):
    """A text that is not an exact value of the required type; `problem` is the reason."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.problem = Bilingual(zh, en)


def quantity(text: str, kind: FactType, unit: str = "") -> int:
    """Return the number of scale steps in `text`; a number without unit is in `unit`. Raises `ValueFormatError`.

    >>> quantity("0.3亩", FactType.AREA)
    300000
    >>> quantity("35 公顷", FactType.AREA)
    525000000
    """
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        raise ValueFormatError(f"“{text}”不是数量", f"“{text}” is not a quantity")
    return scaled(match[1], match[2].strip() or unit, kind, unit)


def scaled(number: str, unit: str, kind: FactType, of: str = "") -> int:
    """Return `number` of `unit` in the scale of `kind`; only zero needs no unit. Raises `ValueFormatError`.

    `of`: the unit of the fact or parameter, which an age or a count keeps to: persons are no months.
    """
    if len(number) > LONGEST:
        raise ValueFormatError(f"数字超过 {LONGEST} 位", f"a number of more than {LONGEST} digits")
    units, value = units_of(kind, of), Decimal(number)
    if not unit and value == 0:
        return 0
    if unit not in units:
        allowed = "、".join(units)
        raise ValueFormatError(f"“{number}{unit}”的单位应为{allowed}", f"“{number}{unit}” must be in {allowed}")
    steps = value * units[unit]
    if value < 0 or steps != int(steps):
        raise ValueFormatError(f"“{number}{unit}”为负或精度超出所用刻度", f"“{number}{unit}” is negative or too fine")
    return int(steps)


def percent(text: str) -> int | Fraction:
    """Return a percentage, with or without the sign; a whole one as such. Raises `ValueFormatError`.

    >>> percent("80%"), percent("80"), percent("7.5%"), percent("150％")
    (80, 80, Fraction(15, 2), 150)
    """
    exact = number(text.strip().replace("％", "%").removesuffix("%"))
    if exact < 0:
        raise ValueFormatError(f"“{text}”不是百分数", f"“{text}” is no percentage")
    return int(exact) if exact.denominator == 1 else exact


def number(text: str) -> Fraction:
    """Return a bare number, exactly: 1.5, 1/3, 12. Raises `ValueFormatError`.

    >>> number("1.5"), number("1/3")
    (Fraction(3, 2), Fraction(1, 3))
    """
    match = _BARE.fullmatch(text.strip())
    if match is None or len(text) > 2 * LONGEST or (match[2] and not int(match[2])):
        raise ValueFormatError(f"“{text}”不是数", f"“{text}” is no number")
    return Fraction(Decimal(match[1])) / int(match[2] or 1)


def day_range(text: str) -> tuple[date, date]:
    """Return the first and last day that `text` may mean: a day, a month (2012年3月) or a year (2012年). Raises `ValueFormatError`."""
    stripped = text.strip()
    try:
        if match := _DAY.fullmatch(stripped):
            only = date(int(match[1]), int(match[2]), int(match[3]))
            return only, only
        if match := _MONTH.fullmatch(stripped):
            year, month = int(match[1]), int(match[2])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        if match := _YEAR.fullmatch(stripped):
            return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
    except ValueError:
        pass
    raise ValueFormatError(f"“{text}”不是日期", f"“{text}” is not a date")


def one_day(text: str) -> date:
    """Return the day that `text` names; a month or a year is not accepted. Raises `ValueFormatError`."""
    first, last = day_range(text)
    if first != last:
        raise ValueFormatError(f"“{text}”不是一个确定的日子", f"“{text}” is not one day")
    return first


def day_after(day: date, amount: int, unit: str) -> date:
    """Return the day `amount` 年, 月 or 日 after `day` (before it if negative). Raises `ValueFormatError`.

    In a month without that day, the result is its last day (民法典第二百零二条).

    >>> day_after(date(2012, 2, 29), 1, "年"), day_after(date(2009, 1, 31), 1, "月")
    (datetime.date(2013, 2, 28), datetime.date(2009, 2, 28))
    """
    try:
        if unit in ("日", "天"):
            return day + timedelta(days=amount)
        if unit in ("年", "月", "个月"):
            months = day.year * 12 + day.month - 1 + amount * (12 if unit == "年" else 1)
            year, month = divmod(months, 12)
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError) as error:
        raise ValueFormatError(f"{day} 加减 {amount}{unit} 超出历法", f"{day} ± {amount} {unit} is no date") from error
    raise ValueFormatError(f"“{amount}{unit}”的单位应为年、月、日", f"“{amount}{unit}” must be in 年, 月 or 日")


def truth(text: str) -> bool:
    """Return yes or no as a truth value. Raises `ValueFormatError`."""
    if text.strip().lower() not in _TRUTHS:
        raise ValueFormatError(f"“{text}”应为“是”或“否”", f"“{text}” must be 是 (yes) or 否 (no)")
    return _TRUTHS[text.strip().lower()]
