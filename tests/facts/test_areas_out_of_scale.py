"""A table of areas in a unit that stands nowhere, or with a slipped point: nobody is refused or admitted on its figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from support.paper_folder import Papers

OWN = ("3.54", "4.60", "5.28", "6.00", "2.50")
TAKEN = ("3.54", "4.60", "1.00", "2.00", "2.40")  # the first two lost all, the last nearly all
METRES, HECTARES = Decimal(2000) / 3, 1 / Decimal(15)


def village(paper: str, *, totals: bool, rolled: bool = True) -> Papers:
    """Five households of two persons, each with the paper of that table; a roll by parcel unless all lost theirs together."""
    papers = Papers()
    taken = TAKEN if rolled else OWN
    area = f"{sum(map(Decimal, taken))}"
    papers.approval(area=area).agreement(area=area)
    for number, (own, line) in enumerate(zip(OWN, taken, strict=True), 1):
        household = f"H{number}"
        papers.person(number, household_id=household).person(10 + number, household_id=household)
        (papers.certificate if paper == "title_certificates" else papers.ledger)(household, own)
        if rolled:
            papers.line(household, line)
    return papers.group(area=f"{sum(map(Decimal, OWN))}", households="5", persons="10") if totals else papers


def outcomes(papers: Papers, folder: Path) -> list[str]:
    """Of the first person of each household."""
    decided = papers.decide(folder)
    return [decided.person(number)["outcome"] for number in range(1, len(OWN) + 1)]


def scaled(papers: Papers, table: str, factor: Decimal, rows: slice = slice(None)) -> Papers:
    key = "contracted_mu" if table == "groups" else "area_mu"
    for row in papers.tables[table][rows]:
        row[key] = f"{Decimal(row[key]) * factor:.2f}"
    return papers


def reversals(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """Who was refused and is admitted, or the other way."""
    pairs = zip(before, after, strict=True)
    return [pair for pair in pairs if "not_eligible" in pair and set(pair) & {"eligible", "register"}]


@pytest.mark.parametrize("rolled", [True, False])
@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize("paper", ["title_certificates", "contract_ledger"])
@pytest.mark.parametrize("factor", [METRES, HECTARES, Decimal(100)])
def test_a_sheet_of_households_in_another_unit_turns_nobody(
    factor: Decimal, paper: str, tmp_path: Path, *, totals: bool, rolled: bool
) -> None:
    before = outcomes(village(paper, totals=totals, rolled=rolled), tmp_path / "right")
    after = outcomes(scaled(village(paper, totals=totals, rolled=rolled), paper, factor), tmp_path / "wrong")
    assert not reversals(before, after), (before, after)


@pytest.mark.parametrize("rolled", [True, False])
@pytest.mark.parametrize("paper", ["title_certificates", "contract_ledger"])
@pytest.mark.parametrize("factor", [METRES, HECTARES, Decimal(100), Decimal("0.01")])
def test_totals_of_groups_in_another_unit_turn_nobody(
    factor: Decimal, paper: str, tmp_path: Path, *, rolled: bool
) -> None:
    papers = village(paper, totals=True, rolled=rolled)
    papers.tables[paper].pop()  # one household has no paper, so that its area follows from the total
    before = outcomes(papers, tmp_path / "right")
    assert not reversals(before, outcomes(scaled(papers, "groups", factor), tmp_path / "wrong"))


@pytest.mark.parametrize("paper", ["title_certificates", "contract_ledger"])
@pytest.mark.parametrize("factor", [METRES, Decimal(100), Decimal(10)])
def test_one_household_above_its_group_is_not_believed(factor: Decimal, paper: str, tmp_path: Path) -> None:
    papers = scaled(village(paper, totals=True), paper, factor, slice(0, 1))
    assert outcomes(papers, tmp_path) == [
        "manual_review",
        *outcomes(village(paper, totals=True), tmp_path / "right")[1:],
    ]


def test_the_finding_names_the_sheet_once_and_what_to_do(tmp_path: Path) -> None:
    decided = scaled(village("contract_ledger", totals=True), "contract_ledger", METRES).decide(tmp_path)
    (named,) = [row for row in decided.quarantine() if row["code"] == "area_out_of_scale"]
    assert (named["file"], named["row"]) == ("contract_ledger.csv", 2)
    assert "5户" in named["problem"]
    assert "平方米" in named["remedy"]


def test_a_village_of_another_scale_that_agrees_with_itself_is_believed(tmp_path: Path) -> None:
    decided = village("contract_ledger", totals=True).decide(tmp_path)
    assert not [row for row in decided.quarantine() if row["code"] == "area_out_of_scale"]
    assert decided.person(1)["outcome"] == "manual_review"  # a ledger alone never makes certain
    assert decided.facts(1)["own_area_hi"] == 3_540_000
