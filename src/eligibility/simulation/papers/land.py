"""The papers of the land: groups, certificates, ledger, approvals and parcels, agreements, as rows of their tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from eligibility.model.tables import AUTHORITIES, CONFIRMERS, KINDS, LAND_CLASSES, OWNERSHIPS, UNITS, Word
from eligibility.simulation.documents import garbled, restyled
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import (
    DECISION_DAY,
    EXPROPRIATING,
    Agreement,
    Approval,
    Community,
    Household,
    Link,
    Neighbourhood,
    Parcel,
    Taking,
)

Row = tuple[str, list[str]]
"""English key of the table, and the cells in the order of its columns."""


def said(words: tuple[Word, ...]) -> dict[str, str]:
    """The Chinese word to write for each key of an enumeration."""
    return {word.key: word.zh for word in words}


_AUTHORITY, _CONFIRMER, _KIND = said(AUTHORITIES), said(CONFIRMERS), said(KINDS)
_CLASS, _OWNERSHIP, _UNIT = said(LAND_CLASSES), said(OWNERSHIPS), said(UNITS)


def mu(cents: int) -> str:
    """Hundredths of a 亩 as 亩 with two decimals.

    >>> mu(1205)
    '12.05'
    """
    return f"{cents // 100}.{cents % 100:02d}"


def land_papers(shop: Workshop, place: Neighbourhood) -> Iterator[Row]:
    """Every paper of the land of a neighbourhood, but for the rolls."""
    for community in place.communities:
        yield from _groups(community)
        yield from _rights(shop, community, place.takings)
    for approval in place.approvals:
        if not approval.lost:
            yield from _approval(shop, approval)
    for agreement in place.agreements:
        yield from _agreement(shop, agreement)


def _groups(community: Community) -> Iterator[Row]:
    for group in community.groups:
        contracted = sum(household.own for household in group.households)
        persons = sum(len(household.persons) for household in group.households)
        yield "groups", [community.name, group.name, mu(contracted), str(len(group.households)), str(persons)]


def _rights(shop: Workshop, community: Community, takings: dict[str, tuple[Taking, ...]]) -> Iterator[Row]:
    """Certificates and ledger lines. An unconfirmed ledger exists in half of the communities, without the body's name."""
    rng, second_round = shop.rng, community.titled_on
    if second_round is None or second_round.year > 1999:
        second_round = date(rng.randint(1998, 1999), rng.randint(1, 12), 28)
    confirmer = rng.choice(("agriculture", "agriculture", "community"))
    written = community.ledger or rng.random() < 0.5
    for group in community.groups:
        for household in group.households:
            if community.titled_on is not None:
                lost = takings.get(household.household_id, ())
                yield from _certificate(shop, household, community.titled_on, lost)
            if written:
                until = second_round.replace(year=second_round.year + 30)
                body = _CONFIRMER[confirmer] if community.ledger else ""
                terms = [second_round.isoformat(), until.isoformat(), body]
                yield "contract_ledger", [household.household_id, mu(household.own), *terms]


def _certificate(shop: Workshop, household: Household, issued: date, takings: tuple[Taking, ...]) -> Iterator[Row]:
    """The certificate with the area as it stood on its day; none where no land was left to certify."""
    gone = [one for one in takings if one.kind in EXPROPRIATING and one.approval]
    area = household.own - sum(one.cents for one in gone if one.approval and one.approval.day < issued)
    if area <= 0:
        return
    withdrawn = ""
    days = [one.approval.day for one in gone if one.approval]
    if sum(one.cents for one in gone) == household.own and shop.luck.befalls(shop.rng, "title_withdrawn"):
        day = min(max(*days, issued) + timedelta(days=shop.rng.randrange(30, 400)), DECISION_DAY)
        withdrawn = day.isoformat()
        shop.luck.plant("title_withdrawn")
    number = shop.numbers.certificate(issued)
    yield "title_certificates", [number, household.household_id, mu(area), issued.isoformat(), withdrawn]


def _approval(shop: Workshop, approval: Approval) -> Iterator[Row]:
    authority, works = _AUTHORITY[approval.authority], "是" if approval.works else "否"
    day, project = approval.day.isoformat(), approval.project
    # a chance of its own, so that the rest of the district stays as it is
    if shop.luck.befalls(Random(approval.number), "batch_contradicted"):
        shop.luck.plant("batch_contradicted")
        project = f"{project}（{approval.day.year}年度第九十九批次）"
    yield "approvals", [approval.number, authority, day, project, approval.batch, works]
    for parcel in approval.parcels:
        yield "approval_parcels", _parcel(approval.number, parcel)


def _parcel(number: str, parcel: Parcel) -> list[str]:
    groups = "、".join(f"{group}组" for group in parcel.groups)
    area = f"{parcel.units // 10_000}.{parcel.units % 10_000:04d}"
    return [number, parcel.community, groups, _OWNERSHIP[parcel.ownership], _CLASS[parcel.land_class], area, "公顷"]


def _agreement(shop: Workshop, agreement: Agreement) -> Iterator[Row]:
    cited, project = _citation(shop, agreement)
    unit = shop.rng.choices(("mu", "ha", "m2"), (70, 20, 10))[0]
    said_unit = _slipped(shop, unit)
    sums: dict[str, int] = {}
    for link in agreement.links:
        sums[link.land_class] = sums.get(link.land_class, 0) + link.cents
    group = f"{agreement.group}组" if agreement.group else ""
    twice = _signed_again(shop, agreement, cited)
    for land_class, cents in sums.items():
        head = [agreement.number, agreement.community.name, group, agreement.signed_on.isoformat(), project]
        area = [_KIND[agreement.kind], _CLASS[land_class], _printed(shop.rng, cents, unit), _UNIT[said_unit]]
        row = [*head, *area, cited, mu(cents * agreement.yuan_a_mu)]
        yield "agreements", row.copy()
        if twice:
            yield "agreements", [f"{agreement.number}-补", *row[1:3], twice.isoformat(), *row[4:]]


def _slipped(shop: Workshop, unit: str) -> str:
    """The unit that is written behind the number: too large a one, where that is the trouble. 公顷 is never mistaken."""
    wrong = {"mu": "ha", "m2": "mu"}
    if unit not in wrong or not shop.luck.quota("unit_slip"):
        return unit
    shop.luck.plant("unit_slip")
    return wrong[unit]


def _signed_again(shop: Workshop, agreement: Agreement, cited: str) -> date | None:
    """The day on which the same land was signed for again, by an agreement that cites the same approval.

    Only where the parcels are the group's alone: elsewhere the approval might hold land enough for both, and papers
    that lie without a sign prove nothing of a program that believes them.
    """
    approvals = _covering(agreement.links)
    own = all(
        (agreement.group,) in {p.groups for p in approval.parcels if p.community == agreement.community.name}
        and not any(agreement.group in p.groups and len(p.groups) > 1 for p in approval.parcels)
        and all(
            p.groups
            for p in approval.parcels
            if p.community == agreement.community.name and p.ownership == "collective"
        )
        for approval in approvals
    )
    if len(approvals) != 1 or approvals[0].lost or not own or approvals[0].number not in cited:
        return None
    if not shop.luck.quota("signed_twice"):
        return None
    shop.luck.plant("signed_twice")
    return min(agreement.signed_on + timedelta(days=90), DECISION_DAY)


def _printed(rng: Random, cents: int, unit: str) -> str:
    """The area in its unit: 亩 with two or four decimals, 公顷 with four, 平方米 with two; 3 cents are 20 ㎡."""
    if unit == "mu":
        return mu(cents) + rng.choice(("", "00"))
    hundredths = (cents * 2000 + 1) // 3
    return mu(hundredths) if unit == "m2" else f"{(cents * 20 + 1) // 3 // 10_000}.{(cents * 20 + 1) // 3 % 10_000:04d}"


def _citation(shop: Workshop, agreement: Agreement) -> tuple[str, str]:
    """What the agreement cites, and how it names its project."""
    rng, luck = shop.rng, shop.luck
    project = agreement.project
    if luck.quota("project_blank"):
        luck.plant("project_blank")
        project = ""
    approvals = _covering(agreement.links)
    if not approvals:
        return "", project
    number = approvals[-1].number
    if len(approvals) > 1:
        number = rng.choice((number, "", "、".join(one.number for one in approvals)))
    for trouble in ("citation_blank", "citation_garbled", "citation_unknown"):
        if luck.quota(trouble):
            luck.plant(trouble)
            return _troubled(shop, trouble, approvals[-1]), _by_batch(rng, project, approvals, trouble)
    if number and luck.quota("citation_style"):
        luck.plant("citation_style")
        number = "、".join(restyled(rng, one) for one in number.split("、"))
    return number, project


def _covering(links: tuple[Link, ...]) -> list[Approval]:
    unique = {link.approval.number: link.approval for link in links if link.approval}
    return sorted(unique.values(), key=lambda approval: (approval.day, approval.number))


def _troubled(shop: Workshop, trouble: str, approval: Approval) -> str:
    if trouble == "citation_blank":
        return ""
    return (
        garbled(shop.rng, approval.number)
        if trouble == "citation_garbled"
        else shop.numbers.unknown(shop.rng, approval.day)
    )


def _by_batch(rng: Random, project: str, approvals: list[Approval], trouble: str) -> str:
    """Some agreements without a number name the batch, with the project or in its place."""
    if trouble != "citation_blank" or not project or len(approvals) > 1:
        return project
    batch = approvals[0].batch
    return rng.choice((project, f"{project}（{batch}）", f"呈贡区{batch}城市建设用地"))
