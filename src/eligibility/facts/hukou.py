"""Finds the district that a registered place (户籍地) names, by the gazetteer of the rulebook."""

from __future__ import annotations

import re
import unicodedata

import duckdb
import pyarrow as pa

from eligibility.model.policy import Policy

_NEGATION = re.compile(
    r"迁|非|不|未|除|由|原籍|原系|原为|原属|暂|寄住|挂|转入|转出|落户|或|待|曾|拟|疑|误|注销|嫁|婚|购房"
    r"|集体户|学生|学院|学校|大学(?!城)|毕业|年|→|>|[?？]"
)
"""Words beside a place with which a text negates it, doubts it, dates it, reports a move, or tells of a collective register."""


def register_places(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Create table `hukou`: each distinct text of a registered place, and the place it names (NULL if unknown)."""
    texts = [
        text
        for (text,) in con.execute("SELECT DISTINCT hukou_place FROM person WHERE hukou_place IS NOT NULL").fetchall()
    ]
    places = [named_place(text, policy.gazetteer) for text in texts]
    arrow = pa.table({"hukou_place": pa.array(texts, pa.string()), "place": pa.array(places, pa.string())})
    con.register("arriving", arrow)
    con.execute("CREATE OR REPLACE TEMP TABLE hukou AS SELECT * FROM arriving")
    con.unregister("arriving")


def named_place(text: str, gazetteer: dict[str, tuple[str, ...]]) -> str | None:
    """Return the only place of the gazetteer that a text names; None if it names none or several.

    A text that negates the place, gives it for some time only, reports a move, or tells of a register that is no
    household of a village (非呈贡区, 曾在呈贡区, 2009年由重庆市迁入本村, 学生集体户) names no place for certain.

    >>> named_place("云南省昆明市呈贡区乌龙街道", {"呈贡区": ("呈贡区", "呈贡县"), "官渡区": ("官渡区",)})
    '呈贡区'
    >>> named_place("2009年由重庆市迁入", {"重庆市": ("重庆市",)}) is None
    True
    >>> named_place("昆明市", {"呈贡区": ("呈贡区", "呈贡县")}) is None
    True
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    named = {place: [name for name in names if name in plain] for place, names in gazetteer.items()}
    places = [place for place, names in named.items() if names]
    if len(places) != 1:
        return None
    for name in sorted(named[places[0]], key=len, reverse=True):
        plain = plain.replace(name, "")
    return None if _NEGATION.search(plain) else places[0]
