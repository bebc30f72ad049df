"""The program itself, its rule engine and its second evaluator once a person, and one query by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa

from eligibility.engine import durable_rules_adapter, evaluate_persons, rules
from eligibility.engine.evaluator import ClauseEvaluator
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.verdict import RuleResult, Verdict
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth


def this_program(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Marks in columns, one rule run a profile; with trace, assumed parameters and 500 profiles decided again."""
    evaluate_persons(con, policy)
    con.execute(
        "CREATE VIEW answers AS SELECT row_id, outcome, reasons "
        "FROM verdict.persons JOIN verdict.profiles USING (profile_id)"
    )


def durable_per_person(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """The same rules run for each person, in sets as large as durable-rules bears, nothing remembered."""
    rules.READS, durable_rules_adapter.CACHE_SIZE = durable_rules_adapter.MAX_MARKS, 0
    with ClauseEvaluator(policy) as evaluator:
        _answer(con, policy, evaluator.decide)


def plain_per_person(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """The second evaluator for each person: facts → marks → verdict in plain Python."""
    _answer(con, policy, lambda marks: evaluate_case(policy, marks))


def by_hand(con: duckdb.DuckDBPyConnection, _: Policy) -> None:
    """One query written by hand for this rulebook alone; no trace, no assumed parameters."""
    con.execute((Path(__file__).parent / "by_hand.sql").read_text("utf-8"))


def _answer(
    con: duckdb.DuckDBPyConnection, policy: Policy, decide: Callable[[dict[str, Truth]], RuleResult | Verdict]
) -> None:
    cursor = con.execute("SELECT * FROM fact.persons ORDER BY row_id")
    names = [column[0] for column in cursor.description]
    found = []
    for row in cursor.fetchall():
        person = dict(zip(names, row, strict=True))
        verdict = decide(evaluate_conditions(policy, person))
        found.append((person["row_id"], verdict.outcome.value, ";".join(verdict.reasons)))
    row_ids, outcomes, reasons = zip(*found, strict=True)
    con.register("found", pa.table({"row_id": row_ids, "outcome": outcomes, "reasons": reasons}))
    con.execute("CREATE TABLE answers AS SELECT * FROM found")
