"""How often each item of evidence stands in pairs that belong together and in pairs that only fit by place and class.

`python -m bench.evidence` prints the counts that `src/eligibility/reconcile/evidence.toml` gives as the source of its
weights: made-up districts, their truth, every pair that is possible by place and class.
"""

from __future__ import annotations

import csv
import math
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from eligibility.intake import read_dossier
from eligibility.model.document_number import normal_form
from eligibility.reconcile.coverage import candidates
from eligibility.reconcile.evidence import collect_evidence
from eligibility.reconcile.evidence_items import ITEMS
from eligibility.reconcile.papers import Papers, Parcel, read_papers
from eligibility.simulation import simulate
from eligibility.simulation.world import DECISION_DAY
from eligibility.store.database import connect

PERSONS, SEEDS = 6_000, (1, 2, 3)


def measure() -> tuple[Counter[str], Counter[str], int, int]:
    """Items among true pairs and among the others, and the number of pairs of either kind."""
    among: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    pairs: Counter[bool] = Counter()
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            for belongs, names in _district(Path(folder) / "d", seed):
                pairs[belongs] += 1
                among[belongs].update(names)
    return among[True], among[False], pairs[True], pairs[False]


def _district(folder: Path, seed: int) -> Iterator[tuple[bool, list[str]]]:
    simulate(folder, persons=PERSONS, seed=seed)
    with connect() as con:
        read_dossier(folder, con)
        papers = read_papers(con, DECISION_DAY)
    with (folder / "truth" / "links.csv").open(encoding="utf-8-sig", newline="") as lines:
        true = {
            (row["agreement_no"], row["land_class"], normal_form(row["approval_no"]))
            for row in csv.DictReader(lines)
            if row["in_dossier"] == "true"
        }
    yield from _pairs(papers, true)


def _pairs(papers: Papers, true: set[tuple[str, str, str]]) -> Iterator[tuple[bool, list[str]]]:
    possible = candidates(papers)
    for line in papers.lines:
        by_approval: dict[str, list[Parcel]] = defaultdict(list)
        for parcel in possible.get(line.index, ()):
            by_approval[parcel.approval].append(parcel)
        for key, parcels in by_approval.items():
            names = [name for name, _ in collect_evidence(line, papers.approvals[key], parcels).items]
            yield (line.no, line.land_class or "", key) in true, names


def main() -> None:
    """Print a line an item: weight, counts, and the logarithm of the ratio in bits."""
    yes, no, trues, others = measure()
    for name, item in ITEMS.items():
        bits = math.log2(((yes[name] + 0.5) / (trues + 1)) / ((no[name] + 0.5) / (others + 1)))
        sys.stdout.write(
            f"{name:20} {item.weight:+3d}  {yes[name]:4} of {trues}  {no[name]:4} of {others}  {bits:+.1f}\n"
        )


if __name__ == "__main__":
    main()
