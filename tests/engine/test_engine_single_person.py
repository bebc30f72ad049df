"""One person judged alone is judged as in a batch."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.engine import DisagreementError, EngineError, evaluate_person, evaluate_persons, single_person
from eligibility.model.truth import Truth
from support.engine_invent import database, policies, rows

few = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


@few
@given(st.data())
def test_the_marks_are_those_of_a_batch_of_one(data):
    policy = data.draw(policies())
    row = data.draw(rows)
    with database([row]) as con:
        alone = evaluate_person(con, policy)
        evaluate_persons(con, policy)
        found = con.execute("SELECT * FROM verdict.profiles")
        batch = dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))
    assert alone == {condition: Truth(batch[condition]) for condition in policy.conditions}


@few
@given(st.data())
def test_a_second_evaluator_that_differs_stops_it(data):
    policy = data.draw(policies())
    with database([data.draw(rows)]) as con, pytest.MonkeyPatch.context() as patch:
        patch.setattr(single_person, "evaluate_conditions", lambda *_: {"other": Truth.OPEN})
        with pytest.raises(DisagreementError, match="marks"):
            evaluate_person(con, policy)


@few
@given(st.data(), st.sampled_from([0, 2]))
def test_it_judges_nobody_else(data, persons):
    policy = data.draw(policies())
    with database([data.draw(rows)] * persons) as con, pytest.raises(EngineError, match=f"{persons} persons, not one"):
        evaluate_person(con, policy)
