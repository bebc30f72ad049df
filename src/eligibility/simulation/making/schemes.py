"""The projects that took land: what they are, when they were approved, and which groups they reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from eligibility.simulation.vocabulary import project_names
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import SCHEME_START, Community, Group

_FATES = ((0.24, 1.0, 1.0), (0.46, 0.75, 0.94), (0.74, 0.25, 0.6), (0.86, 0.03, 0.12), (1.0, 0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Scheme:
    """A project in one neighbourhood. `days` are those of its approvals; none when nobody approved it.

    `basic` is the share of its farmland that is permanent basic farmland; `by_group`: its approvals part the groups,
    otherwise they part the households of each group.
    """

    name: str
    kind: str
    opened: date
    days: tuple[date, ...]
    basic: float
    works: bool
    incompetent: bool
    by_group: bool

    def part(self, group: int, turn: int, households: int) -> int:
        """Which of its approvals the land of the `turn`-th household of the `group`-th group is under."""
        parts = max(1, len(self.days))
        return group % parts if self.by_group else turn * parts // households


@dataclass(frozen=True, slots=True)
class Fate:
    """What befalls a group: the share of its farmland that goes, and the numbers of the schemes that take it."""

    share: float
    schemes: tuple[int, ...]


def programme(shop: Workshop, communities: tuple[Community, ...]) -> tuple[tuple[Scheme, ...], list[list[Fate]]]:
    """The schemes of a neighbourhood in the order of their days, and the fate of each group of each community."""
    shares = [_shares(shop, community) for community in communities]
    stages = [[_stages(shop, share) for share in row] for row in shares]
    count = min(12, max(3, round(sum(map(sum, stages)) / 3)))
    schemes = _schemes(shop, communities[0].name, count)
    fates = [
        [_fate(shop, share, stage, count) for share, stage in zip(*row, strict=True)]
        for row in zip(shares, stages, strict=True)
    ]
    return schemes, fates


def _shares(shop: Workshop, community: Community) -> list[float]:
    shares = [_share(shop, group) for group in community.groups]
    # without any agreement of the community its loss would be unknown, and nobody there could be decided
    return shares if any(shares) else [0.4, *shares[1:]]


def _share(shop: Workshop, _: Group) -> float:
    lot = shop.luck.spread("fate")
    low, high = next((low, high) for upto, low, high in _FATES if lot <= upto)
    return shop.rng.uniform(low, high)


def _stages(shop: Workshop, share: float) -> int:
    if not share:
        return 0
    several = shop.luck.quota("several_takings")
    shop.luck.plant("several_takings", int(several))
    return shop.rng.choice((2, 2, 3)) if several else 1


def _fate(shop: Workshop, share: float, stages: int, count: int) -> Fate:
    # a group that keeps its fields may still lose a wood: it is reached, and none of its farmland goes
    reached = stages or int(shop.rng.random() < 0.4)
    return Fate(share, tuple(sorted(shop.rng.sample(range(count), reached))))


def _schemes(shop: Workshop, place: str, count: int) -> tuple[Scheme, ...]:
    water = frozenset(index for index in range(count) if shop.luck.quota("special_works"))
    names = project_names(shop.rng, place, count, water=water)
    made = [_scheme(shop, name, works=index in water) for index, name in enumerate(names)]
    return tuple(sorted(made, key=lambda scheme: (scheme.opened, scheme.name)))


def _scheme(shop: Workshop, name: str, *, works: bool) -> Scheme:
    rng, luck = shop.rng, shop.luck
    opened = date.fromordinal(rng.randint(SCHEME_START.toordinal(), date(2020, 12, 31).toordinal()))
    if luck.quota("reserve_without_approval"):
        luck.plant("reserve_without_approval")
        return Scheme(name, "reserve", opened, (), 0.0, works, False, True)
    if luck.quota("lease"):
        luck.plant("lease")
        return Scheme(name, rng.choice(("lease", "lease", "occupation")), opened, (), 0.0, works, False, True)
    if luck.quota("before_start"):
        opened = date.fromordinal(rng.randint(date(2005, 1, 1).toordinal(), date(2008, 10, 31).toordinal()))
        luck.plant("before_start")
    luck.plant("special_works", int(works))
    kind = "reserve" if rng.random() < 0.04 else "expropriation"
    basic = rng.uniform(0.05, 0.5) if rng.random() < 0.2 else 0.0
    return Scheme(name, kind, opened, _days(shop, opened), basic, works, luck.quota("incompetent"), rng.random() < 0.5)


def _days(shop: Workshop, first: date) -> tuple[date, ...]:
    if not shop.luck.quota("split_project"):
        return (first,)
    shop.luck.plant("split_project")
    gaps = [shop.rng.randrange(40, 160) for _ in range(shop.rng.choice((1, 1, 2)))]
    return tuple(first + timedelta(days=sum(gaps[:upto])) for upto in range(len(gaps) + 1))
