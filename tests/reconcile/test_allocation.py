"""The allocation of a component: exact against every allocation tried one by one, bounded, and the same in any order."""

from __future__ import annotations

import bz2
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.reconcile.allocation import propose
from eligibility.reconcile.allocation.graph_flow import least_cost_flow, solve_as_flow
from eligibility.reconcile.allocation.problem import Choice, Limits, Prices, Problem
from eligibility.reconcile.allocation.solve import solve
from eligibility.reconcile.coverage import candidates, cover, divide
from eligibility.reconcile.papers import Approval, Papers
from reconcile.small_papers import DAY, NUMBERS, fillings, line, parcel, small_papers

EXACT = Limits(milp_choices=300, flow_choices=1000, nodes=2000, seconds=60)
ONE = frozenset({"1"})
FIRST, SECOND = NUMBERS


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to three lines and three parcels of two approvals; some lines must get something."""
    wants = {i: draw(st.integers(1, 3)) for i in range(draw(st.integers(1, 3)))}
    capacities = {p: draw(st.integers(1, 3)) for p in range(draw(st.integers(1, 3)))}
    pairs = [(i, p) for i in wants for p in capacities if draw(st.booleans())]
    choices = tuple(Choice(i, p, f"a{p % 2}", draw(st.integers(-3, 12)), claimed=draw(st.booleans())) for i, p in pairs)
    prices = Prices(floor=draw(st.sampled_from([0.0, 1.0])), link=draw(st.sampled_from([0.3, 1.5, 2.5])), fill=1.0)
    free = Problem(wants, {}, capacities, choices, prices)
    laid = free.allocate([c for c in choices if c.claimed], wants)
    got = {i: sum(area for c, area in laid.items() if c.line == i) for i in wants}
    required = {i: draw(st.integers(0, most)) for i, most in got.items()}
    return replace(free, required={i: area for i, area in required.items() if area})


def allocations(problem: Problem) -> Iterator[dict[Choice, int]]:
    """Every allocation in whole areas that gives each line what it must get from tied choices."""
    by_place = {(c.line, c.parcel): c for c in problem.choices}
    wishes = [(i, want, [c.parcel for c in problem.choices if c.line == i]) for i, want in problem.wants.items()]
    for one in fillings(wishes, problem.capacities):
        areas = {by_place[place]: area for place, area in one.items() if area}
        if fulfils(problem, areas):
            yield areas


def fulfils(problem: Problem, areas: dict[Choice, int]) -> bool:
    """Nobody gets more than wanted, no parcel gives more than it has, and what must be is."""
    return (
        all(sum(a for c, a in areas.items() if c.line == i) <= want for i, want in problem.wants.items())
        and all(
            sum(a for c, a in areas.items() if c.parcel == p) <= capacities
            for p, capacities in problem.capacities.items()
        )
        and all(
            sum(a for c, a in areas.items() if c.line == i and c.claimed) >= required
            for i, required in problem.required.items()
        )
    )


def score(problem: Problem, areas: dict[Choice, int], *, priced: bool = True) -> float:
    """Evidence by share, what using parcels up is worth, less the price of every link (or of its share of the line)."""
    gains = sum(problem.gain(c) * area / problem.wants[c.line] for c, area in areas.items())
    links = len({(c.line, c.approval) for c in areas})
    shares = sum(area / problem.wants[c.line] for c, area in areas.items())
    return gains - problem.prices.link * (links if priced else shares)


@settings(max_examples=120, deadline=None)
@given(problems())
def test_the_best_allocation_is_found_exactly(problem: Problem) -> None:
    best = max(score(problem, one) for one in allocations(problem))
    found: dict[Choice, int] = {}
    for part in problem.useful():
        solution = solve(part, EXACT)
        assert solution.method in {"certain", "separate", "milp"}
        found |= solution.areas
    assert fulfils(problem, found)
    # with whole areas an exact optimum of shares is reached up to what HiGHS leaves of a share
    assert score(problem, found) == pytest.approx(best, abs=1e-5)


@settings(max_examples=80, deadline=None)
@given(problems())
def test_the_flow_is_the_best_where_a_link_costs_its_price_by_share(problem: Problem) -> None:
    found = solve_as_flow(problem)
    assert fulfils(problem, found)
    best = max(score(problem, one, priced=False) for one in allocations(problem))
    assert score(problem, found, priced=False) == pytest.approx(best, abs=1e-6)


@settings(max_examples=80, deadline=None)
@given(problems(), st.sampled_from([(0, 1000), (0, 0)]))
def test_components_too_large_for_the_exact_method_are_still_allocated_soundly(problem: Problem, bounds) -> None:
    limits = EXACT.model_copy(update={"milp_choices": bounds[0], "flow_choices": bounds[1]})
    for part in problem.useful():
        solution = solve(part, limits)
        assert solution.method != "milp"
        assert fulfils(part, solution.areas)
        assert solution == solve(part, limits)


def test_a_blown_fuse_is_recorded_and_leads_to_the_flow() -> None:
    choices = tuple(Choice(i, p, f"a{p}", 5 + (i * 7 + p * 3) % 5, claimed=False) for i in range(6) for p in range(6))
    prices = Prices(floor=1, link=1.5, fill=1)
    problem = Problem(dict.fromkeys(range(6), 7), {}, {p: 5 + p for p in range(6)}, choices, prices)
    blown = solve(problem, EXACT.model_copy(update={"seconds": 1e-9}))
    assert (blown.method, blown.seconds_limit_hit) == ("flow", True)
    assert blown.areas == solve(problem, EXACT.model_copy(update={"milp_choices": 0})).areas


def test_netgen_costs_what_its_authors_published() -> None:
    path = Path(nx.__file__).parent / "algorithms" / "flow" / "tests" / "netgen-2.gpickle.bz2"
    if not path.exists():
        pytest.skip("networkx was installed without its tests")
    network = pickle.loads(bz2.decompress(path.read_bytes()))
    assert least_cost_flow(network)[0] == 6749969302


def proposed(papers: Papers) -> dict[tuple[str, str], str]:
    """(agreement, approval) → first or second, by evidence as small as whether the group is named."""
    possible = candidates(papers)
    found = propose(
        papers,
        possible,
        cover(possible, divide(papers, possible)),
        lambda one, _, of: 3 + any(one.groups & p.groups for p in of),
    )
    numbers = {one.index: one.key for one in papers.lines}
    return {(numbers[i], approval): word for (i, approval), (word, _) in found.links.items()}


@settings(max_examples=60, deadline=None)
@given(small_papers(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_proposal(papers: Papers, chance) -> None:
    lines, parcels = list(papers.lines), list(papers.parcels)
    chance.shuffle(lines)
    chance.shuffle(parcels)
    lines = [replace(one, index=100 + n) for n, one in enumerate(lines)]
    parcels = [replace(one, index=200 + n) for n, one in enumerate(parcels)]
    assert proposed(papers) == proposed(replace(papers, lines=tuple(lines), parcels=tuple(parcels)))


def test_a_further_approval_is_worth_its_price_for_much_land_and_only_a_second_thought_for_little() -> None:
    approvals = {no: Approval(no, no, "province", DAY, DAY, "", "", False, False) for no in NUMBERS}
    parcels = (parcel(0, FIRST, 6_000, ONE), parcel(1, SECOND, 4_000, ONE))
    both = Papers(approvals, parcels, (line(0, 10_000, "", ONE),))
    assert proposed(both) == {("协0", FIRST): "first", ("协0", SECOND): "first"}
    little = replace(both, lines=(line(0, 6_050, "", ONE),))
    assert proposed(little) == {("协0", FIRST): "first", ("协0", SECOND): "second"}
    nothing = replace(both, lines=(line(0, 6_050, "", ONE, half_unit=50),))
    assert proposed(nothing) == {("协0", FIRST): "first"}
