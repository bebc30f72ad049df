"""Areas printed to the tenth of a 亩 may be off by 0.05 亩: nobody is refused on what the printing may have cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paper_folder import Papers

FOUR = range(1, 5)


def roll(*areas: str, certificate: str = "2.22", total: str = "9.20") -> Papers:
    """Household H1 of four persons with 2.22 亩, of which a roll of five households takes the first area."""
    papers = Papers().approval(area=total).group().agreement(area=total)
    for number in FOUR:
        papers.person(number, household_id="H1")
    papers.certificate("H1", certificate)
    for number, area in enumerate(areas, 1):
        papers.line(f"H{number}", area)
        if number > 1:
            papers.person(10 + number, household_id=f"H{number}").certificate(f"H{number}", f"9.{number}3")
    return papers


def outcomes(papers: Papers, folder: Path) -> set[str]:
    """Of the persons of household H1."""
    decided = papers.decide(folder)
    return {decided.person(number)["outcome"] for number in FOUR}


@pytest.mark.parametrize("areas", [("1.0", "1.6", "2.6", "2.8", "1.2"), ("1", "1.6", "2.6", "2.8", "1.2")])
def test_a_roll_in_tenths_may_have_taken_the_hundredths_that_matter(areas: tuple[str, ...], tmp_path: Path) -> None:
    decided = roll(*areas).decide(tmp_path)
    assert {decided.person(number)["outcome"] for number in FOUR} == {"manual_review"}  # 0.305 亩 a head, or 0.2925
    asked = "SELECT subject, bodies FROM decision.questions WHERE title LIKE '%厘%'"
    assert [subject for subject, bodies in decided.con.execute(asked).fetchall() if bodies] == ["H1"]


@pytest.mark.parametrize(
    "areas",
    [
        ("1.00", "1.60", "2.60", "2.80", "1.20"),  # printed with both digits
        ("1", "1.61", "2.6", "2.79", "1.2"),  # a spreadsheet drops the last zero
        ("1.0", "2.0", "2.0", "2.2", "2.0"),  # equal shares: three different figures say nothing of the printing
    ],
)
def test_a_figure_that_only_ends_in_nought_is_exact(areas: tuple[str, ...], tmp_path: Path) -> None:
    assert outcomes(roll(*areas), tmp_path) == {"not_eligible"}


def test_what_the_printing_cannot_reach_is_decided(tmp_path: Path) -> None:
    coarse = ("1.0", "1.6", "2.6", "2.8", "1.2")
    assert outcomes(roll(*coarse, certificate="3.22"), tmp_path / "left") == {"not_eligible"}
    assert outcomes(roll(*coarse, certificate="1.00"), tmp_path / "gone") == {"eligible"}


def test_nobody_is_admitted_on_whole_numbers_that_may_hide_more_than_the_line(tmp_path: Path) -> None:
    papers = roll("2", "3", "4", "5", "6", certificate="3.00", total="20.00")
    assert outcomes(papers, tmp_path) == {"manual_review"}  # 0.25 亩 a head, or up to 0.375
