"""What is true of a person under the reform opinion, told from the world itself and not from its papers.

Plain Python on purpose: it shares nothing with the program that judges the papers, so the two can be compared. Where
the law sends even a fully known case to a person (land approved too early, a dispute, exactly the line), so does this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eligibility.simulation.world import (
    DECISION_DAY,
    EXPROPRIATING,
    LINE_CENTS,
    SCHEME_START,
    Household,
    Person,
    Taking,
)


@dataclass(frozen=True, slots=True)
class Loss:
    """The true loss of a household, in cents; `days` are the approvals of the land it lost, `day` the last of them."""

    own: int
    lawful: int
    doubtful: int
    unapproved: bool
    days: tuple[date, ...]
    day: date | None
    heads_min: int
    heads_max: int
    doubts: tuple[str, ...]
    special: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The true outcome of a person, and why: refuting clauses, reasons for review, or what makes it a registration."""

    outcome: str
    why: tuple[str, ...]


def loss(household: Household, takings: tuple[Taking, ...]) -> Loss:
    """Add up what went by expropriation or reserve; land leased away is no loss."""
    counted = [taking for taking in takings if taking.kind in EXPROPRIATING]
    days = tuple(sorted({taking.approval.day for taking in counted if taking.approval}))
    unapproved = any(taking.approval is None for taking in counted)
    # the day of land that nobody approved is not known, only that the last approval is none before the last known one
    last = days[-1] if days else date.min
    present = [
        person for person in household.persons if (person.member_since if unapproved else person.member_on)(last)
    ]
    certain = [] if unapproved else [person for person in present if not person.dispute]
    return Loss(
        own=household.own,
        lawful=sum(taking.cents for taking in counted if taking.lawful),
        doubtful=sum(taking.cents for taking in counted if not taking.lawful),
        unapproved=unapproved,
        days=days,
        day=days[-1] if days else None,
        heads_min=len(certain),
        heads_max=len(present),
        doubts=tuple(sorted({_doubt(taking) for taking in counted if not taking.lawful})),
        special=any(taking.approval.works for taking in counted if taking.approval),
    )


def verdict(person: Person, of: Loss) -> Verdict:
    """The true outcome of a member of the household whose loss is given (policy of the reform, sections 2 and 3)."""
    land, land_why = _land(of)
    member, member_why = _membership(person, of)
    refuted = [clause for clause, holds in _plain_requirements(person) if not holds]
    refuted += land_why if land is False else []
    refuted += member_why if member is False else []
    if refuted:
        return Verdict("not_eligible", tuple(sorted(refuted)))
    review = (land_why if land is None else []) + (member_why if member is None else []) + _referrals(person, of)
    if review:
        return Verdict("manual_review", tuple(sorted(set(review))))
    assert of.day is not None
    register = ["adult"] if person.age_on(of.day) < 16 else []
    register += ["not_in_school"] if person.student_on(of.day) else []
    return Verdict("register" if register else "eligible", tuple(register))


def _plain_requirements(person: Person) -> tuple[tuple[str, bool], ...]:
    dead = person.deceased_on is not None and person.deceased_on <= DECISION_DAY
    return (
        ("alive", not dead),
        ("not_public_staff", not person.public_staff),
        ("not_officer", not person.officer),
        ("local_place", not person.outsider),
    )


def _doubt(taking: Taking) -> str:
    if taking.approval is None:
        return "reserve_land_without_approval" if taking.kind == "reserve" else "approval_not_found"
    return "expropriated_before_start" if taking.approval.day < SCHEME_START else "approval_conflict"


def _land(of: Loss) -> tuple[bool | None, list[str]]:
    """Whether all or most land was lawfully lost; None where the law leaves it to a person."""
    if not of.lawful + of.doubtful:
        return False, ["government_expropriation"]
    least, most = of.own - of.lawful - of.doubtful, of.own - of.lawful
    if least > LINE_CENTS * of.heads_max and of.heads_max:
        return False, ["most_land_lost"]
    if of.lawful and (most == 0 or (of.heads_min and most < LINE_CENTS * of.heads_min)):
        return True, []
    if of.doubts:
        return None, list(of.doubts)
    exact = of.heads_min == of.heads_max and most == LINE_CENTS * of.heads_max
    return None, ["at_threshold" if exact else "membership_disputed"]


def _membership(person: Person, of: Loss) -> tuple[bool | None, list[str]]:
    """Whether a member on the day of every approval; on none refutes, unless a day is not known."""
    on = [person.member_on(day) for day in of.days]
    if person.dispute:
        return None, ["membership_disputed"]
    if on and all(on):
        return True, []
    if any(on) or of.unapproved or not on:
        return None, ["reserve_land_without_approval" if of.unapproved else "status_unknown"]
    return False, ["registered_member"]


def _referrals(person: Person, of: Loss) -> list[str]:
    reasons = ["special_works"] if of.special else []
    reasons += ["imprisoned"] if person.imprisoned else []
    if of.day is not None and of.day < SCHEME_START:
        reasons.append("expropriated_before_start")
    return reasons
