"""Words and signs by which a cell says nothing, or says no where a blank does."""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from eligibility.model.tables import Column

BLANKS = "".join(
    map(chr, (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x2010), 0x202F, 0x205F, 0x3000, 0xFEFF))
)
_TEXT_MARKS = "'＇’‘`"
"""In front of a cell: the sign by which a spreadsheet keeps a number as text, in the spellings that exports have."""
_TWO_MARKS = rf"[{_TEXT_MARKS}]\s*[{_TEXT_MARKS}]"

_EMPTY = pa.scalar("", pa.string())
_ONE = pa.scalar(1, pa.int32())

_STROKES = ("/", "／", "//", "／／", "\\", "＼", "-", "--", "---", "－", "－－", "—", "——", "———", "–", "―", "_", "__")
_NO = ("无", "否", "没有", "×", "✕", "✗", "✘", "✖", "╳")
_NOTHING = {
    "member_to": (*_NO, "至今", "今", "现在", "未迁出", "未终止", "未丧失", "在册"),
    "deceased_on": (*_NO, "健在", "在世", "未死亡", "未亡", "未故", "未去世", "生存", "存活", "存活中"),
    "withdrawn_on": (*_NO, "未收回", "未注销", "未作废", "有效", "在用"),
    "imprisoned": (*_NO, "未服刑", "无服刑", "不服刑", "非服刑", "非服刑人员", "没有服刑"),
    "membership_dispute": (*_NO, "无争议", "没有争议", "不存在争议", "无异议", "无纠纷", "无成员资格争议"),
    "project": ("无",),
    "batch": ("无",),
    "cited_approval_no": ("无", "没有", "暂无"),
}
"""Words that mean the same as a blank cell of their column."""


@cache
def blank_words(column: Column) -> frozenset[str]:
    """Everything that means in this column what a blank means: in most that nothing is known, in some that it is no.

    >>> from eligibility.model.tables import table
    >>> "健在" in blank_words(table("persons").column("deceased_on")), "/" in blank_words(table("persons").column("name"))
    (True, True)
    """
    return frozenset((*_STROKES, *_NOTHING.get(column.key, ())))


def cell_texts(texts: pa.ChunkedArray, column: Column) -> pa.ChunkedArray:
    """Cells of a column without blanks at either end; blank where a word or a stroke means what a blank means."""
    bare = _stripped(texts)
    blank = pc.is_in(bare, pa.array(sorted(blank_words(column)), pa.string()))
    return pc.if_else(blank, _EMPTY, bare) if pc.any(blank).as_py() else bare


def _stripped(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells without blanks at either end and without the sign of a text; two signs alone ('') mean 同上 and stay."""
    bare = pc.utf8_rtrim(pc.utf8_ltrim(texts, characters=BLANKS + _TEXT_MARKS), characters=BLANKS)
    emptied = pc.and_(pc.equal(bare, _EMPTY), pc.greater(pc.utf8_length(texts), _ONE))
    if not pc.any(emptied).as_py():
        return bare
    return pc.if_else(
        pc.and_(emptied, pc.match_substring_regex(texts, _TWO_MARKS)), pc.utf8_trim(texts, characters=BLANKS), bare
    )
