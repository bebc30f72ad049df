"""Decisions on papers that offices spoilt, held against the planted truth: each defect alone, and all of them together."""

from __future__ import annotations

import time
from dataclasses import fields, replace
from pathlib import Path
from shutil import rmtree
from typing import Any

from bench.reconcile.report import AS_OF, RULES
from bench.reconcile.score import decisions, read_truth
from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy
from eligibility.simulation import Defects, simulate
from eligibility.store.database import connect

RATE = 0.2
"""At which a defect is measured alone."""
SEEDS = (1, 2, 3)


def measure_office(persons: int, _rounds: int, folder: Path) -> list[dict[str, Any]]:
    """One entry for no defect, for each defect alone at `RATE`, and for the profile `office`; summed over the seeds."""
    policy = load_policy(RULES, as_of=AS_OF)
    alone = {field.name: replace(Defects(), **{field.name: RATE}) for field in fields(Defects)}
    return [
        _entry(name, defects, persons, folder, policy)
        for name, defects in ({"none": Defects()} | alone | {"office": Defects.office()}).items()
    ]


def _entry(name: str, defects: Defects, persons: int, folder: Path, policy: Policy) -> dict[str, Any]:
    begun, total = time.perf_counter(), dict[str, int]()
    for seed in SEEDS:
        place = folder / f"office_{name}_{seed}"
        for key, count in _decided(place, defects, persons, seed, policy).items():
            total[key] = total.get(key, 0) + count
        rmtree(place)
    return {"name": name, "seconds": time.perf_counter() - begun, "defect": True} | total


def _decided(folder: Path, defects: Defects, persons: int, seed: int, policy: Policy) -> dict[str, int]:
    simulate(folder, persons=persons, seed=seed, defects=defects)
    with connect() as con:
        execute(Work(con, policy, folder), last="decisions")
        read_truth(con, folder)
        return decisions(con)


def table(results: list[dict[str, Any]]) -> list[str]:
    """The results as a table in Markdown."""
    lines = [
        "| defect | persons | decided | wrong | refused wrongly | admitted wrongly |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for one in results:
        share = f"{100 * one['decided'] / one['persons']:.1f}%"
        figures = (f"{one['persons']:,}", share, one["wrong"], one["refused_wrongly"], one["admitted_wrongly"])
        lines.append(f"| `{one['name']}` | " + " | ".join(map(str, figures)) + " |")
    return lines
