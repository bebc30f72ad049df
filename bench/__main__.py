"""python -m bench [WORKLOAD …] [--persons N …] [--rounds R] [--keep DIR] · python -m bench compare A.json B.json | list | report."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from bench.benefits import measure_benefits
from bench.compare import compare
from bench.decisions import measure_decisions
from bench.end_to_end import measure_end_to_end, measure_memory, measure_spark
from bench.machine import machine
from bench.office import measure_office
from bench.office import table as office_table
from bench.reconcile.report import measure_levels
from bench.reconcile.report import table as reconcile_table
from bench.report import report
from bench.soak import measure_soak
from bench.start import measure_start

RESULTS = Path(__file__).parent / "results"


class Workload(NamedTuple):
    """What is measured, at which sizes unless told otherwise, and whether a plain `python -m bench` runs it."""

    measure: Callable[[int, int, Path], list[dict[str, Any]]]
    sizes: tuple[int, ...]
    usual: bool
    about: str


WORKLOADS = {
    "decisions": Workload(measure_decisions, (200_000,), True, "facts → decisions with reasons, against yardsticks"),
    "end-to-end": Workload(measure_end_to_end, (15_485, 200_000), True, "eligibility run, CSV to every output file"),
    "start": Workload(measure_start, (15_485,), True, "--help, check, explain"),
    "benefits": Workload(measure_benefits, (1_000_000,), False, "what the benefits of eligible persons come to"),
    "memory": Workload(measure_memory, (1_000_000,), False, "eligibility run within 2 GB of DuckDB's memory"),
    "soak": Workload(measure_soak, (2_000,), False, "100 batches in one process"),
    "reconcile": Workload(measure_levels, (20_000,), False, "links, ranges and decisions against planted truth"),
    "office": Workload(
        measure_office, (4_000,), False, "decisions on papers that offices spoilt, against planted truth"
    ),
    "spark": Workload(measure_spark, (200_000,), False, "eligibility run on DuckDB and on Spark in local mode"),
}

TABLES = {"reconcile": reconcile_table, "office": office_table}
"""Workloads whose results are printed as a table."""


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="*", help=f"{', '.join(WORKLOADS)}; or: compare A B; list; report")
    parser.add_argument("--persons", type=int, nargs="+", help="sizes, instead of each workload's own")
    parser.add_argument("--rounds", type=int, default=3, help="processes for each figure, of which the median counts")
    parser.add_argument("--note", default="", help="a word on the circumstances, kept with the result")
    parser.add_argument("--keep", type=Path, help="folder in which dossiers and results stay, to be used again")
    asked = parser.parse_args()
    if asked.what[:1] == ["compare"] and len(asked.what) == 3:
        print(compare(Path(asked.what[1]), Path(asked.what[2])))
        return
    if asked.what == ["report"]:
        report(RESULTS)
        return
    if asked.what == ["list"]:
        for name, workload in WORKLOADS.items():
            print(f"{name:12} {workload.about} ({', '.join(f'{size:,}' for size in workload.sizes)} persons)")
        return
    if unknown := [name for name in asked.what if name not in WORKLOADS and name != "all"]:
        parser.error(f"no such workload: {', '.join(unknown)}; there are {', '.join(WORKLOADS)}, compare, list, report")
    names = [n for n in asked.what if n != "all"] or [n for n, workload in WORKLOADS.items() if workload.usual]
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            for persons in asked.persons or WORKLOADS[name].sizes:
                _measure(name, persons, asked, folder)


def _measure(name: str, persons: int, asked: argparse.Namespace, folder: Path) -> None:
    rounds = asked.rounds
    results = WORKLOADS[name].measure(persons, rounds, folder)
    RESULTS.mkdir(exist_ok=True)
    written = {"workload": name, "persons": persons, "rounds": rounds, "machine": machine(), "results": results}
    written |= {"note": asked.note} if asked.note else {}
    text = json.dumps(written, ensure_ascii=False, indent=2)
    path = RESULTS / f"{name.replace('-', '_')}_{persons}.json"
    path.write_text(text + "\n", "utf-8")
    print(f"\n{WORKLOADS[name].about}: {persons:,} persons, median of {rounds} → {path.name}\n")
    if name in TABLES:
        print("\n".join(TABLES[name](results)))
        return
    for entry in results:
        _tell(entry)


def _tell(entry: dict[str, Any]) -> None:
    if "batches" in entry:
        print(json.dumps({key: value for key, value in entry.items() if key != "rss_mb"}, ensure_ascii=False))
        return
    line = f"{entry['name']:28} {entry['seconds']:8.2f} s {entry['peak_mb']:7.0f} MB"
    if "times_this_program" in entry:
        ratio = "not counted" if entry["differing"] else f"× {entry['times_this_program']:.2f}"
        line += f"  {entry['persons_per_second']:11,.0f} persons/s  {ratio}"
        line += " (extrapolated)" if entry["extrapolated"] else ""
        line += f"  {entry['differing']:,} differ" if entry["differing"] else f"  same answers, {entry['persons']:,}"
    print(line)
    for stage, seconds in entry.get("stages", {}).items():
        print(f"    {stage:24} {seconds:8.2f} s")


if __name__ == "__main__":
    main()
