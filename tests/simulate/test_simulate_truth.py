"""The truth beside the papers: judged again here from clean papers alone, and by hand on single cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from simulate_papers import Papers, district, sums

from eligibility.model import resident_id
from eligibility.simulation.truth import Verdict, loss, verdict
from eligibility.simulation.world import Approval, Household, Person, Taking

DAY = date(2012, 6, 1)
ADULT = Person("1", "甲", True, date(1970, 1, 1), date(1970, 1, 1))
APPROVED = Approval("云国土资复〔2012〕1号", "province", DAY, "项目", "", False, (), True, False)


def test_clean_papers_alone_lead_to_the_truth(clean: Papers) -> None:
    expected = _judge(clean)
    told = {row["resident_id"]: row["outcome"] for row in clean.true_persons}
    assert {one: (told[one], outcome) for one, outcome in expected.items() if told[one] != outcome} == {}
    assert set(expected.values()) == {"eligible", "not_eligible", "register"}


def test_a_clean_district_needs_nobody_and_a_quarter_or_more_are_eligible(clean: Papers) -> None:
    count = Counter(row["outcome"] for row in clean.true_persons)
    assert "manual_review" not in count
    assert 0.25 < count["eligible"] / 4000 < 0.5
    assert count["register"] > 200


def test_a_usual_district_has_all_four_outcomes_and_every_true_reason(legible: Papers) -> None:
    count = Counter(row["outcome"] for row in legible.true_persons)
    assert min(count[name] for name in ("eligible", "not_eligible", "register", "manual_review")) > 300
    reasons = {
        why for row in legible.true_persons if row["outcome"] == "manual_review" for why in row["why"].split(";")
    }
    assert {"reserve_land_without_approval", "expropriated_before_start", "approval_conflict"} <= reasons
    assert {"membership_disputed", "status_unknown", "at_threshold", "imprisoned", "special_works"} <= reasons


def test_household_loss_is_the_sum_of_its_takings(legible: Papers) -> None:
    gone = [row for row in legible.true_takings if row["kind"] in ("expropriation", "reserve")]
    lawful = sums([row for row in gone if row["lawful"] == "true"], "household_id", "area_mu")
    every = sums(gone, "household_id", "area_mu")
    for row in legible.true_households:
        assert Fraction(row["lawful_mu"]) == lawful.get(row["household_id"], 0)
        assert Fraction(row["own_mu"]) - Fraction(row["remaining_mu"]) == every.get(row["household_id"], 0)


@pytest.mark.parametrize(
    ("taken", "outcome", "why"),
    [
        (100, "eligible", ()),  # everything
        (71, "eligible", ()),  # 0.29 亩 left for one head
        (70, "manual_review", ("at_threshold",)),  # exactly 0.30 亩
        (69, "not_eligible", ("most_land_lost",)),
        (0, "not_eligible", ("government_expropriation",)),
    ],
)
def test_the_line_of_most_land(taken: int, outcome: str, why: tuple[str, ...]) -> None:
    assert _decide(ADULT, taken=taken) == Verdict(outcome, why)


@pytest.mark.parametrize(
    ("changes", "outcome", "why"),
    [
        ({"born": date(1996, 6, 1), "member_from": date(1996, 6, 1)}, "register", ("not_in_school",)),
        ({"born": date(1996, 6, 2), "member_from": date(1996, 6, 2)}, "register", ("adult", "not_in_school")),
        ({"born": date(2008, 1, 1), "member_from": date(2008, 1, 1)}, "register", ("adult",)),
        ({"member_from": DAY}, "eligible", ()),
        ({"member_from": date(2012, 6, 2)}, "not_eligible", ("registered_member",)),
        ({"member_to": DAY}, "not_eligible", ("registered_member",)),
        ({"public_staff": True}, "not_eligible", ("not_public_staff",)),
        ({"deceased_on": date(2022, 10, 31)}, "not_eligible", ("alive",)),
        ({"outsider": True}, "not_eligible", ("local_place",)),
        ({"urban": True}, "eligible", ()),
        ({"imprisoned": True}, "manual_review", ("imprisoned",)),
        ({"dispute": "外嫁女"}, "manual_review", ("membership_disputed",)),
        ({"imprisoned": True, "public_staff": True}, "not_eligible", ("not_public_staff",)),
    ],
)
def test_the_person(changes: dict[str, object], outcome: str, why: tuple[str, ...]) -> None:
    assert _decide(replace(ADULT, **changes), taken=100) == Verdict(outcome, why)


@pytest.mark.parametrize(
    ("approval", "kind", "outcome", "why"),
    [
        (replace(APPROVED, day=date(2009, 1, 1)), "expropriation", "eligible", ()),
        (replace(APPROVED, day=date(2008, 12, 31)), "expropriation", "manual_review", ("expropriated_before_start",)),
        (replace(APPROVED, competent=False), "expropriation", "manual_review", ("approval_conflict",)),
        (replace(APPROVED, works=True), "expropriation", "manual_review", ("special_works",)),
        (None, "reserve", "manual_review", ("reserve_land_without_approval",)),
        (APPROVED, "reserve", "eligible", ()),
        (None, "lease", "not_eligible", ("government_expropriation",)),
    ],
)
def test_the_approval(approval: Approval | None, kind: str, outcome: str, why: tuple[str, ...]) -> None:
    assert _decide(ADULT, taken=100, approval=approval, kind=kind) == Verdict(outcome, why)


def test_a_person_who_joined_between_two_approvals_goes_to_review() -> None:
    later = replace(APPROVED, number="2", day=date(2014, 1, 1))
    person = replace(ADULT, member_from=date(2013, 1, 1))
    household = Household("h", (person,), 100)
    lost = loss(household, (Taking("a", "expropriation", 50, APPROVED), Taking("b", "expropriation", 50, later)))
    assert verdict(person, lost) == Verdict("manual_review", ("status_unknown",))


def test_damage_to_papers_does_not_touch_the_truth(tmp_path: Path) -> None:
    whole = district(tmp_path / "whole")
    torn = district(tmp_path / "torn", citation_blank=1, missing_roll=1, unknown_status=1, unreadable=1, cell_noise=1)
    assert torn.true_persons == whole.true_persons
    assert torn.true_links == whole.true_links
    assert torn.true_households == whole.true_households


def _decide(
    person: Person, *, taken: int, approval: Approval | None = APPROVED, kind: str = "expropriation"
) -> Verdict:
    household = Household("h", (replace(person, resident_id="0"),), 100)
    takings = (Taking("a", kind, taken, approval),) if taken else ()
    # the head count is the point of the household, not of the person: one head, always a member
    counted = replace(household, persons=(ADULT,)) if person.dispute or not person.member_on(DAY) else household
    return verdict(person, loss(counted, takings))


def _judge(papers: Papers) -> dict[str, str]:
    """Decide a clean dossier from its papers: one approval for each household, a complete roll, every cell filled."""
    day = {row["approval_no"]: date.fromisoformat(row["approved_on"]) for row in papers.approvals}
    cited = {row["agreement_no"]: row["cited_approval_no"] for row in papers.agreements}
    own = sums(papers.title_certificates, "household_id", "area_mu")
    taken = sums(papers.payouts, "household_id", "area_mu")
    on = {row["household_id"]: day[cited[row["agreement_no"]]] for row in papers.payouts}
    members: dict[str, int] = defaultdict(int)
    for row in papers.persons:
        members[row["household_id"]] += _member(row, on.get(row["household_id"]))
    judged = {}
    for row in papers.persons:
        house = row["household_id"]
        left = own[house] - taken.get(house, Fraction(0))
        most = house in on and (left == 0 or left <= Fraction(3, 10) * members[house])
        fit = most and _member(row, on[house]) and _acceptable(row)
        judged[row["resident_id"]] = "not_eligible" if not fit else _ripe(row, on[house])
    return judged


def _member(row: dict[str, str], day: date | None) -> bool:
    return (
        day is not None
        and row["member_from"] <= day.isoformat()
        and day.isoformat() < (row["member_to"] or "9999")
        and day.isoformat() < (row["deceased_on"] or "9999")
    )


def _acceptable(row: dict[str, str]) -> bool:
    here = "呈贡" in row["hukou_place"]
    return here and not row["deceased_on"] and row["public_staff"] == row["officer"] == "否"


def _ripe(row: dict[str, str], day: date) -> str:
    born = resident_id.birth_date(row["resident_id"])
    of_age = (born.year + 16, born.month, born.day) <= (day.year, day.month, day.day)
    return "eligible" if of_age and row["student"] == "否" else "register"
