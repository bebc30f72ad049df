"""Where the header of a sheet may stand: every one, two or three rows of words, joined column by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eligibility.sources.spelling import class_of, fold, is_subtotal

Row = tuple[int, Sequence[str]]
"""The row of the sheet, from 1, and its cells as text."""

MOST_LEVELS = 3
_WITHIN = 15
_MOST_COLUMNS = 400
_CODE = re.compile(r"[a-z][a-z0-9_]{1,20}")
_VALUE = re.compile(r"[0-9.,/年月日\-: ]*[0-9][0-9.,/年月日\-: ]*")
_LONGEST_HEADER = 40


@dataclass(frozen=True, slots=True)
class Header:
    """Rows of a sheet that are its header: the first and the last of them, and for each column its levels."""

    first: int
    last: int
    columns: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...] = ()
    """The lines above."""
    unnamed: bool = False
    """The row above has words over columns for which these rows have none, or over nearly all: it belongs to the header too."""


def headers_of(head: Sequence[Row]) -> Iterator[Header]:
    """Every one, two or three rows, one below the other, that may be a header."""
    rows = [(number, [cell.strip() for cell in cells[:_MOST_COLUMNS]]) for number, cells in head][:_WITHIN]
    for index in range(len(rows)):
        for levels in range(1, MOST_LEVELS + 1):
            block = rows[index : index + levels]
            if len(block) < levels or any(b[0] - a[0] != 1 for a, b in pairwise(block)) or not _may_be_header(block):
                continue
            joined = _joined([cells for _, cells in block])
            unnamed = index > 0 and rows[index - 1][0] == block[0][0] - 1 and _names_more(rows[index - 1], joined)
            below = rows[index + levels : index + levels + 1]
            if below and levels < MOST_LEVELS:
                unnamed = unnamed or _is_codes(below[0][1], joined) or _names_codes(below[0], joined)
                unnamed = unnamed or _fills(below[0], joined)
                unnamed = unnamed or _goes_on(below[0], joined)
            yield Header(block[0][0], block[-1][0], joined, tuple(_titles(rows[:index])), unnamed)


def header_at(head: Sequence[Row], first: int, last: int) -> Header | None:
    """The header in these rows; None where the sheet does not have them."""
    block = [
        (number, [cell.strip() for cell in cells[:_MOST_COLUMNS]]) for number, cells in head if first <= number <= last
    ]
    if not block or block[0][0] != first or block[-1][0] != last or last - first >= MOST_LEVELS:
        return None
    above = [(number, [cell.strip() for cell in cells]) for number, cells in head if number < first]
    return Header(first, last, _joined([cells for _, cells in block]), tuple(_titles(above)))


def _may_be_header(block: Sequence[tuple[int, list[str]]]) -> bool:
    """Cells that are words, and in the last row more than one. A line with one word over the whole table is a title."""
    first = block[0][1]
    if (
        len(block) > 1
        and first[:1] != [""]
        and block[1][1][:1] not in ([], [""])
        and len(set(filter(None, first))) == 1
    ):
        return False
    for _, cells in block:
        filled = [cell for cell in cells if cell]
        if not filled or any(_VALUE.fullmatch(cell) or len(cell) > _LONGEST_HEADER for cell in filled):
            return False
    last = {cell for cell in block[-1][1] if cell}
    return len(last) > 1 or (
        len(block) > 1 and all(is_subtotal((cell,)) or class_of((cell,)) is not None for cell in last)
    )


def _is_codes(cells: Sequence[str], columns: Sequence[tuple[str, ...]]) -> bool:
    """Whether a row below holds field codes for nearly all columns, where the header has none: it belongs to it."""
    filled = [cell for cell in cells if cell]
    if not filled or not all(_CODE.fullmatch(fold(cell)) for cell in filled):
        return False
    return len(filled) * 5 >= sum(map(bool, columns)) * 4 and not any(
        _CODE.fullmatch(fold(one[0])) for one in columns if one
    )


def _names_codes(below: tuple[int, list[str]], columns: Sequence[tuple[str, ...]]) -> bool:
    """Whether a row below field codes says in words what they are, column by column: it is no row of data."""
    coded = [index for index, one in enumerate(columns) if one and all(_CODE.fullmatch(fold(word)) for word in one)]
    if len(coded) * 5 < sum(map(bool, columns)) * 4 or not _may_be_header([below]):
        return False
    named = sum(index < len(below[1]) and bool(below[1][index]) for index in coded)
    return named * 5 >= len(coded) * 4


def _fills(below: tuple[int, list[str]], columns: Sequence[tuple[str, ...]]) -> bool:
    """Whether the row below may be a header and has words for columns that have none: 面积 and 金额 below one 水田."""
    if not _may_be_header([below]):
        return False
    return any(cell and index < len(columns) and not columns[index] for index, cell in enumerate(below[1]))


def _goes_on(below: tuple[int, list[str]], columns: Sequence[tuple[str, ...]]) -> bool:
    """Whether the row below belongs to the header: it repeats its words (merged cells) but for parts of classes, or has only these.

    A row of data has a value, or words that are no parts of a class.
    """
    named = [(cell, columns[at] if at < len(columns) else ()) for at, cell in enumerate(below[1]) if cell]
    new = [cell for cell, levels in named if cell not in levels]
    return bool(new) and all(is_subtotal((cell,)) or class_of((cell,)) is not None for cell in new)


def _names_more(above: tuple[int, list[str]], columns: Sequence[tuple[str, ...]]) -> bool:
    """Whether the row above may be a header, and has words over columns that have none, or over nearly all."""
    if not _may_be_header([above]):
        return False
    words = {cell for cell in above[1] if cell}
    if len(words) * 5 >= sum(map(bool, columns)) * 4:
        return True
    return any(cell and (index >= len(columns) or not columns[index]) for index, cell in enumerate(above[1]))


def _titles(rows: Sequence[tuple[int, list[str]]]) -> Iterator[str]:
    for _, cells in rows:
        yield from dict.fromkeys(cell for cell in cells if cell)


def _joined(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """For each column its levels: an upper word stands for the columns behind it up to the next one.

    >>> _joined([["户号", "成员", ""], ["", "姓名", "性别"]])
    (('户号',), ('成员', '姓名'), ('成员', '性别'))
    """
    width = max(map(len, rows))
    spread: list[list[str]] = []
    for level, cells in enumerate(rows):
        row, above = [], ""
        for index in range(width):
            cell = cells[index] if index < len(cells) else ""
            if level < len(rows) - 1:
                # a word spreads only over columns that have one below, and under one upper word
                bounded = level > 0 and index > 0 and spread[level - 1][index] != spread[level - 1][index - 1]
                above = cell or ("" if bounded else above)
                below = any(index < len(lower) and lower[index] for lower in rows[level + 1 :])
                row.append(above if below or cell else "")
            else:
                row.append(cell)
        spread.append(row)
    return tuple(_levels([row[index] for row in spread]) for index in range(width))


def _levels(words: Sequence[str]) -> tuple[str, ...]:
    """The levels of one column, a word once; of a Chinese word over a field code both, the code first, so that either is known."""
    found = tuple(dict.fromkeys(word for word in words if word))
    if len(found) > 1 and _CODE.fullmatch(fold(found[-1])) and not _CODE.fullmatch(fold(found[0])):
        return (found[-1], *found[:-1])
    return found
