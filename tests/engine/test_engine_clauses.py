"""What the clauses of each kind do, one sentence a test."""

from __future__ import annotations

import pytest

from eligibility.engine import EngineError, evaluate_clauses
from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    Kind,
    Named,
    Not,
    RestsOn,
    ReviewReason,
    Status,
)
from eligibility.model.truth import Truth
from support.engine_invent import clause, condition, make_policy, parameter, plain_conditions

PROVEN, REFUTED, OPEN = Truth.PROVEN, Truth.REFUTED, Truth.OPEN
LAND, ALIVE, STAFF, ADULT, SCHOOL, DATED, PAPER = (Named(f"q{i}") for i in range(7))


@pytest.fixture(scope="module")
def law():
    """Land and life demanded, staff excluded but for an exception (q6), age and school register, the date refers."""
    because = (ReviewReason("no_paper", PAPER), ReviewReason("no_paper_at_all", AllOf((PAPER, Not(ALIVE)))))
    clauses = [
        clause("land", Kind.REQUIREMENT, LAND, on_open=because, otherwise=("land_unknown",)),
        clause("alive", Kind.REQUIREMENT, ALIVE, otherwise=("alive_unknown",)),
        clause("staff", Kind.EXCLUSION, STAFF, otherwise=("staff_unknown",)),
        clause("conscript", Kind.EXCEPTION, PAPER, excepts="staff", otherwise=("conscript_unknown",)),
        clause("adult", Kind.REGISTER, ADULT, otherwise=("age_unknown",)),
        clause("school", Kind.REGISTER, Not(SCHOOL), otherwise=("school_unknown",)),
        clause("dated", Kind.REFER, DATED, on_refuted=("too_early",), otherwise=("date_unknown",)),
    ]
    return make_policy(plain_conditions(7), clauses)


def decide(law, **changed):
    """The verdict on a case in which everything speaks for the person but what is `changed`."""
    fine = {"q0": PROVEN, "q1": PROVEN, "q2": REFUTED, "q3": PROVEN, "q4": REFUTED, "q5": PROVEN, "q6": REFUTED}
    return evaluate_clauses(law, fine | changed)


def test_all_proven_is_eligible_and_needs_no_reason(law):
    verdict = decide(law)
    assert (verdict.outcome, verdict.reasons, verdict.clauses_refuted, verdict.clauses_open) == ("eligible", (), (), ())


def test_a_refuted_requirement_refuses_whatever_is_missing_elsewhere(law):
    verdict = decide(law, q0=REFUTED, q1=OPEN, q3=OPEN, q5=OPEN)
    assert (verdict.outcome, verdict.reasons) == ("not_eligible", ("land",))
    assert verdict.clauses_open == ("adult", "alive", "dated")


def test_a_proven_exclusion_refuses_and_is_named_as_refuted(law):
    verdict = decide(law, q2=PROVEN)
    assert (verdict.outcome, verdict.reasons, verdict.clauses_refuted) == ("not_eligible", ("staff",), ("staff",))


def test_a_proven_exception_lifts_the_exclusion(law):
    assert decide(law, q2=PROVEN, q6=PROVEN).outcome == "eligible"


def test_an_exception_that_may_hold_refuses_nobody_and_says_what_is_missing(law):
    verdict = decide(law, q2=PROVEN, q6=OPEN)
    assert (verdict.outcome, verdict.reasons, verdict.clauses_open) == (
        "manual_review",
        ("conscript_unknown",),
        ("staff",),
    )


def test_an_open_exclusion_with_an_open_exception_asks_for_both(law):
    assert decide(law, q2=OPEN, q6=OPEN).reasons == ("conscript_unknown", "staff_unknown")


def test_an_open_requirement_goes_to_a_person_with_the_reason_whose_premise_is_proven(law):
    verdict = decide(law, q0=OPEN, q6=PROVEN)
    assert (verdict.outcome, verdict.reasons) == ("manual_review", ("no_paper",))


@pytest.mark.parametrize("premise", [REFUTED, OPEN])
def test_without_a_proven_premise_the_other_reason_is_given(law, premise):
    assert decide(law, q0=OPEN, q6=premise).reasons == ("land_unknown",)


def test_a_refer_clause_never_refuses(law):
    assert (decide(law, q5=REFUTED).outcome, decide(law, q5=REFUTED).reasons) == ("manual_review", ("too_early",))
    assert (decide(law, q5=OPEN).outcome, decide(law, q5=OPEN).reasons) == ("manual_review", ("date_unknown",))


def test_under_age_is_registered_only_where_all_else_is_proven(law):
    assert (decide(law, q3=REFUTED).outcome, decide(law, q3=REFUTED).reasons) == ("register", ("adult",))
    assert decide(law, q3=REFUTED, q5=REFUTED).outcome == "manual_review"
    assert decide(law, q3=REFUTED, q0=OPEN).outcome == "manual_review"


def test_one_refuted_register_clause_decides_whatever_the_other_is(law):
    assert (decide(law, q3=REFUTED, q4=OPEN).outcome, decide(law, q3=REFUTED, q4=OPEN).reasons) == (
        "register",
        ("adult",),
    )
    assert decide(law, q3=REFUTED, q4=PROVEN).reasons == ("adult", "school")


def test_an_open_age_goes_to_a_person(law):
    assert (decide(law, q3=OPEN).outcome, decide(law, q3=OPEN).reasons) == ("manual_review", ("age_unknown",))


def test_an_open_register_clause_asks_for_nothing_where_another_is_refuted(law):
    assert decide(law, q0=OPEN, q3=OPEN).reasons == ("age_unknown", "land_unknown")
    assert decide(law, q0=OPEN, q3=OPEN, q4=PROVEN).reasons == ("land_unknown",)


def test_the_trace_tells_the_rules_in_the_order_clause_outcome_reason(law):
    trace = decide(law, q5=REFUTED).trace
    steps = [
        "dated.refuted",
        "refers.refuted",
        "manual_review.referred",
        "dated.asks_refuted",
        "dated.because_too_early",
    ]
    assert [trace.index(step) for step in steps] == sorted(trace.index(step) for step in steps)


def test_open_for_want_of_a_legal_number_says_so():
    line = condition("line", Compare("<=", FactRef("area"), Constant(None, "most_land_line")))
    law = make_policy([line], [clause("most", Kind.REQUIREMENT, Named("line"), otherwise=("unknown",))])
    assert evaluate_clauses(law, {"line": OPEN}).reasons == ("policy_unset", "unknown")
    assert evaluate_clauses(law, {"line": REFUTED}).reasons == ("most",)


def test_an_undecided_line_is_not_an_unset_number():
    line = condition("line", Compare("<?", FactRef("area"), Constant(3, "most_land_line")))
    law = make_policy([line], [clause("most", Kind.REQUIREMENT, Named("line"), otherwise=("at_threshold",))])
    assert evaluate_clauses(law, {"line": OPEN}).reasons == ("at_threshold",)


@pytest.fixture(scope="module")
def assuming():
    """Either all or most land lost; most rests on an assumed line; the date on a seen one; a refusal on a closed world."""
    conditions = [
        condition("all", Compare("=", FactRef("area"), Constant(0)), rests_on=(RestsOn("world", REFUTED),)),
        condition(
            "most",
            Compare("<=", FactRef("area"), Constant(3, "line")),
            parameters=("line",),
            rests_on=(RestsOn("world", REFUTED),),
        ),
        condition("start", Compare(">=", FactRef("approved"), Constant(None, "start")), parameters=("start",)),
        condition("shared", Compare("<", FactRef("area"), Constant(9))),
        condition(
            "own", Compare("<", FactRef("heads"), Constant(9)), rests_on=(RestsOn("attribution", where="shared"),)
        ),
    ]
    clauses = [
        clause("lost", Kind.REQUIREMENT, AnyOf((Named("all"), Named("most")))),
        clause("start", Kind.REFER, Named("start")),
        clause("own", Kind.REQUIREMENT, Named("own")),
    ]
    lines = [
        parameter("line", 3),
        parameter("world", 1),
        parameter("attribution", 1),
        parameter("start", 1, Status.SEEN),
    ]
    return make_policy(conditions, clauses, lines)


def assumed(law, **changed):
    fine = {"all": REFUTED, "most": PROVEN, "start": PROVEN, "shared": REFUTED, "own": PROVEN}
    return evaluate_clauses(law, fine | changed).assumed_parameters


def test_a_decision_that_another_line_would_turn_lists_the_line(assuming):
    assert assumed(assuming) == ("line",)


def test_a_line_that_changes_nothing_is_not_listed(assuming):
    assert assumed(assuming, all=PROVEN) == ()


def test_what_rests_on_an_assumption_only_when_refuted_is_listed_only_then(assuming):
    assert assumed(assuming, most=REFUTED) == ("line", "world")


def test_what_rests_on_an_assumption_only_somewhere_is_listed_only_there(assuming):
    assert assumed(assuming, all=PROVEN, shared=PROVEN) == ("attribution",)


@pytest.mark.parametrize("wrong", [{"q0": PROVEN}, {f"q{i}": PROVEN for i in range(8)}])
def test_marks_absent_or_unknown_are_refused(law, wrong):
    with pytest.raises(EngineError, match=r"marks absent|q7"):
        evaluate_clauses(law, wrong)


@pytest.mark.parametrize("excepts", ["", "nothing", "other"])
def test_an_exception_that_lifts_nothing_is_refused(excepts):
    clauses = [clause("k", Kind.EXCEPTION, LAND, excepts=excepts), clause("other", Kind.EXCEPTION, LAND, excepts="k")]
    with pytest.raises(EngineError, match="excepts"):
        evaluate_clauses(make_policy(plain_conditions(1), clauses), {"q0": PROVEN})
