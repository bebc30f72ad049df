"""Groups, communities and days as other offices spell them. Every form is a function of what is meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

from eligibility.simulation.vocabulary import chinese_number

GROUPS: dict[str, Callable[[str, int], str]] = {
    "natural_village": lambda _, number: f"上村{chinese_number(number)}组",
    "village_in_brackets": lambda _, number: f"{chinese_number(number)}组（上村）",
    "she": lambda _, number: f"{chinese_number(number)}社",
    "team": lambda _, number: f"{number}队",
    "production_team": lambda _, number: f"第{chinese_number(number)}生产队",
    "hao": lambda _, number: f"{number}号组",
    "with_community": lambda community, number: f"{community}{chinese_number(number)}组",
    "with_committee": lambda community, number: f"{stem(community)}村委会{number}组",
    "with_remark": lambda _, number: f"{number}组（部分）",
}
"""Name of the form → the group, of its community and number."""

COMMUNITIES: dict[str, Callable[[str, str], str]] = {
    "county_and_township": lambda street, name: f"呈贡县{street}乡{stem(name)}村委会",
    "town": lambda street, name: f"{street}镇{stem(name)}村",
    "office": lambda street, name: f"{street}办事处{stem(name)}村民委员会",
    "administrative_village": lambda _, name: f"{stem(name)}行政村",
    "committee": lambda _, name: f"{stem(name)}村委会",
    "villagers_committee": lambda _, name: f"{stem(name)}村民委员会",
    "formerly": lambda _, name: f"{name}（原{stem(name)}村委会）",
}
"""Name of the form → the community, of its street (without 街道) and name."""

DAYS: dict[str, Callable[[date], str]] = {
    "with_blanks": lambda day: f"{day.year} {day.month} {day.day}",
    "middle_points": lambda day: f"{day.year}·{day.month}·{day.day}",
    "full_stops": lambda day: f"{day.year}。{day.month}。{day.day}",
    "two_digits": lambda day: f"{day:%y}.{day.month}.{day.day}",
    "with_hao": lambda day: f"{day.year}年{day.month}月{day.day}号",
    "in_words": lambda day: f"{_digits(day.year)}年{chinese_number(day.month)}月{chinese_number(day.day)}日",
    "with_remark": lambda day: f"{day:%Y.%m.%d}（批准）",
    "since": lambda day: f"{day.year}年{day.month}月{day.day}日起",
    "as_decimal": lambda day: f"{day:%Y%m%d}.0",
    "with_time": lambda day: f"{day.isoformat()} 00:00:00",
    "month_as_number": lambda day: f"{day:%Y.%m}",
}
"""Name of the form → the day."""


def stem(community: str) -> str:
    """The community without 社区.

    >>> stem("前卫营社区")
    '前卫营'
    """
    return community.removesuffix("社区")


def group_number(text: str) -> int | None:
    """The number of a group in a plain spelling; None where it is not spelt so.

    >>> [group_number(text) for text in ("3组", " 第三村民小组", "１２组", "上村三组", "")]
    [3, 3, 12, None, None]
    """
    return _PLAIN.get("".join(unicodedata.normalize("NFKC", text).split()))


def _digits(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


_PLAIN = {
    f"{before}{number_text}{after}": number
    for number in range(1, 100)
    for number_text in (str(number), chinese_number(number))
    for before in ("", "第")
    for after in ("组", "村民小组")
}
