"""Bounds of the loss of a household against brute force: every way to spread the pools of a small community over its households.

The meaning is the enumerator below: whole 亩 are handed out to the households that an agreement can concern, none beyond
what it holds. The least and the most that a household loses in any of these ways are its range, and both ends are met exactly.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from support.paper_folder import Papers, resident_id

MU = 1_000_000
GROUPS = ("一组", "二组")


@dataclass(frozen=True)
class Taking:
    """An agreement with one group (None: the whole community) over so much land, with the lines its roll has."""

    group: int | None
    area: int
    lines: dict[int, int]


@dataclass(frozen=True)
class Village:
    """Households as (group, own land), and what was taken."""

    households: tuple[tuple[int, int], ...]
    takings: tuple[Taking, ...]


def spread(area: int, room: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every way to hand out `area` to households that have `room`."""
    if not room:
        if area == 0:
            yield ()
        return
    for first in range(min(area, room[0]) + 1):
        for rest in spread(area - first, room[1:]):
            yield (first, *rest)


def losses(village: Village) -> list[tuple[int, ...]]:
    """The loss of each household in every admissible way; empty where the papers contradict each other."""
    known = [sum(taking.lines.get(i, 0) for taking in village.takings) for i in range(len(village.households))]
    ways = {tuple(known)}
    for taking in village.takings:
        pool = taking.area - sum(taking.lines.values())
        ways = {
            tuple(was + more for was, more in zip(way, given, strict=True))
            for way in ways
            for given in spread(pool, [_room(village, taking, way, i) for i in range(len(way))])
        }
    return sorted(ways)


def _room(village: Village, taking: Taking, way: tuple[int, ...], i: int) -> int:
    group, own = village.households[i]
    return own - way[i] if taking.group in (None, group) else 0


def made_up(seed: int) -> Village:
    """A village of two groups whose papers are possible: lines are what truly went, and the rest is in pools."""
    chance = random.Random(seed)
    households = tuple((group, chance.randint(1, 4)) for group in (0, 1) for _ in range(chance.randint(1, 3)))
    left = [own for _, own in households]
    takings = []
    for group in chance.sample([0, 1, None], k=chance.randint(1, 3)) + chance.choices(
        [0, None], k=chance.randint(0, 1)
    ):
        truly = [chance.randint(0, left[i]) if group in (None, of) else 0 for i, (of, _) in enumerate(households)]
        left = [before - gone for before, gone in zip(left, truly, strict=True)]
        lines = {i: gone for i, gone in enumerate(truly) if gone and chance.random() < 0.25}
        if sum(truly) > sum(lines.values()):
            takings.append(Taking(group, sum(truly), lines))
    return Village(households, tuple(takings))


def on_paper(papers: Papers, number: int, village: Village) -> None:
    """A community of its own, every agreement cited and covered, every household with a certificate."""
    community = f"村{number}"
    for group in (0, 1):
        total = sum(own for of, own in village.households if of == group)
        papers.group(GROUPS[group], f"{total}.00", community=community)
    for i, (group, own) in enumerate(village.households):
        household = f"H{number}-{i}"
        papers.person(i, born=_born(number), household_id=household, community=community, group=GROUPS[group])
        papers.certificate(household, f"{own}.00")
    for n, taking in enumerate(village.takings):
        approval, agreement = f"云国土资复〔2013〕{number * 10 + n + 1}号", f"协{number}-{n}"
        group_name = "" if taking.group is None else GROUPS[taking.group]
        papers.approval(approval, "500.00", project=f"项目{number}之{n}")
        papers.tables["approval_parcels"][-1].update(community=community, groups=group_name)
        papers.agreement(
            agreement, f"{taking.area}.00", cited_approval_no=approval, community=community, group=group_name
        )
        for i, gone in taking.lines.items():
            papers.line(f"H{number}-{i}", f"{gone}.00", agreement)


def _born(number: int) -> str:
    return f"{1950 + number // 300}-{number // 25 % 12 + 1:02d}-{number % 25 + 1:02d}"


def test_the_range_of_a_loss_is_exactly_what_every_spread_gives(tmp_path: Path) -> None:
    villages = {seed: made_up(seed) for seed in range(200)}
    papers = Papers()
    for number, village in villages.items():
        on_paper(papers, number, village)
    decided = papers.decide(tmp_path)
    found = decided.con.execute(
        "SELECT resident_id, lawful_loss_lo, lawful_loss_hi FROM fact.persons JOIN decision.persons USING (row_id)"
    ).fetchall()
    facts = {resident: (low, high) for resident, low, high in found}
    narrower = 0
    for number, village in villages.items():
        if not village.takings:
            continue
        ways = losses(village)
        for i in range(len(village.households)):
            least, most = min(way[i] for way in ways), max(way[i] for way in ways)
            assert facts[resident_id(i, _born(number))] == (least * MU, most * MU), (number, i, village)
            narrower += least > 0
    assert narrower > 100, "the villages must try the lower bounds"


def test_no_pool_is_spread_beyond_what_a_household_holds() -> None:
    assert set(spread(3, [2, 1, 1])) == {(2, 1, 0), (2, 0, 1), (1, 1, 1)}
