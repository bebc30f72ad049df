"""The stage `identify`: settles communities, groups and households of schema `paper` and writes schema `place`."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.facts import named_place
from eligibility.identify import communities, groups
from eligibility.identify.communities import UNSETTLED, Meaning, Roster, read_roster
from eligibility.identify.findings import write_findings
from eligibility.identify.listed import compare_with_lists
from eligibility.intake import settle_communities
from eligibility.model.names import former_groups, group_key, group_name, read_place, squeeze
from eligibility.model.policy import Policy

_PAPERS = ("groups", "agreements", "approval_parcels")
_STREET = ("街道办事处", "街道办", "街道", "镇", "乡")


def identify(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Give every row of schema `paper` the key of the place that it means, and write what is not unique to `place`.

    Former names of the gazetteer are settled first. Agreements and parcels of a community that may be several get a key
    of their own and rows in `place.candidates`; persons of a group that may be several get no group.
    """
    con.execute(_sql("schema"))
    con.execute("SET VARIABLE decided_on = ?", [policy.as_of])
    con.execute(_sql("days"))
    settle_communities(con, policy)
    roster = _read_roster(con)
    _settle_persons(con, roster)
    _settle_papers(con, roster, policy)
    _settle_groups(con)
    con.execute(_sql("plots"))
    con.execute(_sql("households"))
    con.execute(_sql("lines"))
    con.execute(_sql("units"))
    con.execute(_sql("identities"))
    compare_with_lists(con)
    write_findings(con)


def _sql(name: str) -> str:
    return files("eligibility.identify").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def street_name(text: str) -> str:
    """A street or township without the word for it, so that 吴家营乡 and 吴家营街道 are one."""
    name = squeeze(text)
    for word in _STREET:
        if name.endswith(word) and len(name) > len(word) + 1:
            return name.removesuffix(word)
    return name


def _read_roster(con: duckdb.DuckDBPyConnection) -> Roster:
    persons = con.execute(
        "SELECT DISTINCT community_key, street, community FROM paper.persons"
        " WHERE state = 'kept' AND community_key IS NOT NULL"
    ).fetchall()
    listed = con.execute(
        "SELECT DISTINCT community_key, community FROM paper.groups WHERE community_key IS NOT NULL"
    ).fetchall()
    texts = {text for *_, text in (*persons, *listed) if text}
    for table in ("agreements", "approval_parcels"):
        sql = f"SELECT DISTINCT community FROM paper.{table} WHERE community LIKE '%原%' OR community LIKE '%曾%'"
        texts |= {text for (text,) in con.execute(sql).fetchall()}
    rows = {(key, street_name(street or "")) for key, street, _ in persons}
    return read_roster(sorted(rows), [key for key, _ in listed], sorted(texts))


def _settle_persons(con: duckdb.DuckDBPyConnection, roster: Roster) -> None:
    """Two communities of one name become two keys; `place.namesakes` says where."""
    doubled = {name: ids for name, ids in roster.keys.items() if len(ids) > 1}
    _register(
        con, "namesake", _NAMESAKE, [(name, key, roster.streets[key]) for name in doubled for key in doubled[name]]
    )
    con.execute("INSERT INTO place.namesakes SELECT name, key, street FROM namesake")
    if doubled:
        streets = con.execute("SELECT DISTINCT street FROM paper.persons").fetchall()
        _register(con, "street_of", _STREET_OF, [(text, street_name(text or "")) for (text,) in streets])
        con.execute(_sql("namesakes"))


def _settle_papers(con: duckdb.DuckDBPyConnection, roster: Roster, policy: Policy) -> None:
    """The key under which each written community joins, and the candidates of those that may be several."""
    written = " UNION ".join(
        f"SELECT '{table}' AS t, community, community_key FROM paper.{table} WHERE community_key IS NOT NULL"
        for table in _PAPERS
    )
    settled, candidates, behind = [], {}, []
    for table, text, key in con.execute(written).fetchall():
        place = read_place(text)
        # a gazetteer that settled the name for some days only leaves it to those papers
        meaning = _meaning(text, key, roster, policy, listed=table == "groups")
        if meaning.key != key:
            settled.append((table, text, key, meaning.key))
        if meaning.candidates:
            candidates[meaning.key] = meaning.candidates
        if place.group:
            behind.append((table, text, place.group))
    _register(con, "settled", _SETTLED, settled)
    _register(con, "behind", _BEHIND, behind)
    _register(con, "candidate", _CANDIDATE, [(key, one) for key, ids in candidates.items() for one in sorted(ids)])
    con.execute(_sql("papers"))


def _meaning(text: str, key: str, roster: Roster, policy: Policy, *, listed: bool) -> Meaning:
    if _abroad(text, policy):
        return Meaning(key)
    if listed and key not in roster.keys and key not in roster.formerly:
        return Meaning(key)  # a community of the group table of which nobody is on the roster
    return communities.meaning_of(read_place(text), key, roster)


def _abroad(text: str, policy: Policy) -> bool:
    """Whether the text names another district than ours."""
    ours = policy.value("local_places") if "local_places" in policy.parameters else None
    named = named_place(text, policy.gazetteer)
    return named is not None and isinstance(ours, tuple) and named not in ours


def _settle_groups(con: duckdb.DuckDBPyConnection) -> None:
    known: dict[str, set[str]] = defaultdict(set)
    formerly: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for community, key, text in con.execute(_sql("known_groups")).fetchall():
        own = _within(community, key)
        known[community].add(own)
        for former in former_groups(text or ""):
            formerly[community][former].add(own)
    of = {community: groups.read_groups(keys, formerly[community]) for community, keys in known.items()}
    nowhere = groups.read_groups(())
    rows = []
    for community, key, lone in con.execute(_sql("written_groups")).fetchall():
        meant = sorted(groups.meaning_of(_within(community, key), of.get(community, nowhere), lone=lone))
        if meant != [key]:
            rows.append((community, key, meant))
    _register(con, "group_meaning", _GROUP_MEANING, rows)
    con.execute(_sql("groups") if rows else "SELECT 1")


def _within(community: str, key: str) -> str:
    """A group's key without the name of its community: 样溪一组 of 样溪 is 一组."""
    village, number = group_name(key)
    name = community.removeprefix(UNSETTLED).partition("（")[0]
    return number if number and village in (name, f"{name}村", group_key(name)) else key


def _register(con: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: list[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)]
    con.register("arriving", pa.table(arrays, schema=schema))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arriving")
    con.unregister("arriving")


def _texts(*names: str) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in names])


_NAMESAKE = _texts("name", "key", "street")
_STREET_OF = _texts("street", "name")
_SETTLED = _texts("table_name", "community", "written", "key")
_BEHIND = _texts("table_name", "community", "group_key")
_CANDIDATE = _texts("written", "community_key")
_GROUP_MEANING = pa.schema([("community_key", pa.string()), ("written", pa.string()), ("meant", pa.list_(pa.string()))])
