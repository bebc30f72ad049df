"""One neighbourhood complete: communities, projects, approvals, agreements and the true loss of each household."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from eligibility.simulation.making.approvals import approve
from eligibility.simulation.making.deals import Deal, strike
from eligibility.simulation.making.schemes import Fate, Scheme, programme
from eligibility.simulation.making.settlement import settle
from eligibility.simulation.making.takings import Losses, take
from eligibility.simulation.plan import CommunityPlan
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import Agreement, Approval, Community, Link, Neighbourhood, Taking


def develop(shop: Workshop, plans: tuple[CommunityPlan, ...]) -> Neighbourhood:
    """Make a neighbourhood and everything that befell its land."""
    settled = tuple(settle(shop, plan) for plan in plans)
    schemes, fates = programme(shop, settled)
    communities, losses = _take_land(shop, settled, schemes, fates)
    deals = [
        deal
        for community, row in zip(communities, fates, strict=True)
        for deal in strike(shop, community, row, losses, schemes)
    ]
    approvals = [
        approve(shop, scheme, [deal for deal in deals if deal.scheme == number])
        for number, scheme in enumerate(schemes)
    ]
    agreements = [_agreement(shop, deal, schemes[deal.scheme], approvals[deal.scheme]) for deal in deals]
    takings = _takings(deals, agreements, approvals)
    given = tuple(one for row in approvals for one in row if one.parcels)
    return Neighbourhood(communities, given, tuple(agreements), takings)


def _take_land(
    shop: Workshop, settled: tuple[Community, ...], schemes: tuple[Scheme, ...], fates: list[list[Fate]]
) -> tuple[tuple[Community, ...], Losses]:
    losses: Losses = {}
    communities = []
    for community, row in zip(settled, fates, strict=True):
        groups = []
        for group, fate in zip(community.groups, row, strict=True):
            after, lost = take(shop, group, fate, schemes, group.number)
            groups.append(after)
            losses |= lost
        communities.append(replace(community, groups=tuple(groups)))
    return tuple(communities), losses


def _agreement(shop: Workshop, deal: Deal, scheme: Scheme, approvals: tuple[Approval, ...]) -> Agreement:
    signed_on = _signed_on(shop, deal, scheme)
    return Agreement(
        number=shop.numbers.agreement(signed_on),
        community=deal.community,
        group=0 if deal.whole else deal.groups[0],
        signed_on=signed_on,
        project=scheme.name,
        kind=scheme.kind,
        links=_links(deal, approvals),
        roll=tuple((household, cents) for household, cents, _ in deal.roll),
        yuan_a_mu=shop.rng.randrange(800, 1400) * 100,
    )


def _signed_on(shop: Workshop, deal: Deal, scheme: Scheme) -> date:
    days = [scheme.days[part] for _, _, part in deal.land] if scheme.days else []
    if days and shop.luck.quota("signed_before"):
        shop.luck.plant("signed_before")
        return min(days) - timedelta(days=shop.rng.randrange(20, 400))
    return max(days, default=scheme.opened) + timedelta(days=shop.rng.randrange(15, 180))


def _links(deal: Deal, approvals: tuple[Approval, ...]) -> tuple[Link, ...]:
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for (_, land_class, part), cents in deal.land.items():
        sums[land_class, part] += cents
    return tuple(
        Link(land_class, approvals[part] if approvals else None, cents) for (land_class, part), cents in sums.items()
    )


def _takings(
    deals: list[Deal], agreements: list[Agreement], approvals: list[tuple[Approval, ...]]
) -> dict[str, tuple[Taking, ...]]:
    takings: dict[str, tuple[Taking, ...]] = {}
    for deal, agreement in zip(deals, agreements, strict=True):
        given = approvals[deal.scheme]
        for household, cents, part in deal.roll:
            taking = Taking(agreement.number, agreement.kind, cents, given[part] if given else None)
            takings[household.household_id] = (*takings.get(household.household_id, ()), taking)
    return takings
