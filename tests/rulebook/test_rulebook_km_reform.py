"""The Kunming rulebook says what is known of the law, and how surely."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eligibility.model.diagnostic import InputError
from eligibility.model.policy import Kind, Policy, Status, Value
from eligibility.rulebook import load_policy, rulebooks
from rulebook.rule_copy import AS_OF, RULES, RuleCopy

REASONS = [
    "missing_title_certificate",
    "substitute_title_only",
    "approval_not_found",
    "approval_ambiguous",
    "approval_conflict",
    "group_level_agreement",
    "shared_compensation",
    "reserve_land_without_approval",
    "expropriated_before_start",
    "at_threshold",
    "membership_disputed",
    "status_unknown",
    "comparison_pending",
    "identity_invalid",
    "special_works",
    "imprisoned",
    "confirmation_incomplete",
    "policy_unset",
    "conflicting_evidence",
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy(RULES / "km-reform", as_of=AS_OF)


@pytest.mark.parametrize(
    ("parameter", "value", "status"),
    [
        ("start_date", date(2009, 1, 1), "assumed"),
        ("most_land_line", 30_000_000, "assumed"),
        ("most_land_compare", None, "unset"),
        ("adult_age", 16, "assumed"),
        ("student_age_limit", 30, "assumed"),
        ("agreements_complete", True, "assumed"),
        ("shared_land_attribution", "documented_only", "assumed"),
        ("state_council_farmland_line", 525_000_000, "seen"),
        ("state_council_other_line", 1_050_000_000, "seen"),
        ("approving_authorities", ("state_council", "province"), "seen"),
        ("special_works_words", ("水库", "水电", "水利枢纽"), "assumed"),
        ("local_places", ("呈贡区",), "assumed"),
        ("public_staff_excluded", True, "assumed"),
        ("officers_excluded", True, "assumed"),
        ("employee_pension_excluded", False, "assumed"),
        ("agreement_before_approval", True, "assumed"),
        ("subsidy_per_year", None, "unset"),
        ("subsidy_years_most", 15, "assumed"),
        ("subsidy_at_once_age", 60, "assumed"),
        ("publication_days", 7, "assumed"),
        ("publication_minor_age", 18, "assumed"),
        ("appeal_days", 60, "assumed"),
        ("lawsuit_months", 6, "assumed"),
        ("works_by_project_name", True, "assumed"),
    ],
)
def test_a_parameter_has_its_value_and_says_how_surely(
    policy: Policy, parameter: str, value: Value | None, status: str
) -> None:
    assert (policy.value(parameter), policy.status(parameter)) == (value, Status(status))


def test_every_parameter_has_been_named_above(policy: Policy) -> None:
    marks = test_a_parameter_has_its_value_and_says_how_surely.pytestmark
    assert set(policy.parameters) == {row[0] for row in marks[0].args[1]}


def test_parameters_hold_since_the_rulebook_is_in_force(policy: Policy) -> None:
    assert policy.in_force_from == date(2019, 1, 1)
    assert [p.id for p in policy.parameters.values() if p.on(policy.in_force_from) is None] == []


@pytest.mark.parametrize(
    ("day", "known"), [(date(1998, 12, 31), False), (date(1999, 1, 1), True), (date(2013, 5, 1), True)]
)
def test_the_land_law_reaches_back_to_1999_and_no_further(policy: Policy, day: date, *, known: bool) -> None:
    lines = ("state_council_farmland_line", "state_council_other_line", "approving_authorities")
    assert [policy.parameters[line].on(day) is not None for line in lines] == [known] * 3


def test_the_kinds_of_the_clauses(policy: Policy) -> None:
    by_kind = {kind: [c.id for c in policy.clauses.values() if c.kind is kind] for kind in Kind}
    assert by_kind[Kind.REQUIREMENT] == [
        "collective_land",
        "government_expropriation",
        "approval_exists",
        "most_land_lost",
        "contract_right",
        "registered_member",
        "local_place",
        "not_public_staff",
        "not_officer",
        "employee_pension",
        "alive",
    ]
    assert by_kind[Kind.REGISTER] == ["adult", "not_in_school"]
    assert by_kind[Kind.REFER] == [
        "after_start",
        "authority_competent",
        "special_works",
        "imprisoned",
        "membership_dispute",
        "confirmations_agree",
        "confirmations_complete",
        "identity",
        "evidence_conflict",
    ]
    assert by_kind[Kind.EXCLUSION] == by_kind[Kind.EXCEPTION] == []


def test_every_reason_is_listed_above_with_papers_and_bodies(policy: Policy) -> None:
    assert sorted(policy.reasons) == sorted(REASONS)
    assert all(reason.documents and reason.bodies for reason in policy.reasons.values())


def test_every_review_reason_but_unset_policy_is_given_by_some_clause(policy: Policy) -> None:
    given = {code for c in policy.clauses.values() for code in (*c.on_refuted, *c.otherwise)}
    given |= {reason.reason for c in policy.clauses.values() for reason in c.on_open}
    assert given == set(REASONS) - {"policy_unset"}


def test_outcomes_in_chinese(policy: Policy) -> None:
    assert policy.outcomes == {
        "eligible": "符合",
        "not_eligible": "不符合",
        "register": "备案登记",
        "manual_review": "待人工核查",
    }


def test_only_the_one_sentence_of_the_opinion_that_was_read_is_quoted_from_it(policy: Policy) -> None:
    quoted = {c.citation.quote for c in policy.clauses.values() if c.citation.article.startswith("呈贡区自评报告")}
    assert quoted == {"被政府依法统一征收", "失去全部或大部分土地"}
    assumed = [c for c in policy.clauses.values() if c.citation.status is Status.ASSUMED]
    assert assumed
    assert [c.id for c in assumed if c.citation.quote] == []


def test_the_land_that_papers_cannot_refute(policy: Policy) -> None:
    assert [f.id for f in policy.facts.values() if f.never_false] == ["contract_right"]


def test_the_old_county_is_the_district_and_the_city_alone_is_nowhere(policy: Policy) -> None:
    names = {name: place for place, all_names in policy.gazetteer.items() for name in all_names}
    assert names["呈贡县"] == names["马金铺街道"] == "呈贡区"
    assert not {"昆明市", "云南省", "昆明", "云南"} & set(names)


def test_no_name_is_that_of_two_places_or_hides_in_another(policy: Policy) -> None:
    named = [(name, place) for place, names in policy.gazetteer.items() for name in names]
    clashes = [(a, b) for a, p in named for b, q in named if p != q and a in b]
    assert clashes == []


def test_the_digest_follows_every_byte(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    before = rules.load().sha256
    assert before == load_policy(RULES / "km-reform", as_of=AS_OF).sha256
    rules.edit("bodies.yaml", "title: 司法行政部门", "title: 司法行政部门 ")
    assert rules.load().sha256 != before


def test_a_value_tried_is_assumed_and_changes_the_digest(policy: Policy) -> None:
    tried = load_policy(RULES / "km-reform", as_of=AS_OF, trying={"most_land_line": "0.8"})
    assert (tried.value("most_land_line"), tried.status("most_land_line")) == (80_000_000, Status.ASSUMED)
    assert tried.sha256 != policy.sha256


@pytest.mark.parametrize(
    "trying", [{"most_land_lime": "0.8"}, {"most_land_line": "八分"}, {"agreements_complete": "maybe"}]
)
def test_a_value_tried_must_make_sense(trying: dict[str, str]) -> None:
    with pytest.raises(InputError):
        load_policy(RULES / "km-reform", as_of=AS_OF, trying=trying)


def test_rulebooks_are_the_folders_with_a_rulebook(tmp_path: Path) -> None:
    assert "km-reform" in rulebooks(RULES)
    assert rulebooks(tmp_path / "nowhere") == []
