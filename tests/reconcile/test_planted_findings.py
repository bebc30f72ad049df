"""What is planted in a made-up district is found, and where nothing is planted nothing is found."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.rulebook import load_policy
from eligibility.simulation import Rates, simulate
from support.paper_folder import AS_OF, RULES

POLICY = load_policy(RULES, as_of=AS_OF)
FindingRow = dict[str, set[str]]


def found(folder: Path, **rates: float) -> tuple[FindingRow, list[dict[str, str]]]:
    """Agreements by kind of finding, and the true links, of a district with these troubles alone."""
    simulate(folder, persons=2_500, seed=4, rates=replace(Rates.none(), **rates))
    with duckdb.connect() as con:
        execute(Work(con, POLICY, folder), last="reconcile")
        rows = con.execute("SELECT code, coalesce(agreement_no, '') FROM link.findings").fetchall()
    by_code: FindingRow = defaultdict(set)
    for code, agreements in rows:
        by_code[code].update(agreements.split(";"))
    with (folder / "truth" / "links.csv").open(encoding="utf-8-sig", newline="") as lines:
        return by_code, list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> tuple[FindingRow, list[dict[str, str]], Path]:
    folder = tmp_path_factory.mktemp("troubled") / "d"
    return (
        *found(folder, signed_twice=0.8, over_expropriated=0.8, lease=0.2, signed_before=0.3),
        folder,
    )


def agreements(folder: Path) -> list[dict[str, str]]:
    with (folder / "agreements.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_perfect_papers_differ_only_where_more_was_approved(tmp_path: Path) -> None:
    by_code, _ = found(tmp_path / "d")
    assert set(by_code) == {"under_expropriated"}  # a third of the parcels hold up to 3 % more than was agreed for


def test_land_that_was_signed_for_twice_is_found(troubled: tuple[FindingRow, list[dict[str, str]], Path]) -> None:
    by_code, _, folder = troubled
    again = {row["协议编号"] for row in agreements(folder) if row["协议编号"].endswith("-补")}
    assert len(again) >= 3
    assert again <= by_code["taken_twice"]


def test_land_beyond_its_approval_is_found(troubled: tuple[FindingRow, list[dict[str, str]], Path]) -> None:
    by_code, links, _ = troubled
    beyond = {link["agreement_no"] for link in links if "补充" in link["approval_no"]}
    assert len(beyond) >= 3
    assert beyond <= by_code["over_expropriated"]


def test_leases_are_found_and_nothing_else_is_called_one(
    troubled: tuple[FindingRow, list[dict[str, str]], Path],
) -> None:
    by_code, _, folder = troubled
    assert by_code["lease_not_expropriation"] == {
        row["协议编号"] for row in agreements(folder) if row["类型"] in ("租用", "占用")
    }


def test_slips_of_the_unit_are_found_beside_what_is_right(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    by_code, links = found(folder, unit_slip=0.3)
    true: dict[str, float] = defaultdict(float)
    for link in links:
        true[link["agreement_no"]] += float(link["area_mu"])
    scale = {"亩": 1.0, "公顷": 15.0, "平方米": 0.0015}
    printed: dict[str, float] = defaultdict(float)
    for row in agreements(folder):
        printed[row["协议编号"]] += float(row["面积"]) * scale[row["单位"]]
    slipped = {number for number, area in true.items() if printed[number] > 10 * area}
    assert len(slipped) > 3
    assert slipped <= by_code["unit_slip"] | by_code["over_expropriated"]
    assert by_code["unit_slip"] <= slipped
    assert len(by_code["unit_slip"]) > 0.8 * len(slipped)
