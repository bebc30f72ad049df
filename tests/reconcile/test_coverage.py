"""Least coverage equals its meaning: the worst way rival claims could fill the parcels, tried one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.reconcile.coverage import candidates, cover
from eligibility.reconcile.papers import EARLIEST, LATEST, Approval, Line, Papers, Parcel

DAY = date(2013, 5, 1)
NUMBERS = [f"云国土资复〔2013〕{n}号" for n in (1, 2)]


@st.composite
def small_papers(draw: st.DrawFn) -> Papers:
    """Up to three parcels of two approvals and four agreements, cited, named by project, or not tied at all."""
    approvals = {
        no: Approval(no, no, "province", DAY, DAY, f"项目{i}", "", False, False) for i, no in enumerate(NUMBERS)
    }
    parcels = tuple(
        Parcel(i, draw(st.sampled_from(NUMBERS)), "乌龙", draw(groups()), "collective", "farmland", draw(areas(1)), 0)
        for i in range(draw(st.integers(1, 3)))
    )
    lines = tuple(
        Line(i, f"协{i}", f"协{i}", "乌龙", draw(groups()), EARLIEST, LATEST, draw(st.sampled_from(["", "项目0", "项目1"])),
             "expropriation", "farmland", draw(areas(0)), 0, draw(st.sampled_from(["", *NUMBERS, "残缺"])), False)
        for i in range(draw(st.integers(1, 4)))
    )  # fmt: skip
    return Papers(approvals, parcels, lines)


def groups() -> st.SearchStrategy[frozenset[str]]:
    return st.sampled_from([frozenset(), frozenset({"1"}), frozenset({"2"}), frozenset({"1", "2"})])


def areas(least: int) -> st.SearchStrategy[int]:
    return st.integers(least, 4)


def fillings(rivals: list[tuple[int, list[int]]], room: dict[int, int]) -> Iterator[dict[int, int]]:
    """Every way in which rivals (area, parcels) can use up the room of the parcels."""
    if not rivals:
        yield room
        return
    (area, parcels), rest = rivals[0], rivals[1:]
    for used in splits(area, [room[p] for p in parcels]):
        yield from fillings(rest, room | {p: room[p] - u for p, u in zip(parcels, used, strict=True)})


def splits(area: int, room: list[int]) -> Iterator[tuple[int, ...]]:
    if not room:
        yield ()
        return
    for first in range(min(area, room[0]) + 1):
        for rest in splits(area - first, room[1:]):
            yield (first, *rest)


@settings(max_examples=150, deadline=None)
@given(small_papers())
def test_least_is_what_the_worst_filling_leaves(papers: Papers) -> None:
    possible = candidates(papers)
    found = cover(papers, possible)
    claims = {i: c.tie for i, c in found.items() if c.tie is not None}
    capacity = {p.index: p.area for p in papers.parcels}
    for index, tie in claims.items():
        rivals = [(papers.lines[i].area, [p.index for p in other.parcels]) for i, other in claims.items() if i != index]
        mine = [p.index for p in tie.parcels]
        worst = min(sum(left[p] for p in mine) for left in fillings(rivals, capacity))
        # a claim by name that did not close is no tie any more but still was a rival, so less may be certain
        assert found[index].least <= min(papers.lines[index].area, worst)
        if all(line.cited or not line.project for line in papers.lines):
            assert found[index].least == min(papers.lines[index].area, worst)


@settings(max_examples=150, deadline=None)
@given(small_papers())
def test_certain_areas_fit_together_and_ranges_are_ranges(papers: Papers) -> None:
    found = cover(papers, candidates(papers))
    assert sum(c.least for c in found.values()) <= sum(p.area for p in papers.parcels)
    for index, coverage in found.items():
        assert 0 <= coverage.least <= coverage.most <= papers.lines[index].area
        for low, high in coverage.shares.values():
            assert 0 <= low <= high <= papers.lines[index].area


@settings(max_examples=100, deadline=None)
@given(small_papers(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(papers: Papers, chance: object) -> None:
    lines = list(papers.lines)
    chance.shuffle(lines)  # type: ignore[attr-defined]
    again = Papers(papers.approvals, papers.parcels, tuple(lines))
    first, second = cover(papers, candidates(papers)), cover(again, candidates(again))
    assert {i: (c.least, c.most, c.shares) for i, c in first.items()} == {
        i: (c.least, c.most, c.shares) for i, c in second.items()
    }
