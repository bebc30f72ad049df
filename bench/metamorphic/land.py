"""Areas written otherwise: plot by plot, merged, in other units, with slips; certificates reissued; money in 万元."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from random import Random
from unicodedata import normalize

from bench.metamorphic.filing import a_sheet
from bench.metamorphic.papers import Papers, Row, group_number
from bench.metamorphic.rewriting import SAFE, UNDERSTOOD, Change, add, need, rewriting, some
from eligibility.simulation.vocabulary import chinese_number

AREAS = {
    "title_certificates": "area_mu",
    "contract_ledger": "area_mu",
    "payouts": "area_mu",
    "groups": "contracted_mu",
    "agreements": "area",
    "approval_parcels": "area",
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def number(row: Row, key: str) -> Decimal | None:
    """The number in a cell as it was at first; None where it is none."""
    return Decimal(row.origin[key]) if _NUMBER.fullmatch(row.origin[key]) else None


def sized(papers: Papers, table: str, least: str = "0.05") -> list[Row]:
    """Rows of a table whose area is a number that is not too small to be divided."""
    key = AREAS[table]
    return [
        row for row in papers.rows(table) if (number(row, key) or 0) >= Decimal(least) and _NUMBER.fullmatch(row[key])
    ]


def _divide(row: Row, key: str, chance: Random, *, equal: bool) -> list[Row]:
    """The row as two or three plots, whose areas add up to that of the row."""
    whole = Decimal(row[key])
    digits = -int(whole.as_tuple().exponent)
    unit = Decimal(1).scaleb(-digits)
    parts = chance.choice((2, 2, 3))
    need(whole >= unit * parts * 4)
    first = (whole / parts).quantize(unit) if equal else (whole * Decimal(chance.randint(15, 40)) / 100).quantize(unit)
    areas = [first] * (parts - 1) + [whole - first * (parts - 1)]
    if not equal and parts == 3:
        first -= unit if first == whole - first - (first / 2).quantize(unit) else 0  # four tenths, two and four
        areas = [first, (first / 2).quantize(unit), whole - first - (first / 2).quantize(unit)]
    rows = [row.twin() for _ in areas]
    for plot, area in zip(rows, areas, strict=True):
        plot[key] = f"{area:.{digits}f}"
    for money in ("compensation_yuan", "amount_yuan"):
        if money in row and _NUMBER.fullmatch(written := normalize("NFKC", row[money]).strip()):
            whole_money, rest = Decimal(written), Decimal(0)
            for plot, area in zip(rows[:-1], areas[:-1], strict=True):
                share = (whole_money * area / whole).quantize(Decimal("0.01"))
                plot[money], rest = str(share), rest + share
            rows[-1][money] = str(whole_money - rest)
    return rows


def _short_rolls(papers: Papers) -> set[str]:
    """Agreements whose roll by parcel does not add up to their farmland: it then does not bear out that their rows add up."""
    rolls, farmland = dict[str, list[Decimal | None]](), dict[str, Decimal]()
    for line in papers.rows("payouts"):
        by_parcel = number(line, "area_mu") if line.origin["basis"] == "按承包地" else None
        rolls.setdefault(line.origin["agreement_no"], []).append(by_parcel)
    for row in papers.rows("agreements"):
        if row.origin["land_class"] in {"耕地", "永久基本农田"} and (area := number(row, "area")) is not None:
            of = row.origin["agreement_no"]
            farmland[of] = farmland.get(of, Decimal(0)) + area * _MU_IN.get(row.origin["unit"], Decimal(1))
    return {
        of
        for of, areas in rolls.items()
        if None not in areas and abs(sum(filter(None, areas)) - farmland.get(of, Decimal(0))) > Decimal("0.1")
    }


def _by_plot(table: str, *, equal: bool) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        sheet = a_sheet(papers, chance, table)
        need(not any(row.merged for row in sheet.rows))
        rows = [row for row in sized(papers, table, "0.2") if any(row is other for other in sheet.rows)]
        if table == "agreements" and not equal:
            short = _short_rolls(papers)
            rows = [row for row in rows if row.origin["agreement_no"] not in short]
        chosen = some(rows, chance, chance.choice((0.2, 0.6)))
        for row in chosen:
            at = next(at for at, other in enumerate(sheet.rows) if other is row)
            sheet.rows[at : at + 1] = _divide(row, AREAS[table], chance, equal=equal)

    return change


for _table, _what in {
    "title_certificates": "certificate",
    "agreements": "agreement",
    "approval_parcels": "parcel",
    "payouts": "roll",
}.items():
    add(
        f"{_what}_by_plot",
        "plots",
        # rows of one certificate may correct each other: its area is between the largest and the sum
        SAFE if _what == "certificate" else UNDERSTOOD,
        f"{_what}: plot by plot, areas unequal, under the same number (of agreements, those that no roll contradicts).",
        _by_plot(_table, equal=False),
    )
    add(
        f"{_what}_by_equal_plots",
        "plots",
        SAFE,
        f"{_what}: plot by plot, some of equal area, under the same number.",
        _by_plot(_table, equal=True),
    )
add(
    "ledger_by_plot",
    "plots",
    SAFE,
    "The ledger has a line for each plot of a household.",
    _by_plot("contract_ledger", equal=False),
)
add(
    "group_by_class",
    "plots",
    SAFE,
    "The table of groups has two lines for a group, whose areas add up.",
    _by_plot("groups", equal=False),
)


def _merged(table: str, *, whole_number: bool) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        sheet = a_sheet(papers, chance, table)
        need(not papers.book and "." not in sheet.name)
        rows = [row for row in sized(papers, table, "0.2") if any(row is other for other in sheet.rows)]
        for row in some(rows, chance, 0.4):
            at = next(at for at, other in enumerate(sheet.rows) if other is row)
            plots = [row, *(row.twin() for _ in range(chance.choice((1, 2))))]
            for plot in plots[1:]:
                plot.merged |= {AREAS[table]} | (set(sheet.columns[:2]) if whole_number else set())
            sheet.rows[at : at + 1] = plots
        for other in papers.of(table):
            other.kind = "xlsx"

    return change


for _table, _what in {
    "title_certificates": "certificates",
    "payouts": "rolls",
    "agreements": "agreements",
    "approval_parcels": "parcels",
}.items():
    add(
        f"area_merged_on_{_what}",
        "merged",
        SAFE,
        f"{_what}: an area is merged over the plots of which it is the sum.",
        _merged(_table, whole_number=False),
    )
add(
    "certificate_merged",
    "merged",
    SAFE,
    "Number, household and area of a certificate are merged over its plots.",
    _merged("title_certificates", whole_number=True),
)

_MU_IN = {"公顷": Decimal(15), "平方米": Decimal(3) / 2000}


def _converted(row: Row, key: str, unit: str) -> None:
    area = number(row, key)
    if area is not None and _NUMBER.fullmatch(row[key]):
        row[key] = f"{area / _MU_IN[unit]:.{6 if unit == '公顷' else 2}f}"


def _other_unit(how: str) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        sheet = a_sheet(papers, chance, "title_certificates", "contract_ledger", "payouts", "groups")
        unit, key = chance.choice(("公顷", "平方米")), AREAS[sheet.table]
        need(not sheet.headers and not any(row.merged or row.aside for row in sheet.rows))
        for row in sheet.rows:
            _converted(row, key, unit)
        if how == "title":
            sheet.titles = (
                [f"{sheet.table}", f"单位：{unit}"] if chance.random() < 0.5 else [f"汇总表（单位：{unit}、元）"]
            )
            sheet.kind = chance.choice(("xlsx", "csv")) if sheet.name == sheet.table else sheet.kind
        elif how == "header":
            sheet.headers[key] = f"{sheet.header(key)}（{unit}）"
        elif how == "cell":
            for row in sheet.rows:
                row[key] = f"{row[key]}{unit}" if row[key] else ""
        elif how == "row":
            sheet.rows.insert(0, Row(dict.fromkeys(sheet.columns, "") | {key: f"（{unit}）"}, aside=True))

    return change


for _how, _where in {
    "title": "in a line above the table", "header": "in the header", "cell": "in each cell", "row": "in a row below the header",
    "nowhere": "nowhere",
}.items():  # fmt: skip
    add(f"unit_{_how}", "units", SAFE, f"Areas are in 公顷 or 平方米, which stands {_where}.", _other_unit(_how))


@rewriting("units", SAFE)
def unit_column_gone(papers: Papers, chance: Random) -> None:
    """Agreements or parcels lack the column of units; the unit stands in the title or in the header of areas."""
    sheet = a_sheet(papers, chance, "agreements", "approval_parcels")
    need(not sheet.headers and not any(row.cut for row in sheet.rows))
    units = {row.origin["unit"] for row in sheet.rows if not row.aside}
    unit = chance.choice(sorted(units & {"亩", "公顷", "平方米"}))
    factors = {"亩": Decimal(1)} | _MU_IN
    for row in sheet.rows:
        if row.origin["unit"] != unit and row.origin["unit"] in factors and number(row, "area") is not None:
            row["area"] = f"{(number(row, 'area') or 0) * factors[row.origin['unit']] / factors[unit]:.6f}"
    sheet.columns.remove("unit")
    if chance.random() < 0.5:
        sheet.titles = [f"单位：{unit}"]
    else:
        sheet.headers["area"] = f"面积（{unit}）"


@rewriting("units", SAFE)
def unit_column_wrong(papers: Papers, chance: Random) -> None:
    """The unit stands in the cell of the area, and the column of units says another."""
    sheet = a_sheet(papers, chance, "agreements", "approval_parcels")
    for row in some([row for row in sheet.rows if not row.aside and number(row, "area") is not None], chance, 0.5):
        row["area"] = f"{row['area']}{row.origin['unit']}"
        row["unit"] = chance.choice(("亩", "公顷", "平方米"))


def _areas(form: Callable[[str, Random], str], *tables: str) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        table = chance.choice([table for table in tables if sized(papers, table)] or [""])
        need(table)
        for row in sized(papers, table):
            row[AREAS[table]] = form(row[AREAS[table]], chance)

    return change


_IN_MU = ("title_certificates", "contract_ledger", "payouts", "groups")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _in_words(text: str, __: Random) -> str:
    whole, _, rest = text.partition(".")
    if int(whole) >= 100 or len(rest) > 2:
        return f"{text}亩"
    tenths, hundredths = (rest + "00")[0], (rest + "00")[1]
    words = f"{chinese_number(int(whole))}亩" if int(whole) else ""
    words += f"{chinese_number(int(tenths))}分" if tenths != "0" else ""
    return words + (f"{chinese_number(int(hundredths))}厘" if hundredths != "0" else "") or text


def _slipped(text: str, chance: Random) -> str:
    return f"{Decimal(text) * chance.choice((10, 100, Decimal('0.1'))):f}"


add("area_with_mu", "areas", UNDERSTOOD, "Areas have 亩 behind them.", _areas(lambda text, _: f"{text}亩", *_IN_MU))
add(
    "area_wide",
    "areas",
    UNDERSTOOD,
    "Areas are typed in full width.",
    _areas(lambda text, _: text.translate(_WIDE), *AREAS),
)
add("area_in_words", "areas", UNDERSTOOD, "Areas are written in words: 三亩二分五厘.", _areas(_in_words, *_IN_MU))
add(
    "area_about",
    "areas",
    SAFE,
    "Areas are given as about so much, or coarsely.",
    _areas(lambda text, _: f"约{text}亩", *_IN_MU),
)
add(
    "area_coarse",
    "areas",
    SAFE,
    "Areas are rounded to one digit.",
    _areas(lambda text, _: f"{Decimal(text):.1f}", *AREAS),
)
add(
    "area_comma_for_point",
    "areas",
    SAFE,
    "The decimal point is a comma or a full stop.",
    _areas(lambda text, chance: text.replace(".", chance.choice(",。")), *AREAS),
)


def _some_areas(form: Callable[[str, Random], str], table: str, *, least: str = "0") -> Change:
    def change(papers: Papers, chance: Random) -> None:
        for row in some(sized(papers, table, least), chance, chance.choice((0.1, 0.5))):
            row[AREAS[table]] = form(row[AREAS[table]], chance)

    return change


for _table in AREAS:
    add(
        f"{_table}_area_zero",
        "slips",
        SAFE,
        f"{_table}: the area of some rows is 0, for blank.",
        _some_areas(lambda _, chance: chance.choice(("0", "0.00")), _table),
    )
add(
    "group_total_slip",
    "slips",
    SAFE,
    "A decimal point slipped in a total of the table of groups.",
    _some_areas(_slipped, "groups"),
)
add(
    "roll_slip",
    "slips",
    SAFE,
    "A decimal point slipped in a line of a roll.",
    _some_areas(_slipped, "payouts", least="0.3"),
)
add(
    "group_total_of_today",
    "slips",
    SAFE,
    "The total of a group is what is left today.",
    _some_areas(lambda text, chance: f"{Decimal(text) * chance.randint(0, 60) / 100:.2f}", "groups"),
)


@rewriting("slips", SAFE)
def agreement_slip(papers: Papers, chance: Random) -> None:
    """A decimal point slipped in an agreement that has a roll by parcel."""
    rolls = {row.origin["agreement_no"] for row in papers.rows("payouts") if row.origin["basis"] == "按承包地"}
    for row in some([row for row in sized(papers, "agreements") if row.origin["agreement_no"] in rolls], chance, 0.3):
        row["area"] = _slipped(row["area"], chance)


@rewriting("slips", SAFE)
def parcel_slip(papers: Papers, chance: Random) -> None:
    """A decimal point slipped in a parcel, which is then too small."""
    for row in some(sized(papers, "approval_parcels"), chance, 0.3):
        row["area"] = f"{Decimal(row['area']) / 10:f}"


@rewriting("money", UNDERSTOOD)
def money_in_wan(papers: Papers, chance: Random) -> None:
    """Money is written in 万元, which stands in the cell."""
    table, key = chance.choice((("agreements", "compensation_yuan"), ("payouts", "amount_yuan")))
    rows = [row for row in papers.rows(table) if _NUMBER.fullmatch(row[key])]
    need(rows)
    for row in rows:
        row[key] = f"{Decimal(row[key]) / 10_000:f}万元"


@rewriting("money", SAFE)
def money_header_in_wan(papers: Papers, chance: Random) -> None:
    """Money is in 万元, which stands in the header or nowhere."""
    sheet = a_sheet(papers, chance, "agreements", "payouts")
    key = "compensation_yuan" if sheet.table == "agreements" else "amount_yuan"
    for row in sheet.rows:
        if _NUMBER.fullmatch(row.get(key, "")):
            row[key] = f"{Decimal(row[key]) / 10_000:f}"
    if chance.random() < 0.7:
        sheet.headers[key] = f"{sheet.header(key)}（万元）"


def _losses(papers: Papers) -> dict[str, tuple[Decimal, str]]:
    """By household what its rolls by parcel took, and the last day of the approvals cited for it."""
    days = {row.origin["approval_no"]: row.origin["approved_on"] for row in papers.rows("approvals")}
    cited = {
        row.origin["agreement_no"]: days.get(row.origin["cited_approval_no"], "") for row in papers.rows("agreements")
    }
    losses: dict[str, tuple[Decimal, str]] = {}
    for row in papers.rows("payouts"):
        household, area = row.origin["household_id"], number(row, "area_mu") or Decimal(0)
        lost, day = losses.get(household, (Decimal(0), ""))
        losses[household] = (lost + area, max(day, cited.get(row.origin["agreement_no"], "")))
    return losses


@rewriting("certificates", SAFE)
def certificate_for_the_rest(papers: Papers, chance: Random) -> None:
    """Households that lost some land have a new certificate for the rest, the old one is not marked as withdrawn."""
    sheet, losses = a_sheet(papers, chance, "title_certificates"), _losses(papers)
    rows = [row for row in sized(papers, "title_certificates") if row.origin["household_id"] in losses]
    rows = [row for row in rows if re.fullmatch(r"\d{4}-\d\d-\d\d", losses[row.origin["household_id"]][1])]
    for row in some(rows, chance, 0.6):
        lost, day = losses[row.origin["household_id"]]
        rest = (number(row, "area_mu") or Decimal(0)) - lost
        if rest <= 0 or day <= row.origin["issued_on"]:
            continue
        new = row.twin()
        new |= {"certificate_no": f"新{row.origin['certificate_no']}", "area_mu": f"{rest:.2f}", "withdrawn_on": ""}
        new["issued_on"] = f"{int(day[:4]) + 2}{day[4:8]}15"
        row["withdrawn_on"] = ""
        sheet.rows.append(new)


@rewriting("certificates", SAFE)
def certificate_reissued(papers: Papers, chance: Random) -> None:
    """Certificates were issued again for the same land under a new number, the old ones are not marked as withdrawn."""
    sheet = a_sheet(papers, chance, "title_certificates")
    later = f"{chance.choice((2000, 2005, 2010, 2016))}-03-15"
    for row in some(sized(papers, "title_certificates"), chance, 0.4):
        new = row.twin()
        number_, day = row.origin["certificate_no"], later if chance.random() < 0.8 else row["issued_on"]
        new |= {"certificate_no": chance.choice((f"换{number_}", f"{number_}-2", f"{number_}（补）")), "issued_on": day}
        sheet.rows.append(new)


@rewriting("certificates", SAFE)
def certificate_of_another_household(papers: Papers, chance: Random) -> None:
    """One certificate stands under two households."""
    households = sorted({row.origin["household_id"] for row in papers.rows("persons")})
    sheet = a_sheet(papers, chance, "title_certificates")
    for row in some(sheet.rows, chance, 0.1):
        new = row.twin()
        new["household_id"] = chance.choice(households)
        sheet.rows.append(new)


@rewriting("land", SAFE)
def land_class_gone(papers: Papers, chance: Random) -> None:
    """Agreements do not tell the class of the land in some rows."""
    for row in some(papers.rows("agreements"), chance, 0.5):
        row["land_class"] = ""


@rewriting("land", SAFE)
def basic_farmland_on_agreement(papers: Papers, chance: Random) -> None:
    """Agreements write 永久基本农田 where the approval has 耕地."""
    for row in some([row for row in papers.rows("agreements") if row.origin["land_class"] == "耕地"], chance, 0.5):
        row["land_class"] = "永久基本农田"


@rewriting("places", SAFE)
def group_contradicts_citation(papers: Papers, chance: Random) -> None:
    """The group of an agreement is not that of the approval that it cites, or is none at all."""
    parcels = {
        (row.origin["approval_no"], row.origin["community"]): row.origin["groups"]
        for row in papers.rows("approval_parcels")
    }
    rows = [
        row
        for row in papers.rows("agreements")
        if (row.origin["cited_approval_no"], row.origin["community"]) in parcels
    ]
    rows = [row for row in rows if group_number(row.origin["group"])
            and group_number(parcels[row.origin["cited_approval_no"], row.origin["community"]])]  # fmt: skip
    groups = sorted({group_number(row.origin["group"]) for row in papers.rows("groups")} | {"19"})
    for row in some(rows, chance, 0.4):
        row["group"] = (
            f"{chance.choice([number for number in groups if number != group_number(row.origin['group'])])}组"
        )


@rewriting("places", SAFE)
def community_contradicts_citation(papers: Papers, chance: Random) -> None:
    """The community of an agreement is not that of the approval that it cites."""
    parcels: dict[str, set[str]] = {}
    for row in papers.rows("approval_parcels"):
        parcels.setdefault(row.origin["approval_no"], set()).add(row.origin["community"])
    names = sorted({row.origin["community"] for row in papers.rows("persons")})
    rows = [
        row
        for row in papers.rows("agreements")
        if set(names) - parcels.get(row.origin["cited_approval_no"], set(names))
    ]
    for row in some(rows, chance, 0.3):
        row["community"] = chance.choice(sorted(set(names) - parcels[row.origin["cited_approval_no"]]))


@rewriting("places", SAFE)
def group_of_nobody(papers: Papers, chance: Random) -> None:
    """The group of an agreement is one that nobody has."""
    rows = [row for row in papers.rows("agreements") if group_number(row.origin["group"])]
    for row in some(rows, chance, 0.4):
        row["group"] = f"{chance.choice((17, 19, 31))}组"


@rewriting("places", SAFE)
def community_of_nobody(papers: Papers, chance: Random) -> None:
    """The community of an agreement is one that nobody has."""
    for row in some(papers.rows("agreements"), chance, 0.4):
        row["community"] = "样溪冲社区"


@rewriting("places", SAFE)
def parcel_of_other_group(papers: Papers, chance: Random) -> None:
    """The group of a parcel is one that nobody has, or is blank."""
    rows = [row for row in papers.rows("approval_parcels") if group_number(row.origin["groups"])]
    for row in some(rows, chance, 0.4):
        row["groups"] = chance.choice(("19组", ""))
