"""Which table a file or a sheet is named for."""

from __future__ import annotations

from rapidfuzz import process

from eligibility.domain.finding import Source, Text, Unusable
from eligibility.domain.names import squeeze
from eligibility.domain.tables import TABLES, Table
from eligibility.intake.notices import refuse

INSTRUCTIONS = "填表说明"
"""The sheet of our own forms and marked copies that explains them; it is passed over."""

_TITLES = {squeeze(word).lower(): table for table in TABLES for word in (table.key, *table.titles)}
_SEPARATORS = frozenset("-_—－＿·.,，、(（[【")


def table_of_title(name: str) -> Table | None:
    """The table of exactly that key or title."""
    return _TITLES.get(squeeze(name).lower())


def table_of_part(name: str) -> Table | None:
    """The table of which a file so named holds a part: key or title, a separator (or a blank), and anything.

    >>> [table.zh if table else None for table in map(table_of_part, ("人员名册-乌龙街道", "人员名册 1", "人员名册"))]
    ['人员名册', '人员名册', None]
    """
    stem = name.strip()
    for word, table in _TITLES.items():
        behind = stem[len(word) :] if stem.lower().startswith(word) else ""
        if behind and (behind[0] in _SEPARATORS or behind[0].isspace()):
            return table
    return None


def nearest_title(name: str) -> str:
    """The title or key most like a name that is none."""
    best = process.extractOne(name, [word for table in TABLES for word in (*table.titles, table.key)])
    return str(best[0]) if best else ""


def table_twice(table: Table, first: str, second: str, where: str) -> Unusable:
    """The refusal of a table that stands in two places, which may say different things."""
    return refuse(
        "table_twice",
        Source(where),
        Text(f"「{table.zh}」有两份：{first} 和 {second}", f"{table.key} stands in two places: {first} and {second}"),
        Text(
            f"只保留一份；分批提交的各份存为同一类文件，命名如 {table.zh}-乌龙街道.csv、{table.zh}-雨花街道.csv",
            f"keep one; parts are files of one kind, named like {table.key}-wulong.csv, {table.key}-yuhua.csv",
        ),
    )
