"""Communities under the names they bear today: what a paper calls by a former name joins with what others call it now."""

from __future__ import annotations

from importlib.resources import files

import duckdb
import pyarrow as pa

from eligibility.model.names import place_key
from eligibility.model.policy import Policy

_SHORTEST = 2  # of a community's own name, once the district before it is taken away
_DISTRICT = ("区", "县", "市")


def settle_communities(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Put the present key of each community into `paper`: without the name of our district, and by the gazetteer.

    A former name with a first or last day stands for the community only in papers that are certainly of that time
    (a roster, which has no day, always is of ours and may use either). Other districts keep their name before the
    community's, so that two communities of one name stay two.
    """
    rows = [
        (place_key(former.name), place_key(present), former.since, former.until)
        for present, names in policy.communities.items()
        for former in names
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(_FORMER)
    arrays = [pa.array(column, kind.type) for column, kind in zip(columns, _FORMER, strict=True)]
    _register(con, "former_name", pa.table(arrays, schema=_FORMER))
    _register(con, "own_district", pa.table({"name": pa.array(_own_districts(policy), pa.string())}))
    con.execute(files("eligibility.intake.between").joinpath("sql/communities.sql").read_text(encoding="utf-8"))


def _own_districts(policy: Policy) -> list[str]:
    """Every name of the districts whose people the rulebook is for."""
    places = policy.value("local_places") if "local_places" in policy.parameters else None
    ids = places if isinstance(places, tuple) else ()
    return [name for place in ids for name in policy.gazetteer.get(str(place), ()) if name.endswith(_DISTRICT)]


def _register(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("arriving", table)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arriving")
    con.unregister("arriving")


_FORMER = pa.schema([("former", pa.string()), ("present", pa.string()), ("since", pa.date32()), ("until", pa.date32())])
