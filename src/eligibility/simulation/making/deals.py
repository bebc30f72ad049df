"""What is signed for together: the land of one scheme in one group, or in a whole community, by class and approval."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from eligibility.simulation.making.schemes import Fate, Scheme
from eligibility.simulation.making.takings import Losses
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import Community, Household

Plot = tuple[int, str, int]
"""Group, land class, number of the approval among those of the scheme."""

_OTHER_CLASSES = ("garden", "forest", "other_agricultural", "construction", "homestead", "unused")


@dataclass(frozen=True, slots=True)
class Deal:
    """An agreement to be: `land` in cents by plot, `roll` the true losses of farmland with their approvals."""

    scheme: int
    community: Community
    groups: tuple[int, ...]
    whole: bool
    land: dict[Plot, int]
    roll: tuple[tuple[Household, int, int], ...]


def strike(
    shop: Workshop, community: Community, fates: list[Fate], losses: Losses, schemes: tuple[Scheme, ...]
) -> list[Deal]:
    """The deals of a community, by scheme and group."""
    deals = []
    for number, scheme in enumerate(schemes):
        reached = [group for group, fate in zip(community.groups, fates, strict=True) if number in fate.schemes]
        parts = [_deal(shop.rng, community, (number, scheme), group.number, losses) for group in reached]
        parts = [part for part in parts if part.land]
        if len(parts) > 1 and shop.luck.quota("whole_community"):
            shop.luck.plant("whole_community")
            parts = [_together(parts)]
        deals += parts
    return deals


def _deal(rng: Random, community: Community, of: tuple[int, Scheme], group: int, losses: Losses) -> Deal:
    number, scheme = of
    roll = []
    farmland: dict[int, int] = defaultdict(int)
    for household in community.groups[group - 1].households:
        for piece in losses.get(household.household_id, ()):
            if piece.scheme == number and piece.cents:
                roll.append((household, piece.cents, piece.part))
                farmland[piece.part] += piece.cents
    land = _classes(farmland, scheme.basic, group) | _other_land(rng, scheme, group, sum(farmland.values()))
    return Deal(number, community, (group,), False, land, tuple(roll))


def _classes(farmland: dict[int, int], basic: float, group: int) -> dict[Plot, int]:
    land: dict[Plot, int] = {}
    for part, cents in farmland.items():
        share = round(cents * basic)
        land |= {(group, "basic_farmland", part): share} if share else {}
        land |= {(group, "farmland", part): cents - share} if cents > share else {}
    return land


def _other_land(rng: Random, scheme: Scheme, group: int, farmland: int) -> dict[Plot, int]:
    """Woods, gardens, yards: with a third of the agreements, and alone where no farmland goes."""
    if farmland and rng.random() > 0.35:
        return {}
    part = scheme.part(group, 0, 1)
    classes = rng.sample(_OTHER_CLASSES, rng.choice((1, 1, 2)))
    return {(group, land_class, part): rng.randint(20, max(200, farmland // 5)) for land_class in classes}


def _together(parts: list[Deal]) -> Deal:
    first = parts[0]
    land = {plot: cents for part in parts for plot, cents in part.land.items()}
    roll = tuple(line for part in parts for line in part.roll)
    return Deal(first.scheme, first.community, tuple(part.groups[0] for part in parts), True, land, roll)
