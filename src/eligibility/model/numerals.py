"""Chinese numerals: by place (六百六十五) and digit by digit (二〇一二). What could be read two ways is not read."""

from __future__ import annotations

from functools import cache

DIGITS = "零一二三四五六七八九"
CHARACTERS = DIGITS + "〇○两十百千"
"""Every character that may stand in a numeral."""

_ALIKE = str.maketrans("〇○两", "零零二")
_SHORTEST_BY_DIGIT = 3  # 一二 may be twelve or one and two
_LARGEST = 9999


def by_place(text: str) -> int | None:
    """The number up to 9999 that is written with 十, 百 and 千, or one digit; None for anything else.

    一百一 is 110 to some and 101 to others, so it is not read.

    >>> [by_place(text) for text in ("十", "二十三", "六百六十五", "一百零一", "两百", "〇", "一百一", "一二", "百")]
    [10, 23, 665, 101, 200, 0, None, None, None]
    """
    plain = text.translate(_ALIKE)
    return _spoken().get(f"一{plain}" if plain.startswith("十") else plain)


def by_digit(text: str) -> int | None:
    """The number of three or more digits written one after the other; None for anything else.

    >>> by_digit("二〇一二"), by_digit("六六五"), by_digit("一二"), by_digit("二十一")
    (2012, 665, None, None)
    """
    plain = text.translate(_ALIKE)
    if len(plain) < _SHORTEST_BY_DIGIT or not set(plain) <= set(DIGITS):
        return None
    return int("".join(str(DIGITS.index(mark)) for mark in plain))


@cache
def _spoken() -> dict[str, int]:
    """Every number as it is said, 十 with its 一: there is one way to say each, so nothing else is a number."""
    return {say(number): number for number in range(_LARGEST + 1)}


def say(number: int) -> str:
    """The number (0 to 9999) by place, 十 with its 一.

    >>> say(1010)
    '一千零一十'
    """
    if not number:
        return DIGITS[0]
    words, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += (DIGITS[0] if gap and words else "") + DIGITS[digit] + unit
        gap = not digit
    return words
