"""A roll line whose household number has a form that no household has may be the line of any household of the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paper_folder import Papers


def papers(written: str) -> Papers:
    """Three households; the line that takes all four 亩 of the first bears `written` for its number."""
    made = Papers().group().approval().agreement()
    for number, area in ((1, "4.00"), (2, "30.00"), (3, "4.00")):
        made.person(number, household_id=f"H{number}").certificate(f"H{number}", area)
    return made.line(written).line("H2", "16.00")


@pytest.mark.parametrize("written", ["H1/H3", "H1-H3", "H1、H3", "H1（H3代领）", "5.3E+17", "同户", "H1共有"])
def test_nobody_is_refused_for_a_line_that_may_be_theirs(written: str, tmp_path: Path) -> None:
    decided = papers(written).decide(tmp_path)
    assert [decided.person(number)["outcome"] for number in (1, 3)] == ["manual_review", "manual_review"]


def test_a_number_in_the_form_of_the_others_is_of_a_household_that_is_not_on_the_roster(tmp_path: Path) -> None:
    decided = papers("H77").decide(tmp_path)
    assert decided.person(3)["outcome"] == "not_eligible"
