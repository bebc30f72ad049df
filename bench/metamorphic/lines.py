"""Rows in another order, twice, gone, cut short, with blanks; subtotals, notes and merged cells among them."""

from __future__ import annotations

from random import Random

from bench.metamorphic.filing import a_sheet
from bench.metamorphic.papers import COLUMNS, TITLES, Papers, Row, Sheet, group_number
from bench.metamorphic.rewriting import SAFE, UNDERSTOOD, Change, add, need, rewriting, some
from eligibility.model.tables import TABLES

_REQUIRED = {table.key: {column.key for column in table.columns if column.required} for table in TABLES}
_BLANK_MEANS_NO = {"member_to", "deceased_on", "withdrawn_on", "imprisoned", "membership_dispute"}


@rewriting("rows", UNDERSTOOD)
def rows_shuffled(papers: Papers, chance: Random) -> None:
    """The rows of every table stand in another order."""
    for sheet in papers.sheets:
        need(not any(row.aside or row.merged for row in sheet.rows))
        chance.shuffle(sheet.rows)


@rewriting("rows", UNDERSTOOD)
def rows_backwards(papers: Papers, _: Random) -> None:
    """The rows of every table stand backwards."""
    for sheet in papers.sheets:
        need(not any(row.aside or row.merged for row in sheet.rows))
        sheet.rows.reverse()


def _doubled(table: str) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        sheet = a_sheet(papers, chance, table)
        for row in some([row for row in sheet.rows if not row.aside], chance, chance.choice((0.05, 0.3))):
            at = sheet.rows.index(row) + 1 if chance.random() < 0.5 else len(sheet.rows)
            sheet.rows.insert(at, row.twin())

    return change


for _table in COLUMNS:
    _known = UNDERSTOOD if _table in ("persons", "confirmations") else SAFE
    add(f"{_table}_row_twice", "rows", _known, f"Rows of {TITLES[_table]} stand twice.", _doubled(_table))


@rewriting("rows", SAFE)
def certificate_twice_spelt_otherwise(papers: Papers, chance: Random) -> None:
    """A certificate stands twice, its number written in two ways."""
    sheet = a_sheet(papers, chance, "title_certificates")
    for row in some(sheet.rows, chance, 0.3):
        twin = row.twin()
        number = row.origin["certificate_no"]
        twin["certificate_no"] = chance.choice(
            (f"{number}号", f"第{number}号", number.lower(), f"{number}-1", number.lstrip("0"))
        )
        sheet.rows.append(twin)


@rewriting("rows", SAFE)
def roll_line_moved(papers: Papers, chance: Random) -> None:
    """A line of a roll bears the number of another agreement."""
    numbers = sorted({row.origin["agreement_no"] for row in papers.rows("payouts")})
    need(len(numbers) > 1)
    for row in some(papers.rows("payouts"), chance, 0.05):
        row["agreement_no"] = chance.choice([number for number in numbers if number != row.origin["agreement_no"]])


def _gone(papers: Papers, chance: Random, table: str, rows: list[Row], share: float) -> list[Row]:
    gone = some(rows, chance, share)
    for sheet in papers.of(table):
        sheet.rows = [row for row in sheet.rows if not any(row is other for other in gone)]
    return gone


for _table, _meaning in {
    "title_certificates": "Certificates are not in the dossier.",
    "contract_ledger": "Lines of the ledger are not in the dossier.",
    "groups": "Groups are missing from the table of groups.",
    "approvals": "Approvals are not in the dossier; their parcels are.",
}.items():

    def _lose(papers: Papers, chance: Random, table: str = _table) -> None:
        _gone(papers, chance, table, papers.rows(table), 0.2)

    add(f"{_table}_row_gone", "rows", SAFE, _meaning, _lose)


@rewriting("rows", SAFE)
def payouts_row_gone(papers: Papers, chance: Random) -> None:
    """Lines of some rolls are gone: a line of land."""
    rows = [
        row for row in papers.rows("payouts") if float(row.origin["area_mu"].rstrip("亩").replace(",", "") or 0) > 0.3
    ]
    _gone(papers, chance, "payouts", rows, 0.1)


@rewriting("rows", SAFE)
def approval_lost(papers: Papers, chance: Random) -> None:
    """An approval is not in the dossier, nor are its parcels."""
    number = chance.choice(sorted({row.origin["approval_no"] for row in papers.rows("approvals")} or [""]))
    need(number)
    for table in ("approvals", "approval_parcels"):
        for sheet in papers.of(table):
            sheet.rows = [row for row in sheet.rows if row.origin["approval_no"] != number]
    papers.sheets = [sheet for sheet in papers.sheets if sheet.rows]


@rewriting("rows", SAFE)
def parcels_row_gone(papers: Papers, chance: Random) -> None:
    """Parcels of approvals are not in the dossier; whoever lost land by such an approval is excused: its competence hangs on it."""
    gone = _gone(papers, chance, "approval_parcels", papers.rows("approval_parcels"), 0.2)
    for row in gone:
        for agreement in papers.rows("agreements"):
            if agreement.origin["community"] == row.origin["community"]:
                papers.excuse_place(agreement.origin["community"], group_number(agreement.origin["group"]))


@rewriting("rows", SAFE)
def agreement_lost_roll_kept(papers: Papers, chance: Random) -> None:
    """An agreement is not in the dossier, its roll is."""
    rolls = {row.origin["agreement_no"] for row in papers.rows("payouts")}
    _gone(
        papers,
        chance,
        "agreements",
        [row for row in papers.rows("agreements") if row.origin["agreement_no"] in rolls],
        0.2,
    )


@rewriting("rows", SAFE)
def agreement_lost_without_trace(papers: Papers, chance: Random) -> None:
    """An agreement and its roll are not in the dossier; whom it may concern is excused where the decision names that assumption."""
    for row in _gone(papers, chance, "agreements", papers.rows("agreements"), 0.2):
        papers.excuse_place(row.origin["community"], group_number(row.origin["group"]))
        for sheet in papers.of("payouts"):
            sheet.rows = [line for line in sheet.rows if line.origin["agreement_no"] != row.origin["agreement_no"]]
    papers.sheets = [sheet for sheet in papers.sheets if sheet.rows]


@rewriting("rows", SAFE)
def persons_row_gone(papers: Papers, chance: Random) -> None:
    """Persons are not on the roster; the others of their households are excused: nothing tells the head that is missing."""
    for row in _gone(papers, chance, "persons", papers.rows("persons"), 0.05):
        papers.excuse([row.origin["household_id"]])


@rewriting("rows", SAFE)
def household_off_roster(papers: Papers, chance: Random) -> None:
    """Whole households are not on the roster, which lists applicants; rolls and certificates have them."""
    households = sorted({row.origin["household_id"] for row in papers.rows("persons")})
    gone = set(chance.sample(households, max(1, len(households) // 5)))
    for sheet in papers.of("persons"):
        sheet.rows = [row for row in sheet.rows if row.origin["household_id"] not in gone]
    papers.sheets = [sheet for sheet in papers.sheets if sheet.rows]


def _cut(table: str) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        sheet = a_sheet(papers, chance, table)
        need(sheet.kind == "csv" and sheet.columns == COLUMNS[table])
        for row in some([row for row in sheet.rows if not row.aside], chance, chance.choice((0.02, 0.2))):
            row.cut = chance.randrange(1, len(sheet.columns))

    return change


def _blank(table: str, *, required: bool) -> Change:
    keys = [key for key in COLUMNS[table] if (key in _REQUIRED[table]) is required and key not in _BLANK_MEANS_NO]

    def change(papers: Papers, chance: Random) -> None:
        for row in some(papers.rows(table), chance, chance.choice((0.02, 0.1)), 3):
            row[chance.choice(keys)] = ""

    return change


for _table in COLUMNS:
    add(f"{_table}_row_cut", "rows", SAFE, f"Rows of {TITLES[_table]} break off.", _cut(_table))
    add(
        f"{_table}_cell_blank",
        "cells",
        SAFE,
        f"Cells of {TITLES[_table]} that may be blank are.",
        _blank(_table, required=False),
    )
    add(
        f"{_table}_cell_missing",
        "cells",
        SAFE,
        f"Required cells of {TITLES[_table]} are blank.",
        _blank(_table, required=True),
    )


@rewriting("cells", SAFE)
def ditto_marks(papers: Papers, chance: Random) -> None:
    """Cells equal to those above say 同上 or 〃."""
    sheet = a_sheet(papers, chance)
    for above, row in zip(sheet.rows, sheet.rows[1:], strict=False):
        for key in sheet.columns:
            if row.get(key) and row.origin.get(key) == above.origin.get(key) and chance.random() < 0.2:
                row[key] = chance.choice(("同上", "〃", "″", "”"))


NUMBERS = ("area_mu", "area", "contracted_mu", "amount_yuan", "compensation_yuan", "households", "persons")


def _sum(rows: list[Row], key: str) -> str:
    cells = [row.origin.get(key, "") for row in rows]
    if not any(cells):
        return ""
    try:
        return f"{sum(float(cell or 0) for cell in cells):.4f}".rstrip("0").rstrip(".")
    except ValueError:
        return ""


def _total(sheet: Sheet, rows: list[Row], column: str, word: str) -> Row:
    keys = [key for key in sheet.columns if key in NUMBERS]
    cells = dict.fromkeys(sheet.columns, "") | {
        key: _sum(rows, key) for key in keys if len({r.get("unit") for r in rows}) == 1
    }
    return Row(cells | {column: word}, aside=True)


def _subtotals(papers: Papers, chance: Random, column: int) -> None:
    sheet = a_sheet(
        papers, chance, "agreements", "payouts", "approval_parcels", "title_certificates", "groups", "contract_ledger"
    )
    need(column < len(sheet.columns) and not any(row.merged or row.cut for row in sheet.rows))
    key = sheet.columns[column]
    keep = sheet.columns[0]
    done, part, rows = list[Row](), list[Row](), [row for row in sheet.rows if not row.aside]
    fill = chance.random() < 0.5
    for at, row in enumerate(rows):
        done.append(row)
        part.append(row)
        last = at == len(rows) - 1
        if last or (chance.random() < 0.2 and rows[at + 1].origin[keep] != row.origin[keep]):
            total = _total(
                sheet, part, key, chance.choice(("小计", "村小计", f"{row.origin.get('community', '')}小计"))
            )
            if fill:  # the cells before the word are merged with the rows above
                total |= {other: row.get(other, "") for other in sheet.columns[:column]}
            done.append(total)
            part = []
    total = _total(sheet, rows, key, chance.choice(("合计", "总计", "合　计")))
    if fill:
        total |= {other: rows[-1].get(other, "") for other in sheet.columns[:column]}
    done.append(total)
    sheet.rows = done


@rewriting("subtotals", UNDERSTOOD)
def subtotals_first_column(papers: Papers, chance: Random) -> None:
    """Rows 小计 and 合计 stand among the rows, the word in the first column."""
    _subtotals(papers, chance, 0)


for _at, _word in {1: "second", 2: "third", 3: "fourth", 4: "fifth", 6: "seventh"}.items():

    def _insert(papers: Papers, chance: Random, at: int = _at) -> None:
        _subtotals(papers, chance, at)

    add(
        f"subtotals_{_word}_column",
        "subtotals",
        SAFE,
        f"Rows 小计 and 合计 stand among the rows, the word in the {_word} column.",
        _insert,
    )


@rewriting("merged", UNDERSTOOD)
def cells_merged(papers: Papers, chance: Random) -> None:
    """A workbook merges equal places, agreement numbers and approvals of rows that follow each other."""
    sheet = a_sheet(papers, chance, "persons", "agreements", "payouts", "approval_parcels", "groups")
    need(not papers.book and "." not in sheet.name)
    for other in papers.of(sheet.table):
        other.kind = "xlsx"
    keys = [
        key for key in sheet.columns if key in ("street", "community", "group", "agreement_no", "approval_no", "groups")
    ]
    for above, row in zip(sheet.rows, sheet.rows[1:], strict=False):
        for key in keys[: 1 + keys.index(chance.choice(keys))] if keys else []:
            if above.get(key) and above.get(key) == row.get(key) and not above.aside and not row.aside:
                row.merged.add(key)


@rewriting("merged", SAFE)
def household_merged(papers: Papers, chance: Random) -> None:
    """The roster merges the number of a household over its persons, and its place."""
    sheet = a_sheet(papers, chance, "persons")
    need(not papers.book and "." not in sheet.name)
    for other in papers.of("persons"):
        other.kind = "xlsx"
    for above, row in zip(sheet.rows, sheet.rows[1:], strict=False):
        if above.get("household_id") == row.get("household_id"):
            row.merged |= {"household_id", "street", "community", "group"}
