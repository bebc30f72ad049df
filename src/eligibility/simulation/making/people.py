"""Households with plausible ages: a couple or a lone parent, their children, parents, and children's children."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from eligibility.simulation.vocabulary import person_name
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import DECISION_DAY, Household, Person

_LAST_BIRTH = DECISION_DAY - timedelta(days=60)


def households(shop: Workshop, *, persons: int, prefix: str, mu_a_head: float) -> tuple[Household, ...]:
    """A group's households of two to six that hold exactly `persons` persons, numbered below `prefix`."""
    made = []
    for number, size in enumerate(_sizes(shop.rng, persons), start=1):
        people = _family(shop, size)
        heads = max(2, size - shop.rng.randrange(2))
        own = round(100 * mu_a_head * heads * shop.rng.uniform(0.75, 1.25))
        made.append(Household(f"{prefix}{number:03d}", people, own))
    return tuple(made)


def _sizes(rng: Random, persons: int) -> list[int]:
    sizes = []
    while persons > 6:
        size = rng.choices((2, 3, 4, 5, 6), (14, 26, 30, 20, 10))[0]
        size += 1 if persons - size == 1 else 0
        size -= 2 if size > 6 else 0
        sizes.append(size)
        persons -= size
    return [*sizes, persons] if persons else sizes


def _family(shop: Workshop, size: int) -> tuple[Person, ...]:
    rng = shop.rng
    male = rng.random() < 0.8
    born = _day(rng, 1945, 1993)
    family = [_person(shop, born=born, male=male)]
    wed = born + timedelta(days=rng.randrange(21 * 365, 27 * 365))
    if size > 1 and rng.random() < 0.92:
        spouse_born = born + timedelta(days=rng.randrange(-1200, 1500))
        family.append(_person(shop, born=spouse_born, male=not male, joined=wed))
    grown: date | None = None
    while len(family) < size:
        relative, grown = _relative(shop, family[0], grown)
        family.append(relative)
    return tuple(family)


def _relative(shop: Workshop, head: Person, grown: date | None) -> tuple[Person, date | None]:
    """One more of the family, and the birthday of a grown child whose own child may come next."""
    rng, surname = shop.rng, head.name[0]
    if grown is not None and rng.random() < 0.6:
        latest = _LAST_BIRTH - timedelta(days=rng.randrange(900))
        born = min(grown + timedelta(days=rng.randrange(22 * 365, 29 * 365)), latest)
        return _person(shop, born=born, male=rng.random() < 0.52, surname=surname), None
    if head.born.year > 1962 and rng.random() < 0.25:
        born = head.born - timedelta(days=rng.randrange(21 * 365, 32 * 365))
        return _person(shop, born=born, male=rng.random() < 0.45), grown
    born = head.born + timedelta(days=rng.randrange(22 * 365, 34 * 365))
    if born > _LAST_BIRTH:
        born = _day(rng, 2012, 2021)
    child = _person(shop, born=born, male=rng.random() < 0.52, surname=surname)
    return child, born if born.year < 1996 else None


def _person(shop: Workshop, *, born: date, male: bool, surname: str = "", joined: date | None = None) -> Person:
    rng = shop.rng
    age = DECISION_DAY.year - born.year
    person = Person(
        resident_id=shop.ids.issue(born, male=male),
        name=person_name(rng, male=male, surname=surname),
        male=male,
        born=born,
        member_from=joined or born,
        deceased_on=_between(rng, 2005, joined or born) if rng.random() < (0.07 if age >= 65 else 0.004) else None,
        public_staff=22 <= age <= 62 and rng.random() < 0.02,
        officer=22 <= age <= 50 and rng.random() < 0.001,
        pension=rng.choices(("none", "insured", "drawing"), (80, 15, 5))[0] if age >= 20 else "none",
        outsider=rng.random() < 0.01,
        studies=rng.random() < 0.35,
    )
    return _unsettled(shop, person, married_in=joined is not None)


def _unsettled(shop: Workshop, person: Person, *, married_in: bool) -> Person:
    """The person with the disputes and troubles of status that really befell."""
    rng, luck = shop.rng, shop.luck
    age = DECISION_DAY.year - person.born.year
    if not person.male and not married_in and 20 <= age <= 55 and luck.befalls(rng, "outmarried"):
        luck.plant("outmarried")
        person = replace(person, dispute="外嫁女")
    elif person.male and married_in and luck.befalls(rng, "inmarried"):
        luck.plant("inmarried")
        person = replace(person, dispute="入赘")
    elif luck.befalls(rng, "empty_hukou"):
        luck.plant("empty_hukou")
        person = replace(person, dispute="空挂户")
    elif rng.random() < 0.012 and age >= 20:
        person = replace(person, member_to=_between(rng, 2006, person.member_from))
    if age >= 18 and luck.befalls(rng, "imprisoned"):
        luck.plant("imprisoned")
        person = replace(person, imprisoned=True)
    if age >= 18 and luck.befalls(rng, "urban_hukou"):
        luck.plant("urban_hukou")
        person = replace(person, urban=True)
    return person


def _between(rng: Random, year: int, after: date) -> date:
    first = max(date(year, 1, 1), after + timedelta(days=1)).toordinal()
    return date.fromordinal(rng.randint(min(first, DECISION_DAY.toordinal()), DECISION_DAY.toordinal()))


def _day(rng: Random, first: int, last: int) -> date:
    return date.fromordinal(rng.randint(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()))
