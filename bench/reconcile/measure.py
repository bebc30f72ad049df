"""One made-up district: reconciled, decided, and held against its truth; then decided by each simpler way of linking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench.reconcile import ways
from bench.reconcile.score import Links, Pair, decisions, links_of, ranges, read_truth
from eligibility.adjudicate.decide import decide
from eligibility.adjudicate.questions import derive_questions
from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.engine import evaluate_persons
from eligibility.facts import assemble
from eligibility.model.policy import Policy
from eligibility.simulation import Rates, simulate
from eligibility.store.database import connect

OURS = "this program"


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one district, which add up over districts: links by way, lines by range, persons by way."""

    links: dict[str, Links]
    ranges: dict[str, int]
    persons: dict[str, dict[str, int]]

    def plus(self, other: Figures) -> Figures:
        """Both districts together."""
        return Figures(
            {way: one.plus(other.links[way]) for way, one in self.links.items()},
            _sum(self.ranges, other.ranges),
            {way: _sum(one, other.persons[way]) for way, one in self.persons.items()},
        )


def measure_district(folder: Path, rates: Rates, *, persons: int, seed: int, policy: Policy) -> Figures:
    """Make the district in `folder`, decide it and count. Links of the baselines use the same candidates and scores."""
    simulate(folder, persons=persons, seed=seed, rates=rates)
    with connect() as con:
        execute(Work(con, policy, folder), last="reconcile")
        truth = read_truth(con, folder)
        own = {"certain": ways.certain(con), "certain or possible": ways.possible(con), "proposed": ways.proposed(con)}
        simpler = {name: way(con) for name, way in ways.BASELINES.items()}
        found = {name: links_of(pairs, truth) for name, pairs in (own | simpler).items()}
        lines = ranges(con, truth)
        people = {OURS: _decided(con, policy)}
        people |= {name: _decided_by(con, policy, pairs) for name, pairs in simpler.items()}
    return Figures(found, lines, people)


def _decided_by(con: duckdb.DuckDBPyConnection, policy: Policy, pairs: set[Pair]) -> dict[str, int]:
    ways.assume(con, pairs)
    return _decided(con, policy)


def _decided(con: duckdb.DuckDBPyConnection, policy: Policy) -> dict[str, int]:
    assemble(con, policy)
    evaluate_persons(con, policy, sample=0)
    derive_questions(con, policy)
    decide(con, policy)
    return decisions(con)


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {name: count + other[name] for name, count in one.items()}
