"""All minimal sets, held against trying everything: on a simulated district and on invented policies."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.adjudicate.settlement import MinimalChanges, Questions
from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.engine.reference_evaluator import demand, evaluate_case
from eligibility.model.policy import FactRef, Kind, Unknown
from eligibility.model.truth import Truth
from eligibility.rulebook import load_policy
from eligibility.simulation import Rates, simulate
from support.engine_invent import condition, make_policy, policies
from support.paper_folder import AS_OF, RULES
from support.settle_brute import all_choices, minimal_changes, open_choices

POLICY = load_policy(RULES, as_of=AS_OF)
HEAVY = ["citation_garbled=0.2", "incomplete_roll=0.1", "unreadable=0.004", "unknown_status=0.15", "vague_date=0.05"]
"""Rates at which papers go wrong, so that many profiles arise."""


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Truth]]:
    folder = tmp_path_factory.mktemp("district")
    simulate(folder, persons=1_500, seed=4, rates=Rates.from_options(HEAVY))
    with duckdb.connect() as con:
        execute(Work(con, POLICY, folder), last="engine")
        columns = ", ".join(POLICY.conditions)
        rows = con.execute(f"SELECT {columns} FROM verdict.profiles ORDER BY profile_id").fetchall()
    return [dict(zip(POLICY.conditions, map(Truth, row), strict=True)) for row in rows]


READ = {condition for one in Questions(POLICY).all for condition in one.conditions}
"""Conditions that some clause reads; the rest only tell why something is open."""


def refuted_refers(policy, marks):
    refers = (clause for clause in policy.clauses.values() if clause.kind is Kind.REFER)
    return [clause.id for clause in refers if demand(policy, clause, marks) is Truth.REFUTED]


def named(finder, change):
    """A change in the words of the brute force: conditions of a question, or the clause that a ruling is about."""
    asked = finder.questions.all
    return str(change.outcome), frozenset(
        (asked[i].clauses[0] if asked[i].override else asked[i].conditions, mark) for i, mark in change.answers
    )


def same_changes(policy, finder, marks):
    expected = minimal_changes(policy, marks, open_choices(policy, marks, refuted_refers(policy, marks)))
    assert {named(finder, change) for change in finder.settling(finder.questions.now(marks))} == expected


def open_parts(profiles):
    """Open profiles, one for each open part: what is settled already cannot matter twice."""
    parts = {}
    for marks in profiles:
        ruling = evaluate_case(POLICY, marks)
        if ruling.outcome == "manual_review":
            waiting = frozenset(c for c, mark in marks.items() if mark is Truth.OPEN and c in READ)
            parts.setdefault((waiting, tuple(ruling.clauses.values()), ruling.reasons), marks)
    return list(parts.values())


def test_every_open_profile_of_a_district_has_all_its_minimal_sets(profiles: list[dict[str, Truth]]) -> None:
    finder, cases = MinimalChanges(Questions(POLICY)), open_parts(profiles)
    assert len(cases) > 50
    for marks in cases:
        same_changes(POLICY, finder, marks)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_invented_policies_have_all_their_minimal_sets(data: st.DataObject) -> None:
    policy = apart(data.draw(policies()))
    marks = {name: data.draw(st.sampled_from(Truth)) for name in policy.conditions}
    finder = MinimalChanges(Questions(policy))
    same_changes(policy, finder, marks)
    expected = minimal_changes(policy, marks, all_choices(policy, marks))
    assert {named(finder, change) for change in finder.differing(finder.questions.now(marks))} == expected


def apart(policy):
    """The policy with an expression of its own for every condition, so that any marks are possible."""
    conditions = [condition(name, Unknown(FactRef(name))) for name in policy.conditions]
    return make_policy(conditions, policy.clauses.values(), policy.parameters.values())


def test_conditions_of_one_expression_are_one_question() -> None:
    (question,) = [one for one in Questions(POLICY).all if "approval_exists" in one.conditions]
    assert question.conditions == ("collective_land", "government_expropriation", "approval_exists")


def test_a_right_that_papers_cannot_refute_is_never_asked_for_refusal(profiles: list[dict[str, Truth]]) -> None:
    finder = MinimalChanges(Questions(POLICY))
    for marks in open_parts(profiles):
        for change in finder.settling(finder.questions.now(marks)):
            answers = {c: mark for i, mark in change.answers for c in finder.questions.all[i].conditions}
            assert answers.get("contract_right") is not Truth.REFUTED
