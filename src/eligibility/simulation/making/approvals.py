"""The approvals of a scheme: their parcels as printed, the authority, and whether it was competent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from random import Random

from eligibility.simulation.making.deals import Deal
from eligibility.simulation.making.schemes import Scheme
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import UNITS_PER_3_CENTS, Approval, Parcel

_FARMLAND_LIMIT = 35 * 10_000  # 土地管理法 Art. 46: other 耕地 over 35 ha needs the State Council
_OTHER_LIMIT = 70 * 10_000  # and other land over 70 ha
_RANK = {"county": 0, "city": 0, "province": 1, "state_council": 2}


def approve(shop: Workshop, scheme: Scheme, deals: list[Deal]) -> tuple[Approval, ...]:
    """The approvals of the scheme, one for each of its days, that cover the land of its deals."""
    return tuple(_approval(shop, scheme, part, deals) for part in range(len(scheme.days)))


def _approval(shop: Workshop, scheme: Scheme, part: int, deals: list[Deal]) -> Approval:
    rng = shop.rng
    parcels = [parcel for deal_set in _by_community(deals) for parcel in _parcels(shop, part, deal_set)]
    if rng.random() < 0.2 and parcels:
        parcels.append(Parcel(parcels[0].community, (), "state", "construction", rng.randint(500, 9000)))
    needed = _needed(parcels)
    short = any(_alone(parcel) for parcel in parcels) and shop.luck.quota("over_expropriated")
    shop.luck.plant("over_expropriated", int(short))
    authority = _authority(shop, scheme, needed)
    number, batch = shop.numbers.approval(rng, scheme.days[part], authority)
    competent = _RANK[authority] >= _RANK[needed]
    shop.luck.plant("incompetent", int(not competent))
    lost = shop.luck.quota("approval_lost")
    shop.luck.plant("approval_lost", int(lost))
    printed = tuple(_shortened(parcel, number) if short else parcel for parcel in parcels)
    return Approval(
        number, authority, scheme.days[part], scheme.name, batch, scheme.works, printed, competent, lost, short
    )


def _alone(parcel: Parcel) -> bool:
    """Whether it is the land of one group, so that one agreement alone draws on it."""
    return len(parcel.groups) == 1 and parcel.ownership == "collective"


def _shortened(parcel: Parcel, number: str) -> Parcel:
    # a chance of its own, so that the rest of the district stays as it is
    return replace(parcel, units=round(parcel.units * Random(number).uniform(0.6, 0.9))) if _alone(parcel) else parcel


def _by_community(deals: list[Deal]) -> list[list[Deal]]:
    sets: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        sets[deal.community.name].append(deal)
    return list(sets.values())


def _parcels(shop: Workshop, part: int, deals: list[Deal]) -> list[Parcel]:
    """The lines for one community: by group, for several groups together, or for the whole of it."""
    community = deals[0].community
    bundles = _bundles(shop, deals, [group.number for group in community.groups])
    land: dict[tuple[tuple[int, ...], str], int] = defaultdict(int)
    for deal in deals:
        for (group, land_class, of), cents in deal.land.items():
            if of == part:
                land[bundles[group], land_class] += cents
    return [
        Parcel(community.name, groups, "collective", land_class, _printed(shop, cents))
        for (groups, land_class), cents in land.items()
    ]


def _bundles(shop: Workshop, deals: list[Deal], every: list[int]) -> dict[int, tuple[int, ...]]:
    """For each group the groups that stand in one line with it; none: the line is the whole community's."""
    if shop.luck.quota("community_parcel") or any(deal.whole for deal in deals):
        shop.luck.plant("community_parcel")
        return dict.fromkeys(every, ())
    groups = [group for deal in deals for group in deal.groups]
    if len(groups) > 1 and shop.luck.quota("joint_parcel"):
        shop.luck.plant("joint_parcel")
        size = 3 if len(groups) == 3 else 2
        return {group: tuple(groups[at - at % size : at - at % size + size]) for at, group in enumerate(groups)}
    return {group: (group,) for group in groups}


def _printed(shop: Workshop, cents: int) -> int:
    """The area in 0.0001 ha, rounded; a third of the parcels hold a little more than was agreed for."""
    more = 1 + shop.rng.uniform(0, 0.03) if shop.rng.random() < 0.3 else 1
    return (round(cents * more) * UNITS_PER_3_CENTS + 1) // 3


def _needed(parcels: list[Parcel]) -> str:
    sums: dict[str, int] = defaultdict(int)
    for parcel in parcels:
        if parcel.ownership == "collective":
            sums[parcel.land_class] += parcel.units
    basic, farmland = sums.pop("basic_farmland", 0), sums.pop("farmland", 0)
    over = basic > 0 or farmland > _FARMLAND_LIMIT or sum(sums.values()) > _OTHER_LIMIT
    return "state_council" if over else "province"


def _authority(shop: Workshop, scheme: Scheme, needed: str) -> str:
    if not scheme.incompetent:
        return "state_council" if shop.rng.random() < 0.05 else needed
    return "province" if needed == "state_council" else shop.rng.choice(("city", "county"))
