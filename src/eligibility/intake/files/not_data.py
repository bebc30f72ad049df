"""Rows between and below the data that are none: totals, headers printed again, units, column numbers, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

import pyarrow as pa
import pyarrow.compute as pc

from eligibility.domain.names import squeeze
from eligibility.domain.tables import Table
from eligibility.intake.files.header import Layout, printed_again

_TOTAL = re.compile(r".{0,12}(?:合计|总计|小计|共计)(?:[:：(（0-9].*)?")
_BARE_TOTAL = re.compile(r"(?:本页)?(?:合计|总计|小计|共计)(?:[:：(（0-9].*)?")
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

    A row that fills its required cells is data, unless its first cell says 合计 and nothing else, or it is the header
    again, or numbers the columns.
    """

    def __init__(self, layout: Layout, table: Table) -> None:
        self._layout = layout
        self._places = [layout.places[column.key] for column in table.columns if column.required]
        self._last, self._required = max(self._places), itemgetter(*self._places, self._places[0])
        words = {next((cell.strip() for cell in row if cell.strip()), "") for row in layout.printed}
        self._first_words = words | _ONE

    def surely_data(self, cells: pa.Table) -> pa.Array:
        """For rows by column, named by index: those that need no further look."""
        first = pc.utf8_trim_whitespace(cells.column("0"))
        odd = pc.or_(pc.match_substring(first, "计"), pc.is_in(first, pa.array(sorted(self._first_words | {""}))))
        for place in self._places:
            odd = pc.or_(odd, pc.equal(pc.utf8_trim_whitespace(cells.column(str(place))), ""))
        return pc.invert(odd)

    def kind(self, cells: Sequence[str]) -> str:
        """Nothing for data, "blank", or the issue under which a row is left out."""
        if len(cells) > self._last and all(map(str.strip, self._required(cells))):
            first = cells[0].strip() or next(filter(None, map(str.strip, cells)))
            if first in self._first_words:
                return self._like_a_header(cells, first)
            return "total_row" if "计" in first and _BARE_TOTAL.fullmatch(squeeze(first)) else ""
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            return "blank"
        if printed_again(self._layout, cells):
            return "repeated_header"
        there = sum(place < len(cells) and bool(cells[place].strip()) for place in self._places)
        return _unfinished(filled, there, len(self._places))

    def _like_a_header(self, cells: Sequence[str], first: str) -> str:
        if printed_again(self._layout, cells):
            return "repeated_header"
        return "note_row" if first in _ONE and _numbers([cell.strip() for cell in cells if cell.strip()]) else ""


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
