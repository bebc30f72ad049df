"""In which unit the areas and amounts of a sheet are written: title, header, a row of units below it, a note.

A unit that stands nearer to the numbers holds for them: that of a header, or of the row of units, before that of the title. Where
two that hold for one column contradict each other, none of them is taken (`UNITS_DIFFER`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eligibility.model.names import squeeze
from eligibility.model.tables import UNITS, CellType, Column, Table

UNITS_DIFFER = "?"
"""Stands for the unit where sheet, header and column name several."""

AREA_UNITS = {word.lower(): unit.key for unit in UNITS for word in (unit.zh, *unit.also, unit.key)}
MONEY_UNITS = {"元": "yuan", "圆": "yuan", "人民币元": "yuan", "千元": "thousand", "万元": "myriad"}
UNIT_OF = {CellType.AREA_MU: AREA_UNITS, CellType.AREA_IN_UNIT: AREA_UNITS, CellType.MONEY: MONEY_UNITS}
"""The words for units of each type of cell that is measured."""
DEFAULT = {CellType.AREA_MU: "mu", CellType.MONEY: "yuan"}
"""The unit of a column of which no paper says anything."""

_OTHER = frozenset(
    [
        "人",
        "户",
        "个",
        "宗",
        "块",
        "株",
        "棵",
        "座",
        "年",
        "月",
        "日",
        "岁",
        "%",
        "元/亩",
        "元/平方米",
        "元/m2",
        "万元/亩",
        "亩/人",
        "人/户",
        "口",
    ]
)
_WORDS = {**AREA_UNITS, **MONEY_UNITS}
_WORD = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_BEHIND = re.compile(rf"(.+?)(?:\((?:(?:计量|面积)?单位:?)?({_WORD})\)|[/:]({_WORD})|({_WORD}))")
_IN_BRACKETS = re.compile(rf"\((?:(?:计量|面积)?单位:?)?({_WORD})\)")
_STATED = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[表册账单]|面积|计量|数量|金额|资金|货币|土地)单位\s*(?:均|都|统一)?\s*(?:为|是|以|用|[:：])?\s*([^()。；;\n]{1,24})"
)
_COUNTED_IN = re.compile(rf"以\s*({_WORD})\s*(?:为单位|计)")
_TITLE_BRACKETS = re.compile(rf"\(\s*((?:{_WORD})(?:\s*[、,/和及]\s*(?:{_WORD}))*)\s*\)")
_SEPARATORS = re.compile(r"[、,，/和及与\s]+")
_LIKE_A_UNIT = re.compile(r"[亩公顷米平方分厘毫畝頃]|hm|km|m2", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """The units that lines around a table state for its areas and its amounts."""

    area: frozenset[str] = frozenset()
    money: frozenset[str] = frozenset()

    def __or__(self, other: Stated) -> Stated:
        return Stated(self.area | other.area, self.money | other.money)

    def of(self, kind: CellType) -> frozenset[str]:
        """What is stated for cells of one type."""
        return self.money if kind is CellType.MONEY else self.area


NOTHING_STATED = Stated()


def stated_units(texts: Iterable[str], *, title: bool = False) -> Stated:
    """What lines of text state; of a title brackets alone are enough: 村组台账（公顷）.

    >>> stated_units(["登记表（单位：公顷、元）"]).area, stated_units(["填报单位：乌龙社区"]).area
    (frozenset({'ha'}), frozenset())
    """
    found = NOTHING_STATED
    for text in texts:
        if not _may_state(text):
            continue
        plain = unicodedata.normalize("NFKC", text).lower()
        for words in (*_STATED.findall(plain), *_COUNTED_IN.findall(plain)):
            found |= _listed(words)
        for words in _TITLE_BRACKETS.findall(plain) if title else ():
            found |= _listed(words)
    return found


def _may_state(text: str) -> bool:
    return "单位" in text or "(" in text or "（" in text or "以" in text


def _listed(words: str) -> Stated:
    """The units of a list such as 公顷、元; a measure of land that nobody knows leaves the unit open."""
    area, money = set(), set()
    for word in filter(None, _SEPARATORS.split(words)):
        if word in AREA_UNITS:
            area.add(AREA_UNITS[word])
        elif word in MONEY_UNITS:
            money.add(MONEY_UNITS[word])
        elif word not in _OTHER:
            if len(word) <= 4 and _LIKE_A_UNIT.search(word):
                area.add(UNITS_DIFFER)
            break
    return Stated(frozenset(area), frozenset(money))


def parted(header: str) -> tuple[str, str]:
    """A header, folded, without the word of a unit behind it, and that word's key; "" where there is none.

    >>> parted("面积(公顷)"), parted("金额(万元)"), parted("面积/m2"), parted("面积")
    (('面积', 'ha'), ('金额', 'myriad'), ('面积', 'm2'), ('面积', ''))
    """
    match = _BEHIND.fullmatch(header)
    return (match[1], _WORDS[match[2] or match[3] or match[4]]) if match else (header, "")


def unit_within(header: str) -> str:
    """The unit that a header, folded, has behind it or in brackets anywhere; "" where there is none."""
    unit = parted(header)[1]
    if unit:
        return unit
    match = _IN_BRACKETS.search(header)
    return _WORDS[match[1]] if match else ""


def units_of_row(cells: Sequence[str]) -> dict[int, str]:
    """The units by column of a row that holds nothing else; empty for every other row.

    >>> units_of_row(["", "", "㎡", "（万元）"]), units_of_row(["张三", "亩"])
    ({2: 'm2', 3: 'myriad'}, {})
    """
    found = {}
    for index, cell in enumerate(cells):
        word = squeeze(cell).lower().removeprefix("(").removesuffix(")").removeprefix("单位:")
        if word in _WORDS:
            found[index] = _WORDS[word]
        elif word and word not in _OTHER:
            return {}
    return found


def is_of(unit: str, kind: CellType) -> bool:
    """Whether a unit measures what cells of that type hold."""
    return unit in UNIT_OF.get(kind, {}).values()


def units_of_columns(
    table: Table,
    places: Mapping[str, int],
    headers: Sequence[str],
    own: Mapping[int, frozenset[str]],
    around: Stated,
) -> dict[str, str]:
    """For each measured column the unit of its numbers; no entry where nothing is stated or it is the default.

    `own`: for each index what header and row of units say; `around`: what title and notes say.
    """
    found = {}
    for column in table.columns:
        if column.type not in UNIT_OF or column.key not in places:
            continue
        unit = _unit(column, places[column.key], headers, own, around)
        if unit and unit != DEFAULT.get(column.type):
            found[column.key] = unit
    return found


def _unit(
    column: Column,
    index: int,
    headers: Sequence[str],
    own: Mapping[int, frozenset[str]],
    around: Stated,
) -> str:
    nearer = frozenset(unit for unit in own.get(index, ()) if is_of(unit, column.type))
    title = around.of(column.type)
    if not nearer:
        return "" if not title else next(iter(title)) if len(title) == 1 else UNITS_DIFFER
    if len(nearer) > 1:
        return UNITS_DIFFER
    unit = next(iter(nearer))
    return unit if not title or title == nearer or _others(column, index, headers, own) else UNITS_DIFFER


def _others(column: Column, index: int, headers: Sequence[str], own: Mapping[int, frozenset[str]]) -> bool:
    """Whether the sheet has another column without a unit, of which the title may speak."""
    words = ("金额", "款", "费", "价") if column.type is CellType.MONEY else ("面积",)
    return any(
        place != index and not own.get(place) and any(word in header for word in words)
        for place, header in enumerate(headers)
    )
