"""Small made-up districts with their truth: many groups of few persons, papers from clean to bad."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from unittest.mock import patch

from bench.metamorphic.papers import Papers, plain, read_papers
from eligibility.simulation import Rates, plan, simulate

KINDS = {
    "clean": Rates.none(),
    "usual": Rates(),
    "titled": Rates.from_options(["no_title=0", "late_title=0", "no_ledger=0"]),
    "pooled": Rates.from_options(["no_title=0", "missing_roll=0.4", "equal_share=0.3", "whole_community=0.2"]),
    "loose": Rates.from_options(["no_title=0", "citation_blank=0.5", "incomplete_roll=0.2", "joint_parcel=0.4"]),
}
"""The troubles that the papers of a district have before anybody rewrites them."""


@dataclass(frozen=True)
class District:
    """The papers of a district, and the true outcome of every person by any id under which one may be decided."""

    kind: str
    papers: Papers
    truth: dict[str, str]
    true_ids: dict[str, str]


def make_district(seed: str) -> District:
    """A district by its seed alone: 100 to 300 persons in groups of 20 to 60, communities of two to five groups."""
    chance = Random(seed)
    kind = chance.choice(list(KINDS))
    return district(kind, chance.randrange(2**31), chance.randrange(100, 300), chance.choice((20, 35, 60)),
                    chance.choice((2, 3, 5)))  # fmt: skip


def district(kind: str, seed: int, persons: int, in_group: int, in_community: int) -> District:
    """A district of such size; groups are smaller than the simulator makes them by itself, so that there are many."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(plan, "_PERSONS_A_GROUP", in_group),
        patch.object(plan, "_GROUPS_A_COMMUNITY", in_community),
    ):
        out = Path(folder) / "district"
        simulate(out, persons=persons, seed=seed, rates=KINDS[kind])
        with (out / "truth" / "persons.csv").open(encoding="utf-8-sig", newline="") as file:
            people = list(csv.DictReader(file))
        papers = read_papers(out)
    truth = {person["resident_id"]: person["outcome"] for person in people}
    true_ids = {plain(person[key]): person["resident_id"] for person in people for key in ("written_as", "resident_id")}
    return District(kind, papers, truth, true_ids)
