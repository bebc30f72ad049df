"""Numbers in cells, exactly: areas in whole micro-亩, money in whole 分, counts.

1 公顷 = 15 亩 and 1 亩 = 2000/3 ㎡, so 1 ㎡ is 1,500 micro-亩: all three units are exact. What is finer than a micro-亩
(7 cm²) is rounded to the nearest. A spreadsheet computes with 15 digits, so 0.30000000000000004 is its 0.3.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from eligibility.model.names import squeeze
from eligibility.model.tables import UNITS

MICRO_MU = {"mu": Decimal(1_000_000), "ha": Decimal(15_000_000), "m2": Decimal(1_500)}
"""Micro-亩 in one of each unit."""

MONEY_UNITS = {"yuan": 1, "thousand": 1000, "myriad": 10_000}
"""Yuan in one of each unit of money."""


class Area(NamedTuple):
    """An area as printed: whole micro-亩, half of its last printed digit, and the unit key ("" if none) in the cell."""

    umu: int
    half_umu: int
    unit: str


_UNIT_KEYS = {word: unit.key for unit in UNITS for word in (unit.key, unit.zh, *unit.also)}
_NUMBER = re.compile(r"([-+−]?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(e[+-]?[0-9]{1,2})?")
_SPLIT_DIGITS = re.compile(r"[0-9.,]\s+[0-9.,]")
_UNIT_WORD = "|".join(sorted(_UNIT_KEYS, key=len, reverse=True))
_UNIT_BEHIND = re.compile(rf"(.*[0-9.])({_UNIT_WORD})")
_IN_TWO_UNITS = re.compile(
    rf"([^()]*[0-9.](?:{_UNIT_WORD}))(?:\(|[,;、/=]|即|合|折)(?:即|折?合|约?合|折算?为?|=)?([^()]*[0-9.](?:{_UNIT_WORD}))\)?"
)
_SPOKEN = re.compile(r"([0-9]{1,6})亩(?:([0-9])分)?(?:([0-9])厘)?")  # 分 and 厘 are tenths and hundredths of a 亩
_SPREADSHEET = Context(prec=15, rounding=ROUND_HALF_EVEN)
_LONGEST = 48
_LARGEST_UMU = 10**15  # 10⁹ 亩, more than the province
_LARGEST = Decimal(10) ** 13


def parse_area(text: str, unit: str = "mu") -> Area | None:
    """The area in a cell whose column is in `unit`; a unit word in the cell wins. None when unreadable.

    Negative areas are returned as such: it is for the reader to reject them.

    >>> parse_area("３．９８４７公顷")
    Area(umu=59770500, half_umu=750, unit='ha')
    >>> parse_area("1,234.50", "m2")
    Area(umu=1851750, half_umu=8, unit='')
    >>> parse_area("0.30000000000000004")
    Area(umu=300000, half_umu=50000, unit='')
    >>> parse_area("3亩5分")
    Area(umu=3500000, half_umu=50000, unit='mu')
    >>> parse_area("4.20亩（0.2800公顷）"), parse_area("4.20亩（0.3800公顷）")
    (Area(umu=4200000, half_umu=750, unit='mu'), None)
    """
    compact = _compact(text)
    twice = _IN_TWO_UNITS.fullmatch(compact)
    return _one_of_two(twice[1], twice[2], unit) if twice else _area(compact, unit)


def _one_of_two(first: str, second: str, unit: str) -> Area | None:
    """One area that is printed in two units: the finer figure, where the two agree within their rounding."""
    area, other = _area(first, unit), _area(second, unit)
    if area is None or other is None or abs(area.umu - other.umu) > area.half_umu + other.half_umu:
        return None
    finer = min(area, other, key=lambda area: area.half_umu)
    return finer._replace(unit=unit if unit in (area.unit, other.unit) else area.unit)


def _area(compact: str, unit: str) -> Area | None:
    spoken = _SPOKEN.fullmatch(compact)
    if spoken:
        decimals = (spoken[2] or "0") + spoken[3] if spoken[3] else spoken[2] or ""
        compact = f"{spoken[1]}.{decimals}亩" if decimals else f"{spoken[1]}亩"
    behind = _UNIT_BEHIND.fullmatch(compact)
    number = _number(behind[1] if behind else compact)
    if number is None:
        return None
    named = _UNIT_KEYS[behind[2]] if behind else ""
    scale = MICRO_MU[named or unit]
    umu = int((number * scale).to_integral_value(ROUND_HALF_EVEN))
    half = int((_last_digit(number) * scale / 2).to_integral_value(ROUND_CEILING))
    return Area(umu, half, named) if abs(umu) <= _LARGEST_UMU else None


def parse_money(text: str, unit: str = "yuan") -> int | None:
    """Money in a cell whose column counts in `unit` as whole 分 (a 元 behind the number means yuan); None when unreadable.

    >>> parse_money("¥1,234.50元"), parse_money("12.5", "myriad"), parse_money("一千")
    (123450, 12500000, None)
    """
    compact = _compact(text)
    number = _number(compact.removesuffix("元").removeprefix("¥"))
    scale = 100 if compact.endswith("元") else 100 * MONEY_UNITS[unit]
    return None if number is None else int((number * scale).to_integral_value(ROUND_HALF_EVEN))


def parse_count(text: str) -> int | None:
    """A whole number, not negative (a 户 or 人 behind is allowed); None when the cell is anything else.

    >>> parse_count("36户"), parse_count("36.0"), parse_count("36.5"), parse_count("-1")
    (36, 36, None, None)
    """
    compact = _compact(text)
    number = _number(compact[:-1] if compact.endswith(("户", "人")) else compact)
    if number is None or number < 0 or number != number.to_integral_value():
        return None
    return int(number)


def _compact(text: str) -> str:
    """Folded to half width without spaces; empty when a space stands inside the digits, for it may part two numbers."""
    if len(text) > _LONGEST or _SPLIT_DIGITS.search(text):
        return ""
    return squeeze(text).lower()


def _number(compact: str) -> Decimal | None:
    match = _NUMBER.fullmatch(compact)
    if match is None:
        return None
    sign, digits, exponent = match.groups()
    value = Decimal(digits.replace(",", "") + (exponent or ""))
    if len(value.as_tuple().digits) > _SPREADSHEET.prec:
        value = _SPREADSHEET.plus(value).normalize()
    if abs(value) > _LARGEST:
        return None
    return -value if sign in ("-", "−") else value


def _last_digit(number: Decimal) -> Decimal:
    """One unit of the last printed digit; whole numbers count their ones."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0))
