"""Dividing a number of persons into streets, communities and groups; nothing is made here yet."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from eligibility.simulation.chance import stream
from eligibility.simulation.vocabulary import STREETS, community_name

_PERSONS_A_GROUP = 150
_GROUPS_A_COMMUNITY = 6


@dataclass(frozen=True, slots=True)
class CommunityPlan:
    """A community to be made: its place in the district and the number of persons of each of its groups."""

    index: int
    street: str
    name: str
    groups: tuple[int, ...]


def divide(persons: int, seed: int) -> list[tuple[CommunityPlan, ...]]:
    """The neighbourhoods of the district, each of one or two communities of a street; the persons add up exactly."""
    rng = stream(seed, "plan")
    groups = _share(rng, persons, max(1, round(persons / _PERSONS_A_GROUP)))
    count = max(1, round(len(groups) / _GROUPS_A_COMMUNITY))
    communities = []
    for index in range(count):
        first, last = index * len(groups) // count, (index + 1) * len(groups) // count
        street = STREETS[index * len(STREETS) // count]
        communities.append(CommunityPlan(index, street, community_name(index), tuple(groups[first:last])))
    return _neighbours(communities)


def _share(rng: Random, persons: int, count: int) -> list[int]:
    weights = [rng.uniform(0.6, 1.4) for _ in range(count)]
    total, done, given, shares = sum(weights), 0.0, 0, []
    for weight in weights:
        done += weight
        upto = round(persons * done / total)
        shares.append(upto - given)
        given = upto
    return shares


def _neighbours(communities: list[CommunityPlan]) -> list[tuple[CommunityPlan, ...]]:
    pairs: list[tuple[CommunityPlan, ...]] = []
    for community in communities:
        if pairs and len(pairs[-1]) < 2 and pairs[-1][0].street == community.street:
            pairs[-1] = (*pairs[-1], community)
        else:
            pairs.append((community,))
    return pairs
