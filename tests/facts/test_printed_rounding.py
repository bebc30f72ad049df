"""An area that was converted from hectares may be off by half its last digit, and a bound from it must allow for that."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paper_folder import Papers

MU = 1_000_000


def nearly_all(area: str, unit: str) -> Papers:
    """A group of 259.15 亩 of which 258.25 went, nobody wrote down from whom; 户1 held 3.26 亩 for three heads."""
    papers = Papers().person(1).person(2).person(3).person(4, household_id="H2")
    papers.certificate("H1", "3.26").certificate("H2", "255.89").group(area="259.15")
    return papers.approval(area="400.00").agreement(area=area, unit=unit)


def test_hectares_rounded_up_do_not_push_a_household_over_the_line(tmp_path: Path) -> None:
    # 258.25 亩 are 17.216666… 公顷; printed 17.2167 they are 258.2505 亩, and 户1 would keep 0.29983 亩 a head at most
    decided = nearly_all("17.2167", "公顷").decide(tmp_path)
    assert decided.person()["outcome"] == "manual_review"
    assert decided.facts()["remaining_per_head_hi"] >= 30_000_000


def test_hectares_rounded_down_refuse_nobody_over_the_line(tmp_path: Path) -> None:
    # 2.01 亩 printed as 0.1340 公顷 are 2.01 亩; 2.02 亩 printed as 0.1347 are 2.0205; 2.03 as 0.1353 are 2.0295: 0.0005 too little
    papers = Papers().person(1).certificate("H1", "2.33").group().approval().agreement(area="0.1353", unit="公顷")
    decided = papers.decide(tmp_path)
    assert decided.facts()["remaining_per_head_lo"] <= 30_000_000
    assert decided.person()["outcome"] == "manual_review"


def test_areas_in_mu_are_taken_as_they_stand(tmp_path: Path) -> None:
    facts = nearly_all("258.25", "亩").decide(tmp_path).facts()
    assert facts["remaining_area_hi"] == 900_000


def test_a_pool_that_is_all_that_was_left_takes_everything(tmp_path: Path) -> None:
    # 259.15 亩 are 17.27666… 公顷, printed 17.2767
    decided = nearly_all("17.2767", "公顷").decide(tmp_path)
    assert decided.facts()["remaining_area_hi"] == 0
    assert decided.person()["outcome"] == "eligible"


@pytest.mark.parametrize("line", ["0.263333公顷", "0.2633公顷", "2633.33㎡", "3.95"])
def test_a_household_on_the_line_stays_there_in_whatever_unit_its_line_was_printed(line: str, tmp_path: Path) -> None:
    """4.25 亩 less 3.95 are the line itself; a line converted from 亩 may be off by half its last digit."""
    papers = Papers().person(1).certificate("H1", "4.25").group().approval().agreement().line("H1", line)
    papers.person(2, household_id="H2").certificate("H2", "30.00").line("H2", "16.05")
    facts = papers.decide(tmp_path).facts()
    assert facts["remaining_per_head_lo"] <= 30_000_000 <= facts["remaining_per_head_hi"]


@pytest.mark.parametrize("certificate", ["0.283333公顷", "2833.33㎡", "4.25"])
def test_a_household_of_which_all_went_has_nothing_left_in_whatever_unit(certificate: str, tmp_path: Path) -> None:
    papers = Papers().person(1).certificate("H1", certificate).group().approval().agreement().line("H1", "4.25")
    papers.person(2, household_id="H2").certificate("H2", "30.00").line("H2", "15.75")
    decided = papers.decide(tmp_path)
    assert decided.facts()["remaining_area_hi"] == 0
    assert decided.person()["outcome"] == "eligible"
