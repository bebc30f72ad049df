"""A batch: facts → profiles → verdicts, decided once for each profile and looked over by the second evaluator."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from eligibility.domain.policy import Policy
from eligibility.engine.columns import Columns, DuckColumns
from eligibility.engine.court import Court
from eligibility.engine.plain import rule_plainly
from eligibility.engine.plain_facts import marks_of
from eligibility.engine.profiles import Profile
from eligibility.engine.verdict import Agreement, Disagreement, EngineError, Ruling, Verdict
from eligibility.engine.watch import watched

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
    with Court(policy) as court:
        verdicts = [court.decide(profile.marks) for profile in profiles]
    agreement = _decide_again(columns, policy, _spread(list(zip(profiles, verdicts, strict=True)), sample))
    if columns.join(policy, profiles) != persons:
        raise EngineError("a person was lost between fact.persons and verdict.persons")
    _write(con, policy, profiles, verdicts)
    return agreement


def _decide_again(columns: Columns, policy: Policy, decided: Sequence[tuple[Profile, Verdict]]) -> Agreement:
    rows = columns.rows({row_id for profile, _ in decided for row_id in (profile.first, profile.last)})
    for profile, verdict in decided:
        for row_id in (profile.first, profile.last):
            _same(profile.id, f"marks of row {row_id}", profile.marks, marks_of(policy, rows[row_id]))
        ruling = Ruling(verdict.outcome, verdict.reasons, verdict.clauses)
        _same(profile.id, "verdict", ruling, rule_plainly(policy, profile.marks))
    return Agreement(len(decided), len(decided))


def _same(profile_id: str, about: str, first: object, second: object) -> None:
    if first != second:
        raise Disagreement(profile_id, about, first, second)


def _spread(decided: list[tuple[Profile, Verdict]], sample: int) -> list[tuple[Profile, Verdict]]:
    """`sample` of them at even distances, the first among them; all where there are no more."""
    take = min(max(sample, 0), len(decided))
    return [decided[i * len(decided) // take] for i in range(take)]


def _write(
    con: duckdb.DuckDBPyConnection, policy: Policy, profiles: Sequence[Profile], verdicts: Sequence[Verdict]
) -> None:
    con.register("profile_rows", _profile_table(policy, profiles, verdicts))
    con.execute("CREATE OR REPLACE TABLE verdict.profiles AS SELECT * FROM profile_rows")
    con.unregister("profile_rows")


def _profile_table(policy: Policy, profiles: Sequence[Profile], verdicts: Sequence[Verdict]) -> pa.Table:
    columns = {"profile_id": pa.array([p.id for p in profiles], pa.string())}
    columns |= {c: pa.array([p.marks[c] for p in profiles], pa.string()) for c in policy.conditions}
    columns["persons"] = pa.array([p.persons for p in profiles], pa.int64())
    columns["outcome"] = pa.array([v.outcome for v in verdicts], pa.string())
    columns |= {name: pa.array([";".join(getattr(v, name)) for v in verdicts], pa.string()) for name in LISTS}
    return pa.table(columns)


def _check_names(policy: Policy) -> None:
    taken = {"profile_id", "persons", "outcome", *LISTS}.intersection(policy.conditions)
    if taken:
        raise EngineError(f"a condition may not be called {sorted(taken)}: columns of verdict.profiles")
