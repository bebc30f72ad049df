"""`python -m bench.metamorphic --dossiers 10000 --jobs 2 --out FILE.json`: rewrite, decide, hold against the truth; counts.

Dossier number N of a seed is always the same. A run that was stopped goes on where its FILE.json ends. To see a failure again:
`--seed S --first N --dossiers 1 --only REWRITING[+REWRITING] --keep DIR` writes the dossier, and prints who is decided wrongly.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.metamorphic.catalogue import REWRITINGS
from bench.metamorphic.schedule import AROUND, Attempt, Round, undertake_round

WORTH = ("dossiers", "persons", "unchanged", "to_review", "gained", "wrong_refusal", "wrong_admission", "changed", "unreadable", "lost",
         "invented", "fault", "refused", "set_aside", "wrong_before", "excused", "excused_assumed")  # fmt: skip


def main() -> int:
    """Run the dossiers; 1 when a rewriting made a wrong decision or changed what it must not."""
    options = _options()
    if options.list:
        for each in REWRITINGS.values():
            print(f"{each.name:44}{each.kind:14}{each.expectation:12}{each.meaning}")
        return 0
    results = _earlier(options.out, options.seed)
    rounds = [number for number in range(options.first // AROUND, -(-(options.first + options.dossiers) // AROUND))
              if number not in results["rounds"]]  # fmt: skip
    begun = time.perf_counter()
    wanted = range(options.first, options.first + options.dossiers)
    jobs = [Round(options.seed, number, tuple(options.only), wanted, options.pairs, options.keep) for number in rounds]
    if options.jobs == 1:
        for job in jobs:
            _enter(results, undertake_round(job), options, begun)
    else:
        with ProcessPoolExecutor(options.jobs, max_tasks_per_child=20) as pool:
            waiting = {pool.submit(undertake_round, job) for job in jobs}
            try:
                for done in as_completed(waiting):
                    _enter(results, done.result(), options, begun)
                    if options.minutes and time.perf_counter() - begun > options.minutes * 60:
                        break
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
    _print(results)
    return 1 if results["failures"] else 0


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--dossiers", type=int, default=1_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--first", type=int, default=0, help="number of the first dossier")
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--minutes", type=float, default=0, help="stop after so long; a later run goes on")
    options.add_argument("--only", action="append", default=[], help="a rewriting, or two joined by +; several times")
    options.add_argument("--pairs", type=float, default=0.4, help="the share of dossiers that are rewritten twice")
    options.add_argument("--out", type=Path, help="results; a file that exists is gone on with")
    options.add_argument("--keep", type=Path, help="failing dossiers are written there")
    options.add_argument("--list", action="store_true", help="print the rewritings")
    return options.parse_args()


def _earlier(out: Path | None, seed: int) -> dict[str, Any]:
    if out and out.exists():
        results: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        if results["seed"] != seed:
            sys.exit(f"{out} is of seed {results['seed']}")
        return results
    return {"seed": seed, "rounds": [], "counts": {}, "failures": {}}


def _enter(
    results: dict[str, Any], finished: tuple[int, list[Attempt]], options: argparse.Namespace, begun: float
) -> None:
    number, done = finished
    for attempt in done:
        for label in {attempt.label, *(f"+{name}" for name in attempt.names if len(attempt.names) > 1)}:
            counts = Counter(results["counts"].get(label, {}))
            counts.update(attempt.trial.counts if attempt.trial else {"not_applicable": 1})
            results["counts"][label] = {key: count for key, count in counts.items() if count}
        for failure in attempt.trial.failures if attempt.trial else ():
            _enter_failure(results["failures"], attempt, asdict(failure), options.seed)
    results["rounds"].append(number)
    if options.out:
        part = options.out.with_name(options.out.name + ".part")
        part.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(options.out)
    total = sum(counts.get("dossiers", 0) for label, counts in results["counts"].items() if not label.startswith("+"))
    failing = sum(entry["persons"] for entry in results["failures"].values())
    print(f"{total} dossiers, {failing} failures, {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)


def _enter_failure(failures: dict[str, Any], attempt: Attempt, failure: dict[str, str], seed: int) -> None:
    """Count a failure under its rewriting and kind; the smallest district in which it is seen is the one to look at."""
    key = f"{attempt.blamed} {failure['kind']}"
    entry = failures.setdefault(key, {"persons": 0, "dossiers": [], "of_persons": 10**9})
    entry["persons"] += 1
    if attempt.number not in entry["dossiers"]:
        entry["dossiers"].append(attempt.number)
    if attempt.persons < entry["of_persons"]:
        again = f"python -m bench.metamorphic --seed {seed} --first {attempt.number} --dossiers 1 --only {attempt.blamed} --keep DIR"
        entry |= {"of_persons": attempt.persons, "district": attempt.kind, "again": again, **failure}


def _print(results: dict[str, Any]) -> None:
    print(f"{'rewriting':44}" + "".join(f"{name[:9]:>10}" for name in WORTH))
    for label, counts in sorted(results["counts"].items()):
        if "+" not in label.strip("+"):
            print(f"{label:44}" + "".join(f"{counts.get(name, 0):>10}" for name in WORTH))
    pairs = Counter[str]()
    for label, counts in results["counts"].items():
        if "+" in label.strip("+"):
            pairs.update(counts)
    print(f"{'(all pairs)':44}" + "".join(f"{pairs.get(name, 0):>10}" for name in WORTH))
    for key, entry in sorted(results["failures"].items()):
        print(f"{key}: {entry['persons']} in {len(entry['dossiers'])} dossiers; {entry['person']} is {entry['truth']},"
              f" was {entry['before']}, is decided {entry['after'].strip()[-200:]}\n    {entry['again']}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
