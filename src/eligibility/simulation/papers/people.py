"""The papers of the people: the register of persons, the rolls of compensation and the opinions of the joint review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from eligibility.model.tables import BASES, OPINIONS, PENSIONS, STAGES
from eligibility.simulation.identity import old_form, spoil
from eligibility.simulation.papers.land import Row, mu, said
from eligibility.simulation.vocabulary import COLLECTING_STREETS, REVIEWED_STREETS
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import FARMLAND, Agreement, Community, Group, Household, Person

_PENSION, _STAGE, _OPINION, _BASIS = said(PENSIONS), said(STAGES), said(OPINIONS), said(BASES)
_OUTSIDE = ("昆明市官渡区", "昆明市五华区", "曲靖市麒麟区", "红河州泸西县", "昭通市镇雄县", "玉溪市澄江县")
_DISTRICT_SINCE = date(2011, 5, 20)  # 呈贡县 became 呈贡区
_STATUS = (6, 8, 9, 10, 11)  # cells of a person's row that may be left blank: see unknown_status
_NOTES = {
    "disagree": ("与村组名册不符", "地块不在征收范围内", "承包关系有异议"),
    "incomplete": ("缺户口册", "缺承包合同", "待补签字"),
}


def written_id(shop: Workshop, person: Person) -> str:
    """The resident id as it stands in every paper of that person."""
    rng, luck = shop.rng, shop.luck
    if luck.befalls(rng, "invalid_id"):
        luck.plant("invalid_id")
        return spoil(rng, person.resident_id)
    if person.born.year < 2000 and luck.befalls(rng, "old_id"):
        luck.plant("old_id")
        return old_form(person.resident_id)
    return person.resident_id


def person_rows(
    shop: Workshop, person: Person, *, at: tuple[Community, Group, Household], written: str, day: date | None
) -> Iterator[Row]:
    """The person's row in the register, a second one where that is the trouble. `day`: of the last approval."""
    rng, luck = shop.rng, shop.luck
    community, group, household = at
    row = [written, person.name, household.household_id, f"{community.street}街道", community.name, group.name]
    row += [person.member_from.isoformat(), _iso(person.member_to), _hukou(rng, community, person, day)]
    studies = day is not None and person.student_on(day)
    row += [_yes(holds=person.public_staff), _yes(holds=person.officer), _yes(holds=studies)]
    row += [_PENSION[person.pension], "是" if person.imprisoned else "", person.dispute, _iso(person.deceased_on)]
    if luck.befalls(rng, "unknown_status"):
        luck.plant("unknown_status")
        row[rng.choice(_STATUS)] = ""
    yield "persons", row
    if luck.befalls(rng, "duplicate"):
        luck.plant("duplicate")
        yield "persons", row.copy()
    if luck.befalls(rng, "conflicting_duplicate"):
        luck.plant("conflicting_duplicate")
        yield "persons", _otherwise(rng, row.copy(), person)


def roll_rows(shop: Workshop, agreement: Agreement) -> Iterator[Row]:
    """The roll of an agreement as it was kept: by parcel, equally shared, with lines missing, or not at all."""
    rng, luck = shop.rng, shop.luck
    if not agreement.roll:
        return
    if luck.quota("missing_roll"):
        luck.plant("missing_roll")
        return
    members = [group for group in agreement.community.groups if agreement.group in (0, group.number)]
    if any(group.equal_share for group in members):
        luck.plant("equal_share")
        yield from _equal_lines(agreement, [household for group in members for household in group.households])
        return
    lines = list(agreement.roll)
    if luck.quota("incomplete_roll"):
        luck.plant("incomplete_roll")
        lines = sorted(rng.sample(lines, int(len(lines) * rng.uniform(0.55, 0.9))), key=lambda one: one[0].household_id)
    for household, cents in lines:
        halves = [cents // 2, cents - cents // 2] if cents > 100 and rng.random() < 0.05 else [cents]
        for part in halves:
            amount = mu(part * agreement.yuan_a_mu)
            yield "payouts", [agreement.number, household.household_id, mu(part), amount, _BASIS["by_parcel"]]


def opinion_rows(shop: Workshop, street: str, written: str) -> Iterator[Row]:
    """The opinions on a person whose household lost land, as far as the street has come."""
    rng, luck = shop.rng, shop.luck
    trouble = next((name for name in ("disagreement", "incomplete_confirmation") if luck.befalls(rng, name)), "")
    stages = ["community", "agriculture", "natural_resources"] if street in REVIEWED_STREETS else ["community"]
    stages = [] if street in COLLECTING_STREETS and not trouble else stages
    if trouble:
        luck.plant(trouble)
    last = {"disagreement": "disagree", "incomplete_confirmation": "incomplete"}.get(trouble, "agree")
    on = date(2021, 1, 1) + timedelta(days=rng.randrange(500))
    for turn, stage in enumerate(stages, start=1):
        opinion = last if turn == len(stages) else "agree"
        note = rng.choice(_NOTES[opinion]) if opinion in _NOTES else ""
        yield "confirmations", [written, _STAGE[stage], _OPINION[opinion], on.isoformat(), note]
        on += timedelta(days=15)


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _yes(*, holds: bool) -> str:
    return "是" if holds else "否"


def _hukou(rng: Random, community: Community, person: Person, day: date | None) -> str:
    """Where the person was registered when the land went."""
    if person.outsider:
        return _OUTSIDE[person.born.toordinal() % len(_OUTSIDE)]
    district = "呈贡县" if day is not None and day < _DISTRICT_SINCE else "呈贡区"
    if person.urban:
        return f"昆明市{district}龙城街道（城镇居民）"
    lot = rng.random()
    if lot < 0.7:
        return district
    return f"昆明市{district}" if lot < 0.9 else f"昆明市{district}{community.street}街道"


def _otherwise(rng: Random, row: list[str], person: Person) -> list[str]:
    match rng.randrange(3):
        case 0:
            row[9] = _yes(holds=not person.public_staff)
        case 1:
            row[6] = (person.member_from + timedelta(days=3650)).isoformat()
        case _:
            row[2] = f"{row[2][:-3]}999"
    return row


def _equal_lines(agreement: Agreement, households: list[Household]) -> Iterator[Row]:
    farmland = sum(link.cents for link in agreement.links if link.land_class in FARMLAND)
    each = mu(farmland * agreement.yuan_a_mu // len(households))
    for household in households:
        yield "payouts", [agreement.number, household.household_id, "", each, _BASIS["equal_share"]]
