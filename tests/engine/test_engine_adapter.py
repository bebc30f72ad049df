"""The traps of durable-rules, each met on purpose."""

from __future__ import annotations

import random
import threading
from itertools import pairwise

import psutil
import pytest
from durable import engine as durable_engine

from eligibility.engine import EngineError
from eligibility.engine.dual_rail import Equality
from eligibility.engine.durable_rules_adapter import RuleSet, RuleSetAdapter, fnv1a_32
from eligibility.engine.evaluator import ClauseEvaluator
from eligibility.engine.rules import Rule
from eligibility.model.policy import AllOf, AnyOf, Kind, Named, Not
from eligibility.model.truth import Truth
from support.engine_invent import clause, make_policy, plain_conditions
from support.engine_reference import verdict


def simple(name="a", word="proven", then="z"):
    return Rule(f"{name} is {word}", (Equality(name, word),), Equality(then, "proven"))


def random_marks(policy, seed):
    draw = random.Random(seed)
    return {name: draw.choice(list(Truth)) for name in policy.conditions}


@pytest.fixture(scope="module")
def wide():
    """Clauses far wider and deeper than one rule of the engine may be: 90 conditions, 50 clauses, every kind."""
    q = [Named(f"q{i}") for i in range(90)]
    deep = AnyOf(tuple(AllOf((a, Not(b), AnyOf((b, Not(a))))) for a, b in pairwise(q)))
    clauses = [
        clause("wide", Kind.REQUIREMENT, AnyOf(tuple(q)), otherwise=("r1",)),
        clause("deep", Kind.EXCLUSION, Not(deep), otherwise=("r2",)),
        *(
            clause(f"k{i}", Kind.REFER, AnyOf(tuple(q[i : i + 25])), on_refuted=("r3",), otherwise=("r4",))
            for i in range(48)
        ),
        clause("lift", Kind.EXCEPTION, AllOf(tuple(q[:3])), excepts="deep"),
    ]
    return make_policy(plain_conditions(90), clauses)


def test_clauses_wider_and_deeper_than_a_rule_may_be_are_decided_as_the_reference_does(wide):
    with ClauseEvaluator(wide) as evaluator:
        for seed in range(15):
            marks = random_marks(wide, seed)
            found = evaluator.decide(marks)
            assert (found.outcome, list(found.reasons), found.clauses) == verdict(wide, marks)


@pytest.fixture(scope="module")
def ten():
    """Ten conditions in clauses of every kind."""
    q = [Named(f"q{i}") for i in range(10)]
    kinds = [Kind.REQUIREMENT, Kind.EXCLUSION, Kind.REFER, Kind.REGISTER]
    clauses = [clause(f"k{i}", kinds[i % 4], AnyOf((q[i], q[i + 1])), otherwise=(f"r{i}",)) for i in range(9)]
    return make_policy(plain_conditions(10), clauses)


def test_five_thousand_profiles_in_one_process_leave_memory_threads_and_files_as_they_were(ten, monkeypatch):
    monkeypatch.setattr(
        "eligibility.engine.durable_rules_adapter.CACHE_SIZE", 1
    )  # every profile through the engine itself
    process = psutil.Process()
    before = (process.num_threads(), process.num_fds(), threading.active_count())
    with ClauseEvaluator(ten) as evaluator:
        for seed in range(5_000):
            marks = random_marks(ten, seed)
            assert evaluator.decide(marks).outcome == verdict(ten, marks)[0]
            if seed == 500:
                settled = process.memory_info().rss
    assert process.memory_info().rss - settled < 10_000_000
    assert (process.num_threads(), process.num_fds(), threading.active_count()) == before


def test_a_closed_court_gives_the_memory_back(ten):
    process = psutil.Process()
    for i in range(150):
        with ClauseEvaluator(ten) as evaluator:
            evaluator.decide(random_marks(ten, i))
        if i == 30:
            settled = process.memory_info().rss
    assert process.memory_info().rss - settled < 10_000_000


def test_only_marks_cross_and_always_under_one_name(ten, monkeypatch):
    messages = []
    real = durable_engine.Ruleset.assert_fact
    monkeypatch.setattr(
        durable_engine.Ruleset, "assert_fact", lambda self, fact: (messages.append(dict(fact)), real(self, fact))[1]
    )
    with ClauseEvaluator(ten) as evaluator:
        evaluator.decide(random_marks(ten, 1))
    assert {(m.pop("id"), m.pop("sid")) for m in messages} == {("1", "1")}
    assert {word for m in messages for word in m.values()} <= {"proven", "refuted", "open"}


def test_names_that_the_engine_takes_for_one_another_are_refused_before_anything_runs():
    assert fnv1a_32("costarring") == fnv1a_32("liquid")
    with pytest.raises(EngineError, match=r"costarring.*liquid"):
        RuleSetAdapter([simple("costarring"), simple("liquid", then="y")])


def test_the_engine_does_take_them_for_one_another():
    fired = []
    definition = {"r": {"all": [{"m": {"costarring": "proven"}}], "run": lambda _: fired.append("costarring")}}
    rules = durable_engine.Ruleset("trap", None, definition)
    rules.do_actions(rules.assert_fact({"id": "1", "sid": "1", "liquid": "proven"}), lambda *_: None)
    durable_engine.durable_rules_engine.delete_ruleset(rules._handle)
    assert fired == ["costarring"]


@pytest.mark.parametrize("name", ["id", "sid", "release", "承包权", "a b", "$s", ""])
def test_names_the_engine_could_misread_are_refused(name):
    with pytest.raises(EngineError):
        RuleSetAdapter([simple(name)])


@pytest.mark.parametrize("marks", [{}, {"a": "proven", "b": "proven"}, {"a": "Proven"}, {"a": ""}])
def test_a_mark_absent_unknown_or_misspelt_is_refused(marks):
    with RuleSetAdapter([simple()]) as adapter, pytest.raises(EngineError):
        adapter.run(marks)


def test_silence_is_open():
    with RuleSetAdapter([simple()]) as adapter:
        assert adapter.run({"a": "refuted"}).marks["z"] == "open"
        assert adapter.run({"a": "proven"}).marks["z"] == "proven"


def failing(_):
    raise ZeroDivisionError("in the action")


@pytest.mark.parametrize(
    ("action", "said"),
    [(failing, "in the action"), (lambda _, complete: None, "dropped an action")],
    ids=["raises", "takes two parameters"],
)
def test_an_action_that_fails_inside_the_engine_fails_loudly_and_for_good(monkeypatch, action, said):
    monkeypatch.setattr(RuleSet, "_recorder", lambda self, index: action)
    adapter = RuleSetAdapter([simple()])
    with pytest.raises(EngineError, match=said):
        adapter.run({"a": "proven"})
    with pytest.raises(EngineError, match="failed before"):
        adapter.run({"a": "proven"})
    adapter.close()


def test_a_closed_cage_does_not_answer():
    adapter = RuleSetAdapter([simple()])
    adapter.close()
    adapter.close()
    with pytest.raises(EngineError, match="closed"):
        adapter.run({"a": "proven"})


def test_a_mark_concluded_both_ways_stops_everything():
    both = [simple(), Rule("against", (Equality("b", "proven"),), Equality("z", "refuted"))]
    with RuleSetAdapter(both) as adapter:
        assert adapter.run({"a": "proven", "b": "open"}).marks["z"] == "proven"
        with pytest.raises(EngineError, match="both"):
            adapter.run({"a": "proven", "b": "proven"})


def test_a_rule_with_alternatives_that_all_hold_is_told_once():
    either = Rule("either", (Equality("a", "proven"), Equality("b", "proven")), Equality("z", "proven"), some=True)
    with RuleSetAdapter([either]) as adapter:
        assert adapter.run({"a": "proven", "b": "proven"}).fired == ("either",)
