"""python -m bench [decisions|end-to-end] [--persons N …] [--rounds R]: measure, print a table, write bench/results."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from pathlib import Path

from bench.decisions import measure_decisions
from bench.end_to_end import measure_end_to_end

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run the measurements asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["decisions", "end-to-end", "all"], default="all")
    parser.add_argument("--persons", type=int, nargs="+", help="sizes (default: 200000; end to end also 15485)")
    parser.add_argument("--rounds", type=int, default=3, help="processes for each figure, of which the median counts")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.what in ("end-to-end", "all"):
            for persons in asked.persons or [15_485, 200_000]:
                _end_to_end(persons, asked.rounds, Path(folder))
        if asked.what in ("decisions", "all"):
            for persons in asked.persons or [200_000]:
                _decisions(persons, asked.rounds, Path(folder))


def _decisions(persons: int, rounds: int, folder: Path) -> None:
    results = measure_decisions(persons, rounds, folder)
    _write(f"decisions_{persons}", results)
    print(f"\nfacts → decisions with reasons, {persons:,} persons, median of {rounds}\n")
    print("| contender | seconds | persons a second | peak MB | × this program | same answers |")
    print("|---|---:|---:|---:|---:|---|")
    for entry in results:
        note = " (extrapolated)" if entry["extrapolated"] else ""
        ratio = "not counted" if entry["times_this_program"] is None else f"{entry['times_this_program']:.2f}"
        same = f"yes, {entry['persons']:,}" if not entry["differing"] else f"no: {entry['differing']:,} differ"
        print(
            f"| {entry['contender']} | {entry['seconds_for_all']:.2f}{note} | {entry['persons_per_second']:,.0f} "
            f"| {entry['peak_mb']:.0f} | {ratio} | {same} |"
        )


def _end_to_end(persons: int, rounds: int, folder: Path) -> None:
    result = measure_end_to_end(persons, rounds, folder)
    _write(f"end_to_end_{persons}", result)
    print(f"\neligibility run, {persons:,} persons, median of {rounds}\n")
    print(
        f"simulate {result['simulate_seconds']:.1f} s, run {result['run_seconds']:.1f} s, {result['run_peak_mb']:.0f} MB"
    )
    print("| stage | seconds |\n|---|---:|")
    for stage, seconds in result["stages"].items():
        print(f"| {stage} | {seconds:.2f} |")


def _write(name: str, results: object) -> None:
    RESULTS.mkdir(exist_ok=True)
    machine = {"cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    text = json.dumps({"machine": machine, "results": results}, ensure_ascii=False, indent=2)
    (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
