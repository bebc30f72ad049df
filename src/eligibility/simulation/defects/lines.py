"""Rows that are already written, so that they can be spoilt, and the place where a defect works on them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from random import Random

from eligibility.model.tables import TABLES

COLUMNS = {table.key: tuple(column.key for column in table.columns) for table in TABLES}
"""The columns of each table, in the order in which they are written."""

AREAS = {
    "title_certificates": "area_mu",
    "contract_ledger": "area_mu",
    "groups": "contracted_mu",
    "approval_parcels": "area",
    "agreements": "area",
    "payouts": "area_mu",
}
"""The column of areas of each table that has one."""

REMARKS = "remarks"
"""A further column of the roster, which the contract does not have."""

_KEYS = {
    "persons": ("resident_id",),
    "title_certificates": ("certificate_no",),
    "contract_ledger": ("household_id",),
    "groups": ("community", "group"),
    "approvals": ("approval_no",),
    "approval_parcels": ("approval_no", "community", "groups", "land_class"),
    "agreements": ("agreement_no", "land_class"),
    "payouts": ("agreement_no", "household_id"),
    "confirmations": ("resident_id", "stage"),
}


@dataclass(slots=True)
class Line:
    """A row: its cells by column, the key by which the truth names it, and how it is written.

    `cut`: so many cells are written, and the row breaks off; `merged`: its area is one cell with that of the row above;
    `unread`: it stands in a letter beside the tables; `total`: it is no row of data.
    """

    table: str
    cells: dict[str, str]
    key: str
    cut: int | None = None
    merged: bool = False
    unread: bool = False
    total: bool = False

    @classmethod
    def of(cls, table: str, cells: list[str]) -> Line:
        """A row as it was written."""
        row = dict(zip(COLUMNS[table], cells, strict=True))
        return cls(table, row, " ".join(row[column] for column in _KEYS[table] if row[column]))

    def twin(self, **cells: str) -> Line:
        """A second row like this one, with some other cells."""
        return replace(self, cells=self.cells | cells)


@dataclass(slots=True)
class Neighbours:
    """The rows of a neighbourhood by table, and what was planted among them: rows of `truth/defects`."""

    lines: dict[str, list[Line]]
    planted: list[list[str]] = field(default_factory=list)

    def all(self) -> Iterator[Line]:
        """Every row, table by table."""
        for lines in self.lines.values():
            yield from lines


@dataclass(slots=True)
class Defect:
    """One defect at work on the rows of a neighbourhood, with a stream of chance of its own."""

    name: str
    rate: float
    chance: Random
    place: Neighbours

    def befalls(self) -> bool:
        """Whether the next one is befallen."""
        return self.chance.random() < self.rate

    def some(self, *tables: str) -> Iterator[Line]:
        """The rows of these tables (none: of all) that are befallen."""
        for table in tables or COLUMNS:
            yield from [line for line in self.place.lines[table] if not line.total and self.befalls()]

    def write(self, line: Line, column: str, text: str) -> None:
        """Write another text into a cell, and note what stood there."""
        if line.cells.get(column, "") != text:
            self.note(line, column, line.cells.get(column, ""), text)
            line.cells[column] = text

    def insert(self, line: Line, new: Line, *, noted: str = "") -> None:
        """Write a new row behind another; `noted`: the column that tells it from that one."""
        lines = self.place.lines[line.table]
        lines.insert(next(at for at, other in enumerate(lines) if other is line) + 1, new)
        self.note(line, noted, line.cells.get(noted, ""), new.cells.get(noted, ""))

    def note(self, line: Line, column: str, was: str, written: str) -> None:
        """Enter into `truth/defects` what was planted on a row."""
        self.place.planted.append([self.name, line.table, line.key, column, was, written])


def plain(text: str) -> str:
    """The text without blanks and full-width forms."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def number(text: str) -> Decimal | None:
    """The number in a cell, with or without 亩 behind it; None where it is none, or not above 0.

    >>> [str(number(text)) for text in ("1,234.50", " １２.5 ", "3亩", "", "■", "0")]
    ['1234.50', '12.5', '3', 'None', 'None', 'None']
    """
    try:
        value = Decimal(plain(text).replace(",", "").removesuffix("亩"))
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None


def shown(value: Decimal, digits: int) -> str:
    """A number with so many decimals."""
    return f"{value:.{digits}f}"
