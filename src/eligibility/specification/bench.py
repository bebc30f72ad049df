"""The bench before which the cases of a specification come: all cases of one policy are judged in one batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.domain.desk import open_desk
from eligibility.domain.mark import Mark
from eligibility.domain.policy import FactSpec, FactType, Kind, Policy
from eligibility.engine import evaluate_persons
from eligibility.engine.reference_evaluator import evaluate_formula
from eligibility.specification.case import Asked, Case, Said, Shelf
from eligibility.specification.heard import Heard

_ARROW = {FactType.TRUTH: pa.bool_(), FactType.CHOICE: pa.string(), FactType.DATE: pa.date32()}


class Bench:
    """Hears cases by the same path as a district; what was heard once is remembered."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._heard: dict[Case, Heard | None] = {}

    def hear(self, said: Said) -> Heard | None:
        """The verdict on what a scenario has said; None where the rulebook is not in force. Raises BadSentence."""
        case = self.shelf.case(said)
        self.hear_all([case])
        return self._heard[case]

    def hear_all(self, cases: Iterable[Case]) -> Mapping[Case, Heard | None]:
        """The verdicts on all cases, those of one policy in one batch."""
        waiting: dict[Asked, list[Case]] = {}
        for case in dict.fromkeys(cases):
            if case.facts is None:
                self._heard[case] = None
            elif case not in self._heard:
                waiting.setdefault(case.asked, []).append(case)
        if waiting:
            with open_desk() as con:
                con.execute("SET threads = 1")  # a few hundred rows: more threads only wait for each other
                con.execute("CREATE SCHEMA fact")
                for asked, together in waiting.items():
                    self._heard.update(zip(together, self._judged(con, asked, together), strict=True))
        return self._heard

    def _judged(self, con: duckdb.DuckDBPyConnection, asked: Asked, cases: Sequence[Case]) -> list[Heard]:
        policy = self.shelf.policy(asked)
        if policy is None:
            raise AssertionError("a case with facts is asked of a rulebook in force")
        con.register("arriving", _facts(policy, cases))
        con.execute("CREATE OR REPLACE TABLE fact.persons AS SELECT * FROM arriving")
        con.unregister("arriving")
        evaluate_persons(con, policy)
        found = con.execute("SELECT * FROM verdict.persons JOIN verdict.profiles USING (profile_id) ORDER BY row_id")
        columns = [column[0] for column in found.description or ()]
        return [_heard(policy, dict(zip(columns, row, strict=True))) for row in found.fetchall()]


def _facts(policy: Policy, cases: Sequence[Case]) -> pa.Table:
    rows: list[dict[str, Any]] = [dict(case.facts or ()) for case in cases]
    columns = {"row_id": pa.array(range(len(rows)), pa.int64())}
    for fact in policy.facts.values():
        columns |= {column: pa.array([row[column] for row in rows], _type(fact)) for column in fact.columns}
    return pa.table(columns)


def _type(fact: FactSpec) -> pa.DataType:
    return _ARROW.get(fact.type, pa.int64())


def _heard(policy: Policy, row: Mapping[str, Any]) -> Heard:
    marks = {condition: Mark(row[condition]) for condition in policy.conditions}
    refuted, waiting = _codes(row["clauses_refuted"]), _codes(row["clauses_open"])
    clauses = {
        clause.id: evaluate_formula(clause.when, marks)
        if clause.kind is Kind.EXCEPTION
        else Mark.REFUTED
        if clause.id in refuted
        else Mark.OPEN
        if clause.id in waiting
        else Mark.PROVEN
        for clause in policy.clauses.values()
    }
    assumed = _codes(row["assumed_parameters"])
    return Heard(policy, marks, row["outcome"], _codes(row["reasons"]), clauses, lambda: assumed)


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(code for code in joined.split(";") if code)
