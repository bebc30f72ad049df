"""Evaluates all persons of a batch: facts → profiles → verdicts, one verdict a profile, a sample of them cross-checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from eligibility.engine.assumption_probe import with_probes
from eligibility.engine.batch_evaluator import evaluate_batch
from eligibility.engine.columnar_backend import ColumnarBackend, DuckDBBackend
from eligibility.engine.evaluator import ClauseEvaluator
from eligibility.engine.marks_sql import unpack
from eligibility.engine.profiles import Profile, mark_columns
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.vectors import WORDS, Codes
from eligibility.engine.verdict import CrossCheck, DisagreementError, EngineError, RuleResult
from eligibility.model.policy import Policy

Decided = tuple[Profile, dict[str, str]]
"""A profile and the columns of its verdict."""

LISTS = ("reasons", "clauses_refuted", "clauses_open", "assumed_parameters", "trace")


def evaluate_persons(
    con: duckdb.DuckDBPyConnection, policy: Policy, *, sample: int = 300, backend: ColumnarBackend | None = None
) -> CrossCheck:
    """Evaluate every person of fact.persons and write schema `verdict`.

    `sample` profiles, spread evenly over all, are evaluated again by the reference evaluator, each from the facts of
    its first and its last person. Raises DisagreementError if the results differ, EngineError on invalid facts or an invalid
    policy; in both cases no table of verdicts is written. `backend` does the columnar work (default: DuckDB in `con`).
    """
    con.execute("DROP SCHEMA IF EXISTS verdict CASCADE; CREATE SCHEMA verdict")
    _check_names(policy)
    policy = with_probes(policy)
    backend = backend or DuckDBBackend(con)
    persons = backend.check(policy)
    profiles = backend.profiles(policy)
    marks = mark_columns(policy, [profile.keys for profile in profiles])
    with ClauseEvaluator(policy) as evaluator:
        verdicts = evaluate_batch(evaluator, marks)
        cross_check = _cross_check(
            backend, evaluator, _spread(list(zip(profiles, verdicts.to_pylist(), strict=True)), sample)
        )
    if backend.join(policy, profiles) != persons:
        raise EngineError("a person was lost between fact.persons and verdict.persons")
    _write(con, profiles, marks, verdicts)
    return cross_check


def _cross_check(backend: ColumnarBackend, evaluator: ClauseEvaluator, decided: Sequence[Decided]) -> CrossCheck:
    """Evaluate each profile by the rule engine alone and by the reference evaluator, and compare both with the batch."""
    policy = evaluator.policy
    rows = backend.rows({row_id for profile, _ in decided for row_id in (profile.first, profile.last)})
    for profile, in_batch in decided:
        marks = unpack(policy, profile.keys)
        for row_id in (profile.first, profile.last):
            _same(profile.id, f"marks of row {row_id}", marks, evaluate_conditions(policy, rows[row_id]))
        verdict = evaluator.decide(marks)
        result = RuleResult(verdict.outcome, verdict.reasons, verdict.clauses)
        _same(profile.id, "verdict", result, evaluate_case(policy, marks))
        alone = {"outcome": verdict.outcome.value} | {name: ";".join(getattr(verdict, name)) for name in LISTS}
        _same(profile.id, "verdict", in_batch, alone)
    return CrossCheck(len(decided), len(decided))


def _same(profile_id: str, about: str, first: object, second: object) -> None:
    if first != second:
        raise DisagreementError(profile_id, about, first, second)


def _spread(decided: list[Decided], sample: int) -> list[Decided]:
    """`sample` of them at even distances, beginning with the first; all if there are not more."""
    size = min(max(sample, 0), len(decided))
    return [decided[i * len(decided) // size] for i in range(size)]


def _write(
    con: duckdb.DuckDBPyConnection, profiles: Sequence[Profile], marks: Mapping[str, Codes], verdicts: pa.Table
) -> None:
    words = pa.array(WORDS, pa.string())
    columns = {"profile_id": pa.array([p.id for p in profiles], pa.string())}
    columns |= {condition: words.take(pa.array(codes)) for condition, codes in marks.items()}
    columns["persons"] = pa.array([p.persons for p in profiles], pa.int64())
    columns |= {name: verdicts.column(name) for name in ("outcome", *LISTS)}
    con.register("profile_rows", pa.table(columns))
    con.execute("CREATE OR REPLACE TABLE verdict.profiles AS SELECT * FROM profile_rows")
    con.unregister("profile_rows")


def _check_names(policy: Policy) -> None:
    reserved = {"profile_id", "persons", "outcome", *LISTS}.intersection(policy.conditions)
    if reserved:
        raise EngineError(f"a condition may not be called {sorted(reserved)}: columns of verdict.profiles")
