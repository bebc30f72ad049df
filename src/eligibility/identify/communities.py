"""Which community of the roster each paper means: one, several, or any.

A roster has the street beside the community, so it alone can tell two communities of one name apart. Another paper means a
community for certain where its name, and the street or township before it if it writes one, leave just one. Two names
that stand side by side in the group table are two communities; every other name that the roster does not have may be a
former name or a misspelling of any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eligibility.model.names import Place, read_place

UNSETTLED = "?"
"""Stands before the key of a community that may be several."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The communities of the roster: key → streets, and the name under which each key is written.

    `listed` are the names of the group table, whose rows stand side by side; `formerly` maps a former name to names.
    """

    keys: Mapping[str, frozenset[str]]
    streets: Mapping[str, str]
    listed: frozenset[str] = frozenset()
    formerly: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The key under which a written community joins, and the communities it may be (none: the key alone)."""

    key: str
    candidates: frozenset[str] = frozenset()


def read_roster(rows: Iterable[tuple[str, str]], listed: Iterable[str], texts: Iterable[str]) -> Roster:
    """The roster's communities from distinct (key, street), the keys of the group table, and all community texts."""
    streets: dict[str, set[str]] = defaultdict(set)
    for key, street in rows:
        streets[key].add(street)
    keys: dict[str, frozenset[str]] = {}
    street_of: dict[str, str] = {}
    for name, several in streets.items():
        ids = {name: next(iter(several))} if len(several) == 1 else {street_key(name, one): one for one in several}
        keys[name] = frozenset(ids)
        street_of |= ids
    formerly: dict[str, set[str]] = defaultdict(set)
    for place in map(read_place, texts):
        for former in place.formerly:
            formerly[former] |= keys.get(place.name, set())
    return Roster(keys, street_of, frozenset(listed), {name: frozenset(ids) for name, ids in formerly.items()})


def street_key(name: str, street: str) -> str:
    """The key of one of several communities of a name."""
    return f"{name}（{street}）"


def meaning_of(place: Place, key: str, roster: Roster) -> Meaning:
    """What a paper means that writes `place`; `key` is its name as the gazetteer settles it.

    >>> roster = read_roster([("新村", "乌龙"), ("新村", "洛龙"), ("样溪", "乌龙")], [], [])
    >>> meaning_of(read_place("洛龙街道新村"), "新村", roster).key
    '新村（洛龙）'
    >>> sorted(meaning_of(read_place("新村"), "新村", roster).candidates)
    ['新村（乌龙）', '新村（洛龙）']
    >>> sorted(meaning_of(read_place("样溪社区（原新村）"), "样溪", roster).candidates)
    ['新村（乌龙）', '新村（洛龙）', '样溪']
    >>> meaning_of(read_place("样溪社区"), "样溪", roster)
    Meaning(key='样溪', candidates=frozenset())
    """
    ids = roster.keys.get(key, frozenset()) | roster.formerly.get(key, frozenset())
    if not ids:
        return _unknown(key, roster)
    for former in place.formerly:  # a former name by which the roster still knows people
        ids |= roster.keys.get(former, frozenset())
    there = frozenset(one for one in ids if roster.streets[one] == place.township)
    if place.township and not there:
        # another street: a former township of it, or another community of that name
        return Meaning(f"{UNSETTLED}{place.township}{key}", ids)
    ids = there or ids
    return Meaning(next(iter(ids))) if len(ids) == 1 else Meaning(UNSETTLED + key, ids)


def _unknown(key: str, roster: Roster) -> Meaning:
    """A name that the roster does not have: any community that does not stand beside it in the group table."""
    ids = {one for name, ids in roster.keys.items() for one in ids if not {name, key} <= roster.listed}
    return Meaning(UNSETTLED + key, frozenset(ids)) if ids else Meaning(key)
