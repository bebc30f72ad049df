"""A made-up district decided and held against its truth, which the simulator tells from the world and not from papers."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.rulebook import load_policy
from eligibility.simulation import Rates, simulate
from support.paper_folder import AS_OF, RULES

HEAVY = [
    "citation_garbled=0.2",
    "citation_blank=0.3",
    "incomplete_roll=0.1",
    "unreadable=0.004",
    "unknown_status=0.05",
    "vague_date=0.02",
]


def decided(folder: Path, rates: Rates, seed: int) -> dict[tuple[str, str], int]:
    """Persons by (true outcome, decided outcome)."""
    simulate(folder, persons=4_000, seed=seed, rates=rates)
    policy = load_policy(RULES, as_of=AS_OF)
    with duckdb.connect() as con:
        execute(Work(con, policy, folder), last="decisions")
        rows = con.execute(
            "SELECT truth.outcome, ours.outcome, count(*) FROM decision.persons AS ours"
            " JOIN read_csv(?, all_varchar = true) AS truth USING (resident_id) GROUP BY ALL",
            [str(folder / "truth" / "persons.csv")],
        ).fetchall()
    return {(truth, ours): persons for truth, ours, persons in rows}


def test_perfect_papers_give_the_truth(tmp_path: Path) -> None:
    found = decided(tmp_path / "d", Rates.none(), seed=5)
    assert {truth for truth, _ in found} >= {"eligible", "not_eligible", "register"}
    assert not {pair: n for pair, n in found.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("seed", [11, 12])
@pytest.mark.parametrize("rates", [Rates(), Rates.from_options(HEAVY)], ids=["default", "heavy"])
def test_bad_papers_lead_to_review_never_to_a_wrong_decision(rates: Rates, seed: int, tmp_path: Path) -> None:
    found = decided(tmp_path / "d", rates, seed)
    assert found["eligible", "manual_review"] > 0
    assert not {pair: n for pair, n in found.items() if pair[1] != "manual_review" and pair[0] != pair[1]}
