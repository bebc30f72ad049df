"""Areas and money as people say them: 十二亩三分五厘, 3亩2分, 12万元; where two readings are possible, none is taken."""

from __future__ import annotations

import re
from decimal import Decimal

from eligibility.model.names import squeeze
from eligibility.model.quantity import Area

_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬〇○两", "一二二三三四五六六七八九十百千万零零二")
_DIGITS = "零一二三四五六七八九"
_STEPS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMBER = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[零一二三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?"
)
_SMALLER = ("分", "厘", "毫")
"""Tenths of one another below the 亩; 分 of land is a tenth of a 亩."""
_AREA = re.compile(rf"(?:({_NUMBER})(亩|公顷|平方米))?" + "".join(f"(?:({_NUMBER}){unit})?" for unit in _SMALLER))
_MONEY = re.compile(rf"(?:人民币)?¥?({_NUMBER})(万|亿)?(元|圆)?(?:整|正)?")
_UNITS = {"亩": 1_000_000, "公顷": 15_000_000, "平方米": 1_500}
_KEYS = {"亩": "mu", "公顷": "ha", "平方米": "m2"}
_LONGEST = 32
_LARGEST = 10**15


def spoken_area(text: str) -> Area | None:
    """The area of a cell in Chinese numerals or in 亩, 分, 厘 and 毫; None when it has not exactly one reading.

    Without a unit there is none: 十二 may be 亩 or 公顷. A smaller part is below ten (3亩12分 may be a slip), behind a
    decimal (3.5亩2分) it has two readings, and only 亩 has smaller parts.

    >>> spoken_area("十二亩三分五厘"), spoken_area("3亩2分")
    (Area(umu=12350000, half_umu=5000, unit='mu'), Area(umu=3200000, half_umu=50000, unit='mu'))
    >>> spoken_area("十二亩三五"), spoken_area("3亩12分"), spoken_area("3.5亩2分")
    (None, None, None)
    """
    match = _AREA.fullmatch(_folded(text))
    if match is None or not match[0]:
        return None
    whole, unit, *smaller = match.groups()
    scale, unit_scale = 0, _UNITS.get(unit or "亩", 0)
    umu, half = Decimal(0), 0
    for place, part in enumerate((whole, *smaller)):
        if part is None:
            continue
        digits, scale = _digits(part), unit_scale // 10**place
        number = Decimal(digits or 0)
        followed = any((whole, *smaller)[place + 1 :])
        if not digits or (place and (number >= 10 or unit not in (None, "亩"))) or ("." in digits and followed):
            return None
        umu += number * scale
        half = -(-scale // (2 * 10 ** len(digits.partition(".")[2])))
    whole_umu = int(umu.to_integral_value())
    return Area(whole_umu, half, _KEYS[unit or "亩"]) if whole_umu <= _LARGEST else None


def spoken_money(text: str) -> int | None:
    """Money with 万 or 亿, or in Chinese numerals, as whole 分; None when it has not exactly one reading.

    >>> spoken_money("12.5万元"), spoken_money("壹拾贰万叁仟元整"), spoken_money("十二")
    (12500000, 12300000, None)
    """
    match = _MONEY.fullmatch(_folded(text))
    digits = _digits(match[1]) if match else ""
    # a bare 十二 or 12 says no unit
    if match is None or not digits or not (match[2] or match[3] or set(match[1]) & _MYRIADS.keys()):
        return None
    fen = Decimal(digits) * 100 * _MYRIADS.get(match[2] or "", 1)
    return int(fen) if fen == fen.to_integral_value() and fen <= _LARGEST else None


def spoken_number(text: str) -> int | None:
    """A whole number in Chinese numerals, said in full: 一百二十 is 120, 一百二 is nothing (120 or 102).

    >>> spoken_number("十二"), spoken_number("一百零五"), spoken_number("一万二千"), spoken_number("一百二")
    (12, 105, 12000, None)
    """
    plain = text.translate(_FORMAL)
    total = section = digit = 0
    for mark in plain:
        if mark in _MYRIADS:
            above = total if mark == "亿" else 0
            total, section, digit = total - above + (above + section + digit) * _MYRIADS[mark], 0, 0
        elif mark in _STEPS:
            section, digit = section + (digit or 1) * _STEPS[mark], 0
        elif mark in _DIGITS:
            digit = _DIGITS.index(mark)
        else:
            return None
    value = total + section + digit
    # only what says the number in full has one reading
    return value if value <= _LARGEST and re.sub("^一十", "十", plain) == _said(value) else None


def _said(value: int) -> str:
    """The number in full, as a clerk would write it."""
    if value < 10:
        return _DIGITS[value]
    said, above = "", 0
    for mark, myriad in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section = value // myriad % (10**7 if mark == "亿" else 10**4)
        if section:
            said += ("零" if above and section < 1000 else "") + _section(section) + mark
        above = above or section
    return re.sub("^一十", "十", said)


def _section(value: int) -> str:
    said, gap = "", False
    for mark, step in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // step % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + mark
        gap = not digit
    return said


def _digits(text: str) -> str:
    """A number as printed or as said, in plain digits; "" when it has not exactly one reading."""
    if text[0].isdigit() and text[0].isascii():
        return text.replace(",", "")
    whole, _, behind = text.partition("点")
    number = spoken_number(whole) if whole else None
    if number is None:
        return ""
    return f"{number}." + "".join(str(_DIGITS.index(mark)) for mark in behind) if behind else str(number)


def _folded(text: str) -> str:
    return squeeze(text).translate(_FORMAL) if len(text) <= _LONGEST else ""
