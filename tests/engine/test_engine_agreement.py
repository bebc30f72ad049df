"""One meaning, four evaluators: the reference, plain Python, durable-rules and DuckDB must never differ."""

from __future__ import annotations

from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.engine import evaluate_clauses, evaluate_persons
from eligibility.engine.evaluator import ClauseEvaluator
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.model.truth import Truth
from support.engine_invent import database, expressions, markings, policies, rows, settle, worlds
from support.engine_reference import mark, verdict

many = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
fewer = settings(many, max_examples=50)


@many
@given(st.data())
def test_durable_rules_and_plain_python_decide_invented_policies_as_the_reference_does(data):
    policy = data.draw(policies())
    with ClauseEvaluator(policy) as evaluator:
        for marks in data.draw(st.lists(markings(policy), min_size=1, max_size=8)):
            outcome, reasons, clauses = verdict(policy, marks)
            first, second = evaluator.decide(marks), evaluate_case(policy, marks)
            assert (first.outcome, list(first.reasons), first.clauses) == (outcome, reasons, clauses)
            assert (second.outcome, list(second.reasons), second.clauses) == (outcome, reasons, clauses)


@fewer
@given(st.data())
def test_duckdb_and_plain_python_mark_invented_cases_as_the_reference_does(data):
    policy = data.draw(policies())
    cases = data.draw(st.lists(rows, min_size=1, max_size=10))
    con = database(cases)
    cross_check = evaluate_persons(con, policy)
    found = con.execute("SELECT * FROM verdict.persons JOIN verdict.profiles USING (profile_id) ORDER BY row_id")
    columns = [column[0] for column in found.description]
    written = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    assert [row["row_id"] for row in written] == list(range(len(cases)))
    assert cross_check.agreed == cross_check.checked == len({row["profile_id"] for row in written})
    for case, row in zip(cases, written, strict=True):
        marks = {c.id: mark(c.expression, case) for c in policy.conditions.values()}
        outcome, reasons, _ = verdict(policy, marks)
        assert evaluate_conditions(policy, case) == marks
        assert {name: row[name] for name in marks} == marks
        assert (row["outcome"], row["reasons"]) == (outcome, ";".join(reasons))


@many
@given(st.data())
def test_what_is_proven_or_refuted_of_a_range_is_so_in_every_world_inside_it(data):
    expression = data.draw(expressions.filter(lambda e: "Unknown" not in repr(e)))
    case = data.draw(rows)
    said = mark(expression, case)
    world = data.draw(worlds(case))
    settled = settle(expression, data.draw)
    assert mark(settled, world) is not Truth.OPEN
    assert said in (Truth.OPEN, mark(settled, world))


@many
@given(st.data())
def test_a_decided_outcome_stands_however_the_open_marks_turn_out(data):
    policy = data.draw(policies())
    marks = data.draw(markings(policy))
    outcome, _, _ = verdict(policy, marks)
    closed = {
        c: data.draw(st.sampled_from([Truth.PROVEN, Truth.REFUTED])) if m is Truth.OPEN else m for c, m in marks.items()
    }
    if outcome != "manual_review":
        assert verdict(policy, closed)[0] == outcome
        assert evaluate_clauses(policy, closed).outcome == outcome


@fewer
@given(st.data())
def test_an_assumed_parameter_is_listed_exactly_where_other_marks_of_what_rests_on_it_change_the_outcome(data):
    policy = data.draw(policies())
    marks = data.draw(markings(policy))
    expected = []
    for parameter in sorted(policy.parameters):
        resting = [
            c.id
            for c in policy.conditions.values()
            if parameter in c.parameters
            or any(
                r.parameter == parameter
                and r.mark in (None, marks[c.id])
                and marks.get(r.where, Truth.PROVEN) is Truth.PROVEN
                for r in c.rests_on
            )
        ]
        if len(resting) <= 3:
            others = [marks | dict(zip(resting, m, strict=True)) for m in product(Truth, repeat=len(resting))]
        else:
            others = [marks | {c: m} for c in resting for m in Truth] + [
                marks | dict.fromkeys(resting, m) for m in Truth
            ]
        changes = {verdict(policy, other)[0] for other in others} != {verdict(policy, marks)[0]}
        if policy.status(parameter) == "assumed" and changes:
            expected.append(parameter)
    assert list(evaluate_clauses(policy, marks).assumed_parameters) == expected
