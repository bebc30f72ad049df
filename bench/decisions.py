"""Facts → decisions with reasons: this program against other ways, same facts, same answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bench.contenders import CONTENDERS
from bench.districts import decided
from bench.process import figure, timed
from eligibility.store.database import connect


def measure_decisions(persons: int, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """One figure a contender: counted only where its answers are the same."""
    facts = decided(persons, folder) / "facts.parquet"
    reference = folder / "answers_0.parquet"
    results: list[dict[str, Any]] = []
    for number, (name, contender) in enumerate(CONTENDERS.items()):
        if not contender.there:
            print(f"{name}: not installed (make bench-extra)", file=sys.stderr)
            continue
        answers = folder / f"answers_{number}.parquet"
        runs = [_one_process(name, facts, answers) for _ in range(rounds)]
        persons_measured = int(runs[0]["persons"])
        entry = figure(name, runs, persons=persons_measured, differing=_differing(reference, answers))
        results.append(entry | {"persons_per_second": persons_measured / entry["seconds"]})
    ours, everyone = results[0]["seconds"], results[0]["persons"]
    for entry in results:
        entry["extrapolated"] = entry["persons"] != everyone
        entry["seconds_for_all"] = entry["seconds"] * everyone / entry["persons"]
        entry["times_this_program"] = entry["seconds_for_all"] / ours if entry["differing"] == 0 else None
    return results


def _one_process(name: str, facts: Path, answers: Path) -> dict[str, Any]:
    said: str = timed(sys.executable, "-m", "bench.measure", name, facts, answers)["said"]
    # CLIPS prints lines of its own before ours
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def _differing(reference: Path, answers: Path) -> int:
    """Persons whom `answers` decides otherwise than `reference`, or does not know."""
    query = f"""SELECT count(*) FROM '{answers}' a LEFT JOIN '{reference}' r USING (row_id)
    WHERE a.outcome IS DISTINCT FROM r.outcome OR a.reasons IS DISTINCT FROM r.reasons"""
    return int(connect().execute(query).fetchall()[0][0])
