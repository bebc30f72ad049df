"""Facts → decisions with reasons: this program against three other ways, same facts, same answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import duckdb

from bench.contenders import CONTENDERS
from bench.facts import write_facts
from bench.measure import the_policy


def measure_decisions(persons: int, rounds: int, folder: Path) -> list[dict[str, object]]:
    """One entry a contender: medians over `rounds` processes, counted only where its answers are the same."""
    facts = folder / f"facts_{persons}.parquet"
    write_facts(the_policy(), persons, facts)
    reference = folder / "answers_0.parquet"
    results: list[dict[str, object]] = []
    for number, name in enumerate(CONTENDERS):
        answers = folder / f"answers_{number}.parquet"
        runs = [_one_process(name, facts, answers) for _ in range(rounds)]
        results.append(_entry(name, persons, runs, _differing(reference, answers)))
    fastest = results[0]["seconds_for_all"]
    for entry in results:
        seconds = entry["seconds_for_all"]
        entry["times_this_program"] = seconds / fastest if entry["differing"] == 0 else None  # type: ignore[operator]
    return results


def _one_process(name: str, facts: Path, answers: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.measure", name, str(facts), str(answers)],
        cwd=Path(__file__).parents[1], capture_output=True, check=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _entry(name: str, persons: int, runs: list[dict[str, float]], differing: int) -> dict[str, object]:
    seconds, measured = median(run["seconds"] for run in runs), int(runs[0]["persons"])
    return {
        "contender": name,
        "persons": measured,
        "seconds": seconds,
        "seconds_all_rounds": [run["seconds"] for run in runs],
        "extrapolated": measured != persons,
        "seconds_for_all": seconds * persons / measured,
        "persons_per_second": measured / seconds,
        "peak_mb": median(run["peak_mb"] for run in runs),
        "differing": differing,
    }


def _differing(reference: Path, answers: Path) -> int:
    """Persons whom `answers` decides otherwise than `reference`, or does not know."""
    query = f"""SELECT count(*) FROM '{answers}' a LEFT JOIN '{reference}' r USING (row_id)
    WHERE a.outcome IS DISTINCT FROM r.outcome OR a.reasons IS DISTINCT FROM r.reasons"""
    return int(duckdb.connect().execute(query).fetchall()[0][0])
