"""A whole batch: facts in, tables out."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import psutil
import pytest
import sqlglot

from eligibility.engine import DisagreementError, EngineError, conditions_sql, evaluate_persons, profiles_sql
from eligibility.engine.profiles import profile_ids
from eligibility.engine.verdict import RuleResult
from eligibility.model.policy import Compare, Constant, FactRef, Holds, Kind, Named, Not, Unknown, Within
from eligibility.model.truth import Truth
from support.engine_invent import COLUMNS, DAY, clause, condition, database, make_policy

UNKNOWN = dict.fromkeys(COLUMNS)


def small_law():
    conditions = [
        condition("little", Compare("<=", FactRef("area"), Constant(30, "line"))),
        condition("late", Compare(">=", FactRef("approved"), Constant(DAY))),
        condition("here", Within(FactRef("place"), Constant(("x", "y")))),
        condition("civilian", Not(Holds(FactRef("staff")))),
        condition("no_paper", Unknown(FactRef("heads"))),
    ]
    clauses = [
        clause("land", Kind.REQUIREMENT, Named("little"), otherwise=("land_unknown",)),
        clause("late", Kind.REFER, Named("late"), on_refuted=("early",), otherwise=("date_unknown",)),
        clause("here", Kind.REQUIREMENT, Named("here"), otherwise=("place_unknown",)),
        clause("civilian", Kind.REQUIREMENT, Named("civilian"), otherwise=("staff_unknown",)),
    ]
    return make_policy(conditions, clauses)


def person(**known):
    fine = {"area_lo": 10, "area_hi": 10, "approved_lo": DAY, "approved_hi": DAY, "place": "x", "staff": False}
    return UNKNOWN | fine | known


def outcomes(con):
    return con.execute(
        "SELECT outcome, reasons FROM verdict.persons JOIN verdict.profiles USING (profile_id) ORDER BY row_id"
    ).fetchall()


def test_each_person_has_the_verdict_of_their_own_facts_in_input_order():
    con = database(
        [
            person(),
            person(area_lo=31, area_hi=40),
            person(area_lo=30, area_hi=31),
            person(area_lo=None),
            person(area_hi=None),
            person(approved_lo=date(2019, 12, 31), approved_hi=date(2019, 12, 31)),
            person(place=None, staff=None),
            person(place="z", staff=None),
        ]
    )
    cross_check = evaluate_persons(con, small_law())
    assert outcomes(con) == [
        ("eligible", ""),
        ("not_eligible", "land"),
        ("manual_review", "land_unknown"),
        ("eligible", ""),
        ("manual_review", "land_unknown"),
        ("manual_review", "early"),
        ("manual_review", "place_unknown;staff_unknown"),
        ("not_eligible", "here"),
    ]
    assert cross_check.agreed == cross_check.checked == 6


def test_profiles_come_with_the_most_persons_first_and_the_columns_of_the_contract():
    con = database([person(place=None), person(), person(), person(heads_lo=2)])
    evaluate_persons(con, small_law())
    found = con.execute("SELECT * FROM verdict.profiles")
    assert [c[0] for c in found.description] == [
        "profile_id", "little", "late", "here", "civilian", "no_paper", "persons", "outcome", "reasons",
        "clauses_refuted", "clauses_open", "assumed_parameters", "trace",
    ]  # fmt: skip
    rows = found.fetchall()
    assert rows[0][1:8] == ("proven", "proven", "proven", "proven", "proven", 2, "eligible")
    assert [row[6] for row in rows] == [2, 1, 1]
    assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])


def test_nobody_in_means_nobody_out():
    con = database([])
    cross_check = evaluate_persons(con, small_law())
    assert (cross_check.agreed, cross_check.checked) == (0, 0)
    assert con.execute(
        "SELECT (SELECT count(*) FROM verdict.profiles), (SELECT count(*) FROM verdict.persons)"
    ).fetchone() == (0, 0)


def test_the_sample_is_as_large_as_asked_and_no_larger_than_the_profiles():
    con = database([person(), person(place=None), person(staff=None)])
    assert evaluate_persons(con, small_law(), sample=2).checked == 2
    assert evaluate_persons(con, small_law(), sample=0).checked == 0
    assert evaluate_persons(con, small_law()).checked == 3


def test_a_verdict_on_which_the_evaluators_differ_stops_the_batch_and_names_the_profile(monkeypatch):
    monkeypatch.setattr("eligibility.engine.batch.evaluate_case", lambda *_: RuleResult("register", (), {}))
    con = database([person()])
    with pytest.raises(DisagreementError, match=r"profile p[0-9a-f]{11}: verdict"):
        evaluate_persons(con, small_law())
    assert con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'verdict' AND table_name != 'marks'"
    ).fetchone() == (0,)


def test_a_mark_on_which_the_evaluators_differ_stops_the_batch(monkeypatch):
    monkeypatch.setattr(
        "eligibility.engine.batch.evaluate_conditions", lambda policy, row: dict.fromkeys(policy.conditions, Truth.OPEN)
    )
    with pytest.raises(DisagreementError, match="marks of row 0"):
        evaluate_persons(database([person()]), small_law())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE fact.persons SET area_lo = 11", "area_lo is above area_hi at row_id 0"),
        ("ALTER TABLE fact.persons DROP COLUMN staff", "staff is absent"),
        ("ALTER TABLE fact.persons ALTER area_lo TYPE DOUBLE", "area_lo is DOUBLE"),
        ("ALTER TABLE fact.persons ALTER approved_hi TYPE TIMESTAMP", "approved_hi is TIMESTAMP"),
        ("INSERT INTO fact.persons SELECT * FROM fact.persons", "2 rows, but 1 different row_id"),
        ("UPDATE fact.persons SET row_id = NULL", "1 rows, but 0 different row_id"),
    ],
)
def test_facts_that_break_the_contract_stop_the_batch(change, said):
    con = database([person()])
    con.execute(change)
    with pytest.raises(EngineError, match=said):
        evaluate_persons(con, small_law())


def test_a_condition_may_not_take_the_name_of_a_column_of_the_verdict():
    law = make_policy(
        [condition("outcome", Holds(FactRef("staff")))], [clause("k", Kind.REQUIREMENT, Named("outcome"))]
    )
    with pytest.raises(EngineError, match="outcome"):
        evaluate_persons(database([person()]), law)


@pytest.mark.parametrize(
    "formula",
    [
        Compare("<", FactRef("place"), Constant("x")),
        Compare("<", FactRef("area"), Constant(DAY)),
        Compare("=", FactRef("area"), Constant(True)),
        Compare("~", FactRef("area"), Constant(1)),
        Within(FactRef("place"), Constant("x")),
        Within(FactRef("area"), Constant(("x",))),
        Holds(FactRef("area")),
        Named("other"),
    ],
    ids=repr,
)
def test_a_comparison_without_a_meaning_is_refused(formula):
    with pytest.raises(TypeError):
        conditions_sql(make_policy([condition("q", formula)], []))


def million(con, persons=1_000_000):
    columns = ", ".join(
        f"CAST(NULL AS {kind}) AS {name}"
        for name, kind in COLUMNS.items()
        if name not in ("area_lo", "area_hi", "place", "staff", "approved_lo")
    )
    con.execute("CREATE SCHEMA fact")
    con.execute(
        f"""CREATE TABLE fact.persons AS SELECT range AS row_id, range % 61 AS area_lo, range % 61 + range % 2 AS area_hi,
        CASE range % 4 WHEN 0 THEN 'x' WHEN 1 THEN 'z' WHEN 2 THEN 'y' END AS place, range % 7 = 0 AS staff,
        DATE '2020-01-01' - CAST(range % 3 AS INTEGER) AS approved_lo, {columns} FROM range({persons})"""
    )


def test_a_million_persons_go_through_one_engine_in_little_memory():
    con = duckdb.connect()
    million(con)
    before = psutil.Process().memory_info().rss
    evaluate_persons(con, small_law())
    assert psutil.Process().memory_info().rss - before < 600_000_000
    refused = "area_lo > 30 OR place NOT IN ('x', 'y') OR staff"
    expected = con.execute(f"SELECT count(*) FILTER (WHERE coalesce({refused}, false)) FROM fact.persons").fetchone()
    assert (
        con.execute("SELECT sum(persons) FROM verdict.profiles WHERE outcome = 'not_eligible'").fetchone() == expected
    )
    assert con.execute("SELECT count(DISTINCT row_id) FROM verdict.persons").fetchone() == (1_000_000,)


def test_the_same_facts_in_another_row_order_give_the_same_tables():
    con = duckdb.connect()
    million(con, 5_000)
    tables = []
    for order in ("row_id", "hash(row_id)"):
        con.execute(f"CREATE OR REPLACE TABLE fact.persons AS SELECT * FROM fact.persons ORDER BY {order}")
        evaluate_persons(con, small_law())
        tables.append([con.execute(f"SELECT * FROM verdict.{t}").fetchall() for t in ("profiles", "persons")])
    assert tables[0] == tables[1]


RERUN = """
import duckdb, hashlib
from engine.test_engine_batch import million, small_law
from eligibility.engine import evaluate_persons
con = duckdb.connect()
million(con, 5_000)
evaluate_persons(con, small_law())
print(hashlib.sha256(repr([con.execute(f"SELECT * FROM verdict.{t}").fetchall() for t in ("profiles", "persons")]).encode()).hexdigest())
"""


def test_another_process_with_another_hash_seed_gives_the_same_tables():
    here = Path(__file__).parent
    seen = {
        subprocess.run(
            [sys.executable, "-c", RERUN],
            cwd=here.parent,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_profile_ids_are_lengthened_rather_than_shared(monkeypatch):
    monkeypatch.setattr("eligibility.engine.profiles.ID_LENGTHS", (1, 11))
    codes = np.arange(27)
    marks = {"a": codes * 0, "b": codes % 3, "c": codes // 3 % 3, "d": codes // 9}
    ids = profile_ids(marks, 27)
    assert len(set(ids)) == 27
    assert {len(name) for name in ids} == {12}


def test_more_conditions_than_fit_one_number_are_kept_apart():
    conditions = [condition(f"q{i}", Compare("<", FactRef("area"), Constant(i))) for i in range(70)]
    law = make_policy(conditions, [clause("k", Kind.REQUIREMENT, Named("q69"))])
    con = database([person(area_lo=n, area_hi=n) for n in range(70)])
    evaluate_persons(con, law)
    rows = con.execute(
        "SELECT * EXCLUDE (profile_id, persons, outcome, reasons, clauses_refuted, clauses_open, assumed_parameters, trace) FROM verdict.persons JOIN verdict.profiles USING (profile_id) ORDER BY row_id"
    ).fetchall()
    assert [row[1:].count("proven") for row in rows] == [69 - n for n in range(70)]


def test_the_sql_of_conditions_and_profiles_is_read_by_spark_and_runs_on_another_database():
    law = small_law()
    for text in (conditions_sql(law, "spark"), profiles_sql(law, "spark")):
        functions = {type(f).__name__ for f in sqlglot.parse_one(text, read="spark").find_all(sqlglot.exp.Func)}
        assert functions <= {"Case", "Cast", "Coalesce", "Count", "Min", "Max", "And", "Or", "If", "TryCast"}
    con = duckdb.connect()
    million(con, 500)
    other = sqlite3.connect(":memory:")
    other.execute("ATTACH ':memory:' AS fact")
    rows = con.execute("SELECT * FROM fact.persons").fetchall()
    names = [c[0] for c in con.description]
    other.execute(f"CREATE TABLE fact.persons ({', '.join(names)})")
    other.executemany(
        f"INSERT INTO fact.persons VALUES ({', '.join('?' * len(names))})",
        [[v.isoformat() if isinstance(v, date) else v for v in row] for row in rows],
    )
    assert (
        other.execute(conditions_sql(law, "sqlite").replace("AS DATE", "AS TEXT")).fetchall()
        == con.execute(conditions_sql(law)).fetchall()
    )
