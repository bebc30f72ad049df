"""A dossier written by hand in a few lines: good papers by default, so that a test says only what is wrong with them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy

AS_OF = date(2022, 10, 31)
RULES = Path(__file__).parents[2] / "rules" / "km-reform"
APPROVAL = "云国土资复〔2013〕120号"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

Row = dict[str, Any]


def resident_id(number: int, born: str = "1970-01-01") -> str:
    """An invented id with a right check digit."""
    body = f"530199{born.replace('-', '')}{number:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@dataclass
class Papers:
    """Tables of a dossier by name; every method adds a row of good papers, changed by the words given."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, row: Row) -> Papers:
        self.tables.setdefault(table, []).append(row)
        return self

    def person(self, number: int = 1, born: str = "1970-01-01", **changed: Any) -> Papers:
        row = {
            "resident_id": resident_id(number, born), "name": f"人{number}", "household_id": "H1", "street": "乌龙街道",
            "community": "乌龙社区", "group": "一组", "member_from": "2000-01-01", "member_to": "",
            "hukou_place": "昆明市呈贡区", "public_staff": "否", "officer": "否", "student": "否",
            "employee_pension": "无", "imprisoned": "", "membership_dispute": "", "deceased_on": "",
        }  # fmt: skip
        return self.add("persons", row | changed)

    def certificate(self, household: str = "H1", area: Any = "4.00", **changed: Any) -> Papers:
        row = {"certificate_no": f"证{household}", "household_id": household, "area_mu": area, "issued_on": "2005-06-01",
               "withdrawn_on": ""}  # fmt: skip
        return self.add("title_certificates", row | changed)

    def ledger(self, household: str = "H1", area: Any = "4.00", **changed: Any) -> Papers:
        row = {"household_id": household, "area_mu": area, "contract_from": "1998-01-01", "contract_to": "2028-01-01",
               "confirmed_by": "农业农村局"}  # fmt: skip
        return self.add("contract_ledger", row | changed)

    def group(self, group: str = "一组", area: Any = "100.00", **changed: Any) -> Papers:
        row = {"community": "乌龙社区", "group": group, "contracted_mu": area, "households": "20", "persons": "60"}
        return self.add("groups", row | changed)

    def approval(self, number: str = APPROVAL, area: Any = "20.00", **changed: Any) -> Papers:
        parcel = {"approval_no": number, "community": "乌龙社区", "groups": "一组", "ownership": "集体",
                  "land_class": "耕地", "area": area, "unit": "亩"}  # fmt: skip
        row = {"approval_no": number, "authority": "省政府", "approved_on": "2013-05-01", "project": "大学城道路",
               "batch": "", "works": "否"}  # fmt: skip
        self.add("approvals", row | {k: v for k, v in changed.items() if k in row})
        return self.add("approval_parcels", parcel | {k: v for k, v in changed.items() if k in parcel})

    def parcel(self, number: str = APPROVAL, area: Any = "20.00", **changed: Any) -> Papers:
        row = {"approval_no": number, "community": "乌龙社区", "groups": "一组", "ownership": "集体", "land_class": "耕地",
               "area": area, "unit": "亩"}  # fmt: skip
        return self.add("approval_parcels", row | changed)

    def agreement(self, number: str = "协1", area: Any = "20.00", **changed: Any) -> Papers:
        row = {"agreement_no": number, "community": "乌龙社区", "group": "一组", "signed_on": "2013-08-01", "project": "大学城道路",
               "kind": "征收", "land_class": "耕地", "area": area, "unit": "亩", "cited_approval_no": APPROVAL,
               "compensation_yuan": "100000"}  # fmt: skip
        return self.add("agreements", row | changed)

    def line(self, household: str = "H1", area: Any = "4.00", agreement: str = "协1", **changed: Any) -> Papers:
        row = {
            "agreement_no": agreement,
            "household_id": household,
            "area_mu": area,
            "amount_yuan": "1000",
            "basis": "按承包地",
        }
        return self.add("payouts", row | changed)

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self.tables.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        return folder

    def decide(
        self, folder: Path, policy: Policy | None = None, answers: Sequence[Row] = (), last: str = "decisions"
    ) -> Decided:
        con = duckdb.connect()
        policy = policy or load_policy(RULES, as_of=AS_OF)
        execute(Work(con, policy, self.write(folder), answers), last=last)
        return Decided(con)


@dataclass
class Decided:
    """A decided dossier, asked by the household or number of a person."""

    con: duckdb.DuckDBPyConnection

    def row(self, sql: str, *values: Any) -> Row:
        found = self.con.execute(sql, list(values))
        names = [c[0] for c in found.description]
        return dict(zip(names, found.fetchone(), strict=True))

    def person(self, number: int = 1, born: str = "1970-01-01") -> Row:
        return self.row("SELECT * FROM decision.persons WHERE resident_id = ?", resident_id(number, born))

    def facts(self, number: int = 1, born: str = "1970-01-01") -> Row:
        return self.row(
            "SELECT f.* FROM fact.persons f JOIN decision.persons USING (row_id) WHERE resident_id = ?",
            resident_id(number, born),
        )

    def coverage(self, agreement: str = "协1") -> tuple[float, float, str]:
        row = self.row("SELECT * FROM link.coverage WHERE agreement_no = ?", agreement)
        return row["covered_umu_min"] / 1e6, row["covered_umu_max"] / 1e6, row["status"]

    def quarantine(self) -> list[Row]:
        found = self.con.execute("SELECT * FROM paper.quarantine")
        names = [c[0] for c in found.description]
        return [dict(zip(names, r, strict=True)) for r in found.fetchall()]


def whole_loss() -> Papers:
    """One person whose household lost all of its four 亩 by a lawful, cited, certified expropriation: eligible."""
    papers = Papers().person().certificate().group().approval().agreement()
    return papers.line().line("H2", "16.00").person(2, household_id="H2").certificate("H2", "30.00")
