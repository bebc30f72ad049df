"""Days written in other forms, and days that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from random import Random

from bench.metamorphic.papers import Papers, Row
from bench.metamorphic.rewriting import SAFE, UNDERSTOOD, Change, add, need, rewriting, some
from eligibility.simulation.vocabulary import chinese_number

DAYS = {
    "persons": ("member_from", "member_to", "deceased_on"),
    "title_certificates": ("issued_on", "withdrawn_on"),
    "contract_ledger": ("contract_from", "contract_to"),
    "approvals": ("approved_on",),
    "agreements": ("signed_on",),
    "confirmations": ("on",),
}
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_EPOCH = date(1899, 12, 30).toordinal()
Form = Callable[[int, int, int], str]


def _digits(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(mark)] for mark in str(year))


def _month(month: int) -> str:
    return "元" if month == 1 else chinese_number(month)


KNOWN: dict[str, Form] = {
    "date_slashes": lambda y, m, d: f"{y}/{m}/{d}",
    "date_points": lambda y, m, d: f"{y}.{m}.{d}",
    "date_run_together": lambda y, m, d: f"{y}{m:02d}{d:02d}",
    "date_with_signs": lambda y, m, d: f"{y}年{m}月{d}日",
    "date_in_words": lambda y, m, d: f"{_digits(y)}年{chinese_number(m)}月{chinese_number(d)}日",
    "date_serial": lambda y, m, d: str(date(y, m, d).toordinal() - _EPOCH),
}
OTHER: dict[str, Form] = {
    "date_with_blanks": lambda y, m, d: f"{y} {m} {d}",
    "date_month_yuan": lambda y, m, d: f"{y}年{'元' if m == 1 else m}月{d}日",
    "date_month_yuan_in_words": lambda y, m, d: f"{_digits(y)}年{_month(m)}月{chinese_number(d)}日",
    "date_of_two_digits": lambda y, m, d: f"{y % 100:02d}.{m}.{d}",
    "date_with_hao": lambda y, m, d: f"{y}年{m}月{d}号",
    "date_middle_points": lambda y, m, d: f"{y}·{m}·{d}",
    "date_full_stops": lambda y, m, d: f"{y}。{m}。{d}",
    "date_with_remark": lambda y, m, d: f"{y}.{m:02d}.{d:02d}（批准）",
    "date_since": lambda y, m, d: f"{y}年{m}月{d}日起",
    "date_as_decimal": lambda y, m, d: f"{y}{m:02d}{d:02d}.0",
    "date_with_time": lambda y, m, d: f"{y}-{m:02d}-{d:02d} 00:00:00",
    "date_backwards": lambda y, m, d: f"{m}/{d}/{y}",
    "date_month_only": lambda y, m, _: f"{y}年{m}月",
    "date_month_as_number": lambda y, m, _: f"{y}.{m:02d}",
    "date_month_as_decimal": lambda y, m, _: f"{y}.{m}" if m != 10 else f"{y}.1",
    "date_year_only": lambda y, *_: f"{y}",
}


def _cells(papers: Papers, chance: Random) -> list[tuple[Row, str]]:
    """Every day of one column, or of all columns of some papers."""
    columns = [(table, key) for table, keys in DAYS.items() for key in keys]
    columns = columns if chance.random() < 0.3 else [chance.choice(columns) for _ in range(3)]
    return [
        (row, key) for table, key in dict.fromkeys(columns) for row in papers.rows(table) if _ISO.fullmatch(row[key])
    ]


def _so(form: Form) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        cells = _cells(papers, chance)
        need(cells)
        for row, key in cells:
            year, month, day = map(int, _ISO.fullmatch(row[key]).groups())  # type: ignore[union-attr]
            row[key] = form(year, month, day)

    return change


for _name, _form in KNOWN.items():
    add(_name, "days", UNDERSTOOD, f"Days are written {_form(2009, 1, 5)}.", _so(_form))
for _name, _form in OTHER.items():
    add(_name, "days", SAFE, f"Days are written {_form(2009, 1, 5)}.", _so(_form))


def _slip(table: str, key: str, slip: Callable[[Random, Row], str], *, blank: bool = False) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        rows = [row for row in papers.rows(table) if blank or row[key]]
        for row in some(rows, chance, chance.choice((0.1, 0.5)), least=3):
            row[key] = slip(chance, row)

    return change


def _future(chance: Random, _: Row) -> str:
    return f"{chance.choice((2031, 2103, 2203, 2029))}-0{chance.randint(1, 9)}-15"


def _long_ago(chance: Random, _: Row) -> str:
    return chance.choice(("1900-01-01", "1900-01-05", "0209-03-01", "1013-05-01", "1904-01-01"))


for _table, _keys in DAYS.items():
    for _key in _keys:
        _may = _key in ("member_to", "deceased_on", "withdrawn_on", "contract_to")
        if _key != "contract_to":
            add(
                f"{_key}_in_future",
                "days",
                SAFE,
                f"{_key} of some rows lies in the future.",
                _slip(_table, _key, _future),
            )
        add(
            f"{_key}_long_ago",
            "days",
            SAFE,
            f"{_key} of some rows is a first day of a spreadsheet or a slip.",
            _slip(_table, _key, _long_ago),
        )


@rewriting("days", SAFE)
def deceased_before_birth(papers: Papers, chance: Random) -> None:
    """The day of death lies before the birth."""
    for row in some([row for row in papers.rows("persons") if len(row.origin["resident_id"]) == 18], chance, 0.1, 3):
        row["deceased_on"] = f"{int(row.origin['resident_id'][6:10]) - chance.randint(1, 30)}-05-01"


@rewriting("days", SAFE)
def member_before_birth(papers: Papers, chance: Random) -> None:
    """The day since when somebody is a member lies before the birth."""
    for row in some([row for row in papers.rows("persons") if len(row.origin["resident_id"]) == 18], chance, 0.1, 3):
        row["member_from"] = f"{int(row.origin['resident_id'][6:10]) - chance.randint(1, 30)}-05-01"


@rewriting("days", SAFE)
def member_dates_swapped(papers: Papers, chance: Random) -> None:
    """Beginning and end of a membership stand in each other's columns."""
    for row in some([row for row in papers.rows("persons") if row["member_to"] and row["member_from"]], chance, 0.5):
        row["member_from"], row["member_to"] = row["member_to"], row["member_from"]


@rewriting("days", SAFE)
def signed_long_before_approval(papers: Papers, chance: Random) -> None:
    """The year of signing has a slip of ten years."""
    rows = [row for row in papers.rows("agreements") if _ISO.fullmatch(row["signed_on"])]
    for row in some(rows, chance, 0.5):
        row["signed_on"] = f"{int(row['signed_on'][:4]) - 10}{row['signed_on'][4:]}"
