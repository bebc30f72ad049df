"""One process, measured from outside: wall time from start to exit, and the largest resident set it had."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
SCRIPT = Path(sys.executable).parent / "eligibility"


def timed(*words: str | Path) -> dict[str, Any]:
    """Seconds, peak memory in MB and standard output of one command; SystemExit when it fails."""
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        process = subprocess.Popen([*map(str, words)], cwd=ROOT, stdout=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(map(str, words))}: exit {process.returncode}")
        said.seek(0)
        return {"seconds": seconds, "peak_mb": usage.ru_maxrss / 1024, "said": said.read()}


def eligibility(*words: str | Path) -> dict[str, Any]:
    """The same of one `eligibility` command."""
    return timed(SCRIPT, *words)


def figure(name: str, runs: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Medians of several runs of one thing, with every single time."""
    return {
        "name": name,
        "seconds": median(run["seconds"] for run in runs),
        "seconds_all_rounds": [run["seconds"] for run in runs],
        "peak_mb": median(run["peak_mb"] for run in runs),
        **more,
    }
