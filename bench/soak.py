"""The same batch again and again in one process: memory flat, no thread and no open file left, the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
import threading
from contextlib import redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import rmtree
from typing import Any

import psutil

from bench.districts import dossier
from bench.process import ROOT, timed

BATCHES = 100
WARM = 5
"""Batches after which memory is taken for settled: caches of imports, of compiled rules and of the allocator are full."""


def measure_soak(persons: int, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """One process of `rounds` × 100 batches."""
    told = timed(sys.executable, "-m", "bench.soak", dossier(persons, folder), folder / "soak", BATCHES * rounds)[
        "said"
    ]
    found: dict[str, Any] = json.loads(told)
    return [found | {"persons": persons}]


def soak(papers: Path, out: Path, batches: int) -> dict[str, Any]:
    """Decide the papers `batches` times; what each batch left behind."""
    from eligibility.application.run import RunRequest
    from eligibility.cli.run import run_batch

    order = RunRequest(papers, ROOT / "rules" / "km-reform", date(2022, 10, 31), out)
    process, seen = psutil.Process(), []
    for _ in range(batches):
        rmtree(out, ignore_errors=True)
        rmtree(out.with_name(out.name + ".record"), ignore_errors=True)
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
            run_batch(order, now=datetime(2022, 11, 1, tzinfo=UTC), lang="zh", json=False)
        here = {"rss_mb": process.memory_info().rss / 2**20, "threads": process.num_threads()}
        here |= {"python_threads": threading.active_count(), "files": process.num_fds(), "sha256": _hash(out)}
        seen.append(here)
    settled = seen[min(WARM, batches // 2) :]
    return {
        "name": "soak",
        "batches": batches,
        "rss_mb": [round(one["rss_mb"], 1) for one in seen],
        "growth_mb_a_batch": _slope([one["rss_mb"] for one in settled]),
        "threads": [one["threads"] for one in settled],
        "python_threads": sorted({one["python_threads"] for one in settled}),
        "files": sorted({one["files"] for one in settled}),
        "different_results": len({one["sha256"] for one in seen}),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _hash(out: Path) -> str:
    """Of every file but the manifest, which tells the seconds."""
    digest = hashlib.sha256()
    for path in sorted(path for path in out.rglob("*") if path.is_file() and path.name != "manifest.json"):
        digest.update(str(path.relative_to(out)).encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _slope(values: list[float]) -> float:
    """Least-squares growth a step."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    spread = sum((i - middle) ** 2 for i in range(len(values)))
    return sum((i - middle) * (value - mean) for i, value in enumerate(values)) / spread if spread else 0.0


if __name__ == "__main__":
    print(json.dumps(soak(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
