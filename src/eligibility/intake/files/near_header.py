"""Headers that are almost right: which word of the contract they are nearest to, and the refusal that names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from eligibility.intake.files.grid import Row, column_letter
from eligibility.intake.notices import refuse
from eligibility.model.diagnostic import Bilingual, InputError, SourceLocation
from eligibility.model.names import squeeze
from eligibility.model.tables import Column, Table

_ALIKE = 60
"""From this similarity (0 to 100) of the whole words on, a slip is likely: 身份证号吗 for 身份证号, not 备注 for 姓名."""
_LONGEST = 40
_MOST_NAMED = 20
_WIDE = 2
"""So many classes of land over columns make a wide table."""
_CLASSES = ("农用地", "耕地", "园地", "林地", "建设用地", "未利用地", "水田", "旱地", "水浇地", "宅基地", "基本农田")


def nearest(header: str, columns: Sequence[Column]) -> str:
    """The Chinese header of that one of the columns which was probably meant; "" when none is near."""
    words = {word: column.zh for column in columns for word in (*column.headers, column.key)}
    best = process.extractOne(squeeze(header)[:_LONGEST].lower(), words.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return words[best[0]] if best else ""


class Seen(NamedTuple):
    """What a sheet has instead of a header that is known: its first rows, headers that are not used, headers that stand twice."""

    head: Sequence[Row]
    unused: Sequence[tuple[int, str]]
    twice: Mapping[str, tuple[int, ...]]


def lacking(table: Table, missing: Sequence[Column], at: SourceLocation, seen: Seen) -> InputError:
    """The refusal of a sheet that lacks required columns, or has one of them twice."""
    named = [_named(column, seen.unused, seen.twice) for column in missing]
    spelt = "；".join(f"「{column.zh}」可写作 {'/'.join((column.key, *column.headers))}" for column in missing)
    form = _form(seen.head, missing, seen.unused)
    return refuse(
        "missing_column",
        at,
        Bilingual(
            f"{table.zh}缺少必需的列：{'、'.join(one.zh for one in named)}",
            f"{table.key} lacks required columns: {', '.join(one.en for one in named)}",
        ),
        Bilingual(f"{form.zh}补上列或更正表头。{spelt}", f"{form.en}add the columns or correct the headers"),
    )


def _form(head: Sequence[Row], missing: Sequence[Column], unused: Sequence[tuple[int, str]]) -> Bilingual:
    """What the form of the sheet is, where that is why its columns are not known."""
    rows = [[cell for cell in map(squeeze, cells) if cell] for _, cells in head]
    if rows and all(len(cells) <= 1 for cells in rows):
        zh = "每一行都只有一列：分隔符不是逗号或制表符（也许是分号或空格），请另存为以逗号分隔的 csv 或 xlsx。"
        return Bilingual(zh, "every row is one cell: save it with commas between the cells, or as xlsx. ")
    classes = {
        word for cells in rows for cell in cells for word in _CLASSES if cell.startswith(word) or cell.endswith(word)
    }
    if len(classes) >= _WIDE and any(column.key in ("land_class", "area", "unit") for column in missing):
        zh = "本表是宽表（横表），每个地类各占一列：请改为每个地块的每个地类一行，地类一列、面积一列、单位一列；"
        zh += "权属单位分写在社区和村民小组两列，另加批文文号。"
        return Bilingual(
            zh, "a wide table with a column for each class of land: write one row for each parcel and class. "
        )
    cells = max((cells for _, cells in head), key=lambda cells: sum(map(bool, map(str.strip, cells))), default=())
    named = "、".join([header.strip()[:_LONGEST] for header in cells if header.strip()][:_MOST_NAMED])
    if not unused or not named:
        return Bilingual("", "")
    left = "、".join(f"{column_letter(index)}列「{header[:_LONGEST]}」" for index, header in unused[:_MOST_NAMED])
    return Bilingual(
        f"本表的表头：{named}；其中没有认出的：{left}。", f"the headers are {named}; not known are {left}. "
    )


def _named(column: Column, unused: Sequence[tuple[int, str]], twice: Mapping[str, tuple[int, ...]]) -> Bilingual:
    """The column, and what stands in the sheet instead of it."""
    if column.key in twice:
        letters = "、".join(map(column_letter, twice[column.key]))
        return Bilingual(
            f"「{column.zh}」（{letters}列都是这个表头，不知用哪一列）", f"{column.key} (stands over columns {letters})"
        )
    seen = {squeeze(header)[:_LONGEST].lower(): (index, header) for index, header in reversed(unused)}
    found = [
        process.extractOne(word, seen.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        for word in (*column.headers, column.key)
    ]
    best = max(filter(None, found), key=lambda one: one[1], default=None)
    if best is None:
        return Bilingual(f"「{column.zh}」", column.key)
    index, header = seen[best[0]]
    letter = column_letter(index)
    return Bilingual(
        f"「{column.zh}」（最接近的表头：{letter}列「{header}」）",
        f"{column.key} (nearest header: {letter} “{header}”)",
    )
