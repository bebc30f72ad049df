"""A line of a roll whose area cannot be read may take another line of its household back: nobody is admitted on the one that is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paper_folder import Papers


def village() -> Papers:
    papers = Papers().approval(area="8.00").group().agreement(area="8.00")
    for number in (1, 2):
        papers.person(number, household_id=f"H{number}").certificate(f"H{number}").line(f"H{number}")
    return papers


@pytest.mark.parametrize("written", ["-4.00", "冲减4.00", "（4.00）作废"])
def test_a_line_beside_one_that_could_not_be_read_admits_nobody(written: str, tmp_path: Path) -> None:
    assert village().decide(tmp_path / "before").person(1)["outcome"] == "eligible"
    decided = village().line("H1", written).decide(tmp_path / "after")
    assert decided.person(1)["outcome"] == "manual_review"
    assert decided.facts(1)["lawful_loss_lo"] == 0
