"""Rows between and below the data that are none: totals, headers printed again, units, column numbers, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

import pyarrow as pa
import pyarrow.compute as pc

from eligibility.intake.files.header import printed_again
from eligibility.intake.files.layout import Layout
from eligibility.intake.files.units import units_of_row
from eligibility.model.names import squeeze
from eligibility.model.tables import CellType, Table

_TOTALS = "(?:合计|总计|小计|共计|累计)"
_BEHIND_TOTAL = "(?:[:：(（0-9].*)?"
_LEVEL = "(?:本页|本[村组社]|全[村组县区市镇乡]|行政村|自然村|村组|乡镇|镇街|街道|社区|项目|地类|集体|国有|[村组社队乡镇县区市户])"
_TOTAL = re.compile(f".{{0,30}}{_TOTALS}{_BEHIND_TOTAL}|计")
_BARE_TOTAL = re.compile(f"{_LEVEL}?{_TOTALS}{_BEHIND_TOTAL}")
_TOTAL_ALONE = re.compile(f"{_LEVEL}?{_TOTALS}[:：]?")
_OF_WHICH = re.compile("其中[:：,，、]?.{0,12}")
_LOOK_AGAIN = f"{_TOTALS}|^计$"
_ID = re.compile("[0-9]{14,17}[0-9Xx]")
_NAMES_A_THING = frozenset(
    {CellType.REFERENCE, CellType.APPROVAL_NO, CellType.PLACE, CellType.GROUP, CellType.GROUPS, CellType.CHOICE}
)
_NAMES_BY_TEXT = frozenset({"street", "project", "batch"})
_MEASURES = frozenset(
    {CellType.AREA_MU, CellType.AREA_IN_UNIT, CellType.MONEY, CellType.COUNT, CellType.DAY, CellType.TRUTH}
)
_UNIT = re.compile(r"[(（][^()（）]{1,8}[)）]")
_SIGNED = re.compile(
    r"(?:填表|制表|造册|审核|复核|填报|经办|负责|编制|校对|统计|盖章|签章|签字|公章|单位|社区|街道|联系|电话|填写)"
    r"[^:：]{0,8}[:：].*",
    re.DOTALL,
)
_NOTE = re.compile(r"(?:备注|附注|注|说明|填表说明|注意|提示)(?:[一二三四五六七八九十0-9]{0,2})[:：、.．].*", re.DOTALL)
_SENTENCE = re.compile(r"[:：。；;，]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE_FROM = 6
_NUMBERED_FROM = 5
_ONE = frozenset({"1", "(1)", "（1）", "１"})


def is_total(cell: str) -> bool:
    """Whether a cell says that its row is a total.

    >>> is_total("合　计"), is_total("一组小计"), is_total("耕地")
    (True, True, False)
    """
    return _TOTAL.fullmatch(squeeze(cell)) is not None


class Classifier:
    """What the rows behind a header are.

    A row that fills its required cells is data, unless a cell that names something says 合计 (一组小计, 村小计) or 其中, or it is
    the header again, or numbers the columns. A row with a resident id is a person's, whatever else it says.
    """

    def __init__(self, layout: Layout, table: Table) -> None:
        self._layout = layout
        self._places = [layout.places[column.key] for column in table.columns if column.key in _required(layout, table)]
        self._last, self._required = max(self._places), itemgetter(*self._places, self._places[0])
        words = {next((cell.strip() for cell in row if cell.strip()), "") for row in layout.printed}
        self._first_words = words | _ONE
        self._id = layout.places.get("resident_id")
        typed = {layout.places[column.key]: column for column in table.columns if column.key in layout.places}
        self._naming = {
            index for index, one in typed.items() if one.type in _NAMES_A_THING or one.key in _NAMES_BY_TEXT
        }
        silent = {index for index, one in typed.items() if one.type in _MEASURES or index == self._id}
        self._telling = [index for index in range(len(layout.cells)) if index not in silent]

    def surely_data(self, cells: pa.Table) -> pa.Array:
        """For rows by column, named by index: those that need no further look."""
        first = pc.utf8_trim_whitespace(cells.column("0"))
        odd = pc.is_in(first, pa.array(sorted(self._first_words | {""}), pa.string()))
        for place in self._places:
            odd = pc.or_(odd, pc.equal(pc.utf8_trim_whitespace(cells.column(str(place))), pa.scalar("", pa.string())))
        for index in self._telling:
            column = cells.column(str(index))
            total = pc.match_substring(column, "计")
            if pc.any(total).as_py():
                odd = pc.or_(odd, pc.match_substring_regex(pc.replace_substring_regex(column, r"\s+", ""), _LOOK_AGAIN))
            if index in self._naming:
                odd = pc.or_(odd, pc.match_substring(column, "其中"))
        return pc.invert(odd)

    def kind(self, cells: Sequence[str]) -> str:
        """Nothing for data, "blank", "part_row" for data to set aside, or the issue under which a row is left out."""
        whole = len(cells) > self._last and all(map(str.strip, self._required(cells)))
        if whole and self._id is not None and _ID.fullmatch(squeeze(cells[self._id])):
            first = cells[0].strip()
            return self._like_a_header(cells, first) if first in self._first_words else ""
        if (total := self._total(cells)) and (whole or total == "total_row"):
            return total
        if whole:
            first = cells[0].strip() or next(filter(None, map(str.strip, cells)))
            return self._like_a_header(cells, first) if first in self._first_words else ""
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            return "blank"
        if printed_again(self._layout, cells):
            return "repeated_header"
        there = sum(place < len(cells) and bool(cells[place].strip()) for place in self._places)
        return "note_row" if units_of_row(cells) else _unfinished(filled, there, len(self._places))

    def _total(self, cells: Sequence[str]) -> str:
        """Whether a cell says that its row is a total, or a part of the row above."""
        of_which = ""
        for index in self._telling:
            cell = cells[index] if index < len(cells) else ""
            if "计" in cell:
                pattern = _TOTAL if index in self._naming else _BARE_TOTAL if index == 0 else _TOTAL_ALONE
                if pattern.fullmatch(squeeze(cell)):
                    return "total_row"
            elif "其中" in cell and (index == 0 or index in self._naming) and _OF_WHICH.fullmatch(squeeze(cell)):
                of_which = "part_row"
        return of_which

    def _like_a_header(self, cells: Sequence[str], first: str) -> str:
        if printed_again(self._layout, cells):
            return "repeated_header"
        return "note_row" if first in _ONE and _numbers([cell.strip() for cell in cells if cell.strip()]) else ""


def _required(layout: Layout, table: Table) -> set[str]:
    return {column.key for column in table.columns if column.required and column.key in layout.places}


def _unfinished(filled: Sequence[str], there: int, required: int) -> str:
    """A row in which a required cell is blank: `there` of the `required` ones are filled."""
    first = squeeze(filled[0])
    if _BARE_TOTAL.fullmatch(first) or (there <= required / 2 and _TOTAL.fullmatch(first)):
        return "total_row"
    if all(_UNIT.fullmatch(cell) for cell in filled) or _numbers(filled):
        return "note_row"
    if there <= required / 2 and (_SIGNED.fullmatch(first) or _NOTE.fullmatch(first)):
        return "note_row"
    return "note_row" if required > 1 and _sentence(filled) else ""


def _numbers(filled: Sequence[str]) -> bool:
    """Whether the cells number the columns: 1, 2, 3 …"""
    return len(filled) >= _NUMBERED_FROM and [squeeze(cell).strip("()") for cell in filled] == [
        str(number) for number in range(1, len(filled) + 1)
    ]


def _sentence(filled: Sequence[str]) -> bool:
    """Whether the row holds one sentence and nothing else."""
    one = filled[0]
    return len(set(filled)) == 1 and len(one) >= _SENTENCE_FROM and bool(_SENTENCE.search(one) and _CHINESE.search(one))
