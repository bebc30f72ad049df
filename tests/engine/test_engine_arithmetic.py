"""Sums, ages and shifted days are exact on ranges, and what every reading of an unknown decides alike is decided."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from math import ceil, floor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.engine.marks_sql import conditions_sql, unpack
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.rule_compiler import compile_rules
from eligibility.model.formula import AgeOn, Linear, Quotient, Rate, Shifted, Term, walk
from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    Holds,
    Kind,
    Named,
    Not,
    Readings,
    Unknown,
    Within,
)
from eligibility.model.readings import MARK, MOST_READINGS, with_readings
from eligibility.model.truth import Truth
from support.engine_invent import (
    CHOICES,
    COLUMNS,
    FACTS,
    NUMBERS,
    TRUTHS,
    _formulas,
    calculated,
    clause,
    condition,
    database,
    make_policy,
    rows,
    small,
)
from support.engine_reference import mark

many = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
NOTHING = dict.fromkeys(COLUMNS)


def marks_of(policy, cases):
    """Marks by DuckDB, each the same as those of plain Python."""
    found = database(cases).execute(f"{conditions_sql(policy)} ORDER BY row_id").fetchall()
    marks = [unpack(policy, keys) for _, *keys in found]
    assert marks == [evaluate_conditions(policy, case) for case in cases]
    return marks


def one(formula, **row):
    """The mark of one formula on a row of which the rest is not known."""
    policy = with_readings(make_policy([condition("q", formula)], [clause("k", Kind.REQUIREMENT, Named("q"))]))
    return marks_of(policy, [NOTHING | row])[0]["q"]


def area(low, high=None, name="area"):
    return {f"{name}_lo": low, f"{name}_hi": low if high is None else high}


@many
@given(st.lists(calculated, min_size=1, max_size=6), st.lists(rows, min_size=1, max_size=6))
def test_every_evaluator_reckons_alike(formulas, cases):
    policy = make_policy([condition(f"q{i}", formula) for i, formula in enumerate(formulas)], [])
    expected = [{name: mark(one.expression, case) for name, one in policy.conditions.items()} for case in cases]
    assert marks_of(policy, cases) == expected


@many
@given(st.data())
def test_a_sum_of_bounded_quantities_is_decided_exactly_where_all_its_worlds_agree(data):
    side = st.lists(
        st.builds(
            Term,
            st.sampled_from(NUMBERS).map(FactRef),
            st.just(()) | st.tuples(st.integers(-2, 2).map(lambda n: Rate(Fraction(n)))),
        ),
        min_size=1,
        max_size=3,
    )
    left, right = (Linear((*data.draw(side), Term(Constant(data.draw(small))))) for _ in range(2))
    formula = Compare(data.draw(st.sampled_from(["<", "<=", ">", ">="])), left, right)
    ends = {name: sorted((data.draw(small), data.draw(small))) for name in NUMBERS}
    row = {column: value for name, (low, high) in ends.items() for column, value in area(low, high, name).items()}
    worlds = product(*(range(low, high + 1) for low, high in ends.values()))
    seen = {one_world(formula, dict(zip(NUMBERS, world, strict=True))) for world in worlds}
    expected = Truth.OPEN if len(seen) == 2 else Truth.PROVEN if True in seen else Truth.REFUTED
    assert one(formula, **row) is expected


def one_world(formula, world):
    def total(side):
        values = [(world[t.of.id] if isinstance(t.of, FactRef) else t.of.value) for t in side.terms]
        for i, term in enumerate(side.terms):
            for rate in term.rates:
                values[i] *= rate.value
        return sum(values)

    left, right = total(formula.left), total(formula.right)
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[formula.op]


enumerated = st.one_of(
    st.builds(
        Compare, st.sampled_from(["=", "!="]), st.just(FactRef("place")), st.sampled_from(["x", "y", "z"]).map(Constant)
    ),
    st.builds(
        Within,
        st.just(FactRef("place")),
        st.lists(st.sampled_from(["x", "y", "z"]), max_size=2).map(tuple).map(Constant),
    ),
    st.builds(Holds, st.sampled_from(TRUTHS).map(FactRef)),
    st.builds(Compare, st.sampled_from(["<", ">="]), st.just(FactRef("area")), small.map(Constant)),
    st.builds(Unknown, st.sampled_from(["place", "staff"]).map(FactRef)),
)


@many
@given(st.data())
def test_shared_unknowns_are_decided_as_trying_every_value_decides_them(data):
    """In a condition and in a clause of several conditions; a fact of one place needs no readings."""
    names = [f"q{i}" for i in range(data.draw(st.integers(1, 4)))]
    plain = {name: data.draw(_formulas(enumerated, 5)) for name in names}
    when = data.draw(_formulas(st.sampled_from(names).map(Named), 5))
    policy = make_policy([condition(n, f) for n, f in plain.items()], [clause("k", Kind.REQUIREMENT, when)])
    read = with_readings(policy)
    assert with_readings(read) == read
    case = data.draw(rows)
    marks = marks_of(read, [case])[0]
    for name, formula in plain.items():
        assert marks[name] is by_force(formula, {}, case, twice([formula]))
    whole = inlined(when, plain)
    named = [part.id for part in walk(when) if isinstance(part, Named)]
    if read.clauses["k"].readings:
        assert marks["k" + MARK] is by_force(whole, {}, case, twice([whole]))
        assert evaluate_case(read, marks).clauses["k"] is marks["k" + MARK]
        compile_rules(read)
    else:
        found = [set(enumerated_in(plain[name])) for name in named]
        assert not any(a & b for i, a in enumerate(found) for b in found[i + 1 :])


def inlined(formula, plain):
    match formula:
        case Named(id=name):
            return plain[name]
        case Not(of=inner):
            return Not(inlined(inner, plain))
    return type(formula)(tuple(inlined(part, plain) for part in formula.of))


def enumerated_in(formula):
    for part in walk(formula):
        match part:
            case Compare(left=FactRef(id=name)) | Within(fact=FactRef(id=name)) | Holds(of=FactRef(id=name)):
                if name in (*TRUTHS, *CHOICES):
                    yield name


def twice(formulas):
    found = [name for formula in formulas for name in enumerated_in(formula)]
    return sorted({name for name in found if found.count(name) > 1})


def by_force(formula, world, case, names):
    """Kleene logic for every combination of values of these facts, whatever the others."""
    values = [[case[n]] if case[n] is not None else {"place": ["x", "y", "z"]}.get(n, [True, False]) for n in names]
    marks = {
        mark(asked(formula, case), case | dict(zip(names, combination, strict=True)))
        for combination in product(*values)
    }
    return marks.pop() if len(marks) == 1 else Truth.OPEN


def asked(formula, case):
    """What is asked of the papers themselves, answered before they are read one way."""
    match formula:
        case Unknown():
            return Holds(Constant(mark(formula, case) is Truth.PROVEN))
        case Not(of=inner):
            return Not(asked(inner, case))
        case AllOf(of=parts) | AnyOf(of=parts):
            return type(formula)(tuple(asked(part, case) for part in parts))
    return formula


def test_a_share_of_another_quantity_is_decided_at_the_line_and_just_beside_it():
    seventy = Compare(">=", FactRef("area"), Linear((Term(FactRef("heads"), (Rate(Fraction(7, 10)),)),)))
    assert one(seventy, **area(70), **area(100, name="heads")) is Truth.PROVEN
    assert one(seventy, **area(69), **area(100, name="heads")) is Truth.REFUTED
    third = Compare("<=", FactRef("area"), Linear((Term(FactRef("heads"), (Rate(Fraction(1, 3)),)),)))
    assert one(third, **area(33_333_333), **area(100_000_000, name="heads")) is Truth.PROVEN
    assert one(third, **area(33_333_334), **area(100_000_000, name="heads")) is Truth.REFUTED


def test_a_quantity_on_both_sides_cancels_itself():
    assert one(Compare("<=", FactRef("area"), Linear((Term(FactRef("area")), Term(Constant(0)))))) is Truth.PROVEN


@pytest.mark.parametrize(
    ("born", "expected"),
    [(date(1991, 12, 31), Truth.PROVEN), (date(1992, 1, 1), Truth.REFUTED), (None, Truth.OPEN)],
)
def test_sixteen_on_a_fixed_day_by_age_and_by_a_day_moved_back(born, expected):
    day = date(2007, 12, 31)
    row = {"born_lo": born, "born_hi": born, "approved_lo": day, "approved_hi": day}
    assert one(Compare(">=", AgeOn(FactRef("born"), Constant(day)), Constant(16)), **row) is expected
    assert one(Compare("<=", FactRef("born"), Shifted(FactRef("approved"), -16, "年")), **row) is expected


def test_a_day_moved_beyond_the_calendar_is_not_known():
    row = dict.fromkeys(("born_lo", "born_hi"), date(9000, 1, 1))
    assert one(Compare(">", Shifted(FactRef("born"), 2000, "年"), Constant(date(2000, 1, 1))), **row) is Truth.OPEN


def test_too_many_readings_are_left_to_kleene_logic():
    facts = {f"f{i}": FACTS["staff"] for i in range(7)}
    both = AllOf(tuple(AnyOf((Holds(FactRef(name)), Not(Holds(FactRef(name))))) for name in facts))
    policy = make_policy([condition("q", both)], [])
    policy.facts.update({name: type(spec)(name, name, spec.type) for name, spec in facts.items()})
    try:
        assert 2 ** len(facts) > MOST_READINGS
        assert not isinstance(with_readings(policy).conditions["q"].expression, Readings)
    finally:
        for name in facts:
            del FACTS[name]


quotients = st.builds(
    Quotient,
    st.just(FactRef("area")),
    st.just(FactRef("heads")) | st.integers(1, 4).map(Constant),
    st.sampled_from([(1, 1), (3, 1), (1, 2)]),
    st.sampled_from(["half_up", "down", "up"]),
    st.none() | st.just(FactRef("heads")),
).filter(lambda q: q.times is None or isinstance(q.by, Constant))


@many
@given(quotients, small, st.tuples(*[st.integers(0, 6)] * 2, *[st.integers(0, 4)] * 2))
def test_a_rounded_quotient_is_decided_exactly_where_all_its_worlds_agree(quotient, count, ends):
    """A divisor that may be nothing decides nothing."""
    formula = Compare("<=", Constant(count), Linear((Term(quotient),)))
    (low, high), (least, most) = sorted(ends[:2]), sorted(ends[2:])
    row = area(low, high) | area(least, most, "heads")
    divisors = range(least, most + 1) if quotient.by == FactRef("heads") else [quotient.by.value]
    if 0 in divisors:
        assert one(formula, **row) in (Truth.OPEN, Truth.PROVEN)
        return
    counts = [1] if quotient.times is None else range(least, most + 1)
    exact = [
        Fraction(x * n * quotient.steps[0], y * quotient.steps[1])
        for x in range(low, high + 1)
        for n in counts
        for y in divisors
    ]
    rounded = {"down": floor, "up": ceil, "half_up": lambda x: floor(x + Fraction(1, 2))}[quotient.rounding]
    seen = {count <= rounded(value) for value in exact}
    expected = Truth.OPEN if len(seen) == 2 else Truth.PROVEN if True in seen else Truth.REFUTED
    assert one(formula, **row) is expected


def test_a_product_that_no_column_holds_is_not_known():
    formula = Compare(
        "<=", Constant(1), Linear((Term(Quotient(FactRef("area"), Constant(1), times=FactRef("heads"))),))
    )
    assert one(formula, **area(10**9), **area(10**7, name="heads")) is Truth.PROVEN
    assert one(formula, **area(10**15), **area(10**15, name="heads")) is Truth.OPEN
