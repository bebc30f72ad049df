"""Collects a district in memory: the worlds of its neighbourhoods and the rows of the nine tables, as made and as written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from eligibility.model.tables import TABLES
from eligibility.simulation.defects.lines import COLUMNS
from eligibility.simulation.vocabulary import STREETS
from eligibility.simulation.world import Agreement, Community, Group, Household, Neighbourhood, Person

_AT = {table.key: {key: at for at, key in enumerate(COLUMNS[table.key])} for table in TABLES}
_COUNTY = "530114"  # 呈贡区
_PLAIN = re.compile(r"\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of one of the nine tables: its cells before the noise of typing (`made`) and after it (`written`)."""

    table: str
    made: tuple[str, ...]
    written: tuple[str, ...]

    def __getitem__(self, key: str) -> str:
        """Return the cell as it is written."""
        return self.written[_AT[self.table][key]]

    def plain(self, key: str) -> str:
        """Return the cell as it was made: what joins papers, and what a database holds."""
        return self.made[_AT[self.table][key]]


@dataclass(frozen=True, slots=True)
class Home:
    """A household where it lives, with its codes (NY/T 2539) and its rows of the nine tables.

    `persons`: each person with that person's rows, the head first. `grantor`: 发包方编码, 14 digits; `code`:
    承包方编码, 18 digits that begin with it.
    """

    community: Community
    group: Group
    household: Household
    grantor: str
    code: str
    persons: tuple[tuple[Person, tuple[Fact, ...]], ...]
    certificates: tuple[Fact, ...]
    ledger: tuple[Fact, ...]

    @property
    def confirmed(self) -> bool:
        """Whether its ledger line is confirmed, which the county's database stands for."""
        return bool(self.ledger and self.ledger[0].plain("confirmed_by"))

    @property
    def head(self) -> Fact:
        """The row of the head."""
        return self.persons[0][1][0]


@dataclass(slots=True)
class Shelf:
    """The rows of each table in the order in which they were written, and the neighbourhoods.

    `firsts`: where in the rows of persons those of each person begin; a second row may have another id.
    """

    rows: dict[str, list[Fact]] = field(default_factory=lambda: {table.key: [] for table in TABLES})
    places: list[Neighbourhood] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)

    def next_person(self) -> None:
        """Begin the rows of another person of the neighbourhood, in the order in which they live in it."""
        self.firsts.append(len(self.rows["persons"]))

    def put(self, table: str, made: tuple[str, ...], written: list[str]) -> None:
        """Add a row."""
        self.rows[table].append(Fact(table, made, tuple(written)))


class District:
    """What the records of a style are made from: households with their rows, approvals, agreements, rolls by number."""

    def __init__(self, shelf: Shelf) -> None:
        self.rows = shelf.rows
        self.agreements: dict[str, Agreement] = {
            agreement.number: agreement for place in shelf.places for agreement in place.agreements
        }
        self.streets = {c.name: f"{c.street}街道" for place in shelf.places for c in place.communities}
        self.grantors: dict[tuple[str, int], str] = {}
        self.homes = list(self._homes(shelf))
        self.by_household = {home.household.household_id: home for home in self.homes}

    def grouped(self, table: str, key: str) -> dict[str, list[Fact]]:
        """Return the rows of a table by a cell as it was made, in the order of their first rows."""
        sorted_rows: dict[str, list[Fact]] = defaultdict(list)
        for row in self.rows[table]:
            sorted_rows[row.plain(key)].append(row)
        return dict(sorted_rows)

    def _people(self, firsts: list[int]) -> Iterator[tuple[Fact, ...]]:
        rows = self.rows["persons"]
        for first, behind in pairwise([*firsts, len(rows)]):
            yield tuple(rows[first:behind])

    def _homes(self, shelf: Shelf) -> Iterator[Home]:
        certificates = self.grouped("title_certificates", "household_id")
        ledger = self.grouped("contract_ledger", "household_id")
        people, known = self._people(shelf.firsts), defaultdict[str, int](int)
        for community in (community for place in shelf.places for community in place.communities):
            known[community.street] += 1
            village = f"{_COUNTY}{STREETS.index(community.street) + 1:03d}{200 + known[community.street]:03d}"
            for group in community.groups:
                grantor = self.grantors[community.name, group.number] = f"{village}{group.number:02d}"
                for number, household in enumerate(group.households, start=1):
                    persons = tuple((person, next(people)) for person in household.persons)
                    papers = (tuple(rows.get(household.household_id, ())) for rows in (certificates, ledger))
                    yield Home(community, group, household, grantor, f"{grantor}{number:04d}", persons, *papers)


def quantity(text: str) -> Decimal | str:
    """Return a cleanly written number as such, any other text as it stands (blank: blank).

    >>> quantity("12.50"), quantity("12.50亩")
    (Decimal('12.50'), '12.50亩')
    """
    return Decimal(text) if _PLAIN.fullmatch(text) else text


def day(text: str) -> date | str:
    """Return a cleanly written day as such, any other text as it stands.

    >>> day("2012-03-05"), day("2012年3月")
    (datetime.date(2012, 3, 5), '2012年3月')
    """
    try:
        return date.fromisoformat(text) if len(text) == 10 else text
    except ValueError:
        return text
