"""All districts of all levels: measure, add up, print as a table, keep as data."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from shutil import rmtree
from typing import Any

from bench.reconcile.measure import Figures, measure_district
from bench.reconcile.noise import LEVELS
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy

AS_OF = date(2022, 10, 31)
RULES = Path(__file__).parents[2] / "rules" / "km-reform"
SEEDS = (1, 2, 3, 4, 5)


def measure_levels(persons: int, _rounds: int, folder: Path, *, seeds: Sequence[int] = SEEDS) -> list[dict[str, Any]]:
    """One entry a level of noise: figures summed over the seeds, with those of each seed beside them."""
    policy = load_policy(RULES, as_of=AS_OF)
    return [_level(level, persons, seeds, folder, policy) for level in LEVELS]


def _level(level: str, persons: int, seeds: Sequence[int], folder: Path, policy: Policy) -> dict[str, Any]:
    begun = time.perf_counter()
    each: dict[int, Figures] = {}
    for seed in seeds:
        place = folder / f"{level}_{seed}"
        each[seed] = measure_district(place, LEVELS[level], persons=persons, seed=seed, policy=policy)
        rmtree(place)
    figures = plain(reduce(Figures.plus, each.values()))
    by_seed = {str(seed): plain(one) for seed, one in each.items()}
    return (
        {"level": level, "persons_a_district": persons, "seconds": time.perf_counter() - begun}
        | figures
        | {"seeds": by_seed}
    )


def plain(figures: Figures) -> dict[str, Any]:
    """The figures as data, with the shares that follow from the counts."""
    lines, persons = figures.ranges, figures.persons
    return {
        "links": {way: one.figures() for way, one in figures.links.items()},
        "ranges": lines | {"sound_share": lines["sound"] / lines["lines"]},
        "persons": {
            way: one
            | {
                "wrong_per_10000": one["wrong"] / one["persons"] * 10_000,
                "decided_share": one["decided"] / one["persons"],
            }
            for way, one in persons.items()
        },
    }


def table(levels: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The results as Markdown, line by line."""
    yield "| noise | links | found | precision | recall | F1 |"
    yield "|---|---|---:|---:|---:|---:|"
    for said in levels:
        for way, one in said["links"].items():
            yield f"| {said['level']} | {way} | {one['found']:,} of {one['true']:,} | {_share(one['precision'])} | {_share(one['recall'])} | {_share(one['f1'])} |"
    yield ""
    yield "| noise | agreement lines | true covered area in its range | ranges that are a point |"
    yield "|---|---:|---:|---:|"
    for said in levels:
        one = said["ranges"]
        yield f"| {said['level']} | {one['lines']:,} | {one['sound']:,} ({one['sound_share']:.2%}) | {one['points']:,} |"
    yield ""
    yield "| noise | links by | persons | decided | wrong per 10,000 | refused wrongly | admitted wrongly |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for said in levels:
        for way, one in said["persons"].items():
            yield (
                f"| {said['level']} | {way} | {one['persons']:,} | {one['decided_share']:.1%} | {one['wrong_per_10000']:.1f} "
                f"| {one['refused_wrongly']:,} | {one['admitted_wrongly']:,} |"
            )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
