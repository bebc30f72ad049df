"""The short form of `python -m bench reconcile`: one small district at high noise, held against its planted truth."""

from __future__ import annotations

import pytest
from bench.reconcile.measure import OURS, Figures, measure_district
from bench.reconcile.noise import LEVELS
from bench.reconcile.report import AS_OF, RULES, plain, table
from bench.reconcile.score import Links

from eligibility.rulebook import load_policy


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    policy = load_policy(RULES, as_of=AS_OF)
    return measure_district(
        tmp_path_factory.mktemp("planted") / "d", LEVELS["high"], persons=2500, seed=4, policy=policy
    )


def test_certain_links_are_true(figures: Figures) -> None:
    certain = figures.links["certain"]
    assert certain.found > 5
    assert certain.right == certain.found


def test_possible_links_hold_every_true_one(figures: Figures) -> None:
    assert figures.links["certain or possible"].right == figures.links["certain or possible"].true


def test_the_true_covered_area_lies_in_its_range(figures: Figures) -> None:
    assert figures.ranges["sound"] == figures.ranges["lines"] > 10


def test_nobody_is_decided_wrongly_however_bad_the_papers(figures: Figures) -> None:
    ours = figures.persons[OURS]
    assert (ours["wrong"], ours["refused_wrongly"], ours["admitted_wrongly"]) == (0, 0, 0)
    assert ours["decided"] > 0


def test_one_to_one_matching_misses_links_that_are_found_here(figures: Figures) -> None:
    assert figures.links["nx.max_weight_matching"].right < figures.links["proposed"].right


def test_the_table_prints_every_way_at_every_level(figures: Figures) -> None:
    text = "\n".join(table([{"level": "high"} | plain(figures)]))
    assert all(way in text for way in figures.links)


def test_precision_recall_and_f1_are_those_of_the_textbook() -> None:
    said = Links(found=10, right=8, true=16).figures()
    assert (said["precision"], said["recall"]) == (0.8, 0.5)
    assert said["f1"] == pytest.approx(8 / 13)
    assert Links(0, 0, 5).figures()["precision"] is None
