"""The defects of rows, each a small function over the rows of a neighbourhood."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import ROUND_DOWN, Decimal

from eligibility.model.tables import TABLES, CellType
from eligibility.simulation.defects.lines import AREAS, COLUMNS, REMARKS, Defect, Line, number, plain, shown
from eligibility.simulation.defects.spelling import COMMUNITIES, DAYS, GROUPS, group_number, stem

Spoil = Callable[[Defect], None]

_GROUPS = {"persons": "group", "groups": "group", "agreements": "group", "approval_parcels": "groups"}
_DATED = {
    table.key: [column.key for column in table.columns if column.type is CellType.DAY]
    for table in TABLES
    if any(column.type is CellType.DAY for column in table.columns)
}
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_HOUSEHOLDS = ("persons", "title_certificates", "contract_ledger", "payouts")
_PLOTTED = ("title_certificates", "agreements", "approval_parcels")
_M2 = Decimal(2000) / 3
_WRONG_DAYS = ("2103-05-01", "2031-08-15", "1900-01-01", "1900-01-05", "2013-02-30", "2012-13-01", "0213-05-01")


def household_over_groups(at: Defect) -> None:
    """One person of a household stands in another group than the others."""
    groups = _by(at.place.lines["groups"], lambda line: line.cells["community"])
    homes = _by(at.place.lines["persons"], lambda line: plain(line.cells["household_id"]))
    for lines in [lines for lines in homes.values() if len(lines) > 1 and at.befalls()]:
        line = at.chance.choice(lines)
        names = [other.cells["group"] for other in groups[line.cells["community"]]]
        others = [name for name in names if group_number(name) != group_number(line.cells["group"])]
        if others:
            at.write(line, "group", at.chance.choice(others))


def person_twice(at: Defect) -> None:
    """A person stands twice, the second time with a digit of the id mistyped."""
    for line in at.some("persons"):
        known = line.cells["resident_id"]
        if len(known) == 18:
            place = at.chance.choice((14, 15, 16))
            digit = at.chance.choice([mark for mark in "0123456789" if mark != known[place]])
            mistyped = f"{known[:place]}{digit}{known[place + 1 :]}"
            at.insert(line, line.twin(resident_id=mistyped), noted="resident_id")


def household_restart(at: Defect) -> None:
    """Numbers of households of a community begin again in each group, or in the community."""
    people = _by(at.place.lines["persons"], lambda line: line.cells["community"])
    numbers: dict[str, str] = {}
    for lines in [lines for lines in people.values() if at.befalls()]:
        grouped, counts = at.chance.random() < 0.5, defaultdict[int, int](int)
        for line in lines:
            household = plain(line.cells["household_id"])
            if household and household not in numbers:
                begun = (group_number(line.cells["group"]) or 0) if grouped else 0
                counts[begun] += 1
                numbers[household] = str(counts[begun])
    for table in _HOUSEHOLDS if numbers else ():
        for line in at.place.lines[table]:
            at.write(line, "household_id", numbers.get(plain(line.cells["household_id"]), line.cells["household_id"]))


def certificate_reissued(at: Defect) -> None:
    """A certificate was issued again under a new number, and the old one is not marked as withdrawn."""
    for line in at.some("title_certificates"):
        day = f"{at.chance.choice((2005, 2010, 2016, 2019))}-03-15"
        if not line.cells["withdrawn_on"] and line.cells["issued_on"] < day:
            new = line.twin(certificate_no=f"换{line.cells['certificate_no']}", issued_on=day)
            at.insert(line, new, noted="certificate_no")


def certificate_twice(at: Defect) -> None:
    """A certificate stands twice, its number written in two ways."""
    for line in at.some("title_certificates"):
        known = line.cells["certificate_no"]
        new = line.twin(certificate_no=at.chance.choice((f"第{known}号", f"{known}号", f"{known}-1", f"{known}（补）")))
        at.insert(line, new, noted="certificate_no")


def over_claimed(at: Defect) -> None:
    """A parcel prints less than the agreements claim of it."""
    for line in at.some("approval_parcels"):
        if area := number(line.cells["area"]):
            at.write(line, "area", shown(area * at.chance.randint(30, 90) / 100, _digits(line.cells["area"])))


def roll_in_m2(at: Defect) -> None:
    """A roll has its areas in 平方米, and does not say so."""
    rolls = _by(at.place.lines["payouts"], lambda line: line.cells["agreement_no"])
    for lines in [lines for lines in rolls.values() if at.befalls()]:
        for line in lines:
            if area := number(line.cells["area_mu"]):
                at.write(line, "area_mu", shown(area * _M2, 2))


def plots(at: Defect) -> None:
    """A certificate, agreement or parcel stands plot by plot, under the same number."""
    for line in at.some(*_PLOTTED):
        _divide(at, line, merged=False)


def merged_area(at: Defect) -> None:
    """A certificate, agreement or parcel stands plot by plot, and its area is one cell over all plots."""
    for line in at.some(*_PLOTTED):
        _divide(at, line, merged=True)


def group_total_slip(at: Defect) -> None:
    """The decimal point of a group's total slipped."""
    _slip(at, "groups")


def roll_slip(at: Defect) -> None:
    """The decimal point of a line of a roll slipped."""
    _slip(at, "payouts")


def area_zero(at: Defect) -> None:
    """An area that nobody filled in is 0."""
    for line in at.some(*AREAS):
        at.write(line, AREAS[line.table], at.chance.choice(("0", "0.00")))


def death_remark(at: Defect) -> None:
    """A death stands in the remarks, and not in its column."""
    for line in at.some("persons"):
        if _ISO.fullmatch(day := line.cells["deceased_on"]):
            year = day[:4]
            at.write(
                line, REMARKS, at.chance.choice((f"已于{year}年死亡", f"{year}年去世", f"{year}年病故，户口已注销"))
            )
            at.write(line, "deceased_on", "")


def wrong_date(at: Defect) -> None:
    """A day lies in the future or before all papers, or no calendar has it."""
    for line in at.some(*_DATED):
        columns = [column for column in _DATED[line.table] if line.cells[column]]
        if columns:
            at.write(line, at.chance.choice(columns), at.chance.choice(_WRONG_DAYS))


def date_spelling(at: Defect) -> None:
    """The days of a row are spelt in an odd form."""
    for line in at.some(*_DATED):
        form = at.chance.choice(list(DAYS.values()))
        for column in _DATED[line.table]:
            if _ISO.fullmatch(line.cells[column]):
                try:
                    at.write(line, column, form(date.fromisoformat(line.cells[column])))
                except ValueError:  # a day that another defect made
                    continue


def group_with_community(at: Defect) -> None:
    """Agreements or parcels write the group behind the community, and leave its own cell blank."""
    for line in _tables(at, "agreements", "approval_parcels"):
        column = _GROUPS[line.table]
        if group_number(line.cells[column]):
            at.write(line, "community", f"{stem(line.cells['community'])}村委会{line.cells[column]}")
            at.write(line, column, "")


def group_spelling(at: Defect) -> None:
    """A table of a community spells the groups in another form."""
    for lines in _papers(at, *_GROUPS):
        form = at.chance.choice(list(GROUPS.values()))
        for line in lines:
            column = _GROUPS[line.table]
            numbers = [group_number(name) for name in line.cells[column].split("、")]
            known = [known for known in numbers if known]
            if known and len(known) == len(numbers):
                at.write(line, column, "、".join(form(line.cells["community"], group) for group in known))


def community_spelling(at: Defect) -> None:
    """A table of a community spells the community in another form."""
    streets = {line.cells["community"]: line.cells["street"].removesuffix("街道") for line in at.place.lines["persons"]}
    for lines in _papers(at, *_GROUPS):
        form = at.chance.choice(list(COMMUNITIES.values()))
        for line in lines:
            if street := streets.get(name := line.cells["community"]):
                at.write(line, "community", form(street, name))


def row_twice(at: Defect) -> None:
    """A row stands twice."""
    for line in at.some():
        at.insert(line, line.twin())


def subtotals(at: Defect) -> None:
    """A row 小计 stands behind the rows of a table, its word in one of the first columns."""
    for table, column in AREAS.items():
        lines = [line for line in at.place.lines[table] if not line.unread]
        if not lines or not at.befalls():
            continue
        total = sum((number(line.cells[column]) or Decimal(0) for line in lines), Decimal(0))
        one_unit = len({line.cells.get("unit") for line in lines}) == 1
        word = at.chance.choice([key for key in COLUMNS[table][:3] if key not in (column, "unit")])
        cells = dict.fromkeys(COLUMNS[table], "") | {word: "小计"} | ({column: shown(total, 2)} if one_unit else {})
        at.insert(lines[-1], Line(table, cells, "小计", total=True), noted=word)


def unread_agreements(at: Defect) -> None:
    """An agreement stands only in a letter that lies beside the tables."""
    signed = _by(at.place.lines["agreements"], lambda line: line.cells["agreement_no"])
    for lines in [lines for lines in signed.values() if at.befalls()]:
        for line in lines:
            line.unread = True
            at.note(line, "", "agreements", "补充协议.docx")


def row_cut(at: Defect) -> None:
    """A row breaks off."""
    for line in at.some():
        line.cut = at.chance.randrange(1, len(COLUMNS[line.table]))
        at.note(line, COLUMNS[line.table][line.cut], line.cells[COLUMNS[line.table][line.cut]], "")


PIPELINE: tuple[Spoil, ...] = (
    household_over_groups, person_twice, household_restart, certificate_reissued, certificate_twice, over_claimed, roll_in_m2,
    area_zero, group_total_slip, roll_slip, plots, merged_area, death_remark, wrong_date, date_spelling, group_with_community,
    group_spelling, community_spelling, row_twice, unread_agreements, subtotals, row_cut,
)  # fmt: skip
"""The defects of rows in the order in which they work: what a row says first, then how it is spelt, then how it stands."""


def _by(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, list[Line]]:
    sorted_lines = defaultdict[str, list[Line]](list)
    for line in lines:
        sorted_lines[key(line)].append(line)
    return sorted_lines


def _papers(at: Defect, *tables: str) -> Iterator[list[Line]]:
    """The rows of a table and community, as one office keeps them, where it is befallen."""
    for table in tables:
        for lines in _by(at.place.lines[table], lambda line: line.cells["community"]).values():
            if at.befalls():
                yield lines


def _tables(at: Defect, *tables: str) -> Iterator[Line]:
    for lines in _papers(at, *tables):
        yield from lines


def _digits(text: str) -> int:
    return len(plain(text).removesuffix("亩").partition(".")[2])


def _slip(at: Defect, table: str) -> None:
    for line in at.some(table):
        if area := number(line.cells[AREAS[table]]):
            slipped = area * at.chance.choice((Decimal(10), Decimal("0.1")))
            at.write(line, AREAS[table], f"{slipped.normalize():f}")


def _divide(at: Defect, line: Line, *, merged: bool) -> None:
    """Write the row as two or three, whose areas add up, or under one area."""
    column, count = AREAS[line.table], at.chance.choice((2, 2, 3))
    whole = number(line.cells[column])
    digits = _digits(line.cells[column])
    unit = Decimal(1).scaleb(-digits)
    if whole is None or line.merged or whole < count * 4 * unit:
        return
    part = (whole * at.chance.randint(15, 30) / 100).quantize(unit, ROUND_DOWN)
    money = Decimal(0) if merged else number(line.cells.get("compensation_yuan", "")) or Decimal(0)
    share = (money * part / whole).quantize(Decimal("0.01"), ROUND_DOWN)
    rest = {"compensation_yuan": shown(share, 2)} if share else {}
    for _ in range(count - 1):
        plot = line.twin(**rest, **{column: "" if merged else shown(part, digits)})
        plot.merged = merged
        at.insert(line, plot, noted=column)
    if not merged:
        at.write(line, column, shown(whole - part * (count - 1), digits))
    if share:
        line.cells["compensation_yuan"] = shown(money - share * (count - 1), 2)
