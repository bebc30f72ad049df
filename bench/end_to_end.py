"""The whole program as a user meets it: `eligibility simulate`, then `eligibility run`, each in its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
SCRIPT = Path(sys.executable).parent / "eligibility"


def measure_end_to_end(persons: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Wall time, time of each stage as the manifest tells it, and peak memory, medians over `rounds` runs."""
    dossier = folder / f"dossier_{persons}"
    simulated = _simulate(persons, dossier)
    runs = [_run(dossier, folder / f"out_{persons}") for _ in range(rounds)]
    manifest = runs[-1]["manifest"]
    stages = {stage: median(run["manifest"]["seconds"][stage] for run in runs) for stage in manifest["seconds"]}
    return {
        "persons": persons,
        "simulate_seconds": simulated["seconds"],
        "run_seconds": median(run["seconds"] for run in runs),
        "run_peak_mb": median(run["peak_mb"] for run in runs),
        "stages": stages,
        "outcomes": manifest["outcomes"],
        "second_evaluator": manifest["second_evaluator"],
    }


def district_facts(persons: int, folder: Path) -> Path:
    """fact.persons of a made-up district of so many persons, as a Parquet file."""
    dossier, out = folder / f"dossier_{persons}", folder / f"out_{persons}"
    if not dossier.exists():
        _simulate(persons, dossier)
    if not out.exists():
        _run(dossier, out)
    return out / "facts.parquet"


def _simulate(persons: int, dossier: Path) -> dict[str, Any]:
    rmtree(dossier, ignore_errors=True)
    return _timed("simulate", "--persons", str(persons), "--seed", "1", "--out", str(dossier))


def _run(dossier: Path, out: Path) -> dict[str, Any]:
    rmtree(out, ignore_errors=True)
    timed = _timed("run", str(dossier), "--rules", "rules/km-reform", "--as-of", "2022-10-31", "--out", str(out))
    return timed | {"manifest": json.loads((out / "manifest.json").read_text("utf-8"))}


def _timed(*arguments: str) -> dict[str, Any]:
    start = time.perf_counter()
    process = subprocess.Popen([str(SCRIPT), *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"eligibility {' '.join(arguments)}: exit {process.returncode}")
    return {"seconds": time.perf_counter() - start, "peak_mb": usage.ru_maxrss / 1024}
