"""An agreement whose place contradicts the approval it cites: nobody of either place is refused or admitted by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paper_folder import APPROVAL, Papers

HERE, THERE, ELSEWHERE = (1, 2, 3)


def village() -> Papers:
    """A household in each of three groups, each with its certificate, and an approval for land of the first."""
    papers = Papers().approval()
    for number, group in enumerate(("一组", "二组", "三组"), 1):
        papers.person(number, household_id=f"H{number}", group=group).certificate(f"H{number}").group(group)
    return papers


def outcomes(papers: Papers, folder: Path) -> list[str]:
    decided = papers.decide(folder)
    return [decided.person(number)["outcome"] for number in (HERE, THERE, ELSEWHERE)]


def test_land_of_the_groups_of_either_paper_may_have_gone_and_of_no_other(tmp_path: Path) -> None:
    agreed = village().agreement(group="一组", area="4.00")
    assert outcomes(agreed, tmp_path / "agreed") == ["manual_review", "not_eligible", "not_eligible"]
    contradicted = village().agreement(group="二组", area="4.00")
    assert outcomes(contradicted, tmp_path / "not") == ["manual_review", "manual_review", "not_eligible"]


@pytest.mark.parametrize("total", ["4.00", "100.00"])
def test_nobody_is_admitted_by_it(total: str, tmp_path: Path) -> None:
    papers = village().agreement(group="二组", area="4.00").line("H2", "4.00")
    for row in papers.tables["groups"]:
        row["contracted_mu"] = total
    assert "eligible" not in outcomes(papers, tmp_path)


def test_it_covers_nothing_for_certain_and_rivals_what_cites_the_approval_in_its_place(tmp_path: Path) -> None:
    papers = village().agreement(group="一组").agreement("协2", group="二组")
    decided = papers.decide(tmp_path)
    assert decided.coverage("协2") == (0.0, 20.0, "ambiguous")
    assert decided.coverage("协1")[0] == 0.0  # 40 亩 of 20: whose citation is wrong nobody knows


def test_a_roll_that_adds_up_says_of_whom_the_land_was(tmp_path: Path) -> None:
    papers = village().agreement(group="二组", area="4.00").line("H2", "4.00")
    assert outcomes(papers, tmp_path) == ["not_eligible", "manual_review", "not_eligible"]


def test_another_community_is_opened_too(tmp_path: Path) -> None:
    papers = village().group(community="大渔社区")
    papers.person(4, household_id="H4", community="大渔社区", group="一组").certificate("H4")
    for number, community in enumerate(("乌龙社区", "大渔社区")):
        papers.agreement(f"租{number}", "1.00", community=community, kind="租用", cited_approval_no="")
    papers.agreement(community="大渔社区", group="一组", area="4.00")
    assert outcomes(papers, tmp_path) == ["manual_review", "not_eligible", "not_eligible"]
    assert papers.decide(tmp_path / "again").person(4)["outcome"] == "manual_review"


def test_forest_of_an_approval_that_lists_only_farmland_there_may_be_farmland(tmp_path: Path) -> None:
    papers = (
        village().agreement(land_class="林地", area="4.00").agreement("协2", "1.00", kind="租用", cited_approval_no="")
    )
    assert outcomes(papers, tmp_path / "a") == ["manual_review", "not_eligible", "not_eligible"]
    papers.parcel(APPROVAL, "4.00", land_class="林地")
    assert outcomes(papers, tmp_path / "b") == ["not_eligible", "not_eligible", "not_eligible"]


def test_an_approval_of_which_a_parcel_could_not_be_read_may_have_land_there(tmp_path: Path) -> None:
    papers = village().agreement(group="二组", area="4.00").parcel(APPROVAL, "?", groups="二组")
    found = papers.decide(tmp_path).con.execute("SELECT code FROM link.findings").fetchall()
    assert ("place_contradicted",) not in found


def neighbours() -> Papers:
    """Two groups of four households with contract and certificate each; one approval for land of both."""
    papers = Papers().approval(groups="一组").parcel(groups="二组")
    for letter, group in (("A", "一组"), ("B", "二组")):
        papers.group(group, "16.00")
        for number in range(1, 5):
            who = number + 10 * (letter == "B")
            papers.person(who, household_id=f"{letter}{number}", group=group).certificate(f"{letter}{number}")
    return papers


@pytest.mark.parametrize("own_row", [False, True], ids=["one row", "forest of the right group"])
def test_households_of_the_group_that_stands_on_the_roll_may_have_been_left_off_it(
    *, own_row: bool, tmp_path: Path
) -> None:
    papers = neighbours().agreement(group="二组", area="12.00")
    if own_row:
        papers.agreement(group="一组", area="1.00", land_class="林地")
    for number in (1, 2):
        papers.line(f"A{number}", "5.00")
    decided = papers.decide(tmp_path)
    assert {decided.person(number)["outcome"] for number in (3, 4)} == {"manual_review"}
    assert "eligible" not in {decided.person(number)["outcome"] for number in (11, 12, 13, 14)}


def test_a_slip_in_one_number_opens_no_other_group(tmp_path: Path) -> None:
    papers = neighbours().agreement(group="二组", area="17.00")
    for household in ("B1", "B2", "A1"):
        papers.line(household, "5.00")
    decided = papers.decide(tmp_path)
    assert [decided.person(number)["outcome"] for number in (2, 3, 4)] == ["not_eligible"] * 3
