"""Facts → decisions with reasons: this program against three other ways, same facts, same answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from bench.contenders import CONTENDERS
from bench.end_to_end import district_facts


def measure_decisions(persons: int, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """One entry a contender: medians over `rounds` processes, counted only where its answers are the same."""
    facts = district_facts(persons, folder)
    reference = folder / "answers_0.parquet"
    results: list[dict[str, Any]] = []
    for number, name in enumerate(CONTENDERS):
        answers = folder / f"answers_{number}.parquet"
        runs = [_one_process(name, facts, answers) for _ in range(rounds)]
        results.append(_entry(name, runs, _differing(reference, answers)))
    ours, persons = results[0]["seconds"], results[0]["persons"]
    for entry in results:
        entry["extrapolated"] = entry["persons"] != persons
        entry["seconds_for_all"] = entry["seconds"] * persons / entry["persons"]
        entry["times_this_program"] = entry["seconds_for_all"] / ours if entry["differing"] == 0 else None
    return results


def _one_process(name: str, facts: Path, answers: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.measure", name, str(facts), str(answers)],
        cwd=Path(__file__).parents[1], capture_output=True, check=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _entry(name: str, runs: list[dict[str, float]], differing: int) -> dict[str, Any]:
    seconds, measured = median(run["seconds"] for run in runs), int(runs[0]["persons"])
    return {
        "contender": name,
        "persons": measured,
        "seconds": seconds,
        "seconds_all_rounds": [run["seconds"] for run in runs],
        "persons_per_second": measured / seconds,
        "peak_mb": median(run["peak_mb"] for run in runs),
        "differing": differing,
    }


def _differing(reference: Path, answers: Path) -> int:
    """Persons whom `answers` decides otherwise than `reference`, or does not know."""
    query = f"""SELECT count(*) FROM '{answers}' a LEFT JOIN '{reference}' r USING (row_id)
    WHERE a.outcome IS DISTINCT FROM r.outcome OR a.reasons IS DISTINCT FROM r.reasons"""
    return int(duckdb.connect().execute(query).fetchall()[0][0])
