"""The marks of one person by the query of a batch, without what only many persons need."""

from __future__ import annotations

import duckdb

from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy
from eligibility.engine.court import decide_marks
from eligibility.engine.facts_table import check_facts
from eligibility.engine.marks_sql import conditions_sql, unpack
from eligibility.engine.plain import rule_plainly
from eligibility.engine.plain_facts import marks_of
from eligibility.engine.verdict import Disagreement, EngineError, Ruling


def judge_one(con: duckdb.DuckDBPyConnection, policy: Policy) -> dict[str, Mark]:
    """The mark of every condition for the only person of fact.persons; writes nothing.

    As in a batch, marks and verdict are found twice. Raises Disagreement where the second evaluator comes to another
    result, EngineError on facts that cannot be trusted or on more or fewer persons than one.
    """
    if (persons := check_facts(con, policy)) != 1:
        raise EngineError(f"fact.persons holds {persons} persons, not one")
    _, *keys = con.execute(conditions_sql(policy)).fetchall()[0]
    marks = unpack(policy, keys)
    cursor = con.execute("SELECT * FROM fact.persons")
    row = dict(zip([column[0] for column in cursor.description or ()], cursor.fetchall()[0], strict=True))
    verdict = decide_marks(policy, marks)
    ruling = Ruling(verdict.outcome, verdict.reasons, verdict.clauses)
    pairs = (("marks", marks, marks_of(policy, row)), ("verdict", ruling, rule_plainly(policy, marks)))
    for about, first, second in pairs:
        if first != second:
            raise Disagreement("of one person", about, first, second)
    return marks
