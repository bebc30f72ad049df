"""The whole program as a user meets it: `eligibility run` as a console command, CSV to every output file."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.districts import decide, dossier
from bench.process import figure


def measure_end_to_end(persons: int, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """Wall time, time of each stage as the manifest tells it, and peak memory."""
    return [_measured("run", persons, rounds, folder)]


def measure_memory(persons: int, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """The same within 2 GB of memory for DuckDB, what does not fit on disk."""
    return [_measured("run --memory 2GB", persons, rounds, folder, "--memory", "2GB", "--spill", folder / "spill")]


def measure_spark(persons: int, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """The same on Spark in local mode, beside DuckDB."""
    return [
        _measured(f"run --engine {engine}", persons, rounds, folder, "--engine", engine)
        for engine in ("duckdb", "spark")
    ]


def _measured(name: str, persons: int, rounds: int, folder: Path, *more: str | Path) -> dict[str, Any]:
    runs = [decide(dossier(persons, folder), folder / f"out_{persons}", *more) for _ in range(rounds)]
    manifest = runs[-1]["manifest"]
    stages = {stage: median(run["manifest"]["seconds"][stage] for run in runs) for stage in manifest["seconds"]}
    told = {"stages": stages, "outcomes": manifest["outcomes"], "second_evaluator": manifest["second_evaluator"]}
    return figure(name, runs, persons=persons, **told)
