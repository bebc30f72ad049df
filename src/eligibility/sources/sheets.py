"""Which kind of source a sheet is, where its header stands, and what its columns mean: a proposal, with the reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from eligibility.domain.names import squeeze
from eligibility.sources.catalogue import Catalogue
from eligibility.sources.columns import ColumnMeaning, meanings
from eligibility.sources.kind import Kind
from eligibility.sources.spelling import class_of, fold, spellings, without_unit

Row = tuple[int, Sequence[str]]
"""The row of the sheet, from 1, and its cells as text."""

MOST_LEVELS = 3
_WITHIN = 15
_MOST_COLUMNS = 400
_CODE = re.compile(r"[a-z][a-z0-9_]{1,20}")
_VALUE = re.compile(r"[0-9.,/年月日\-: ]*[0-9][0-9.,/年月日\-: ]*")
_LONGEST_HEADER = 40
_NAMED = 1.5
"""A title or file name counts as so many headers."""
_SURE_SHARE = 0.5
_SURE_AHEAD = 1.2


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The first rows of a sheet, as far as a header is looked for; `file` is the path within the dossier."""

    file: str
    sheet: str
    head: Sequence[Row]
    kind_of_file: str = ""


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


@dataclass(frozen=True, slots=True)
class SheetProposal:
    """What a sheet probably is. `kind` is "" where nothing fits; `sure`: it may be used without asking."""

    file: str
    sheet: str
    kind: str = ""
    sure: bool = False
    header: Header | None = None
    columns: tuple[ColumnMeaning, ...] = ()
    reason_zh: str = ""
    reason_en: str = ""
    rivals: tuple[str, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    """The unit of areas that a clerk stated for the sheet."""


def propose(sheet: SheetRows, catalogue: Catalogue) -> SheetProposal:
    """The kind, header and meanings of a sheet, as well as they can be told from its name and first rows."""
    ranked = sorted(_scored(sheet, catalogue), key=lambda one: (-one.points, one.name))
    if not ranked:
        return SheetProposal(sheet.file, sheet.sheet, reason_zh="没有认得的表头", reason_en="no header that is known")
    best = ranked[0]
    near = [one for one in ranked[1:] if one.points * _SURE_AHEAD > best.points]
    kind = catalogue.kinds[best.name]
    columns = meanings(catalogue, best.name, best.header.columns)
    lacking = [key for key in kind.needs if key not in {one.meaning for one in columns if one.sure}]
    alike = [one.name for one in near if not _same_use(catalogue, one, best)]
    sure = not lacking and not alike and best.share >= _SURE_SHARE
    zh, en = _reason(catalogue, best, lacking, alike)
    return SheetProposal(
        sheet.file, sheet.sheet, best.name, sure, best.header, columns, zh, en, tuple(one.name for one in near)
    )


@dataclass(frozen=True, slots=True)
class _Scored:
    name: str
    header: Header
    points: float
    share: float
    hits: int
    named: str


def _scored(sheet: SheetRows, catalogue: Catalogue) -> Iterator[_Scored]:
    """Every kind that knows some header of the sheet, with its best header."""
    headers = list(headers_of(sheet.head))
    rarity = _rarity(catalogue)
    name = "|".join(squeeze(part).lower() for part in (sheet.file.rpartition("/")[2].rpartition(".")[0], sheet.sheet))
    for kind_name, kind in catalogue.kinds.items():
        listed = catalogue.listed[kind_name]
        best: _Scored | None = None
        for header in headers:
            filled = [levels for levels in header.columns if any(levels)]
            hit = [found for levels in filled if (found := _hit(levels, listed, kind)) is not None]
            if not hit:
                continue
            distinct = sum(rarity.get(word, 1.0) for word in set(hit))
            named = _named(kind, name, header.titles)
            share = len(hit) / len(filled)
            points = distinct * (0.5 + share) + (_NAMED * len(named) ** 0.5 if named else 0.0)
            # a header in fewer rows is the likelier one of two that know as much
            points = points * (0.6 if header.unnamed else 1.0) - 0.01 * (header.last - header.first)
            if best is None or points > best.points:
                best = _Scored(kind_name, header, points, share, len(hit), named)
        if best is not None:
            yield best


def _hit(levels: tuple[str, ...], listed: Mapping[str, str], kind: Kind) -> str | None:
    """The listed word that a header is, if any."""
    for spelt in spellings(levels):
        if spelt in listed:
            return spelt
        bare = without_unit(spelt).word
        if bare in listed:
            return bare
    if kind.by_class and class_of(levels) is not None:
        return f"@{fold(levels[0])}"
    return None


@lru_cache(maxsize=4)
def _rarity_of(words: tuple[tuple[str, ...], ...]) -> dict[str, float]:
    counts = Counter(word for kind in words for word in kind)
    return {word: 1.0 / n**0.5 for word, n in counts.items()}


def _rarity(catalogue: Catalogue) -> dict[str, float]:
    """A header that few kinds have tells more of the kind."""
    return _rarity_of(tuple(tuple(sorted(catalogue.listed[name])) for name in sorted(catalogue.kinds)))


def _named(kind: Kind, name: str, titles: Sequence[str]) -> str:
    """The longest word of the kind that stands in the name of file or sheet, or in a title."""
    texts = [name, *(squeeze(title).lower() for title in titles)]
    found = [word for word in map(fold, kind.names) if any(_within(word, text) for text in texts)]
    return max(found, key=len, default="")


def _within(word: str, text: str) -> bool:
    """A Chinese word anywhere; a code as a word of its own: CBF is not in CBF_JTCY."""
    if not _CODE.fullmatch(word):
        return word in text
    return re.search(rf"(?<![a-z_]){re.escape(word)}(?![a-z_])", text) is not None


def _same_use(catalogue: Catalogue, one: _Scored, other: _Scored) -> bool:
    """Whether it makes no difference which of two kinds a sheet is: both are left aside, or both say the same of one table."""
    table = catalogue.table_of(one.name)
    if table is None or catalogue.table_of(other.name) is None:
        return catalogue.table_of(other.name) is table
    keys = {column.key for column in table.columns}
    said = [
        {
            (found.index, found.meaning)
            for found in meanings(catalogue, by.name, by.header.columns)
            if found.meaning in keys
        }
        for by in (one, other)
    ]
    return catalogue.table_of(other.name) == table and said[0] <= said[1]


def _reason(catalogue: Catalogue, best: _Scored, lacking: list[str], rivals: list[str]) -> tuple[str, str]:
    known = len([levels for levels in best.header.columns if any(levels)])
    zh = f"{known}列中认得{best.hits}列" + (f"，名称含「{best.named}」" if best.named else "")
    en = f"{best.hits} of {known} headers are known" + (f", the name has “{best.named}”" if best.named else "")
    if lacking:
        zh += f"；没有确定的「{'、'.join(map(catalogue.name_of, lacking))}」"
        en += f"; {', '.join(lacking)} not certain"
    if rivals:
        zh += f"；也可能是{'、'.join(catalogue.kinds[one].zh for one in rivals)}"
        en += f"; may also be {', '.join(rivals)}"
    return zh, en


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
            unnamed = unnamed or (levels < MOST_LEVELS and bool(below) and _is_codes(below[0][1], joined))
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
    """Cells that are words, and in the last row more than one."""
    for _, cells in block:
        filled = [cell for cell in cells if cell]
        if not filled or any(_VALUE.fullmatch(cell) or len(cell) > _LONGEST_HEADER for cell in filled):
            return False
    return len({cell for cell in block[-1][1] if cell}) > 1


def _is_codes(cells: Sequence[str], columns: Sequence[tuple[str, ...]]) -> bool:
    """Whether a row below holds field codes for nearly all columns, where the header has none: it belongs to it."""
    filled = [cell for cell in cells if cell]
    if not filled or not all(_CODE.fullmatch(fold(cell)) for cell in filled):
        return False
    return len(filled) * 5 >= sum(map(bool, columns)) * 4 and not any(
        _CODE.fullmatch(fold(one[0])) for one in columns if one
    )


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
