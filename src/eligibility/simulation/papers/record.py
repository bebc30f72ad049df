"""Putting one neighbourhood on paper: its rows into the tables, and what is true of it beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from eligibility.model.tables import TABLES, table
from eligibility.simulation.defects.lines import AREAS, COLUMNS, Neighbours
from eligibility.simulation.defects.office import Office
from eligibility.simulation.papers.land import Row, land_papers, mu
from eligibility.simulation.papers.people import opinion_rows, person_rows, roll_rows, written_id
from eligibility.simulation.papers.smudge import Smudge
from eligibility.simulation.styles import Shelf
from eligibility.simulation.truth import Loss, loss, verdict
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import (
    UNITS_PER_3_CENTS,
    Agreement,
    Community,
    Group,
    Household,
    Link,
    Neighbourhood,
    Person,
)
from eligibility.simulation.writer import Files

TRUTH: dict[str, tuple[str, ...]] = {
    "truth/persons": (
        "resident_id",
        "written_as",
        "household_id",
        "community",
        "group",
        "outcome",
        "why",
        "approval_day",
    ),
    "truth/households": (
        "household_id",
        "own_mu",
        "lawful_mu",
        "doubtful_mu",
        "remaining_mu",
        "heads_min",
        "heads_max",
    ),
    "truth/takings": ("household_id", "agreement_no", "kind", "approval_no", "area_mu", "lawful"),
    "truth/links": ("agreement_no", "land_class", "approval_no", "area_mu", "in_dossier"),
}
"""The tables of the truth and their headers; areas are exact to 0.01 亩."""


DEFECTS = {"truth/defects": ("defect", "table", "row", "column", "was", "written")}
"""The table of what an office made of the papers, and where."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the papers go, what they are made with, and the true outcomes counted so far.

    `office` spoils what is written; `number` is that of the neighbourhood. On a `shelf`, if there is one, the rows are
    collected instead of written, for papers of another style.
    """

    files: Files
    shop: Workshop
    outcomes: Counter[str]
    office: Office | None = None
    number: int = 0
    shelf: Shelf | None = None


def record(desk: Desk, place: Neighbourhood) -> None:
    """Write every paper of the neighbourhood, damaged as befell, and the truth, undamaged."""
    smudges = {table.key: Smudge(desk.shop.rng, desk.shop.luck, table) for table in TABLES}
    rolls = chain.from_iterable(roll_rows(desk.shop, agreement) for agreement in place.agreements)
    papers = chain(land_papers(desk.shop, place), rolls, _people(desk, place))
    rows = ((name, smudges[name].row(cells)) for name, cells in papers)
    if desk.shelf is not None:
        desk.shelf.places.append(place)
        for name, cells in papers:
            desk.shelf.put(name, tuple(cells), smudges[name].row(cells))
    elif desk.office is None:
        for name, cells in rows:
            desk.files.write(name, cells)
    else:
        _spoilt(desk.files, desk.office, desk.office.spoil(rows, desk.number))
    for agreement in place.agreements:
        _links(desk.files, agreement)


def _spoilt(files: Files, office: Office, place: Neighbours) -> None:
    for line in place.all():
        columns = [column.key for column in office.layouts[line.table].columns(table(line.table))]
        if line.cut is not None:
            columns = [column for column in columns if column in COLUMNS[line.table][: line.cut]]
        cells = [line.cells.get(column, "") for column in columns]
        if line.unread:
            files.write_letter(cells)
        else:
            area = AREAS.get(line.table, "")
            files.write(line.table, cells, columns.index(area) if line.merged and area in columns else None)
    for planted in place.planted:
        files.write("truth/defects", planted)


def _people(desk: Desk, place: Neighbourhood) -> Iterator[Row]:
    for community in place.communities:
        for group in community.groups:
            for household in group.households:
                lost = loss(household, place.takings.get(household.household_id, ()))
                _household(desk.files, place, household, lost)
                for person in household.persons:
                    yield from _person(desk, person, (community, group, household), lost)


def _person(desk: Desk, person: Person, at: tuple[Community, Group, Household], lost: Loss) -> Iterator[Row]:
    community, group, household = at
    if desk.shelf is not None:
        desk.shelf.next_person()
    written = written_id(desk.shop, person)
    yield from person_rows(desk.shop, person, at=at, written=written, day=lost.day)
    if lost.days:
        yield from opinion_rows(desk.shop, community.street, written)
    true = verdict(person, lost)
    desk.outcomes[true.outcome] += 1
    place = [household.household_id, community.name, group.name]
    told = [true.outcome, ";".join(true.why), lost.day.isoformat() if lost.day else ""]
    desk.files.write("truth/persons", [person.resident_id, written, *place, *told])


def _household(files: Files, place: Neighbourhood, household: Household, lost: Loss) -> None:
    areas = [household.own, lost.lawful, lost.doubtful, household.own - lost.lawful - lost.doubtful]
    heads = [str(lost.heads_min), str(lost.heads_max)]
    files.write("truth/households", [household.household_id, *map(mu, areas), *heads])
    for taking in place.takings.get(household.household_id, ()):
        number = taking.approval.number if taking.approval else ""
        told = [taking.agreement, taking.kind, number, mu(taking.cents), "true" if taking.lawful else "false"]
        files.write("truth/takings", [household.household_id, *told])


def _links(files: Files, agreement: Agreement) -> None:
    for link in agreement.links:
        number = link.approval.number if link.approval else ""
        known = "true" if link.approval and not link.approval.lost else "false"
        beyond = _beyond(agreement, link)
        files.write("truth/links", [agreement.number, link.land_class, number, mu(link.cents - beyond), known])
        if beyond:
            files.write("truth/links", [agreement.number, link.land_class, f"{number}（补充）", mu(beyond), "false"])


def _beyond(agreement: Agreement, link: Link) -> int:
    """How much of the link the approval does not print, in cents, and only its lost supplement does."""
    if link.approval is None or not link.approval.short:
        return 0
    there = [
        p for p in link.approval.parcels if p.community == agreement.community.name and p.land_class == link.land_class
    ]
    printed = sum(p.units for p in there if p.groups == (agreement.group,))
    return max(0, link.cents - printed * 3 // UNITS_PER_3_CENTS) if printed else 0
