"""What a bureau must see decided, one paper changed at a time, by docs/facts.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paper_folder import APPROVAL, Papers, whole_loss


def test_all_land_lost_with_every_paper_is_eligible(tmp_path: Path) -> None:
    decided = whole_loss().decide(tmp_path)
    assert decided.person()["outcome"] == "eligible"
    assert decided.facts()["remaining_area_hi"] == 0


def test_land_left_above_the_line_is_refused_with_the_clause(tmp_path: Path) -> None:
    decided = whole_loss().decide(tmp_path)
    refused = decided.person(2)
    assert (refused["outcome"], refused["reasons"]) == ("not_eligible", "most_land_lost")
    assert decided.facts(2)["remaining_area_lo"] == 14_000_000


def changed(table: str, index: int = 0, **cells: str) -> Papers:
    papers = whole_loss()
    papers.tables[table][index].update(cells)
    return papers


@pytest.mark.parametrize(
    ("papers", "outcome", "reason"),
    [
        (changed("persons", public_staff="是"), "not_eligible", "not_public_staff"),
        (changed("persons", public_staff=""), "manual_review", "status_unknown"),
        (changed("persons", officer="是"), "not_eligible", "not_officer"),
        (changed("persons", hukou_place="官渡区"), "not_eligible", "local_place"),
        (changed("persons", hukou_place="昆明市"), "manual_review", "status_unknown"),
        (changed("persons", deceased_on="2022-10-31"), "not_eligible", "alive"),
        (changed("persons", member_from="2013-05-02"), "not_eligible", "registered_member"),
        (changed("persons", member_from="2013-05-01"), "eligible", ""),
        (changed("persons", member_from=""), "manual_review", "status_unknown"),
        (changed("persons", member_to="2013-05-02"), "eligible", ""),
        (changed("persons", member_to="2013-05-01"), "not_eligible", "registered_member"),
        (changed("persons", membership_dispute="外嫁女"), "manual_review", "membership_disputed"),
        (changed("persons", imprisoned="是"), "manual_review", "imprisoned"),
        (changed("persons", student="是"), "register", "not_in_school"),
        (changed("persons", student=""), "eligible", ""),
        (changed("persons", employee_pension="参保"), "eligible", ""),
        (changed("title_certificates", withdrawn_on="2014-01-01"), "eligible", ""),
        (changed("title_certificates", issued_on="2013-05-02"), "not_eligible", "most_land_lost"),
        (changed("title_certificates", issued_on="2013-05-02", area_mu="0.20"), "manual_review", "missing_title_certificate"),
        (changed("approvals", approved_on="2008-12-31"), "manual_review", "expropriated_before_start"),
        (changed("approvals", authority="市政府"), "manual_review", "approval_conflict"),
        (changed("approvals", authority=""), "manual_review", "approval_"),
        (changed("approvals", works="是"), "manual_review", "special_works"),
        (changed("approvals", works=""), "eligible", ""),
        (changed("approvals", works="看不清"), "manual_review", "special_works"),
        (changed("approvals", project="龙潭水库"), "manual_review", "special_works"),
        (changed("approvals", project="2013年度第十批次道路", batch="2013年度第十一批次"), "manual_review", "conflicting_evidence"),
        (changed("approval_parcels", land_class="永久基本农田"), "manual_review", "approval_conflict"),
        (changed("approval_parcels", ownership="国有"), "manual_review", "approval_not_found"),
        (changed("agreements", cited_approval_no="云国土资复〔2013〕12?号"), "manual_review", "approval_ambiguous"),
        (changed("agreements", cited_approval_no="云国土资复〔2013〕999号"), "manual_review", "approval_ambiguous"),
        (changed("agreements", cited_approval_no=""), "eligible", ""),
        (changed("agreements", cited_approval_no="", project=""), "manual_review", "approval_ambiguous"),
        (changed("agreements", cited_approval_no="", kind="收储"), "manual_review", "reserve_land_without_approval"),
        (changed("agreements", kind="租用"), "not_eligible", "approval_exists"),
        (changed("agreements", land_class="林地"), "not_eligible", "approval_exists"),
    ],
)  # fmt: skip
def test_one_paper_changed(papers: Papers, outcome: str, reason: str, tmp_path: Path) -> None:
    found = papers.decide(tmp_path).person()
    assert found["outcome"] == outcome, found
    assert reason in found["reasons"]


def test_no_certificate_is_never_refused_for_that(tmp_path: Path) -> None:
    papers = whole_loss()
    del papers.tables["title_certificates"][0]
    found = papers.decide(tmp_path).person()
    assert found["outcome"] == "manual_review"
    assert "missing_title_certificate" in found["reasons"].split(";")
    assert "title_certificate" in found["missing_evidence"]


def test_a_confirmed_ledger_stands_in_for_the_certificate(tmp_path: Path) -> None:
    papers = whole_loss().ledger()
    del papers.tables["title_certificates"][0]
    found = papers.decide(tmp_path).person()
    assert (found["outcome"], found["reasons"]) == ("manual_review", "substitute_title_only")


def test_exactly_at_the_line_waits_for_the_comparison(tmp_path: Path) -> None:
    papers = changed("title_certificates", area_mu="4.30")
    assert papers.decide(tmp_path).person()["reasons"] == "at_threshold"
    below = changed("title_certificates", area_mu="4.2999").decide(tmp_path / "b").person()
    assert below["outcome"] == "eligible"
    assert "most_land_line" in below["assumed_parameters"]
    assert changed("title_certificates", area_mu="4.3001").decide(tmp_path / "c").person()["outcome"] == "not_eligible"


def test_under_sixteen_is_registered_not_refused(tmp_path: Path) -> None:
    papers = whole_loss().person(3, born="1997-05-02").person(4, born="1997-05-01")
    decided = papers.decide(tmp_path)
    assert decided.person(3, "1997-05-02")["outcome"] == "register"
    assert decided.person(4, "1997-05-01")["outcome"] == "eligible"


def test_equal_shares_leave_the_loss_open(tmp_path: Path) -> None:
    papers = whole_loss()
    for line in papers.tables["payouts"]:
        line["basis"] = "均分"
    found = papers.decide(tmp_path).person()
    assert found["outcome"] == "manual_review"
    assert "shared_compensation" in found["reasons"]


def test_a_group_that_lost_everything_needs_no_roll(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["payouts"].clear()
    del papers.tables["payouts"]
    papers.tables["groups"][0]["contracted_mu"] = "20.00"
    papers.tables["title_certificates"][1]["area_mu"] = "16.00"
    decided = papers.decide(tmp_path)
    assert [decided.person(n)["outcome"] for n in (1, 2)] == ["eligible", "eligible"]


def test_nothing_taken_in_a_listed_community_is_refused_and_says_what_it_rests_on(tmp_path: Path) -> None:
    papers = whole_loss().person(5, household_id="H5", group="二组").certificate("H5")
    found = papers.decide(tmp_path).person(5)
    assert found["outcome"] == "not_eligible"
    assert "agreements_complete" in found["assumed_parameters"]


def test_a_community_without_agreements_is_not_refused(tmp_path: Path) -> None:
    papers = whole_loss().person(5, household_id="H5", community="吴家营社区").certificate("H5")
    assert papers.decide(tmp_path).person(5)["outcome"] == "manual_review"


def test_an_unreadable_agreement_opens_its_group(tmp_path: Path) -> None:
    papers = whole_loss().person(5, household_id="H5", group="二组").certificate("H5")
    papers.agreement("协9", "约五亩", group="二组")
    decided = papers.decide(tmp_path)
    assert decided.person(5)["outcome"] == "manual_review"
    assert [row["code"] for row in decided.quarantine() if not row["kept"]] == ["bad_number"]


def test_absent_from_a_complete_roll_lost_nothing(tmp_path: Path) -> None:
    papers = whole_loss().person(6, household_id="H6").certificate("H6")
    assert papers.decide(tmp_path).person(6)["outcome"] == "not_eligible"


def test_absent_from_an_incomplete_roll_is_open(tmp_path: Path) -> None:
    papers = whole_loss().person(6, household_id="H6").certificate("H6")
    papers.tables["payouts"][1]["area_mu"] = "12.00"
    found = papers.decide(tmp_path).person(6)
    assert found["outcome"] == "manual_review"
    assert "group_level_agreement" in found["reasons"]


def test_rows_later_than_the_day_of_decision_do_not_exist_yet(tmp_path: Path) -> None:
    papers = changed("approvals", approved_on="2022-11-01")
    found = papers.decide(tmp_path).person()
    assert (found["outcome"], "approval_not_found" in found["reasons"]) == ("manual_review", True)


def test_two_agreements_over_one_approval_share_its_area(tmp_path: Path) -> None:
    papers = Papers().person().certificate().group().approval(area="10.00")
    papers.agreement("协1", "6.00").agreement("协2", "6.00")
    decided = papers.decide(tmp_path)
    assert decided.coverage("协1") == (4.0, 6.0, "ambiguous")
    assert decided.coverage("协2") == (4.0, 6.0, "ambiguous")


def test_several_approvals_of_one_project_cover_by_their_sum(tmp_path: Path) -> None:
    papers = Papers().person().certificate().group().approval(area="6.00")
    papers.approval("云国土资复〔2014〕7号", "4.00", approved_on="2014-02-03")
    papers.agreement("协1", "10.00", cited_approval_no="")
    decided = papers.decide(tmp_path)
    assert decided.coverage() == (10.0, 10.0, "covered")
    row = decided.row("SELECT approved_lo, approved_hi FROM link.coverage")
    assert [str(row["approved_lo"]), str(row["approved_hi"])] == ["2013-05-01", "2014-02-03"]


def test_a_reserve_purchase_without_citation_is_never_certain(tmp_path: Path) -> None:
    papers = Papers().person().certificate().group().approval().agreement(kind="收储", cited_approval_no="")
    assert papers.decide(tmp_path).coverage() == (0.0, 20.0, "ambiguous")


def test_a_citation_written_in_another_style_is_the_same_number(tmp_path: Path) -> None:
    papers = changed("agreements", cited_approval_no=" 云国土资复[２０１３]120")
    assert papers.decide(tmp_path).coverage() == (20.0, 20.0, "covered")
    assert APPROVAL.endswith("号")


def assumed(papers: Papers, folder: Path, number: int = 1) -> set[str]:
    return set(papers.decide(folder).person(number)["assumed_parameters"].split(";"))


def test_an_assumption_is_listed_only_where_the_decision_needs_it(tmp_path: Path) -> None:
    stated, blank = whole_loss(), changed("persons", student="")
    assert "student_age_limit" not in assumed(stated, tmp_path / "1")
    assert "student_age_limit" in assumed(blank, tmp_path / "2")
    assert "public_staff_excluded" not in assumed(stated, tmp_path / "3")
    assert "public_staff_excluded" in assumed(changed("persons", public_staff="是"), tmp_path / "4")
    assert "most_land_line" not in assumed(stated, tmp_path / "5")
    assert "most_land_line" in assumed(stated, tmp_path / "6", 2)
