"""The description of a style: its papers as data, read from the TOML file of its name beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

STYLES = ("nine", "database", "villages", "mixed")
"""The manners in which a district can be written; `nine` are the nine tables of the contract."""

LEVEL = " > "
"""Stands between the levels of a header."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: the key of its records, its header (levels from above), the field code of NY/T 2539 (none: blank)."""

    key: str
    levels: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: from which records it is made, into which files and sheets, and how a sheet is laid out.

    Texts may name keys of the first record of their sheet in braces; a further line of the title is left out where no
    record has a value for its keys. Records whose `file` and `sheet` come out equal
    stand in one sheet; those without a value under the key `only` are left out. `form`: xlsx, csv, gbk (csv in
    GB18030), dbf. `headers`: names, codes, or both in two rows. `merge`: keys whose cell is written once for all
    rows of a household. `subtotal`: key behind whose every change a 小计 stands; `total`: whether 合计 ends the table;
    `sums`: the keys that both sum up. `sparse`: keys beginning so have a column only where a value occurs.
    `declares`: what nothing in the paper says and its bureau states beside it (kind, complete, from, to); such a list is
    written even if nobody is on it. `blank`: what a cell without value shows. `days`: how a day is written (blank: as a date).
    """

    kind: str
    records: str
    file: str
    columns: tuple[Heading, ...]
    form: str = "xlsx"
    sheet: str = "Sheet1"
    title: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    headers: str = "names"
    only: str = ""
    merge: frozenset[str] = frozenset()
    subtotal: str = ""
    total: bool = False
    sums: frozenset[str] = frozenset()
    sparse: str = ""
    blank: str = ""
    days: str = ""
    fixed: dict[str, str] = field(default_factory=dict)
    declares: dict[str, str] = field(default_factory=dict)


def describe(style: str) -> list[Paper]:
    """Return the papers of a style, those that it shares with others last (`[[use]]`: their kinds, what differs)."""
    own = _load(style)
    shared = {entry["kind"]: entry for entry in _load("shared")["paper"]}
    return [_paper(entry) for entry in own["paper"]] + [_paper(shared[use["kind"]] | use) for use in own.get("use", ())]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("eligibility.simulation.styles").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _paper(entry: dict[str, Any]) -> Paper:
    lists: dict[str, Any] = {key: tuple(entry[key]) for key in ("title", "notes") if key in entry}
    sets: dict[str, Any] = {key: frozenset(entry[key]) for key in ("merge", "sums") if key in entry}
    return Paper(**(entry | lists | sets | {"columns": tuple(map(_heading, entry["columns"].strip().splitlines()))}))


def _heading(line: str) -> Heading:
    key, header, *code = (part.strip() for part in line.split("|"))
    return Heading(key, tuple(header.split(LEVEL)), *code)
