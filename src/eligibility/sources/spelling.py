"""How headers are spelt: folded, split into levels, their unit apart, their class of land known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from eligibility.model.names import squeeze
from eligibility.model.tables import LAND_CLASSES, UNITS

LEVEL = "/"
"""Stands between the levels of a header that is written in one word: 成员/姓名."""

_MONEY = {"元": "yuan", "圆": "yuan", "千元": "thousand", "万元": "myriad"}
_AREA = {word.lower(): unit.key for unit in UNITS for word in (unit.zh, *unit.also, unit.key)} | {
    "㎡": "m2",
    "m²": "m2",
    "公顷数": "ha",
}
_UNIT_WORDS = _AREA | _MONEY
_WORD = "|".join(sorted(map(re.escape, _UNIT_WORDS), key=len, reverse=True))
_UNIT = re.compile(rf"(.+?)(?:\((?:(?:计量|面积)?单位:?)?({_WORD})\)|[:]({_WORD}))$")
_COUNTED = re.compile(r"\((?:人|个|户|块|宗|岁|月|年|18位|必填|亩/人|元/亩|万元/公顷|米|%)\)$")
_CODE = re.compile(r"[a-z][a-z0-9_]{1,20}")
_SUBTOTAL = re.compile("(?:小计|合计|总计|共计)$")


class Unit(NamedTuple):
    """A header without the unit behind it, and the key of that unit ("": none)."""

    word: str
    unit: str


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A header as it is compared: without blanks, width, case, and the sign of a required column.

    >>> fold(" 确权（合同） 总面积"), fold("*姓名")
    ('确权(合同)总面积', '姓名')
    """
    return squeeze(text).lower().lstrip("*")


@lru_cache(maxsize=20_000)
def without_unit(folded: str) -> Unit:
    """A folded header and its unit apart.

    >>> without_unit("面积(公顷)"), without_unit("流转面积(亩)"), without_unit("成员数(个)")
    (Unit(word='面积', unit='ha'), Unit(word='流转面积', unit='mu'), Unit(word='成员数', unit=''))
    """
    match = _UNIT.fullmatch(folded)
    if match:
        return Unit(match[1], _UNIT_WORDS[match[2] or match[3]])
    return Unit(_COUNTED.sub("", folded) or folded, "")


def spellings(levels: tuple[str, ...]) -> Iterator[str]:
    """The ways in which a header of several levels may be listed, the fullest first; all folded.

    >>> list(spellings(("林地", "经济林", "面积")))
    ['林地/经济林/面积', '林地经济林面积', '经济林/面积', '经济林面积', '面积']
    >>> list(spellings(("CBFBM", "承包方代码")))
    ['cbfbm/承包方代码', 'cbfbm承包方代码', '承包方代码', 'cbfbm']
    """
    words = [fold(level) for level in levels if level.strip()]
    for start in range(len(words)):
        yield LEVEL.join(words[start:])
        if len(words) - start > 1:
            yield "".join(words[start:])
    if len(words) > 1 and _CODE.fullmatch(words[0]) and not _CODE.fullmatch(words[1]):
        yield words[0]  # a field code beside the words for it


@cache
def _classes() -> dict[str, str]:
    text = files("eligibility.sources").joinpath("classes.toml").read_text(encoding="utf-8")
    found = {fold(word): key for key, words in tomllib.loads(text)["words"].items() for word in words}
    listed = {fold(word): one.key for one in LAND_CLASSES for word in (one.zh, *one.also)}
    return {**{word: "" if key == "unclear" else key for word, key in found.items()}, **listed}


PART_OF = {"basic_farmland": "farmland", "homestead": "construction"}
"""Classes that a paper may print as a part of another one (其中): the one contains them, and they must not be added to it."""


def within(levels: tuple[str, ...]) -> str:
    """The class of which a header names a part; "" where it names none, or stands beside the whole.

    >>> within(("耕地", "其中永久基本农田")), within(("其中基本农田",)), within(("建设用地", "农村宅基地")), within(("宅基地",))
    ('farmland', 'farmland', 'construction', '')
    """
    named = [land for level in levels if (land := class_of((level,)))]
    if not named or named[-1] not in PART_OF:
        return ""
    whole = PART_OF[named[-1]]
    said = any(fold(level).startswith(("其中", "其中:", "#其中")) for level in levels)
    return whole if said or whole in named[:-1] else ""


def class_of(levels: tuple[str, ...]) -> str | None:
    """The class of land that a header names; "" where it names one that is several of ours, or two; None where it names none.

    >>> class_of(("耕地", "水浇地")), class_of(("果园", "水田")), class_of(("交通用地", "小计")), class_of(("面积",))
    ('farmland', '', '', None)
    >>> class_of(("耕地", "其中永久基本农田")), class_of(("农用地", "耕地", "其中基本农田"))
    ('basic_farmland', 'basic_farmland')
    """
    found = []
    for level in levels:
        word = re.sub(r"(?:的?面积|金额|补偿款|补偿费)$", "", without_unit(fold(level)).word)
        word = _SUBTOTAL.sub("", word)
        if word in _classes():
            found.append(_classes()[word])
    if not found:
        return None
    named = [land for land in found if land]
    clear = set(named)
    if found[-1] in PART_OF and clear == {found[-1], PART_OF[found[-1]]} and named[0] == PART_OF[found[-1]]:
        return found[-1]  # a part below its whole
    return clear.pop() if len(clear) == 1 else ""


AGRICULTURAL = frozenset({"basic_farmland", "farmland", "garden", "forest", "other_agricultural"})
"""The classes of which 农用地 is the sum."""


def is_agricultural(levels: tuple[str, ...]) -> bool:
    """Whether a header names all agricultural land in one figure.

    >>> is_agricultural(("农用地", "小计")), is_agricultural(("农用地面积",)), is_agricultural(("农用地", "耕地"))
    (True, True, False)
    """
    words = [_SUBTOTAL.sub("", re.sub("(?:的?面积)$", "", without_unit(fold(level)).word)) for level in levels]
    return bool(words) and words[0] in ("农用地", "占农用地", "其中农用地", "其中:农用地") and not any(words[1:])


def is_subtotal(levels: tuple[str, ...]) -> bool:
    """Whether the last level says that the column sums up others."""
    return bool(_SUBTOTAL.search(without_unit(fold(levels[-1])).word)) if levels else False
