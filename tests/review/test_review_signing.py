"""Stages and signatures: in order, by whom the rulebook allows, one person once; nothing that is signed is edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.audit.canonical import digest
from eligibility.model.diagnostic import InputError
from eligibility.model.event import Act, Event, Kind
from eligibility.review import Answer, Pen, appeal, correct, lay_out, sign
from eligibility.review.signing.names import person_key, plain_name
from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, resident_id

COMMUNITY = Pen("community", "甲", "community_clerk")
AGRICULTURE = Pen("identity", "乙", "农业农村部门审核人")
NATURAL = Pen("农业农村、自然资源身份确认", "丙", "natural_resources_officer")
STREET = Pen("street", "丁", "street_officer")
AGENCY = Pen("agency", "戊", "agency_officer")


@pytest.fixture(scope="module")
def policy():
    return load_policy(RULES, as_of=AS_OF)


class Office:
    """Two persons decided (1 eligible, 2 in review), and everything that is signed of them."""

    def __init__(self, policy) -> None:
        self.policy, self.events, self.kept = policy, [], {}
        self.con = duckdb.connect()
        self.con.execute("CREATE SCHEMA decision")
        self.con.execute(
            "CREATE TABLE decision.persons AS SELECT unnest([0, 1]) AS row_id, unnest($1::VARCHAR[]) AS resident_id, '人' AS name,"
            " 'H1' AS household_id, '乌龙街道' AS street, '乌龙社区' AS community, '一组' AS \"group\","
            " unnest(['eligible', 'manual_review']) AS outcome, 'km-reform' AS regime, '' AS reasons, '' AS clauses_refuted,"
            " '' AS clauses_open, '' AS assumed_parameters",
            [[resident_id(1), resident_id(2)]],
        )
        self.enter(Act(Kind.DECIDED, {}))

    def enter(self, act: Act) -> Event:
        said = (len(self.events) + 1, "2026-03-01T09:00:00+08:00", str(act.kind), dict(act.body), "")
        self.events.append(Event(*said, digest(*said)))
        return self.events[-1]

    def confirm(self, stage: str, *rows: Sequence[str]) -> None:
        self.kept[stage] = rows
        self.enter(Act(Kind.CONFIRMED, {"stage": stage, "opinions": stage}))

    def laid_out(self) -> None:
        lay_out(self.con, self.policy, self.events, self.kept.__getitem__)

    def sign(self, pen: Pen, *numbers: int, ready_only: str = "") -> Event:
        self.laid_out()
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE chosen AS SELECT row_id FROM decision.persons WHERE list_contains(?, resident_id)",
            [[resident_id(number) for number in numbers or (1,)]],
        )
        return self.enter(sign(self.con, self.policy, pen, 1, ready_only=ready_only))

    def refused(self, pen: Pen, *numbers: int) -> str:
        before = len(self.events)
        with pytest.raises(InputError) as refusal:
            self.sign(pen, *numbers)
        assert len(self.events) == before
        return "\n".join(finding.in_language("zh") for finding in refusal.value.findings)

    def stage(self, number: int = 1) -> tuple[str | None, str]:
        self.laid_out()
        return self.con.execute(
            "SELECT stage, state FROM review_standing WHERE resident_id = ?", [resident_id(number)]
        ).fetchall()[0]

    def redecide(self, outcome: str) -> None:
        self.con.execute("UPDATE decision.persons SET outcome = ? WHERE row_id = 0", [outcome])
        self.enter(Act(Kind.DECIDED, {}))


@pytest.fixture
def office(policy) -> Office:
    return Office(policy)


def test_the_stages_follow_each_other_and_the_joint_review_needs_everybody(office: Office) -> None:
    for pen in (COMMUNITY, AGRICULTURE, NATURAL, STREET, AGENCY):
        office.sign(pen)
    for number, role in enumerate(["human_resources", "agriculture", "natural_resources"]):
        office.sign(Pen("联审", f"联{number}", f"joint_{role}"))
    assert office.stage() == ("joint", "waiting")
    office.sign(Pen("joint", "联九", "joint_public_security"))
    assert office.stage() == (None, "complete")


def test_a_stage_out_of_order_is_refused_with_the_stage_that_is_missing(office: Office) -> None:
    office.sign(COMMUNITY)
    office.sign(AGRICULTURE)
    said = office.refused(STREET)
    assert "stage_out_of_order" in said
    assert "“农业农村、自然资源身份确认”及以前的环节尚未完成：1 人（5301**********001X）" in said


def test_one_person_signs_one_stage_of_a_case_only(office: Office) -> None:
    office.sign(COMMUNITY)
    assert "signed_other_stage" in office.refused(replace(AGRICULTURE, by="　甲 "))
    office.sign(AGRICULTURE)
    assert "signed_other_stage" in office.refused(replace(NATURAL, by="乙")), "one stage, two bodies: still two persons"
    assert "signed_already" in office.refused(replace(COMMUNITY, by="另一人"))


@pytest.mark.parametrize(
    ("pen", "code"),
    [
        (Pen("社区", "甲", "community_clerk"), "stage_unknown"),
        (Pen("community", "甲", "street_officer"), "role_not_allowed"),
        (Pen("community", " ", "community_clerk"), "name_blank"),
    ],
)
def test_who_may_sign_is_said_by_the_rulebook(office: Office, pen: Pen, code: str) -> None:
    said = office.refused(pen)
    assert code in said
    assert "→" in said


def test_a_case_that_waits_for_evidence_does_not_reach_the_agency(office: Office) -> None:
    for pen in (COMMUNITY, AGRICULTURE, NATURAL, STREET):
        office.sign(pen, 1, 2)
    assert "case_undecided" in office.refused(AGENCY, 1, 2)
    event = office.sign(AGENCY, 1, 2, ready_only="yes")
    assert [person for person, _ in event.body["cases"]] == [resident_id(1)]


def test_agreement_on_paper_stands_for_the_signature_and_disagreement_stops_the_case(office: Office) -> None:
    office.confirm("community", (resident_id(1), "agree"), (resident_id(2), "agree"))
    office.confirm("agriculture", (resident_id(1), "agree"), (resident_id(2), "disagree"))
    office.confirm("natural_resources", (resident_id(1), "agree"), (resident_id(2), "agree"))
    assert (office.stage(1), office.stage(2)) == (("street", "waiting"), ("identity", "disagree"))
    assert "stage_out_of_order" in office.refused(STREET, 1, 2)
    office.sign(STREET, 1)


def test_a_signature_falls_with_the_decision_it_was_under(office: Office) -> None:
    office.sign(COMMUNITY)
    office.redecide("register")
    assert office.stage() == ("community", "waiting")
    office.sign(COMMUNITY)
    assert "signed_other_stage" in office.refused(replace(AGRICULTURE, by="甲"))


def test_incomplete_is_no_agreement_and_may_be_made_good_by_the_same_person(office: Office) -> None:
    office.sign(replace(COMMUNITY, opinion="incomplete"))
    assert office.stage() == ("community", "incomplete")
    office.sign(COMMUNITY)
    assert office.stage() == ("identity", "waiting")


def test_an_appeal_stops_the_stages_until_it_is_answered(office: Office) -> None:
    office.laid_out()
    office.enter(appeal(office.con, resident_id(1), "当事人", "面积不对", 1))
    assert "case_contested" in office.refused(COMMUNITY)
    office.laid_out()
    answer = Answer(resident_id(1), "复查人", "agency_officer", "right", "面积无误")
    event = office.enter(correct(office.con, office.policy, answer, office.events, 1))
    assert event.body["appeal"] == 2
    office.sign(COMMUNITY)


def test_a_decision_found_wrong_is_signed_again_only_when_it_was_made_anew(office: Office) -> None:
    office.laid_out()
    answer = Answer(resident_id(1), "复查人", "区级经办复核人", "wrong", "漏了一份权证")
    office.enter(correct(office.con, office.policy, answer, office.events, 1))
    assert "case_contested" in office.refused(COMMUNITY)
    office.redecide("eligible")
    assert "case_contested" in office.refused(COMMUNITY), "the same decision again, with nothing mended"
    office.redecide("not_eligible")
    office.sign(COMMUNITY)
    office.redecide("eligible")
    assert "case_contested" in office.refused(replace(COMMUNITY, by="己")), "what was found wrong has not become right"
    office.laid_out()
    again = Answer(resident_id(1), "第三人", "区级经办复核人", "right", "复查无误")
    office.enter(correct(office.con, office.policy, again, office.events, 1))
    office.sign(replace(COMMUNITY, by="己"))


def test_signatures_under_a_decision_found_wrong_do_not_let_it_pass(office: Office) -> None:
    for pen in (COMMUNITY, AGRICULTURE, NATURAL, STREET):
        office.sign(pen)
    office.laid_out()
    answer = Answer(resident_id(1), "复查人", "区级经办复核人", "wrong", "面积算错")
    office.enter(correct(office.con, office.policy, answer, office.events, 1))
    office.redecide("eligible")
    assert "case_contested" in office.refused(AGENCY)


WAYS = (
    "{0} {1}", "　{0}{1}", "{0}\u00a0{1}", "{0}\u200b{1}", "{0}{1}\ufe00", "\u202e{0}{1}\u202c", "{0}\u2060{1}", "{0}·{1}",
    "{0}{1}.", "({0}{1})", "{0}\u034f{1}", "{0}{1}\u3164", "{0}{1}\U000e0101", "{0}\u180b{1}", "\ufeff{0}{1}", "{0}{1}\u0301",
    "{0}\t{1}\n", "{0}\u00ad{1}",
)  # fmt: skip
"""Ways to write one name so that it looks like another, or like itself."""


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(("王社", "Wang She", "ＷＡＮＧ", "ﾜﾝ社", "嵀㐂")),
    st.sampled_from(WAYS),
    st.sampled_from((str, str.upper)),
)
def test_one_person_is_one_signer_however_the_name_is_written(name: str, way: str, case: Callable[[str], str]) -> None:
    written = case(way.format(name[:1], name[1:]))
    assert person_key(written) == person_key(name)
    assert person_key(plain_name(written, "--by")) == person_key(name)
    assert person_key(name + "2") != person_key(name)


@pytest.mark.parametrize("name", ["王\u200b社", "王·社", "王社\ufe00", "王 社"])
def test_one_person_signs_no_second_stage_under_another_spelling(name: str, office: Office) -> None:
    office.sign(replace(COMMUNITY, by="王社"))
    assert "signed_other_stage" in office.refused(replace(AGRICULTURE, by=name))
    office.laid_out()
    with pytest.raises(InputError, match="signed_by_same"):
        correct(
            office.con, office.policy, Answer(resident_id(1), name, "agency_officer", "right", "x"), office.events, 1
        )


@pytest.mark.parametrize(
    "name", ["王社[/]", "[b]王社", "<b>王社</b>", "王社\x1b[31m", "王社&amp;", "=王社", "王社\x00", "王|社"]
)
def test_a_name_with_signs_that_no_name_has_is_refused(name: str, office: Office) -> None:
    assert "name_not_plain" in office.refused(replace(COMMUNITY, by=name))


@pytest.mark.parametrize("name", ["", " 　", "\u200b", "...", "\u3164"])
def test_a_name_of_nothing_is_blank(name: str, office: Office) -> None:
    assert "name_blank" in office.refused(replace(COMMUNITY, by=name))


@pytest.mark.parametrize("name", ["当 事人", "当\u200b事人", "人"])
def test_nobody_looks_into_an_own_case_or_an_own_appeal(name: str, office: Office) -> None:
    office.laid_out()
    office.enter(appeal(office.con, resident_id(1), "当事人", "面积不对", 1))
    office.enter(appeal(office.con, resident_id(1), "代理人", "又一次", 1))
    office.laid_out()
    for finding in ("right", "wrong"):
        answer = Answer(resident_id(1), name, "agency_officer", finding, "无误")
        with pytest.raises(InputError, match="party_to_case"):
            correct(office.con, office.policy, answer, office.events, 1)


@pytest.mark.parametrize("name", ["代理 人", "代\u200b理人", "人", "　人"])
def test_nobody_signs_an_own_case_or_one_on_an_own_appeal(name: str, office: Office) -> None:
    office.laid_out()
    office.enter(appeal(office.con, resident_id(1), "代理人", "面积不对", 1))
    office.laid_out()
    office.enter(
        correct(
            office.con,
            office.policy,
            Answer(resident_id(1), "复查人", "agency_officer", "right", "无误"),
            office.events,
            1,
        )
    )
    assert "party_to_case" in office.refused(replace(COMMUNITY, by=name))
    office.sign(replace(COMMUNITY, by=f"{name}2"))


def test_who_signed_a_case_does_not_look_into_it(office: Office) -> None:
    office.sign(COMMUNITY)
    office.laid_out()
    with pytest.raises(InputError, match="signed_by_same"):
        correct(
            office.con, office.policy, Answer(resident_id(1), "甲", "agency_officer", "right", "无误"), office.events, 1
        )
