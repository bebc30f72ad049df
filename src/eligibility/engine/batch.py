"""A batch: facts → profiles → verdicts, decided once for each profile and looked over by the second evaluator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from eligibility.domain.policy import Policy
from eligibility.engine.columns import Columns, DuckColumns
from eligibility.engine.court import Court
from eligibility.engine.marks_sql import unpack
from eligibility.engine.plain import rule_plainly
from eligibility.engine.plain_facts import marks_of
from eligibility.engine.profiles import Profile, mark_columns
from eligibility.engine.sitting import decide_together
from eligibility.engine.vectors import WORDS, Codes
from eligibility.engine.verdict import Agreement, Disagreement, EngineError, Ruling
from eligibility.engine.watch import watched

Decided = tuple[Profile, dict[str, str]]
"""A profile, and what was decided of it."""

LISTS = ("reasons", "clauses_refuted", "clauses_open", "assumed_parameters", "trace")


def judge(
    con: duckdb.DuckDBPyConnection, policy: Policy, *, sample: int = 300, columns: Columns | None = None
) -> Agreement:
    """Judge every person of fact.persons and write schema `verdict`.

    `sample` profiles, spread evenly over all, are decided again by the second evaluator, each from the facts of its
    first and its last person. Raises Disagreement where it comes out otherwise, EngineError on facts or a policy that
    cannot be trusted; then no table of verdicts is written. `columns`: where the columnar work is done, if not in `con`.
    """
    con.execute("DROP SCHEMA IF EXISTS verdict CASCADE; CREATE SCHEMA verdict")
    _check_names(policy)
    policy = watched(policy)
    columns = columns or DuckColumns(con)
    persons = columns.check(policy)
    profiles = columns.profiles(policy)
    marks = mark_columns(policy, [profile.keys for profile in profiles])
    with Court(policy) as court:
        verdicts = decide_together(court, marks)
        agreement = _decide_again(
            columns, court, _spread(list(zip(profiles, verdicts.to_pylist(), strict=True)), sample)
        )
    if columns.join(policy, profiles) != persons:
        raise EngineError("a person was lost between fact.persons and verdict.persons")
    _write(con, profiles, marks, verdicts)
    return agreement


def _decide_again(columns: Columns, court: Court, decided: Sequence[Decided]) -> Agreement:
    """Once more by the rule engine alone, and once by the second evaluator."""
    policy = court.policy
    rows = columns.rows({row_id for profile, _ in decided for row_id in (profile.first, profile.last)})
    for profile, told in decided:
        marks = unpack(policy, profile.keys)
        for row_id in (profile.first, profile.last):
            _same(profile.id, f"marks of row {row_id}", marks, marks_of(policy, rows[row_id]))
        verdict = court.decide(marks)
        ruling = Ruling(verdict.outcome, verdict.reasons, verdict.clauses)
        _same(profile.id, "verdict", ruling, rule_plainly(policy, marks))
        alone = {"outcome": verdict.outcome.value} | {name: ";".join(getattr(verdict, name)) for name in LISTS}
        _same(profile.id, "verdict", told, alone)
    return Agreement(len(decided), len(decided))


def _same(profile_id: str, about: str, first: object, second: object) -> None:
    if first != second:
        raise Disagreement(profile_id, about, first, second)


def _spread(decided: list[Decided], sample: int) -> list[Decided]:
    """`sample` of them at even distances, the first among them; all where there are no more."""
    take = min(max(sample, 0), len(decided))
    return [decided[i * len(decided) // take] for i in range(take)]


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
    taken = {"profile_id", "persons", "outcome", *LISTS}.intersection(policy.conditions)
    if taken:
        raise EngineError(f"a condition may not be called {sorted(taken)}: columns of verdict.profiles")
