"""Households that papers number otherwise than the roster does, or before they were divided (分户): who lost what is not known."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from support.paper_folder import Papers, resident_id


def divided(**new_member: str) -> Papers:
    """Six 亩 on the certificate of H1; H1 lost one on each roll, and its part 分H1, which has no paper, two on the first."""
    papers = (
        Papers().person(1).person(2, household_id="分H1", **new_member).certificate("H1", "6.00").group(area="40.00")
    )
    papers.person(3, household_id="H3").certificate("H3", "20.00")
    papers.approval("云国土资复〔2013〕120号", "8.00").agreement(area="8.00")
    papers.line("H1", "1.00").line("分H1", "4.50").line("H3", "2.50")
    papers.approval("云国土资复〔2016〕7号", "3.00", approved_on="2016-05-01", project="水厂")
    papers.agreement("协2", "3.00", cited_approval_no="云国土资复〔2016〕7号", project="水厂", signed_on="2016-08-01")
    return papers.line("H1", "0.20", "协2").line("H3", "2.80", "协2")


def test_the_line_of_a_part_may_be_of_the_land_on_the_certificate(tmp_path: Path) -> None:
    decided = divided().decide(tmp_path)
    assert decided.facts(1)["remaining_area_lo"] <= 300_000  # 6.00 less 1.00, 0.20 and 4.50
    assert decided.facts(1)["heads_hi"] >= 2
    assert decided.person(1)["outcome"] == "manual_review"


def test_a_part_may_have_lost_land_by_a_roll_that_names_only_the_whole(tmp_path: Path) -> None:
    born = "2014-03-01"  # after the first taking, before the second, of which only the old household's line tells
    papers = divided()
    papers.tables["persons"][1] |= {"resident_id": resident_id(2, born), "member_from": born}
    assert papers.decide(tmp_path).person(2, born)["outcome"] == "manual_review"


def test_a_part_with_a_certificate_of_its_own_is_a_household_of_its_own(tmp_path: Path) -> None:
    decided = divided().certificate("分H1", "9.00").decide(tmp_path)
    assert decided.facts(1)["remaining_area_lo"] == 4_800_000
    assert decided.person(1)["outcome"] == "not_eligible"


def test_unlawful_land_admits_nobody_whose_area_follows_from_the_others(tmp_path: Path) -> None:
    """A taking without approval may lie before the day of the group's total, as it may lie before that of a certificate."""
    papers = Papers().person().certificate(area="2.65").ledger(area="1766.67")  # 亩 and ㎡: neither is believed
    papers.group(area="9.65").person(2, household_id="H2").certificate("H2", "7.00").approval(area="2.40")
    papers.agreement(area="2.40").line(area="2.40")
    papers.agreement("协2", "0.25", kind="收储", cited_approval_no="", project="湿地").line(
        area="0.25", agreement="协2"
    )
    decided = papers.decide(tmp_path)
    assert decided.facts()["own_area_hi"] == 2_650_000  # what the other household leaves
    assert decided.person()["outcome"] == "manual_review"


DAYS = ("1943-09-17", "1961-05-02", "2013-02-27", "2103-02-27")


@pytest.mark.parametrize(("begin", "end"), [(a, b) for a, b in product(DAYS, DAYS) if b <= a], ids=str)
def test_of_a_membership_that_ends_before_it_begins_neither_day_is_known(begin: str, end: str, tmp_path: Path) -> None:
    born = "1943-09-17"
    papers = Papers().certificate().group().approval().agreement().line().line("H2", "16.00").certificate("H2", "30.00")
    papers.person(2, household_id="H2").person(1, born, member_from=begin, member_to=end)
    assert papers.decide(tmp_path).person(1, born)["outcome"] == "manual_review"


@pytest.mark.parametrize("number", ["{}户", "第{}号", "乌龙{}", "户主{}", "{}-1"])
def test_a_roster_that_numbers_otherwise_than_all_papers_refuses_nobody(number: str, tmp_path: Path) -> None:
    papers = Papers().group(area="40.00").approval().agreement(area="8.00").line("H1", "6.00").line("H2", "2.00")
    for person, household in ((1, "H1"), (2, "H2"), (3, "H3")):
        papers.person(person, household_id=number.format(household)).certificate(household, "6.00")
    decided = papers.decide(tmp_path)
    assert {decided.person(person)["outcome"] for person in (1, 2, 3)} == {"manual_review"}
