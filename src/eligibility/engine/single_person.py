"""Evaluates the conditions of a single person with the SQL of a batch, without profiles or tables."""

from __future__ import annotations

import duckdb

from eligibility.engine.evaluator import evaluate_clauses
from eligibility.engine.facts_table import check_facts
from eligibility.engine.marks_sql import conditions_sql, unpack
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.verdict import DisagreementError, EngineError, RuleResult
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth


def evaluate_person(con: duckdb.DuckDBPyConnection, policy: Policy) -> dict[str, Truth]:
    """Return the mark of every condition for the only person of fact.persons; writes nothing.

    As in a batch, marks and verdict are checked by the reference evaluator. Raises DisagreementError if the results differ,
    EngineError on invalid facts or if fact.persons does not hold exactly one person.
    """
    if (persons := check_facts(con, policy)) != 1:
        raise EngineError(f"fact.persons holds {persons} persons, not one")
    _, *keys = con.execute(conditions_sql(policy)).fetchall()[0]
    marks = unpack(policy, keys)
    cursor = con.execute("SELECT * FROM fact.persons")
    row = dict(zip([column[0] for column in cursor.description or ()], cursor.fetchall()[0], strict=True))
    verdict = evaluate_clauses(policy, marks)
    result = RuleResult(verdict.outcome, verdict.reasons, verdict.clauses)
    pairs = (("marks", marks, evaluate_conditions(policy, row)), ("verdict", result, evaluate_case(policy, marks)))
    for about, first, second in pairs:
        if first != second:
            raise DisagreementError("of one person", about, first, second)
    return marks
