"""Small made-up papers, and every admissible allocation of them tried one by one: the meaning of certainty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from hypothesis import strategies as st

from eligibility.reconcile.coverage import Coverage
from eligibility.reconcile.papers import EARLIEST, LATEST, Approval, Line, Papers, Parcel

DAY = date(2013, 5, 1)
NUMBERS = ("云国土资复〔2013〕1号", "云国土资复〔2013〕2号")
CITATIONS = ("", *NUMBERS, "、".join(NUMBERS), "残缺")


def groups() -> st.SearchStrategy[frozenset[str]]:
    """No group named, one of two, or both."""
    return st.sampled_from([frozenset(), frozenset({"1"}), frozenset({"2"}), frozenset({"1", "2"})])


@st.composite
def small_papers(draw: st.DrawFn, lines: int = 4) -> Papers:
    """Up to three parcels of two approvals and `lines` agreements, cited, named by project, or not tied at all."""
    approvals = {
        no: Approval(no, no, "province", DAY, DAY, draw(st.sampled_from(["项目0", "项目1"])), "", False, False)
        for no in NUMBERS
    }
    parcels = tuple(
        parcel(i, draw(st.sampled_from(NUMBERS)), draw(st.integers(1, 3)), draw(groups()))
        for i in range(draw(st.integers(1, 3)))
    )
    agreements = tuple(
        line(i, draw(st.integers(0, 3)), draw(st.sampled_from(CITATIONS)), draw(groups()),
             draw(st.sampled_from(["", "项目0", "项目1"])))
        for i in range(draw(st.integers(1, lines)))
    )  # fmt: skip
    return Papers(approvals, parcels, agreements)


def parcel(index: int, approval: str, area: int, groups: frozenset[str] = frozenset(), half_unit: int = 0) -> Parcel:
    """A parcel of farmland in the one community."""
    return Parcel(index, approval, "乌龙", groups, "collective", "farmland", area, half_unit)


def line(
    index: int,
    area: int,
    cited: str = "",
    groups: frozenset[str] = frozenset(),
    project: str = "",
    *,
    half_unit: int = 0,
) -> Line:
    """An agreement line for farmland in the one community."""
    return Line(
        index, f"协{index}", f"协{index}", "乌龙", groups, EARLIEST, LATEST, project, "expropriation", "farmland",
        area, half_unit, cited, False,
    )  # fmt: skip


Allocation = dict[tuple[int, int], int]
"""(line, parcel) → area."""


def fillings(wishes: list[tuple[int, int, list[int]]], capacities: Mapping[int, int]) -> Iterator[Allocation]:
    """Every way to put up to the area of each wish (line, area, parcels) into the room of its parcels."""
    if not wishes:
        yield {}
        return
    (index, area, parcels), rest = wishes[0], wishes[1:]
    for used in splits(area, [capacities[p] for p in parcels]):
        left = dict(capacities) | {p: capacities[p] - u for p, u in zip(parcels, used, strict=True)}
        mine = {(index, p): u for p, u in zip(parcels, used, strict=True)}
        for others in fillings(rest, left):
            yield mine | others


def splits(area: int, capacities: list[int]) -> Iterator[tuple[int, ...]]:
    """Every way to put at most `area` into places with so much room."""
    if not capacities:
        yield ()
        return
    for first in range(min(area, capacities[0]) + 1):
        for rest in splits(area - first, capacities[1:]):
            yield (first, *rest)


def admissible(papers: Papers, possible: Mapping[int, list[Parcel]], found: Mapping[int, Coverage]) -> list[Allocation]:
    """Every allocation that gives each tied line at least its certain area from the parcels it is tied to."""
    claimed = {i: {p.index for p in c.claim.parcels} for i, c in found.items() if c.claim is not None}
    wishes = [(one.index, one.area, [p.index for p in possible[one.index]]) for one in papers.lines]
    return [
        allocation
        for allocation in fillings(wishes, {p.index: p.area for p in papers.parcels})
        if all(sum(a for (i, p), a in allocation.items() if i == n and p in mine) >= found[n].least for n, mine in claimed.items())
    ]  # fmt: skip
