"""Reading a made-up dossier back with nothing but the csv module, under the English keys of the contract."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from eligibility.model.tables import TABLES
from eligibility.simulation import Rates, simulate

Rows = list[dict[str, str]]
MU = {"公顷": Fraction(15), "亩": Fraction(1), "平方米": Fraction(15, 10_000)}
HALF = {"公顷": Fraction(15, 20_000), "亩": Fraction(1, 200), "平方米": Fraction(15, 2_000_000)}


class Papers:
    """The tables of a dossier and of its truth, by name."""

    def __init__(self, folder: Path, encoding: str = "utf-8-sig") -> None:
        self.folder = folder
        for table in TABLES:
            keys = {column.zh: column.key for column in table.columns}
            rows = _read(folder / f"{table.key}.csv", encoding)
            setattr(self, table.key, [{keys[header]: cell for header, cell in row.items()} for row in rows])
        self.true_persons = _read(folder / "truth" / "persons.csv", "utf-8-sig")
        self.true_households = _read(folder / "truth" / "households.csv", "utf-8-sig")
        self.true_takings = _read(folder / "truth" / "takings.csv", "utf-8-sig")
        self.true_links = _read(folder / "truth" / "links.csv", "utf-8-sig")

    persons: Rows
    title_certificates: Rows
    contract_ledger: Rows
    groups: Rows
    approvals: Rows
    approval_parcels: Rows
    agreements: Rows
    payouts: Rows
    confirmations: Rows


def district(folder: Path, *, persons: int = 900, seed: int = 3, rates: Rates | None = None, **only: float) -> Papers:
    """A district made and read back; `only` are the rates of an otherwise clean one."""
    simulate(folder, persons=persons, seed=seed, rates=rates or replace(Rates.none(), **only))
    return Papers(folder)


def mu(row: dict[str, str]) -> Fraction:
    """The area of a row in its unit, in 亩."""
    return Fraction(row["area"]) * MU[row["unit"]]


def sums(rows: Rows, key: str, value: str) -> dict[str, Fraction]:
    """Sums of a column of plain numbers, by another column."""
    total: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows:
        total[row[key]] += Fraction(row[value] or 0)
    return total


def _read(path: Path, encoding: str) -> Rows:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream))
