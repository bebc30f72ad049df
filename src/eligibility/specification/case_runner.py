"""Evaluates the cases of a specification with the rule engine; all cases of one policy in one batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.engine import evaluate_persons
from eligibility.engine.reference_evaluator import evaluate_formula
from eligibility.model.policy import FactSpec, FactType, Kind, Policy
from eligibility.model.truth import Truth
from eligibility.specification.case import Case, EvaluationRequest, RulebookLoader, ScenarioState
from eligibility.specification.case_result import CaseResult
from eligibility.store.database import connect, expect_few_rows

_ARROW = {FactType.TRUTH: pa.bool_(), FactType.CHOICE: pa.string(), FactType.DATE: pa.date32()}


class CaseRunner:
    """Evaluates cases by the same path as a district; results are cached."""

    def __init__(self, loader: RulebookLoader) -> None:
        self.loader = loader
        self._results: dict[Case, CaseResult | None] = {}

    def run_case(self, state: ScenarioState) -> CaseResult | None:
        """Return the result for the state of a scenario; None if the rulebook is not in force. Raises SentenceError."""
        case = self.loader.case(state)
        self.run_all([case])
        return self._results[case]

    def run_all(self, cases: Iterable[Case]) -> Mapping[Case, CaseResult | None]:
        """Return the results of all cases, evaluated in one batch per policy."""
        pending: dict[EvaluationRequest, list[Case]] = {}
        for case in dict.fromkeys(cases):
            if case.facts is None:
                self._results[case] = None
            elif case not in self._results:
                pending.setdefault(case.request, []).append(case)
        if pending:
            with connect() as con:
                expect_few_rows(con)
                con.execute("CREATE SCHEMA fact")
                for request, group in pending.items():
                    self._results.update(zip(group, self._evaluate(con, request, group), strict=True))
        return self._results

    def _evaluate(
        self, con: duckdb.DuckDBPyConnection, request: EvaluationRequest, cases: Sequence[Case]
    ) -> list[CaseResult]:
        policy = self.loader.policy(request)
        if policy is None:
            raise AssertionError("a case with facts belongs to a rulebook in force")
        con.register("arriving", _facts(policy, cases))
        con.execute("CREATE OR REPLACE TABLE fact.persons AS SELECT * FROM arriving")
        con.unregister("arriving")
        evaluate_persons(con, policy)
        cursor = con.execute("SELECT * FROM verdict.persons JOIN verdict.profiles USING (profile_id) ORDER BY row_id")
        columns = [column[0] for column in cursor.description or ()]
        results = [_case_result(policy, dict(zip(columns, row, strict=True))) for row in cursor.fetchall()]
        return [replace(made, facts=dict(case.facts or ())) for made, case in zip(results, cases, strict=True)]


def _facts(policy: Policy, cases: Sequence[Case]) -> pa.Table:
    rows: list[dict[str, Any]] = [dict(case.facts or ()) for case in cases]
    columns = {"row_id": pa.array(range(len(rows)), pa.int64())}
    for fact in policy.facts.values():
        columns |= {column: pa.array([row[column] for row in rows], _type(fact)) for column in fact.columns}
    return pa.table(columns)


def _type(fact: FactSpec) -> pa.DataType:
    return _ARROW.get(fact.type, pa.int64())


def _case_result(policy: Policy, row: Mapping[str, Any]) -> CaseResult:
    marks = {condition: Truth(row[condition]) for condition in policy.conditions}
    refuted, still_open = _codes(row["clauses_refuted"]), _codes(row["clauses_open"])
    clauses = {
        clause.id: evaluate_formula(clause.deciding, marks)
        if clause.kind is Kind.EXCEPTION
        else Truth.REFUTED
        if clause.id in refuted
        else Truth.OPEN
        if clause.id in still_open
        else Truth.PROVEN
        for clause in policy.clauses.values()
    }
    assumed = _codes(row["assumed_parameters"])
    return CaseResult(policy, marks, row["outcome"], _codes(row["reasons"]), clauses, lambda: assumed)


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(code for code in joined.split(";") if code)
