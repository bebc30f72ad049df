"""Making the communities of a neighbourhood with their groups, households and the state of their land papers."""

from __future__ import annotations

from datetime import date

from eligibility.simulation.making.people import households
from eligibility.simulation.plan import CommunityPlan
from eligibility.simulation.vocabulary import STREETS
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import Community, Group


def settle(shop: Workshop, plan: CommunityPlan) -> Community:
    """The community with its people and the farmland they contracted."""
    mu_a_head = shop.rng.uniform(0.5, 1.5)
    groups = []
    for number, persons in enumerate(plan.groups, start=1):
        prefix = f"CG{STREETS.index(plan.street) + 1}{plan.index + 1:04d}{number:02d}"
        mu_here = mu_a_head * shop.rng.uniform(0.8, 1.2)
        people = households(shop, persons=persons, prefix=prefix, mu_a_head=mu_here)
        shares = shop.luck.quota("equal_share")
        groups.append(Group(number, people, shares))
    titled_on = _titled_on(shop)
    unconfirmed = shop.luck.quota("no_ledger", among="untitled" if titled_on is None else "titled")
    shop.luck.plant("no_ledger", int(unconfirmed))
    return Community(plan.street, plan.name, tuple(groups), titled_on, not unconfirmed)


def _titled_on(shop: Workshop) -> date | None:
    """The day of the second round's certificates, or of the late new ones, or None."""
    if shop.luck.quota("no_title"):
        shop.luck.plant("no_title")
        return None
    if shop.luck.quota("late_title"):
        shop.luck.plant("late_title")
        return date(2015, 1, 1).replace(year=shop.rng.randint(2015, 2017), month=shop.rng.randint(1, 12))
    return date(shop.rng.randint(1998, 1999), shop.rng.randint(1, 12), shop.rng.randint(1, 28))
