"""Records about contracted land: who gives it out, who holds it under what contract and certificate, plot by plot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from eligibility.simulation.chance import stream
from eligibility.simulation.defects.lines import number
from eligibility.simulation.styles.records.people import SURVEYED, Record, members, place
from eligibility.simulation.styles.shelf import District, Fact, Home, day, quantity

_M2 = Decimal(2000) / 3  # ㎡ of one 亩
_FIELDS = ("大田", "门前田", "河边", "老坟地", "水沟边", "村后坡", "长地", "圆丘", "秧田", "井边", "桥头", "庙前")
_CENT = Decimal("0.01")


def square_metres(mu: Decimal) -> Decimal:
    """Return an area of 亩 in ㎡ with two decimals, as NY/T 2539 keeps it."""
    return (mu * _M2).quantize(_CENT)


def grantors(district: District) -> Iterator[Record]:
    """Each village group as giver of land (发包方), with its totals as the county sums them up."""
    heads = {home.grantor: place(district, home) for home in reversed(district.homes)}
    for row in district.rows["groups"]:
        code = district.grantors[row.plain("community"), int(row.plain("group").removesuffix("组"))]
        yield heads[code] | {
            "grantor_head": heads[code]["head_name"],
            "grantor_head_id": heads[code]["head_resident_id"],
            "contracted_mu": quantity(row["contracted_mu"]),
            "households": quantity(row["households"]),
            "persons": quantity(row["persons"]),
        }


def contractors(district: District) -> Iterator[Record]:
    """Each household with its contract and certificate, as far as it has them; areas in ㎡ and in 亩.

    Where the certificate says another area than the older contract, the contract's stands as the former one.
    """
    for home in district.homes:
        yield place(district, home) | _papers(home)


def _papers(home: Home) -> Record:
    contract, certificate = home.ledger[0] if home.confirmed else None, next(iter(home.certificates), None)
    paper: Record = {"contractor_type": "1", "surveyed_on": SURVEYED, "acquired_by": "110"}
    if contract is None and certificate is None:
        return paper
    whole, former = _areas(contract, certificate)
    paper |= {"titled": "是", "area_m2": square_metres(whole), "area_mu": whole}
    paper |= {"parcel_count": len(_parts(home, whole))}
    if former is not None:
        paper |= {"former_area_m2": square_metres(former), "former_area_mu": former}
    if contract is not None:
        term = {
            "contract_from": day(contract.plain("contract_from")),
            "contract_to": day(contract.plain("contract_to")),
        }
        # a contract of another area than the former one was signed when it was registered
        signed = day(certificate.plain("issued_on")) if certificate and former is not None else term["contract_from"]
        paper |= {"contract_no": f"{home.code}J", "signed_on": signed} | term
    if certificate is not None:
        paper |= {
            "certificate_no": f"{home.code}J",
            "former_certificate_no": certificate["certificate_no"],
            "certificate_serial": f"云（{certificate.plain('issued_on')[:4]}）呈贡区{certificate['certificate_no']}",
            "issued_on": day(certificate.plain("issued_on")),
            "issued_by": "呈贡区人民政府",
        }
        if withdrawn := certificate.plain("withdrawn_on"):
            paper |= {"cancelled_on": day(withdrawn), "cancel_reason": "承包地被征收，收回权证"}
    return paper


def _areas(contract: Fact | None, certificate: Fact | None) -> tuple[Decimal, Decimal | None]:
    areas = [number(row.plain("area_mu")) or Decimal(0) for row in (certificate, contract) if row]
    return areas[0], areas[1] if len(areas) > 1 and areas[1] != areas[0] else None


def _parts(home: Home, whole: Decimal) -> list[Decimal]:
    """Divide an area into plots of two decimals that add up to it."""
    chance = stream(0, "plots", home.code)
    count = min(chance.choice((1, 2, 2, 3, 3, 4)), max(1, int(whole / Decimal("0.2"))))
    weights = [chance.randint(20, 100) for _ in range(count)]
    parts = [(whole * weight / sum(weights)).quantize(_CENT) for weight in weights[1:]]
    return [whole - sum(parts), *parts]


def plots(district: District) -> Iterator[Record]:
    """Each plot of a household under contract or certificate (`titled`), or of an unconfirmed village ledger."""
    serials = Counter[str]()
    for home in district.homes:
        record = _holder(district, home)
        whole = record.get("area_mu") or record.get("book_mu")
        if not isinstance(whole, Decimal):
            continue
        before = record.get("former_area_mu")
        older = _parts(home, before) if isinstance(before, Decimal) else []
        for part, old in zip_longest(_parts(home, whole), older):
            serials[home.grantor] += 1
            yield record | _plot(home, serials[home.grantor], part, old)


def _holder(district: District, home: Home) -> Record:
    """Return a household with its papers, those of an unconfirmed village ledger among them."""
    record = place(district, home) | _papers(home)
    if home.ledger and not home.confirmed:
        row = home.ledger[0]
        record |= {"book_mu": quantity(row["area_mu"])}
        record |= {"book_from": day(row["contract_from"]), "book_to": day(row["contract_to"])}
    return record


def _plot(home: Home, serial: int, area: Decimal | None, former: Decimal | None) -> Record:
    chance = stream(0, "plot", home.grantor, serial)
    borders = [chance.choice(("田埂", "沟", "路", "河", home.household.persons[0].name)) for _ in range(4)]
    area = area or Decimal(0)
    return {
        "feature_id": serial,
        "feature_kind": "211011",
        "parcel_code": f"{home.grantor}{serial:05d}",
        "parcel_name": chance.choice(_FIELDS),
        "ownership_kind": "31",
        "parcel_kind": "10",
        "soil_grade": f"{chance.randint(1, 6):02d}",
        "land_use_code": chance.choice(("011", "013")),
        "basic_farmland": chance.choice(("1", "2")),
        "use": "1",
        **dict(zip(("east", "west", "south", "north"), borders, strict=True)),
        "boundary_witness": home.household.persons[0].name,
        "geometry": "/",
        "share_without_parcel": "2",
        "parcel_mu": area,
        "parcel_m2": square_metres(area),
        "former_parcel_mu": former,
        "former_parcel_m2": square_metres(former) if former is not None else None,
    }


def ledger(district: District) -> Iterator[Record]:
    """Each line of a village ledger that nobody confirmed."""
    for home in district.homes:
        record = _holder(district, home)
        if "book_mu" in record:
            yield record


def holdings(district: District) -> Iterator[Record]:
    """Members and plots of each household side by side, as village workbooks have them: the longer list sets the rows.

    The household's own figures (contract, certificate) stand in each of its rows, to be written once over them.
    """
    land: dict[object, list[Record]] = {}
    for plot in plots(district):
        land.setdefault(plot["household"], []).append(plot)
    persons: dict[object, list[Record]] = {}
    for member in members(district):
        persons.setdefault(member["household"], []).append(member)
    homes = {home.code: home for home in district.homes}
    for code, rows in persons.items():
        shared = _of_village(district, homes[str(code)]) if code in homes else {}
        here = {key: rows[0][key] for key in ("street", "community", "group", "household", "household_no", "head_name")}
        for member, plot in zip_longest(rows, land.get(code, []), fillvalue={}):
            only = {key: plot[key] for key in ("parcel_name", "parcel_mu", "east", "west", "south", "north") if plot}
            yield shared | here | member | only


def households(district: District) -> Iterator[Record]:
    """Each household with its contract and certificate as a village has them."""
    for home in district.homes:
        yield _of_village(district, home)


def _of_village(district: District, home: Home) -> Record:
    """The contract and the certificate of a household as a village has them, with the numbers it knows."""
    record = place(district, home)
    for row in home.ledger:
        record |= {"booked": "是", "second_round_mu": quantity(row["area_mu"]), "confirmed_by": row["confirmed_by"]}
        record |= {"contract_from": day(row["contract_from"]), "contract_to": day(row["contract_to"])}
    for row in home.certificates:
        record |= {"certified": "是", "certificate_no": row["certificate_no"], "area_mu": quantity(row["area_mu"])}
        record |= {"issued_on": day(row["issued_on"]), "withdrawn_on": day(row["withdrawn_on"])}
    return record
