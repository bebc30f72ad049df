"""Which district a registered place (户籍地) names, by the gazetteer of the rulebook."""

from __future__ import annotations

import unicodedata

import duckdb
import pyarrow as pa

from eligibility.domain.policy import Policy


def register_places(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Make table `hukou`: each distinct text of a registered place, and the place it names (NULL: not known)."""
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
    """The one place of the gazetteer that a text names; None where it names none, or more than one.

    >>> named_place("云南省昆明市呈贡区乌龙街道", {"呈贡区": ("呈贡区", "呈贡县"), "官渡区": ("官渡区",)})
    '呈贡区'
    >>> named_place("昆明市", {"呈贡区": ("呈贡区", "呈贡县")}) is None
    True
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = [place for place, names in gazetteer.items() if any(name in plain for name in names)]
    return found[0] if len(found) == 1 else None
