"""Formats facts as text: `0.2999亩`, `不详`, `0.2000亩 至 0.4000亩`, `是`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from eligibility.model.policy import FactSpec, FactType
from eligibility.model.tables import TABLES

SCALE = {FactType.AREA: (6, 4), FactType.AREA_PER_HEAD: (8, 4), FactType.MONEY: (2, 2), FactType.PERCENT: (6, 0)}
"""Decimal digits of the integer scale, and the minimum number of decimals printed."""

ENGLISH_UNITS = {"亩": " mu", "岁": " years", "人": "", "元": " yuan"}

WORDS = {word.key: word.zh for table in TABLES for column in table.columns for word in column.words}
"""Chinese words of the papers by the keys of enumerations."""


def fact_text(fact: FactSpec, row: Mapping[str, Any]) -> str:
    """Return the fact of one row as Chinese text; exact, so that a value just below a threshold never looks equal to it.

    >>> spec = FactSpec("remaining_per_head", "人均剩余耕地", FactType.AREA_PER_HEAD, "亩")
    >>> fact_text(spec, {"remaining_per_head_lo": 29990000, "remaining_per_head_hi": None})
    '不低于 0.2999亩'
    """
    if not fact.type.ordered:
        return _word(row.get(fact.id))
    low, high = row.get(f"{fact.id}_lo"), row.get(f"{fact.id}_hi")
    if low is None and high is None:
        return "不详"
    if low == high:
        return _amount(fact, low)
    if high is None:
        return f"不{_before(fact)}于 {_amount(fact, low)}"
    if low is None:
        return f"不{_after(fact)}于 {_amount(fact, high)}"
    return f"{_amount(fact, low)} 至 {_amount(fact, high)}"


def fact_text_en(fact: FactSpec, row: Mapping[str, Any]) -> str:
    """Return the fact of one row as English text."""
    if not fact.type.ordered:
        value = row.get(fact.id)
        return "not known" if value is None else {True: "yes", False: "no"}.get(value, str(value).replace("_", " "))
    low, high = row.get(f"{fact.id}_lo"), row.get(f"{fact.id}_hi")
    if low is None and high is None:
        return "not known"
    if low == high:
        return _amount_en(fact, low)
    before, after = ("earlier", "later") if fact.type is FactType.DATE else ("less", "more")
    if high is None:
        return f"no {before} than {_amount_en(fact, low)}"
    if low is None:
        return f"no {after} than {_amount_en(fact, high)}"
    return f"{_amount_en(fact, low)} to {_amount_en(fact, high)}"


def _amount_en(fact: FactSpec, value: Any) -> str:
    text = _amount(fact, value)
    for zh, en in ENGLISH_UNITS.items():
        text = text.replace(zh, en)
    return text


def _word(value: Any) -> str:
    if value is None:
        return "不详"
    if isinstance(value, bool):
        return "是" if value else "否"
    return WORDS.get(value, str(value))


def _before(fact: FactSpec) -> str:
    return "早" if fact.type is FactType.DATE else "低"


def _after(fact: FactSpec) -> str:
    return "晚" if fact.type is FactType.DATE else "高"


def _amount(fact: FactSpec, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    digits, fewest = SCALE.get(fact.type, (0, 0))
    whole, rest = divmod(int(value), 10**digits)
    decimals = f"{rest:0{digits}d}".rstrip("0").ljust(fewest, "0") if digits else ""
    return f"{whole}{'.' if decimals else ''}{decimals}{fact.unit}"
