"""Amounts and figures in words: `2,280元`, `10年`, `1,000元 至 2,000元`; what has no figure says so."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from eligibility.labels.values import bare_number

UNKNOWN, NOTHING = "不详", "无"
"""No figure; not entitled."""


def exact_yuan(fen: int) -> Decimal:
    """Whole 分 as 元, exactly, for cells and columns.

    >>> exact_yuan(10791), exact_yuan(-5)
    (Decimal('107.91'), Decimal('-0.05'))
    """
    return Decimal(fen).scaleb(-2)


def yuan(fen: int) -> str:
    """Whole 分 as 元, with two decimals where they are not zero.

    >>> yuan(228000), yuan(10791), yuan(-5)
    ('2,280', '107.91', '-0.05')
    """
    whole, rest = divmod(abs(fen), 100)
    text = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    return f"-{text}" if fen < 0 else text


def yuan_and_fen(fen: int) -> str:
    """Whole 分 as 元, always with two decimals, as columns of amounts have them.

    >>> yuan_and_fen(228000), yuan_and_fen(-5)
    ('2,280.00', '-0.05')
    """
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def money_range(low: int | None, high: int | None) -> str:
    """A range of 分 in words.

    >>> money_range(100000, 100000), money_range(None, None), money_range(100, None), money_range(None, 100)
    ('1,000元', '不详', '不少于 1元', '不多于 1元')
    """
    return _range(None if low is None else f"{yuan(low)}元", None if high is None else f"{yuan(high)}元")


def figure_range(low: Fraction | None, high: Fraction | None, unit: str) -> str:
    """A range of exact figures in words; one without an end as decimal has its first four decimals.

    >>> figure_range(Fraction(5), Fraction(10), "年"), figure_range(Fraction(15000, 139), Fraction(15000, 139), "元")
    ('5年 至 10年', '107.9136…元')
    """
    return _range(*(None if end is None else f"{_number(end)}{unit}" for end in (low, high)))


def money_range_en(low: int | None, high: int | None) -> str:
    """The same in English."""
    return _range_en(*(None if end is None else f"{yuan(end)} yuan" for end in (low, high)))


_UNITS_EN = {"元": " yuan", "年": " years", "月": " months", "天": " days", "人": " persons", "亩": " mu", "": ""}


def figure_range_en(low: Fraction | None, high: Fraction | None, unit: str) -> str:
    """The same in English."""
    name = _UNITS_EN.get(unit, f" {unit}")
    return _range_en(*(None if end is None else f"{_number(end)}{name}" for end in (low, high)))


def _range_en(low: str | None, high: str | None) -> str:
    if low is None and high is None:
        return "not known"
    if low == high:
        return str(low)
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low is None else f"{low} to {high}"


def _number(value: Fraction) -> str:
    text = bare_number(value)
    if "/" not in text:
        return text
    tenthousandths = abs(value.numerator) * 10_000 // value.denominator
    sign = "-" if value < 0 else ""
    return f"{sign}{tenthousandths // 10_000}.{tenthousandths % 10_000:04d}…"


def _range(low: str | None, high: str | None) -> str:
    if low is None and high is None:
        return UNKNOWN
    if low == high:
        return str(low)
    if high is None:
        return f"不少于 {low}"
    return f"不多于 {high}" if low is None else f"{low} 至 {high}"
