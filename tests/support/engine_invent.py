"""Invented policies and cases: what hypothesis draws, and short ways to write one down by hand."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
from hypothesis import strategies as st

from eligibility.model.formula import AgeOn, Linear, Rate, Shifted, Term
from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Citation,
    Clause,
    Compare,
    Condition,
    Constant,
    Dated,
    FactRef,
    FactSpec,
    FactType,
    Holds,
    Kind,
    Named,
    Not,
    Parameter,
    Policy,
    Reason,
    RestsOn,
    ReviewReason,
    Status,
    Unknown,
    Within,
)
from eligibility.model.truth import Truth

DAY = date(2020, 1, 1)
NUMBERS, DAYS, TRUTHS, CHOICES = ("area", "heads"), ("approved", "born"), ("staff", "student"), ("place",)
FACTS = {
    **{name: FactSpec(name, name, FactType.AREA) for name in NUMBERS},
    **{name: FactSpec(name, name, FactType.DATE) for name in DAYS},
    **{name: FactSpec(name, name, FactType.TRUTH) for name in TRUTHS},
    **{name: FactSpec(name, name, FactType.CHOICE, choices=("x", "y", "z")) for name in CHOICES},
}
SQL_TYPE = {FactType.AREA: "BIGINT", FactType.DATE: "DATE", FactType.TRUTH: "BOOLEAN", FactType.CHOICE: "VARCHAR"}
COLUMNS = {column: SQL_TYPE[spec.type] for spec in FACTS.values() for column in spec.columns}


def clause(name, kind, when, **more):
    return Clause(name, name, kind, Citation("测试", "第一条", "", Status.SEEN), when, name, **more)


def condition(name, expression, **more):
    return Condition(name, name, expression, (), **more)


def parameter(name, value, status=Status.ASSUMED):
    return Parameter(name, name, "count", "", (Dated(date(2000, 1, 1), None, value, Citation("测试", "", "", status)),))


def make_policy(conditions, clauses, parameters=()):
    reasons = {r for c in clauses for r in (*c.on_refuted, *c.otherwise, *(g.reason for g in c.on_open))}
    return Policy(
        id="invented",
        title="虚构",
        instrument="测试",
        as_of=DAY,
        in_force_from=date(2000, 1, 1),
        sha256="",
        outcomes={"eligible": "符合", "not_eligible": "不符合", "register": "备案登记", "manual_review": "待人工核查"},
        facts=FACTS,
        parameters={p.id: p for p in parameters},
        conditions={c.id: c for c in conditions},
        clauses={c.id: c for c in clauses},
        reasons={r: Reason(r, r, (), ()) for r in sorted(reasons | {"policy_unset"})},
        documents={},
        bodies={},
        gazetteer={},
    )


def plain_conditions(count):
    """Conditions that are simply facts of their own, for tests that work on marks."""
    return [condition(f"q{i}", Holds(FactRef("staff"))) for i in range(count)]


def facts_table(con, rows):
    """Write fact.persons from dictionaries of columns."""
    con.execute("CREATE SCHEMA IF NOT EXISTS fact")
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    con.execute(f"CREATE OR REPLACE TABLE fact.persons (row_id BIGINT, {columns})")
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    for i, row in enumerate(rows):
        con.execute(f"INSERT INTO fact.persons VALUES ({marks})", [i, *(row[name] for name in COLUMNS)])


def database(rows):
    con = duckdb.connect(config={"threads": 1})
    facts_table(con, rows)
    return con


small = st.integers(-2, 5)
days = small.map(lambda n: DAY + timedelta(days=n))
numbers_or_unset = st.one_of(small, small, small, st.none())


def _range(values):
    ends = st.tuples(values, values).map(sorted)
    return st.tuples(ends, st.booleans(), st.booleans()).map(
        lambda x: (x[0][0] if x[1] else None, x[0][1] if x[2] else None)
    )


def _points(values):
    return values.map(lambda value: (value, value))


def _fact_values(spec):
    match spec.type:
        case FactType.AREA:
            return st.one_of(_range(small), _points(small))
        case FactType.DATE:
            return st.one_of(_range(days), _points(days))
        case FactType.TRUTH:
            return st.tuples(st.sampled_from([True, False, None]))
        case _:
            return st.tuples(st.sampled_from(["x", "y", "z", None]))


rows = st.tuples(*(_fact_values(spec) for spec in FACTS.values())).map(
    lambda values: dict(zip(COLUMNS, (end for value in values for end in value), strict=True))
)


def _constant(values):
    return st.one_of(values, values, values, st.none()).map(lambda value: Constant(value, "line"))


def _compares(names, values):
    fact = st.sampled_from(names).map(FactRef)
    ops = st.sampled_from(["<", "<=", ">", ">=", "=", "!=", "<?"])
    side = st.one_of(_constant(values), fact)
    return st.one_of(st.builds(Compare, ops, fact, side), st.builds(Compare, ops, side, fact))


rates = st.fractions(-3, 3, max_denominator=4).map(Rate)
terms = st.builds(
    Term,
    st.one_of(st.sampled_from(NUMBERS).map(FactRef), small.map(Constant)),
    st.lists(rates, max_size=2).map(tuple),
)
sums = st.lists(terms, min_size=1, max_size=3).map(lambda found: Linear(tuple(found)))
far = st.one_of(st.integers(-40, 40), st.integers(-30_000, 30_000))
moved = st.tuples(far, st.just("")) | st.just((None, "length"))
shifts = st.builds(
    lambda day, unit, by: Shifted(day, by[0], unit, by[1]),
    st.sampled_from(DAYS).map(FactRef),
    st.sampled_from("年月日"),
    moved,
)
ages = st.builds(
    AgeOn, st.just(FactRef("born")), st.one_of(st.sampled_from(DAYS).map(FactRef), days.map(Constant), shifts)
)
every_op = st.sampled_from(["<", "<=", ">", ">=", "=", "!=", "<?"])
calculated = st.one_of(
    st.builds(Compare, every_op, sums, st.one_of(sums, st.sampled_from(NUMBERS).map(FactRef), small.map(Constant))),
    st.builds(Compare, every_op, shifts, st.one_of(st.sampled_from(DAYS).map(FactRef), days.map(Constant), shifts)),
    st.builds(Compare, every_op, ages, st.one_of(small.map(Constant), ages)),
)
words = st.sampled_from(["x", "y", "z"])
same = st.sampled_from(["=", "!="])
atoms = st.one_of(
    _compares(NUMBERS, small),
    _compares(DAYS, days),
    st.builds(Compare, same, st.just(FactRef("place")), _constant(words)),
    st.builds(
        Compare, same, st.just(FactRef("staff")), st.one_of(_constant(st.booleans()), st.just(FactRef("student")))
    ),
    st.builds(
        Within, st.just(FactRef("place")), st.one_of(st.none(), st.lists(words, max_size=2).map(tuple)).map(Constant)
    ),
    calculated,
    st.builds(Holds, st.sampled_from(TRUTHS).map(FactRef)),
    st.builds(Holds, st.sampled_from([True, False, None]).map(Constant)),
    st.builds(Unknown, st.sampled_from(list(FACTS)).map(FactRef)),
)


def _formulas(leaves, size):
    def wider(inner):
        parts = st.lists(inner, max_size=4).map(tuple)
        return st.one_of(st.builds(Not, inner), st.builds(AllOf, parts), st.builds(AnyOf, parts))

    return st.recursive(leaves, wider, max_leaves=size)


expressions = _formulas(atoms, 5)


@st.composite
def policies(draw):
    """A policy of up to eight conditions and ten clauses of every kind, with exceptions, reasons and parameters."""
    names = [f"q{i}" for i in range(draw(st.integers(1, 8)))]
    lines = [parameter(f"p{i}", 1, draw(st.sampled_from(Status))) for i in range(3)]
    named = _formulas(st.sampled_from(names).map(Named), 8)
    rests = st.lists(
        st.builds(
            RestsOn,
            st.sampled_from([line.id for line in lines]),
            st.sampled_from([None, *Truth]),
            st.sampled_from(["", *names]),
        ),
        max_size=2,
    ).map(tuple)
    some_lines = st.lists(st.sampled_from([line.id for line in lines]), max_size=1).map(tuple)
    conditions = [
        condition(name, draw(expressions), parameters=draw(some_lines), rests_on=draw(rests)) for name in names
    ]
    reasons = st.lists(st.sampled_from(["r1", "r2", "r3"]), max_size=2).map(tuple)
    opens = st.lists(st.builds(ReviewReason, st.sampled_from(["r4", "r5"]), named), max_size=2).map(tuple)
    clauses: list[Clause] = []
    for i in range(draw(st.integers(1, 10))):
        lifted = [c.id for c in clauses if c.kind is not Kind.EXCEPTION]
        kind = draw(st.sampled_from([k for k in Kind if lifted or k is not Kind.EXCEPTION]))
        more = {"excepts": draw(st.sampled_from(lifted))} if kind is Kind.EXCEPTION else {}
        more |= {"on_refuted": draw(reasons)} if kind is Kind.REFER else {}
        clauses.append(clause(f"k{i}", kind, draw(named), on_open=draw(opens), otherwise=draw(reasons), **more))
    return make_policy(conditions, clauses, lines)


def markings(policy):
    """One vector of marks for a policy."""
    return st.fixed_dictionaries({name: st.sampled_from(Truth) for name in policy.conditions})


@st.composite
def worlds(draw, case):
    """A world inside the ranges of a case: every fact has one value."""
    world = {}
    for spec in FACTS.values():
        ends = [case[column] for column in spec.columns]
        match spec.type:
            case FactType.AREA:
                value = draw(st.integers(*_bounds(ends, -4, 7)))
            case FactType.DATE:
                low, high = _bounds([None if end is None else (end - DAY).days for end in ends], -4, 7)
                value = DAY + timedelta(days=draw(st.integers(low, high)))
            case FactType.TRUTH:
                value = draw(st.booleans()) if ends[0] is None else ends[0]
            case _:
                value = draw(words) if ends[0] is None else ends[0]
        world |= dict.fromkeys(spec.columns, value)
    return world


def _bounds(ends, least, most):
    low, high = ends
    low = min(least, high) if low is None and high is not None else least if low is None else low
    return low, max(most, low) if high is None else high


def settle(formula, draw):  # noqa: PLR0911
    """The formula with every number given and every open comparison settled, in some way."""
    match formula:
        case Not(of=inner):
            return Not(settle(inner, draw))
        case AllOf(of=parts):
            return AllOf(tuple(settle(part, draw) for part in parts))
        case AnyOf(of=parts):
            return AnyOf(tuple(settle(part, draw) for part in parts))
        case Holds(of=Constant(value=None)):
            return Holds(Constant(draw(st.booleans())))
        case Within(fact=fact, values=Constant(value=None)):
            return Within(fact, Constant(draw(st.lists(words, max_size=2).map(tuple))))
        case Compare(op=op, left=left, right=right):
            op = draw(st.sampled_from(["<", "<="])) if op == "<?" else op
            left, right = _lasting(left), _lasting(right)
            return Compare(op, _given(left, right, draw), _given(right, left, draw))
        case _:
            return formula


def _lasting(side):
    """A side whose unset period is given."""
    if isinstance(side, AgeOn):
        return AgeOn(side.born, _lasting(side.day))
    return Shifted(side.day, 1, side.unit) if isinstance(side, Shifted) and side.amount is None else side


def _given(side, other, draw):
    if side != Constant(None, "line"):
        return side
    kinds = {FactType.AREA: small, FactType.DATE: days, FactType.TRUTH: st.booleans(), FactType.CHOICE: words}
    return Constant(draw(kinds[FACTS[other.id].type]))
