"""Finds the persons of a run whom a clerk means: by id in any writing, a part of it, a name or a household."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from eligibility.model.names import squeeze
from eligibility.model.resident_id import known_as

_SHORTEST_PART = 4
"""Characters of an id that are a part of it; fewer would find half the district."""
_PART = re.compile(r"[0-9*]{3,17}[0-9*X]")


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a run, as far as it takes to tell persons apart."""

    resident_id: str
    name: str
    community: str
    group: str
    household_id: str


def find_persons(con: duckdb.DuckDBPyConnection, text: str) -> list[Person]:
    """Every person whom `text` may mean, in the order of the roster; of several ways to mean somebody the first that does.

    An id of 18 or 15 characters, its last letter in either case; the id as the roster has it; a household number; a name;
    a part of an id, of four characters at least, with `*` for what is hidden (5301**********8877).
    """
    wanted = squeeze(text).upper()
    for where, value in _ways(wanted):
        rows = con.execute(_PERSONS.format(where=where), [value]).fetchall()
        if rows:
            return [Person(*(cell or "" for cell in row)) for row in rows]
    return []


def _ways(wanted: str) -> list[tuple[str, str]]:
    ways = [
        ("upper(resident_id) = ?", known_as(wanted)),
        ("upper(household_id) = ?", wanted),
        ("upper(name) = ?", wanted),
    ]
    if _PART.fullmatch(wanted) and len(wanted.replace("*", "")) >= _SHORTEST_PART:
        pattern = re.sub(r"\*+", "%", wanted)
        ways.append(("upper(resident_id) LIKE ?", pattern if "*" in wanted else f"%{pattern}%"))
    return ways


_PERSONS = """
SELECT resident_id, any_value(name), any_value(community), any_value("group"), any_value(household_id)
FROM decision.persons WHERE {where} GROUP BY resident_id ORDER BY min(row_id)
"""
