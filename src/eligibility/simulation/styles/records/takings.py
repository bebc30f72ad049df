"""Records about takings of land: approvals, their parcels and the agreements by class in columns, rolls line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from eligibility.model.tables import LAND_CLASSES
from eligibility.simulation.chance import stream
from eligibility.simulation.defects.lines import COLUMNS, number, plain
from eligibility.simulation.papers.land import said
from eligibility.simulation.styles.records.people import Record, place
from eligibility.simulation.styles.shelf import District, Fact, Home, day, quantity
from eligibility.simulation.world import Agreement, Person

_CLASS = {zh: key for key, zh in said(LAND_CLASSES).items()}
_MU_A_HECTARE = 15
_FARM = ("basic_farmland", "farmland", "garden", "forest", "other_agricultural")
_PARTY = {"征收": "呈贡区土地征收事务中心", "收储": "呈贡区土地储备中心"}


def _amount(text: str) -> Decimal | None:
    """Return the area in a cell; None where it cannot be read."""
    clean = quantity(text)
    return clean if isinstance(clean, Decimal) else number(text)


def _by_class(rows: Sequence[Fact]) -> Record:
    """Return the areas of rows under `area@class`, 耕地 with the basic farmland in it, and their total.

    An area that cannot be read stands as it is written, and is in no sum.
    """
    cells: Record = {}
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        land_class, area = _CLASS.get(row.plain("land_class"), "other"), _amount(row["area"])
        sums[land_class] += area or Decimal(0)
        cells[f"area@{land_class}"] = row["area"] if area is None else area
    farmland = [cells[key] for key in ("area@basic_farmland", "area@farmland") if key in cells]
    if farmland:
        unread = [cell for cell in farmland if isinstance(cell, str)]
        cells["area@all_farmland"] = unread[0] if unread else sums["basic_farmland"] + sums["farmland"]
    agricultural = sum((sums[key] for key in _FARM), Decimal(0))
    return cells | {"area": sum(sums.values(), Decimal(0)), "area@agricultural": agricultural or None}


def approvals(district: District) -> Iterator[Record]:
    """Each approval with its area by class in 公顷 and the villages it reaches.

    The number stands under `approval_no`, and again under that of the ministry or of the province that its head names.
    """
    parcels = district.grouped("approval_parcels", "approval_no")
    for row in district.rows["approvals"]:
        lines = parcels.get(row.plain("approval_no"), [])
        areas = _by_class([_summed(lines, name) for name in dict.fromkeys(line.plain("land_class") for line in lines)])
        total = areas["area"]
        ministry = plain(row["approval_no"]).startswith("国土资函")
        villages = list(dict.fromkeys(line.plain("community") for line in lines))
        yield areas | {
            "approval_no": row["approval_no"],
            "approval_no_ministry": row["approval_no"] if ministry else None,
            "approval_no_province": None if ministry else row["approval_no"],
            "approved_on": day(row["approved_on"]),
            "authority": row["authority"],
            "project": row["project"],
            "batch": row["batch"],
            "year": row.plain("approved_on")[:4],
            "area_ha": total,
            "area_mu": total * _MU_A_HECTARE if isinstance(total, Decimal) else None,
            "district": "呈贡区",
            "street": district.streets[villages[0]] if villages else "呈贡区",
            "villages": "、".join(villages),
            "approval_state": "已批复",
        }


def _summed(lines: list[Fact], land_class: str) -> Fact:
    """One line for all those of a class, with their area in sum."""
    of = [line for line in lines if line.plain("land_class") == land_class]
    total = str(sum((_amount(line["area"]) or Decimal(0) for line in of), Decimal(0)))
    written = list(of[0].written)
    written[COLUMNS["approval_parcels"].index("area")] = total
    return Fact("approval_parcels", of[0].made, tuple(written))


def parcels(district: District) -> Iterator[Record]:
    """The land of one owner in one approval, its classes in columns; areas in 公顷."""
    known = {row.plain("approval_no"): row for row in district.rows["approvals"]}
    for number_, lines in district.grouped("approval_parcels", "approval_no").items():
        approval, owners = known[number_], dict[tuple[str, ...], list[Fact]]()
        for line in lines:
            owners.setdefault(tuple(line.plain(key) for key in ("community", "groups", "ownership")), []).append(line)
        for seq, ((name, *_), of) in enumerate(owners.items(), start=1):
            yield _by_class(of) | {
                "seq": seq,
                "approval": number_,
                "approval_no": approval["approval_no"] or number_,
                "project": approval["project"],
                "batch": approval["batch"],
                "year": approval.plain("approved_on")[:4],
                "county": "呈贡区",
                "street": district.streets[name],
                "community": of[0]["community"],
                "groups": of[0]["groups"],
                "ownership": of[0]["ownership"],
            }


def agreements(district: District) -> Iterator[Record]:
    """Each agreement in one row, its classes in columns, in the unit that it was written in (`unit`)."""
    for rows in district.grouped("agreements", "agreement_no").values():
        row = rows[0]
        paid = [number(one["compensation_yuan"]) for one in rows]
        yield _by_class(rows) | {
            "agreement_no": row["agreement_no"],
            "street": district.streets[row.plain("community")],
            "community": row["community"],
            "group": row["group"],
            "party": f"{row['community'].strip()}{row['group'].strip()}",
            "signed_on": day(row["signed_on"]),
            "year": row.plain("signed_on")[:4],
            "project": row["project"],
            "kind": row.plain("kind"),
            "taker": _PARTY.get(row.plain("kind"), "呈贡区人民政府"),
            "unit": row.plain("unit"),
            "cited_approval_no": row["cited_approval_no"],
            "compensation_10k": sum((one for one in paid if one), Decimal(0)) / 10_000,
        }


def rolls(district: District) -> Iterator[Record]:
    """Each line of a roll of compensation, of one household, with an invented card.

    Who is paid is the head, or the first grown member alive on the day of the agreement; what is shared evenly stands
    as money by head, without an area.
    """
    written = {
        rows[0].plain("agreement_no"): rows[0] for rows in district.grouped("agreements", "agreement_no").values()
    }
    count: dict[str, int] = defaultdict(int)
    for agreement_no, lines in district.grouped("payouts", "agreement_no").items():
        agreement, paper = district.agreements[agreement_no], written[agreement_no]
        count[agreement.community.name] += 1
        for seq, line in enumerate(lines, start=1):
            home = district.by_household[line.plain("household_id")]
            payee = next((rows[0] for one, rows in home.persons if _paid(one, agreement)), home.head)
            amount, even = quantity(line["amount_yuan"]), line.plain("basis") == "均分"
            yield place(district, home) | {
                "seq": seq,
                "roll": f"兑付表{count[agreement.community.name]}",
                "agreement_no": line["agreement_no"],
                "agreement": agreement_no,
                "project": paper["project"],
                "agreement_of_title": None if paper["project"].strip() else line["agreement_no"],
                "year": paper.plain("signed_on")[:4],
                "place": f"{agreement.community.name}{f'{agreement.group}组' if agreement.group else ''}",
                "payee": payee["name"],
                "payee_id": payee["resident_id"],
                "area_mu": quantity(line["area_mu"]),
                "land_compensation": None if even else amount,
                "per_head_compensation": amount if even else None,
                "amount_yuan": amount,
                "account_no": _card(home),
            }


def _paid(person: Person, agreement: Agreement) -> bool:
    return person.member_on(agreement.signed_on) and person.age_on(agreement.signed_on) >= 18


def _card(home: Home) -> str:
    """Return a card number that no bank can have given out: its last digit is not that of the check (Luhn)."""
    digits = f"6299{stream(0, 'card', home.code).randrange(10**14):014d}"
    total = sum(int(mark) for mark in digits[::2]) + sum(sum(divmod(2 * int(mark), 10)) for mark in digits[1::2])
    return f"{digits}{(1 - total) % 10}"
