"""Which table a file or a sheet is named for."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import process

from eligibility.intake.notices import refuse
from eligibility.model.diagnostic import Bilingual, InputError, SourceLocation
from eligibility.model.names import squeeze
from eligibility.model.tables import TABLES, Table

INSTRUCTIONS = "填表说明"
"""The sheet of our own forms and marked copies that explains them; it is passed over."""

_TITLES = {squeeze(word).lower(): table for table in TABLES for word in (table.key, *table.titles)}
_NUMBER = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_NUMBERED = re.compile(
    "^(?:"
    rf"(?:附件|附表|附|表|材料){_NUMBER}?(?:[-.]{_NUMBER})?[:：、.．_\-—\s]*(?=.)"
    rf"|\({_NUMBER}\)[、.\s]*|第{_NUMBER}[、:：\s]*(?=.)|{_NUMBER}[、.．_\-—\s]+(?=.)|(?:19|20)[0-9]{{2}}年度?[_\-\s]*"
    ")"
)
_SEPARATORS = frozenset("-_—－＿·.,，、(（[【:：")


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


def bare_title(name: str) -> str:
    """A name without the number of an annex, a list or a year in front: 附件2：征地协议（二组） is 征地协议（二组）.

    >>> [bare_title(name) for name in ("附件1人员名册", "附表三、村组台账", "01_征地协议", "(2) 征地批文", "2013年征地协议")]
    ['人员名册', '村组台账', '征地协议', '征地批文', '征地协议']
    """
    before, bare = "", unicodedata.normalize("NFKC", name).strip()
    while before != bare:
        before = bare
        bare = _NUMBERED.sub("", bare, count=1).strip()
    return bare


def table_named(name: str) -> Table | None:
    """The table that a name mentions anywhere.

    >>> [table.zh if table else None for table in map(table_named, ("附件2：征地协议（二组）", "补签征地协议", "报送说明"))]
    ['征地协议', '征地协议', None]
    """
    bare = bare_title(name)
    table = table_of_title(bare) or table_of_part(bare)
    if table:
        return table
    squeezed = squeeze(bare).lower()
    within = [(len(word), table) for word, table in _TITLES.items() if not word.isascii() and word in squeezed]
    return max(within, key=lambda found: found[0])[1] if within else None


def nearest_title(name: str) -> str:
    """The title or key most like a name that is none."""
    best = process.extractOne(name, [word for table in TABLES for word in (*table.titles, table.key)])
    return str(best[0]) if best else ""


def table_twice(table: Table, first: str, second: str, where: str) -> InputError:
    """The refusal of a table that stands in two places, which may say different things."""
    return refuse(
        "table_twice",
        SourceLocation(where),
        Bilingual(
            f"「{table.zh}」有两份：{first} 和 {second}", f"{table.key} stands in two places: {first} and {second}"
        ),
        Bilingual(
            f"只保留一份；分批提交的各份存为同一类文件，命名如 {table.zh}-乌龙街道.csv、{table.zh}-雨花街道.csv",
            f"keep one; parts are files of one kind, named like {table.key}-wulong.csv, {table.key}-yuhua.csv",
        ),
    )
