"""Headers that are almost right: which word of the contract they are nearest to, and the refusal that names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from eligibility.domain.finding import Source, Text, Unusable
from eligibility.domain.names import squeeze
from eligibility.domain.tables import Column, Table
from eligibility.intake.files.grid import column_letter
from eligibility.intake.notices import refuse

_ALIKE = 60
"""From this similarity (0 to 100) of the whole words on, a slip is likely: 身份证号吗 for 身份证号, not 备注 for 姓名."""
_LONGEST = 40


def nearest(header: str, columns: Sequence[Column]) -> str:
    """The Chinese header of that one of the columns which was probably meant; "" when none is near."""
    words = {word: column.zh for column in columns for word in (*column.headers, column.key)}
    best = process.extractOne(squeeze(header)[:_LONGEST].lower(), words.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return words[best[0]] if best else ""


def lacking(
    table: Table,
    missing: Sequence[Column],
    at: Source,
    unused: Sequence[tuple[int, str]],
    twice: Mapping[str, tuple[int, ...]],
) -> Unusable:
    """The refusal of a sheet that lacks required columns, or has one of them twice."""
    named = [_named(column, unused, twice) for column in missing]
    spelt = "；".join(f"「{column.zh}」可写作 {'/'.join((column.key, *column.headers))}" for column in missing)
    return refuse(
        "missing_column",
        at,
        Text(
            f"{table.zh}缺少必需的列：{'、'.join(one.zh for one in named)}",
            f"{table.key} lacks required columns: {', '.join(one.en for one in named)}",
        ),
        Text(f"补上列或更正表头。{spelt}", "add the columns or correct the headers"),
    )


def _named(column: Column, unused: Sequence[tuple[int, str]], twice: Mapping[str, tuple[int, ...]]) -> Text:
    """The column, and what stands in the sheet instead of it."""
    if column.key in twice:
        letters = "、".join(map(column_letter, twice[column.key]))
        return Text(
            f"「{column.zh}」（{letters}列都是这个表头，不知用哪一列）", f"{column.key} (stands over columns {letters})"
        )
    seen = {squeeze(header)[:_LONGEST].lower(): (index, header) for index, header in reversed(unused)}
    found = [
        process.extractOne(word, seen.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        for word in (*column.headers, column.key)
    ]
    best = max(filter(None, found), key=lambda one: one[1], default=None)
    if best is None:
        return Text(f"「{column.zh}」", column.key)
    index, header = seen[best[0]]
    letter = column_letter(index)
    return Text(
        f"「{column.zh}」（最接近的表头：{letter}列「{header}」）",
        f"{column.key} (nearest header: {letter} “{header}”)",
    )
