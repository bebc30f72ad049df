"""Whose farmland goes to which scheme: the true loss of every household, in the order it befell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from eligibility.simulation.making.schemes import Fate, Scheme
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import DECISION_DAY, EXPROPRIATING, LINE_CENTS, Group, Household, Person


@dataclass(slots=True)
class Piece:
    """Farmland of a household that goes to one approval (`part`) of one scheme."""

    scheme: int
    part: int
    cents: int


Losses = dict[str, list[Piece]]
"""Household → its pieces, by the number of the scheme; households that lose nothing are absent."""


def take(shop: Workshop, group: Group, fate: Fate, schemes: tuple[Scheme, ...], order: int) -> tuple[Group, Losses]:
    """The group as its people are after its land went, and who lost what. `order` is its place among the groups."""
    people: list[Household] = []
    losses: Losses = {}
    for turn, household in enumerate(group.households):
        pieces = _pieces(shop, household, fate)
        for piece in pieces:
            piece.part = schemes[piece.scheme].part(order, turn, len(group.households))
        day = latest_day(pieces, schemes)
        settled = _joined(shop, household, day) if day else household
        if day:
            _level(shop, settled, pieces, schemes, day)
        people.append(settled)
        if pieces:
            losses[household.household_id] = pieces
    return replace(group, households=tuple(people)), losses


def latest_day(pieces: list[Piece], schemes: tuple[Scheme, ...]) -> date | None:
    """The last day on which any of the pieces was approved; None when none was."""
    days = [schemes[piece.scheme].days[piece.part] for piece in pieces if schemes[piece.scheme].days]
    return max(days, default=None)


def _pieces(shop: Workshop, household: Household, fate: Fate) -> list[Piece]:
    left = _lost(shop, household.own, fate.share)
    pieces = []
    for scheme in fate.schemes:
        last = scheme == fate.schemes[-1]
        cents = left if last else round(left * shop.rng.uniform(0.2, 0.7) * (shop.rng.random() < 0.7))
        left -= cents
        if cents:
            pieces.append(Piece(scheme, 0, cents))
    return pieces


def _lost(shop: Workshop, own: int, share: float) -> int:
    if share in (0.0, 1.0):
        return round(own * share)
    lot = shop.rng.random()
    if lot < share * 0.6:
        return own
    if lot > 1 - (1 - share) * 0.4:
        return 0
    return round(own * shop.rng.uniform(max(0.0, 2 * share - 1), min(1.0, 2 * share)))


def _joined(shop: Workshop, household: Household, day: date) -> Household:
    """The household with the persons who moved in only after the approval."""
    return replace(household, persons=(household.persons[0], *(_late(shop, one, day) for one in household.persons[1:])))


def _late(shop: Workshop, person: Person, day: date) -> Person:
    if (
        person.member_from > day
        or person.member_to
        or person.deceased_on
        or not shop.luck.befalls(shop.rng, "late_joiner")
    ):
        return person
    shop.luck.plant("late_joiner")
    joined = day + timedelta(days=shop.rng.randint(20, 600))
    return replace(person, member_from=min(joined, DECISION_DAY))


def _level(shop: Workshop, household: Household, pieces: list[Piece], schemes: tuple[Scheme, ...], day: date) -> None:
    """Put the household exactly on the line where that is its trouble, and off the line where it is not."""
    counted = [piece for piece in pieces if schemes[piece.scheme].kind in EXPROPRIATING]
    heads = sum(person.member_on(day) for person in household.persons)
    over = household.own - sum(piece.cents for piece in counted) - LINE_CENTS * heads
    last = max(counted, key=lambda piece: piece.cents)
    if shop.luck.befalls(shop.rng, "at_threshold") and heads and last.cents + over > 0:
        last.cents += over
        shop.luck.plant("at_threshold")
    elif over == 0 and heads:
        last.cents += 1
