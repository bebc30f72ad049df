"""Decide a finished run again under another rulebook, from what the run stored, profile by profile.

Only what the new rulebook judges otherwise is judged again: a condition with the same formula keeps the mark that the
run gave it, and persons enter only as counts of (old profile, new marks, street). Where a legal number changed that the
facts themselves were derived with, links or facts are first derived again from the stored papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

import duckdb
import pyarrow as pa

from eligibility.cli.stored import LINKS, PAPERS
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.mark import Mark
from eligibility.domain.policy import Condition, Policy
from eligibility.engine import Disagreement, conditions_sql
from eligibility.engine.court import Court
from eligibility.engine.marks_sql import key_columns, unpack
from eligibility.engine.plain import rule_plainly
from eligibility.engine.verdict import Ruling
from eligibility.facts import assemble
from eligibility.intake import settle_communities
from eligibility.reconcile import reconcile
from eligibility.reporting.impact import Said, Shift

ASKED_BY_FACTS = ("start_date", "agreements_complete", "shared_land_attribution")
"""Parameters that the facts room asks for by name."""
ASKED_BY_LINKS = (
    "start_date", "state_council_farmland_line", "state_council_other_line", "approving_authorities", "special_works_words",
    "works_by_project_name",
)  # fmt: skip
"""Parameters that the reconcile room asks for by name."""


SAMPLE = 500
"""Vectors of marks that the second evaluator rules at most."""


class Depth(IntEnum):
    """From where a run must be decided again."""

    CLAUSES = 0  # from the marks of its profiles
    CONDITIONS = 1  # from fact.persons
    FACTS = 2  # from papers and links
    LINKS = 3  # from papers


@dataclass(frozen=True, slots=True)
class Redecided:
    """Every person of a run, counted; `profiles` vectors of marks were ruled again, `agreed` of them by both evaluators."""

    depth: Depth
    shifts: tuple[Shift, ...]
    profiles: int
    agreed: int


def redecide(con: duckdb.DuckDBPyConnection, old: Policy, new: Policy) -> Redecided:
    """Decide the run that `con` holds (decided under `old`) under `new`.

    Afterwards the temporary table `marked` has each person's old profile and new packed marks. Raises `Unusable`
    where the new rulebook asks for facts or numbers that the run cannot give.
    """
    depth = depth_of(old, new)
    _derive(con, new, depth)
    judged = replace(new, conditions=_to_judge(old, new, depth))
    _check_columns(con, judged)
    keys = key_columns(judged)
    con.execute(f"CREATE OR REPLACE TEMP TABLE marked AS {_with_profiles(conditions_sql(judged))}")
    groups = con.execute(
        f"SELECT street, profile_id, count(*), {', '.join(keys)} FROM marked GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    before, marks = _stored(con, old)
    bench = _Bench(old, new)
    with bench.court:
        shifts = tuple(
            Shift(street, profile, tuple(packed), persons, before[profile],
                  bench.rule(marks[profile], unpack(judged, packed), before[profile]))
            for street, profile, persons, *packed in groups
        )  # fmt: skip
        agreed = bench.ask_again()
    return Redecided(depth, shifts, len(bench.known), agreed)


def depth_of(old: Policy, new: Policy) -> Depth:
    """From where the run must be decided again, by what the two rulebooks give those who ask by name."""
    if _differ(old, new, ASKED_BY_LINKS) or old.communities != new.communities:
        return Depth.LINKS
    if _differ(old, new, ASKED_BY_FACTS) or old.gazetteer != new.gazetteer or not new.facts.keys() <= old.facts.keys():
        return Depth.FACTS
    return Depth.CONDITIONS if _to_judge(old, new, Depth.CONDITIONS) else Depth.CLAUSES


class _Bench:
    """Rules each distinct vector of marks once, and none on which the old ruling must stand."""

    def __init__(self, old: Policy, new: Policy) -> None:
        self.policy, self.court = new, Court(new)
        self.known: dict[tuple[Mark, ...], Said] = {}
        self.rulings: dict[tuple[Mark, ...], Ruling] = {}
        self.same_law = old.clauses == new.clauses and list(old.conditions) == list(new.conditions)
        # where the law has no number, an open condition gives a reason of its own
        self.watched = _without_number(old) ^ _without_number(new)

    def rule(self, marks: Mapping[str, Mark], judged: Mapping[str, Mark], before: Said) -> Said:
        """What is decided on the old marks with those judged anew; `before` was decided on the old marks."""
        here = {name: judged.get(name) or marks[name] for name in self.policy.conditions}
        if self.same_law and here == marks and all(here[name] is not Mark.OPEN for name in self.watched):
            return before
        vector = tuple(here.values())
        if vector not in self.known:
            verdict = self.court.decide(here)
            lists = (verdict.reasons, verdict.clauses_refuted, verdict.clauses_open)
            self.known[vector] = Said(str(verdict.outcome), *(";".join(codes) for codes in lists))
            self.rulings[vector] = Ruling(verdict.outcome, verdict.reasons, verdict.clauses)
        return self.known[vector]

    def ask_again(self) -> int:
        """Have vectors, spread evenly over all, ruled by the second evaluator; how many, all of which agree."""
        vectors = list(self.rulings)
        sample = vectors[:: max(1, -(-len(vectors) // SAMPLE))]
        for vector in sample:
            second = rule_plainly(self.policy, dict(zip(self.policy.conditions, vector, strict=True)))
            if second != self.rulings[vector]:
                raise Disagreement("what-if", "verdict", self.rulings[vector], second)
        return len(sample)


def _without_number(policy: Policy) -> set[str]:
    """Conditions that compare with a number that is not set."""
    return {name for name, one in policy.conditions.items() if "Constant(value=None" in repr(one.expression)}


def _differ(old: Policy, new: Policy, names: Iterable[str]) -> bool:
    return any(_timeline(old, name) != _timeline(new, name) for name in names)


def _timeline(policy: Policy, name: str) -> list[tuple[object, ...]] | None:
    known = policy.parameters.get(name)
    return None if known is None else [(d.since, d.until, d.value) for d in known.timeline]


def _to_judge(old: Policy, new: Policy, depth: Depth) -> dict[str, Condition]:
    """Conditions whose marks the run does not have: with newly derived facts all of them, else those said otherwise."""
    if depth >= Depth.FACTS:
        return dict(new.conditions)
    return {name: one for name, one in new.conditions.items() if _meaning(old, name) != _meaning(new, name)}


def _meaning(policy: Policy, name: str) -> object:
    one = policy.conditions.get(name)
    return None if one is None else (one.expression, [policy.facts[fact].type for fact in one.facts])


def _derive(con: duckdb.DuckDBPyConnection, new: Policy, depth: Depth) -> None:
    if depth < Depth.FACTS:
        return
    missing = [name for name in {*ASKED_BY_LINKS, *ASKED_BY_FACTS} if name not in new.parameters]
    if missing:
        raise Unusable(*(_no_parameter(new, name) for name in sorted(missing)))
    _as_tables(con)
    try:
        if depth is Depth.LINKS:
            settle_communities(con, new)
            reconcile(con, new)
        assemble(con, new)
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise Unusable(_outdated(str(error).splitlines()[0])) from error


def _as_tables(con: duckdb.DuckDBPyConnection) -> None:
    """The stored papers and links as tables, for the rooms replace their own and read the others many times."""
    views = {name for (name,) in con.execute("SELECT schema_name || '.' || view_name FROM duckdb_views()").fetchall()}
    for name in [f"paper.{name}" for name in PAPERS] + [f"link.{name}" for name in LINKS]:
        if name in views:
            con.execute(f"CREATE TEMP TABLE arriving AS SELECT * FROM {name}; DROP VIEW {name}")
            con.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving; DROP TABLE arriving")
    if "fact.persons" in views:
        con.execute("DROP VIEW fact.persons")


def _check_columns(con: duckdb.DuckDBPyConnection, judged: Policy) -> None:
    known = {row[0] for row in con.execute("DESCRIBE fact.persons").fetchall()}
    asked = {fact for condition in judged.conditions.values() for fact in condition.facts}
    missing = sorted(fact for fact in asked if not known.issuperset(judged.facts[fact].columns))
    if missing:
        raise Unusable(*(_no_fact(judged, fact) for fact in missing))


def _with_profiles(marks: str) -> str:
    return (
        f"SELECT judged.*, decided.profile_id, decided.street FROM ({marks}) AS judged"
        " JOIN decision.persons AS decided USING (row_id)"
    )


def _stored(con: duckdb.DuckDBPyConnection, old: Policy) -> tuple[dict[str, Said], dict[str, dict[str, Mark]]]:
    """What the run decided of each profile, and the profile's marks."""
    found = con.execute("SELECT * FROM verdict.profiles")
    at = {column[0]: place for place, column in enumerate(found.description or ())}
    said, marks = {}, {}
    for row in found.fetchall():
        name = row[at["profile_id"]]
        said[name] = Said(*(row[at[c]] for c in ("outcome", "reasons", "clauses_refuted", "clauses_open")))
        marks[name] = {condition: Mark(row[at[condition]]) for condition in old.conditions}
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


def _no_parameter(policy: Policy, name: str) -> Finding:
    said = Text(f"规则 {policy.id} 没有参数“{name}”，无法据此重新推定事实", f"{policy.id} has no parameter “{name}”")
    remedy = Text("请在该规则的 parameters/ 中补上", "add it to parameters/ of that rulebook")
    return Finding("unknown_name", Source(policy.id), said, remedy)


def _outdated(error: str) -> Finding:
    """A run of an earlier program, whose stored papers or links lack what facts are derived from today."""
    said = Text(
        f"结果由较早的程序作出，所存材料不足以重新推定事实：{error}", f"the run was made by an earlier program: {error}"
    )
    remedy = Text(
        "请重新执行 eligibility run，再作试算", "decide the dossier anew with eligibility run, then try again"
    )
    return Finding("run_outdated", Source("papers/"), said, remedy)


def _no_fact(policy: Policy, fact: str) -> Finding:
    title = policy.facts[fact].title
    said = Text(f"已完成的结果中没有事实“{title}”", f"the finished run does not hold the fact {fact}")
    remedy = Text("请以新规则重新执行 eligibility run", "decide the dossier anew: eligibility run")
    return Finding("fact_missing", Source(Path(policy.id).as_posix()), said, remedy)
