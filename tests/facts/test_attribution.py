"""From agreements with groups to the loss of a household: the bounds of docs/facts.md on numbers small enough to check by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, Papers

MU = 1_000_000


def group_of_two(**agreement: str) -> Papers:
    """A group of 10.00 亩: household 1 holds 4.00, household 2 holds 6.00; an agreement without roll takes some."""
    papers = Papers().person(1).person(2, household_id="H2").certificate("H1", "4.00").certificate("H2", "6.00")
    papers.group(area="10.00", persons="2").approval(area="100.00")
    return papers.agreement(**({"area": "7.00"} | agreement))


def lost(papers: Papers, folder: Path, number: int = 1) -> tuple[float | None, float | None]:
    facts = papers.decide(folder).facts(number)
    low, high = facts["lawful_loss_lo"], facts["lawful_loss_hi"]
    return low / MU, None if high is None else high / MU


def test_others_can_absorb_only_what_they_hold(tmp_path: Path) -> None:
    papers = group_of_two()
    assert lost(papers, tmp_path) == (1.0, 4.0)  # of 7, household 2 can have lost at most 6
    assert lost(papers, tmp_path / "2", 2) == (3.0, 6.0)


def test_a_loss_of_the_whole_group_is_certain_for_each(tmp_path: Path) -> None:
    assert lost(group_of_two(area="10.00"), tmp_path) == (4.0, 4.0)


def test_what_is_not_certainly_covered_gives_no_lower_bound(tmp_path: Path) -> None:
    facts = group_of_two(cited_approval_no="", project="").decide(tmp_path).facts()
    assert (facts["lawful_loss_lo"], facts["remaining_area_lo"], facts["covered_taking"]) == (0, 0, None)


def test_lines_of_an_incomplete_roll_are_points_and_leave_the_pool(tmp_path: Path) -> None:
    papers = group_of_two(area="7.00").line("H2", "5.00")
    # G′ = 5, own′ = 4, S = 2: others have room for 1
    assert lost(papers, tmp_path) == (1.0, 2.0)


def test_no_lower_bound_where_an_agreement_may_be_older_than_the_paper(tmp_path: Path) -> None:
    papers = group_of_two()
    papers.tables["title_certificates"][0]["issued_on"] = "2013年"
    assert lost(papers, tmp_path)[0] == 0.0


def test_group_total_not_known_gives_no_lower_bound(tmp_path: Path) -> None:
    papers = group_of_two()
    papers.tables["groups"][0]["contracted_mu"] = ""
    assert lost(papers, tmp_path) == (0.0, 4.0)


def test_an_agreement_of_the_whole_community_pools_over_all_its_groups(tmp_path: Path) -> None:
    papers = group_of_two(group="", area="12.00").group("二组", "5.00")
    # the community holds 15, others have room for 11 of the 12
    assert lost(papers, tmp_path) == (1.0, 4.0)


def test_of_group_and_community_the_larger_lower_bound_counts(tmp_path: Path) -> None:
    papers = group_of_two(area="8.00").group("二组", "5.00").agreement("协2", "12.00", group="")
    assert lost(papers, tmp_path) == (2.0, 4.0)


def test_a_taking_before_the_certificate_is_already_out_of_its_area(tmp_path: Path) -> None:
    papers = group_of_two(area="2.00").line("H1", "2.00")
    papers.tables["title_certificates"][0]["issued_on"] = "2014-01-01"
    facts = papers.decide(tmp_path).facts()
    assert (facts["own_area_lo"], facts["remaining_area_lo"], facts["remaining_area_hi"]) == (4 * MU, 4 * MU, 4 * MU)
    assert facts["lawful_loss_lo"] == 2 * MU


def test_where_the_order_is_not_certain_both_readings_stay(tmp_path: Path) -> None:
    papers = group_of_two(area="2.00").line("H1", "2.00")
    papers.tables["title_certificates"][0]["issued_on"] = "2013年"
    facts = papers.decide(tmp_path).facts()
    assert (facts["remaining_area_lo"], facts["remaining_area_hi"]) == (2 * MU, 4 * MU)


def test_a_certificate_that_repeats_an_older_ledger_may_be_no_newer(tmp_path: Path) -> None:
    papers = group_of_two(area="2.00").line("H1", "2.00").ledger("H1", "4.00")
    papers.tables["title_certificates"][0]["issued_on"] = "2014-01-01"
    facts = papers.decide(tmp_path).facts()
    assert (facts["remaining_area_lo"], facts["remaining_area_hi"]) == (2 * MU, 4 * MU)


def test_land_gone_before_the_start_leaves_most_open(tmp_path: Path) -> None:
    papers = group_of_two(area="2.00", cited_approval_no="云国土资复〔2007〕9号", signed_on="2007-08-01").line(
        "H1", "2.00"
    )
    papers.approval("云国土资复〔2007〕9号", approved_on="2007-05-01")
    papers.tables["title_certificates"][0]["issued_on"] = "2010-01-01"
    decided = papers.decide(tmp_path)
    assert decided.person()["outcome"] == "manual_review"
    assert decided.facts()["remaining_per_head_lo"] is None


def test_without_certificate_or_ledger_own_area_is_bounded_by_lines_and_group(tmp_path: Path) -> None:
    papers = group_of_two(area="2.00").line("H1", "1.50")
    del papers.tables["title_certificates"][0]
    facts = papers.decide(tmp_path).facts()
    assert (facts["own_area_lo"], facts["own_area_hi"]) == (1.5 * MU, 4 * MU)


@pytest.mark.parametrize("paper", [Papers.certificate, Papers.ledger, Papers.line])
def test_what_the_others_hold_bounds_a_household_without_paper(paper: Callable[..., Papers], tmp_path: Path) -> None:
    papers = group_of_two(area="6.00")
    del papers.tables["title_certificates"]
    paper(papers, "H2", "6.00")
    facts = papers.decide(tmp_path).facts()
    assert (facts["own_area_lo"], facts["own_area_hi"]) == (0, 4 * MU)


def test_an_unconfirmed_ledger_of_another_household_bounds_nobody(tmp_path: Path) -> None:
    papers = group_of_two(area="6.00").ledger("H2", "6.00", confirmed_by="")
    del papers.tables["title_certificates"]
    assert papers.decide(tmp_path).facts()["own_area_hi"] == 10 * MU


def test_both_pools_together_leave_the_others_no_room(tmp_path: Path) -> None:
    papers = group_of_two(area="5.00").group("二组", "5.00").agreement("协2", "8.00", group="")
    # 13 went; the others hold 6 and 5
    assert lost(papers, tmp_path) == (2.0, 4.0)


def test_another_group_bears_its_own_pool(tmp_path: Path) -> None:
    papers = group_of_two(area="3.00", group="二组").group("二组", "5.00").agreement("协2", "9.00", group="")
    papers.tables["approval_parcels"][0]["groups"] = ""
    # 9 went from 15, of which the second group had lost 3 of its 5: the others have room for 6 and 2
    assert lost(papers, tmp_path) == (1.0, 4.0)


def test_a_quarantined_certificate_makes_own_area_unknown(tmp_path: Path) -> None:
    papers = group_of_two().certificate("H1", "3.00", certificate_no="")
    facts = papers.decide(tmp_path).facts()
    assert (facts["own_area_lo"], facts["own_area_hi"]) == (0, 4 * MU)


@pytest.mark.parametrize(("method", "low", "high"), [("group_ratio", 2.8, 2.8), ("per_capita", 3.5, 3.5)])
def test_a_signed_attribution_replaces_the_range_and_is_named(
    method: str, low: float, high: float, tmp_path: Path
) -> None:
    policy = load_policy(RULES, as_of=AS_OF, trying={"shared_land_attribution": method})
    decided = group_of_two().decide(tmp_path, policy)
    facts = decided.facts()
    assert (facts["remaining_area_lo"], facts["remaining_area_hi"]) == (round((4 - low) * MU), round((4 - high) * MU))
    assert "shared_land_attribution" in decided.person()["assumed_parameters"].split(";")


def test_heads_are_counted_on_every_admissible_day(tmp_path: Path) -> None:
    papers = group_of_two(area="10.00").person(3, member_from="2013-05-02").person(4, member_from="")
    papers.tables["approvals"][0]["approved_on"] = "2013年5月"
    facts = papers.decide(tmp_path).facts()
    assert (facts["heads_lo"], facts["heads_hi"]) == (1, 3)


def test_a_lost_row_may_be_one_head_more(tmp_path: Path) -> None:
    papers = group_of_two(area="10.00").person(3, name="")
    facts = papers.decide(tmp_path).facts()
    assert (facts["heads_lo"], facts["heads_hi"]) == (1, 2)


def test_contradicting_rows_leave_what_they_disagree_on_unknown(tmp_path: Path) -> None:
    papers = group_of_two(area="10.00").person(1, public_staff="是")
    decided = papers.decide(tmp_path)
    assert decided.person()["outcome"] == "manual_review"
    assert {"conflicting_evidence", "status_unknown"} <= set(decided.person()["reasons"].split(";"))
    assert [row["code"] for row in decided.quarantine() if not row["kept"]] == ["duplicate_row"]
