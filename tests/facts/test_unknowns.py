"""What is not known never counts as nothing: cases in which knowing less must not decide more."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, Papers, whole_loss


def bare() -> Papers:
    """A household without certificate in a group without total, its agreement without roll."""
    return Papers().person().approval().agreement()


@pytest.mark.parametrize("basis", [None, "均分"])
def test_neither_own_area_nor_group_total_known_refuses_nobody(basis: str | None, tmp_path: Path) -> None:
    papers = bare() if basis is None else bare().line(basis=basis)
    decided = papers.decide(tmp_path)
    assert decided.person()["outcome"] == "manual_review"
    assert decided.facts()["own_area_hi"] is None


@pytest.mark.parametrize("area", ["", "abc"])
def test_an_unread_certificate_area_admits_nobody(area: str, tmp_path: Path) -> None:
    papers = bare().certificate(area=area).line(area="3.00")
    decided = papers.decide(tmp_path)
    assert decided.person()["outcome"] == "manual_review"
    assert decided.facts()["remaining_area_hi"] is None


def test_heads_share_below_the_documentary_bound_still_decides(tmp_path: Path) -> None:
    policy = load_policy(RULES, as_of=AS_OF, trying={"shared_land_attribution": "per_capita"})
    papers = Papers().certificate(area="3.00").group(area="10.00", persons="90").approval().agreement(area="9.00")
    for number in (1, 2, 3):
        papers.person(number)
    facts = papers.decide(tmp_path, policy).facts()
    assert facts["remaining_area_hi"] == 2_700_000
    assert 2_700_000 - 2 <= facts["remaining_area_lo"] <= 2_700_000


def earlier(**approval: str) -> Papers:
    """A certificate of 2015; 2.00 亩 by line of an agreement that may have been approved before it."""
    papers = Papers().person().certificate(area="3.00", issued_on="2015-01-01").group().approval(**approval)
    return papers.agreement(area="2.00").line(area="2.00")


@pytest.mark.parametrize(
    "fault", [{"approved_on": "2005-03-01"}, {"authority": "市政府"}], ids=["before the start", "city"]
)
def test_land_that_went_unlawfully_before_the_paper_leaves_most_open(fault: dict[str, str], tmp_path: Path) -> None:
    assert earlier(**fault).decide(tmp_path).person()["outcome"] == "manual_review"


def test_an_earlier_taking_in_doubt_admits_nobody_and_refuses_on_what_is_left(tmp_path: Path) -> None:
    papers = earlier(authority="")
    assert papers.decide(tmp_path / "a").person()["outcome"] == "not_eligible"  # 3.00 亩 a head are left, or 1.00
    papers.tables["title_certificates"][0]["area_mu"] = "0.20"
    decided = papers.decide(tmp_path / "b")
    assert decided.person()["outcome"] == "manual_review"
    assert decided.facts()["remaining_per_head_hi"] is None


def test_a_household_named_on_a_roll_is_not_absent_from_it(tmp_path: Path) -> None:
    papers = whole_loss().person(6, household_id="H6").certificate("H6").line("H6", "看不清")
    assert papers.decide(tmp_path).person(6)["outcome"] == "manual_review"


@pytest.mark.parametrize("group", ["(一)组", "（1）组", "一社", "一队", "一组 二组", "各小组", "集体", "乌龙一组"])
def test_an_agreement_whose_group_cannot_be_placed_may_concern_any(group: str, tmp_path: Path) -> None:
    papers = whole_loss().person(6, household_id="H6").certificate("H6").agreement("协2", "50.00", group=group)
    assert papers.decide(tmp_path).person(6)["outcome"] == "manual_review"


def test_a_numbered_group_that_only_an_agreement_has_may_be_any_and_one_that_an_approval_has_too_is_another(
    tmp_path: Path,
) -> None:
    papers = (
        whole_loss()
        .person(6, household_id="H6")
        .certificate("H6")
        .agreement("协2", "50.00", group="九组", cited_approval_no="")
    )
    assert papers.decide(tmp_path / "a").person(6)["outcome"] == "manual_review"
    papers.approval("云国土资复〔2015〕9号", "50.00", groups="九组")
    assert papers.decide(tmp_path / "b").person(6)["outcome"] == "not_eligible"


def test_a_leaving_in_the_future_is_not_known_unless_most_of_the_roster_shares_it(tmp_path: Path) -> None:
    slip = whole_loss().person(6, household_id="H6", member_to="2103-08-15").certificate("H6")
    slip.tables["persons"][0]["member_to"] = "2031-05-01"
    assert slip.decide(tmp_path / "a").person(1)["outcome"] == "manual_review"
    still = whole_loss()
    for row in still.tables["persons"]:
        row["member_to"] = "2099-12-31"
    assert still.decide(tmp_path / "b").person(1)["outcome"] == "eligible"


def test_a_membership_before_the_birth_is_not_known_unless_most_of_the_roster_shares_the_day(tmp_path: Path) -> None:
    born = "2006-03-01"
    slip = whole_loss().person(3, born=born, member_from="1990-02-03")
    assert slip.decide(tmp_path / "a").person(3, born)["outcome"] == "manual_review"
    shared = whole_loss().person(3, born=born)  # all since 2000-01-01, as the roster was made
    assert shared.decide(tmp_path / "b").person(3, born)["outcome"] == "register"
    after = whole_loss().person(3, born="2016-03-01")
    assert after.decide(tmp_path / "c").person(3, "2016-03-01")["outcome"] == "not_eligible"


def test_lines_beyond_all_rows_of_their_agreement_say_that_one_may_be_missing(tmp_path: Path) -> None:
    papers = whole_loss().person(6, household_id="H6").certificate("H6")
    papers.agreement("协2", "1.00", land_class="林地", cited_approval_no="").line("H6", "4.00", "协2")
    decided = papers.decide(tmp_path)
    assert decided.person(6)["outcome"] == "manual_review"


def test_lines_that_paid_more_than_all_rows_of_their_agreement_say_that_one_may_be_missing(tmp_path: Path) -> None:
    papers = whole_loss().person(6, household_id="H6").certificate("H6")
    papers.agreement("协2", "1.00", land_class="林地", cited_approval_no="", compensation_yuan="50000")
    papers.line("H6", "", "协2", basis="均分", amount_yuan="50000")
    assert papers.decide(tmp_path / "a").person(6)["outcome"] == "not_eligible"
    papers.tables["payouts"][-1]["amount_yuan"] = "350000"
    assert papers.decide(tmp_path / "b").person(6)["outcome"] == "manual_review"


@pytest.mark.parametrize("number", ["6", "6.0", "006", "户H6"])
def test_a_line_of_a_number_that_ends_alike_may_be_of_the_household(number: str, tmp_path: Path) -> None:
    papers = (
        whole_loss().person(6, household_id="H6").certificate("H6").agreement("协2", "4.00").line(number, "4.00", "协2")
    )
    papers.tables["approval_parcels"][0]["area"] = "40.00"
    assert papers.decide(tmp_path).person(6)["outcome"] != "not_eligible"


def test_a_rival_of_unknown_kind_is_a_rival(tmp_path: Path) -> None:
    papers = Papers().person().certificate(area="3.00").group().approval(area="5.00")
    papers.agreement(area="3.00").line(area="3.00").agreement("协2", "3.00", kind="")
    assert papers.decide(tmp_path).coverage() == (2.0, 3.0, "ambiguous")


def test_one_certificate_number_on_two_households_settles_neither(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["title_certificates"][1]["certificate_no"] = papers.tables["title_certificates"][0]["certificate_no"]
    decided = papers.decide(tmp_path)
    assert [decided.person(n)["outcome"] for n in (1, 2)] == ["manual_review", "manual_review"]


def test_a_certificate_replaced_by_another_is_not_added_to_it(tmp_path: Path) -> None:
    papers = whole_loss().certificate(
        area="5.00", certificate_no="旧证", withdrawn_on="2013-06-01", issued_on="1999-01-01"
    )
    papers.tables["title_certificates"][0]["issued_on"] = "2013-06-01"
    assert papers.decide(tmp_path).person()["outcome"] == "manual_review"


def test_membership_that_ends_before_it_begins_is_no_evidence(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["persons"][0].update(member_from="2015-01-01", member_to="2010-01-01")
    assert papers.decide(tmp_path).person()["outcome"] == "manual_review"


def test_a_household_to_which_the_others_leave_nothing_is_not_refused_for_that(tmp_path: Path) -> None:
    papers = whole_loss().person(6, household_id="H999")
    papers.tables["groups"][0]["contracted_mu"] = "34.00"  # 户1 and 户2 hold all of it
    del papers.tables["payouts"]
    decided = papers.decide(tmp_path)
    assert decided.person(6)["outcome"] == "manual_review"
    assert decided.facts(6)["own_area_hi"] is None


def test_plots_of_one_agreement_add_up_and_are_not_called_repetitions(tmp_path: Path) -> None:
    """Rows of one number and class whose sum is the roll; without a roll, two of one area may be one row written twice."""
    papers = Papers().person().certificate().group().approval()
    papers.agreement(area="1.50").agreement(area="2.50").line("H1", "4.00").line("H2", "16.00")
    papers.tables["agreements"].append(papers.tables["agreements"][0] | {"area": "16.00"})
    decided = papers.decide(tmp_path / "a")
    told = decided.con.execute(
        "SELECT \"row\", code, kept FROM paper.quarantine WHERE table_name = 'agreements' ORDER BY ALL"
    ).fetchall()
    assert told == [(3, "plots_added", True), (4, "plots_added", True)]
    assert decided.row("SELECT rows_in, kept, quarantined FROM paper.tables WHERE table_name = 'agreements'") == {
        "rows_in": 3, "kept": 3, "quarantined": 0,
    }  # fmt: skip
    assert decided.person()["outcome"] == "eligible"
    unsure = Papers().person().certificate().group().approval().agreement(area="4.00").agreement(area="4.00")
    told = unsure.decide(tmp_path / "b").con.execute('SELECT code FROM paper.quarantine WHERE "row" = 3').fetchall()
    assert {code for (code,) in told} == {"duplicate_row"}
