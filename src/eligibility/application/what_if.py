"""Decide a finished run again under another rulebook, from what the run stored, profile by profile.

The stages whose work the new rulebook invalidates are executed again from what the run keeps, up to the facts. Of what
follows, only what is judged otherwise is judged again: a condition with the same formula keeps the mark that the run
gave it, and persons enter only as counts of (old profile, new marks, street).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

import duckdb
import pyarrow as pa

from eligibility.application.pipeline import STAGES, execute, invalidated, span, start_of, taken_up
from eligibility.application.record.inputs import recorded_inputs
from eligibility.application.record.place import batch_of, record_of
from eligibility.application.stage import Work
from eligibility.engine import DisagreementError, conditions_sql
from eligibility.engine.evaluator import ClauseEvaluator
from eligibility.engine.marks_sql import key_columns, unpack
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.verdict import RuleResult
from eligibility.model import parameters_read
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.formula import unset
from eligibility.model.policy import Condition, Policy
from eligibility.model.truth import Truth
from eligibility.reporting.impact import Said, Shift

LAST = "contradictions"
"""The stage with which the facts stand; what follows is judged here, profile by profile."""
SAMPLE = 500
"""Vectors of marks that the second evaluator rules at most."""


class Depth(IntEnum):
    """From where a run must be decided again."""

    CLAUSES = 0  # from the marks of its profiles
    CONDITIONS = 1  # from fact.persons
    FACTS = 2  # from papers and links
    LINKS = 3  # from papers
    PAPERS = 4  # from the dossier, as the record keeps it


_BEGUN_WITH = {"intake": Depth.PAPERS, "reconcile": Depth.LINKS, "facts": Depth.FACTS}


@dataclass(frozen=True, slots=True)
class Redecided:
    """Every person of a run, counted; `profiles` vectors of marks were ruled again, `agreed` of them by both evaluators."""

    depth: Depth
    shifts: tuple[Shift, ...]
    profiles: int
    agreed: int


def redecide(con: duckdb.DuckDBPyConnection, old: Policy, new: Policy, run: Path) -> Redecided:
    """Decide the run in folder `run`, which `con` holds (decided under `old`), under `new`.

    Afterwards the temporary table `marked` has each person's old profile and new packed marks. Raises `InputError`
    where the new rulebook asks for facts or numbers that the run cannot give.
    """
    depth = depth_of(old, new)
    if depth >= Depth.FACTS:
        _derive(con, new, run, _beginning(old, new))
    judged = replace(new, conditions=_to_judge(old, new, depth))
    _check_columns(con, judged)
    keys = key_columns(judged)
    con.execute(f"CREATE OR REPLACE TEMP TABLE marked AS {_with_profiles(conditions_sql(judged))}")
    groups = con.execute(
        f"SELECT street, profile_id, count(*), {', '.join(keys)} FROM marked GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    before, marks = _stored(con, old)
    bench = _Bench(old, new)
    with bench.evaluator:
        shifts = tuple(
            Shift(street, profile, tuple(packed), persons, before[profile],
                  bench.rule(marks[profile], unpack(judged, packed), before[profile]))
            for street, profile, persons, *packed in groups
        )  # fmt: skip
        agreed = bench.ask_again()
    return Redecided(depth, shifts, len(bench.known), agreed)


def depth_of(old: Policy, new: Policy) -> Depth:
    """From where the run must be decided again, by what each stage of the pipeline asks of the two rulebooks."""
    if (first := _beginning(old, new)) in _BEGUN_WITH:
        return _BEGUN_WITH[first]
    return Depth.CONDITIONS if _to_judge(old, new, Depth.CONDITIONS) else Depth.CLAUSES


def _beginning(old: Policy, new: Policy) -> str:
    """The stage with which the pipeline must begin again; "" where the facts hold."""
    first = invalidated(old, new)
    if first is None or first not in (stage.name for stage in span(STAGES[0].name, LAST)):
        return ""
    return start_of(first, LAST).name


class _Bench:
    """Rules each distinct vector of marks once, and none on which the old ruling must stand."""

    def __init__(self, old: Policy, new: Policy) -> None:
        self.policy, self.evaluator = new, ClauseEvaluator(new)
        self.known: dict[tuple[Truth, ...], Said] = {}
        self.rulings: dict[tuple[Truth, ...], RuleResult] = {}
        self.same_law = old.clauses == new.clauses and list(old.conditions) == list(new.conditions)
        # where the law has no number, an open condition gives a reason of its own
        self.watched = _without_number(old) ^ _without_number(new)

    def rule(self, marks: Mapping[str, Truth], judged: Mapping[str, Truth], before: Said) -> Said:
        """What is decided on the old marks with those judged anew; `before` was decided on the old marks."""
        here = {name: judged.get(name) or marks[name] for name in self.policy.conditions}
        if self.same_law and here == marks and all(here[name] is not Truth.OPEN for name in self.watched):
            return before
        vector = tuple(here.values())
        if vector not in self.known:
            verdict = self.evaluator.decide(here)
            lists = (verdict.reasons, verdict.clauses_refuted, verdict.clauses_open)
            self.known[vector] = Said(str(verdict.outcome), *(";".join(codes) for codes in lists))
            self.rulings[vector] = RuleResult(verdict.outcome, verdict.reasons, verdict.clauses)
        return self.known[vector]

    def ask_again(self) -> int:
        """Have vectors, spread evenly over all, ruled by the second evaluator; how many, all of which agree."""
        vectors = list(self.rulings)
        sample = vectors[:: max(1, -(-len(vectors) // SAMPLE))]
        for vector in sample:
            second = evaluate_case(self.policy, dict(zip(self.policy.conditions, vector, strict=True)))
            if second != self.rulings[vector]:
                raise DisagreementError("what-if", "verdict", self.rulings[vector], second)
        return len(sample)


def _without_number(policy: Policy) -> set[str]:
    """Conditions that compare with a number that is not set."""
    return {name for name, one in policy.conditions.items() if unset(one.expression)}


def _to_judge(old: Policy, new: Policy, depth: Depth) -> dict[str, Condition]:
    """Conditions whose marks the run does not have: with newly derived facts all of them, else those said otherwise."""
    if depth >= Depth.FACTS:
        return dict(new.conditions)
    return {name: one for name, one in new.conditions.items() if _meaning(old, name) != _meaning(new, name)}


def _meaning(policy: Policy, name: str) -> object:
    one = policy.conditions.get(name)
    return None if one is None else (one.expression, [policy.facts[fact].type for fact in one.facts])


def _derive(con: duckdb.DuckDBPyConnection, new: Policy, run: Path, first: str) -> None:
    """Execute the pipeline from `first` until the facts stand, from what the run keeps, or from its recorded dossier."""
    missing = [name for name in parameters_read.REQUIRED if name not in new.parameters]
    if missing:
        raise InputError(*(_no_parameter(new, name) for name in missing))
    take_up(con, first)
    if first != STAGES[0].name:
        try:
            execute(Work(con, new), first=first, last=LAST)
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise InputError(_outdated(str(error).splitlines()[0])) from error
        return
    record = record_of(run)
    with recorded_inputs(record, batch_of(run, record.log.events())) as given:
        work = Work(con, new, given.dossier, given.answers, given.judgements, mapping=given.mapping)
        execute(work, last=LAST)


def take_up(con: duckdb.DuckDBPyConnection, first: str) -> None:
    """Make ready for the stages from `first` to LAST: what they work on as tables, nothing of what they write.

    Raises:
        InputError: the run was made by an earlier program, which did not keep what they need.

    """
    views = {name for (name,) in con.execute("SELECT schema_name || '.' || view_name FROM duckdb_views()").fetchall()}
    worked_on = taken_up(first, LAST)
    if lacking := [table for table in worked_on if table not in views]:
        raise InputError(_outdated("、".join(lacking)))
    for table in worked_on:
        con.execute(f"CREATE TEMP TABLE arriving AS SELECT * FROM {table}; DROP VIEW {table}")
        con.execute(f"CREATE TABLE {table} AS SELECT * FROM arriving; DROP TABLE arriving")
    for table in {table for stage in span(first, LAST) for table in stage.writes} & views:
        con.execute(f"DROP VIEW {table}")


def _check_columns(con: duckdb.DuckDBPyConnection, judged: Policy) -> None:
    known = {row[0] for row in con.execute("DESCRIBE fact.persons").fetchall()}
    asked = {fact for condition in judged.conditions.values() for fact in condition.facts}
    missing = sorted(fact for fact in asked if not known.issuperset(judged.facts[fact].columns))
    if missing:
        raise InputError(*(_no_fact(judged, fact) for fact in missing))


def _with_profiles(marks: str) -> str:
    return (
        f"SELECT judged.*, decided.profile_id, decided.street FROM ({marks}) AS judged"
        " JOIN decision.persons AS decided USING (row_id)"
    )


def _stored(con: duckdb.DuckDBPyConnection, old: Policy) -> tuple[dict[str, Said], dict[str, dict[str, Truth]]]:
    """What the run decided of each profile, and the profile's marks."""
    found = con.execute("SELECT * FROM verdict.profiles")
    at = {column[0]: place for place, column in enumerate(found.description or ())}
    said, marks = {}, {}
    for row in found.fetchall():
        name = row[at["profile_id"]]
        said[name] = Said(*(row[at[c]] for c in ("outcome", "reasons", "clauses_refuted", "clauses_open")))
        marks[name] = {condition: Truth(row[at[condition]]) for condition in old.conditions}
    return said, marks


def keep_shifts(con: duckdb.DuckDBPyConnection, shifts: Iterable[Shift]) -> None:
    """Write `shifted`: old profile and new marks → new outcome and reasons, of the shifts given."""
    by_key = {(one.profile, one.keys): one.after for one in shifts}
    width = max((len(keys) for _, keys in by_key), default=1)
    columns = {"profile_id": pa.array([profile for profile, _ in by_key], pa.string())}
    columns |= {f"key_{i}": pa.array([keys[i] for _, keys in by_key], pa.int64()) for i in range(width)}
    columns["new_outcome"] = pa.array([after.outcome for after in by_key.values()], pa.string())
    columns["new_reasons"] = pa.array([after.reasons for after in by_key.values()], pa.string())
    con.register("arriving", pa.table(columns))
    con.execute("CREATE OR REPLACE TEMP TABLE shifted AS SELECT * FROM arriving")
    con.unregister("arriving")


def _no_parameter(policy: Policy, name: str) -> Diagnostic:
    said = Bilingual(
        f"规则 {policy.id} 没有参数“{name}”，无法据此重新推定事实", f"{policy.id} has no parameter “{name}”"
    )
    remedy = Bilingual("请在该规则的 parameters/ 中补上", "add it to parameters/ of that rulebook")
    return Diagnostic("unknown_name", SourceLocation(policy.id), said, remedy)


def _outdated(error: str) -> Diagnostic:
    """A run of an earlier program, whose stored papers or links lack what facts are derived from today."""
    said = Bilingual(
        f"结果由较早的程序作出，所存材料不足以重新推定事实：{error}", f"the run was made by an earlier program: {error}"
    )
    remedy = Bilingual(
        "请重新执行 eligibility run，再作试算", "decide the dossier anew with eligibility run, then try again"
    )
    return Diagnostic("run_outdated", SourceLocation("papers/"), said, remedy)


def _no_fact(policy: Policy, fact: str) -> Diagnostic:
    title = policy.facts[fact].title
    said = Bilingual(f"已完成的结果中没有事实“{title}”", f"the finished run does not hold the fact {fact}")
    remedy = Bilingual("请以新规则重新执行 eligibility run", "decide the dossier anew: eligibility run")
    return Diagnostic("fact_missing", SourceLocation(Path(policy.id).as_posix()), said, remedy)
