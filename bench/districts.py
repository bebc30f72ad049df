"""Made-up districts and the run that was made of them, each once a session of measuring."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import rmtree
from typing import Any

from bench.process import eligibility

RULES = ("--rules", "rules/km-reform", "--as-of", "2022-10-31")


def dossier(persons: int, folder: Path) -> Path:
    """The papers of a district of so many persons (seed 1)."""
    found = folder / f"dossier_{persons}"
    if not found.exists():
        eligibility("simulate", "--persons", str(persons), "--seed", "1", "--out", found)
    return found


def decide(papers: Path, out: Path, *more: str | Path) -> dict[str, Any]:
    """One run into an empty folder: seconds, peak memory, and its manifest."""
    rmtree(out, ignore_errors=True)
    rmtree(out.with_name(out.name + ".record"), ignore_errors=True)
    found = eligibility("run", papers, *RULES, "--out", out, *more)
    return found | {"manifest": json.loads((out / "manifest.json").read_text("utf-8"))}


def decided(persons: int, folder: Path) -> Path:
    """The results of a district of so many persons."""
    out = folder / f"out_{persons}"
    if not out.exists():
        decide(dossier(persons, folder), out)
    return out
