"""What a bank or a treasury says was paid, matched with the rosters in force; differences are told by kind and recorded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from eligibility.application.payments.accounts import csv_rows
from eligibility.application.payments.rosters import in_force, lines_of
from eligibility.application.workbench.opened import Opened, acting
from eligibility.audit import Kept
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Act, Event, Kind
from eligibility.model.resident_id import known_as
from eligibility.money.matching import PersonPaid, match_person
from eligibility.review import plain_name

HEADERS = {
    "resident_id": ("身份证号", "公民身份号码", "resident_id"),
    "amount": ("金额", "实发金额", "amount"),
    "paid_on": ("付款日期", "入账日期", "日期", "paid_on"),
}
PERIOD_HEADERS = ("期间", "所属期", "period")
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|年)?")


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment as the file says it: row, person, 分 (negative: given back), day, period ("" where it names none)."""

    row: int
    resident_id: str
    fen: int
    paid_on: date | None
    period: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between rosters and payments: what kind, of whom, for which period, how much in 分 (least and greatest)."""

    code: str
    resident_id: str
    period: str
    least: int
    most: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """A matched file: its payments, rows that could not be used, each person's result, differences, and the event."""

    payments: tuple[Payment, ...]
    unusable: tuple[Diagnostic, ...]
    persons: dict[str, PersonPaid]
    differences: tuple[Difference, ...]
    event: Event
    control: dict[str, Any]


def match_paid(file: Path, run: Path, by: str, now: datetime, write: Callable[[Matched], None]) -> Matched:
    """Match a file of payments, together with those recorded before, with the rosters in force; record what came of it.

    Raises:
        InputError: no finished run, no roster in force, an unreadable file, or one that was matched before.

    """
    signer = plain_name(by, "--by")
    payments, unusable = read_payments(file)
    with acting(run, now) as (opened, writer):
        kept, standing = opened.record.kept, in_force(opened.events)
        if not standing:
            problem = Bilingual("记录中没有现行的发放名册", "there is no roster in force in the record")
            remedy = Bilingual("先执行 eligibility payments roster", "first: eligibility payments roster")
            raise InputError(Diagnostic("roster_missing", SourceLocation(str(run)), problem, remedy))
        digest = kept.keep(file)
        if any(event.kind == Kind.PAID and event.body["file"] == digest for event in opened.events):
            problem = Bilingual("这个文件已经核对过", "this file was matched before")
            remedy = Bilingual("请给出新的付款文件", "give a new file of payments")
            raise InputError(Diagnostic("paid_file_known", SourceLocation(str(file)), problem, remedy))
        every = [*earlier_payments(opened.events, kept), *payments]
        persons, differences = _compare(opened, standing, every)
        control = _control(payments, unusable, differences)
        body = {
            "file": digest,
            "rosters": [event.seq for event in standing],
            "by": signer,
            "matched": kept.keep_value([_as_value(one) for one in payments]),
            "control": control,
        }
        made: list[Matched] = []

        def publish(events: Sequence[Event]) -> None:
            made.append(Matched(tuple(payments), tuple(unusable), persons, tuple(differences), events[0], control))
            write(made[0])

        writer.append(Act(Kind.PAID, body), before=publish)
        return made[0]


def read_payments(file: Path) -> tuple[list[Payment], list[Diagnostic]]:
    """The payments of a CSV with the columns 身份证号, 金额, 付款日期 and, if it has one, 期间; rows that cannot be used are told.

    Raises:
        InputError: the file cannot be read, or a column is missing.

    """
    payments: list[Payment] = []
    unusable: list[Diagnostic] = []
    for number, row in csv_rows(file, HEADERS, PERIOD_HEADERS):
        fen, day, period = fen_of(row["amount"]), _day(row["paid_on"]), _period(row.get("", ""))
        if fen is None or not row["resident_id"] or (day is None and row["paid_on"]) or period is None:
            problem = Bilingual(
                "身份证号空缺，或金额、日期、期间读不出，该行未采用",
                "no id, or amount, day or period cannot be read: row left out",
            )
            remedy = Bilingual("更正后另存为新文件再核对", "correct it and match the corrected file")
            unusable.append(Diagnostic("payment_unusable", SourceLocation(str(file), row=number), problem, remedy))
            continue
        payments.append(Payment(number, known_as(row["resident_id"]), fen, day, period))
    return payments, unusable


def fen_of(text: str) -> int | None:
    """An amount in 元 as whole 分; None where it is none, or finer than a 分.

    >>> fen_of("1,824.00"), fen_of("-0.05"), fen_of("0.005"), fen_of("一千")
    (182400, -5, None, None)
    """
    try:
        amount = Decimal(text.replace(",", "").replace("，", "").replace("元", "").replace("¥", "").strip()) * 100
    except InvalidOperation:
        return None
    return int(amount) if amount.is_finite() and amount == amount.to_integral_value() and abs(amount) < 10**15 else None


def earlier_payments(events: Iterable[Event], kept: Kept) -> list[Payment]:
    """The payments that were matched before.

    Raises:
        InputError: what was kept of them is missing or changed.

    """
    found = [value for event in events if event.kind == Kind.PAID for value in kept.value(event.body["matched"])]
    return [Payment(0, one[0], one[1], date.fromisoformat(one[2]) if one[2] else None, one[3]) for one in found]


def _as_value(one: Payment) -> list[Any]:
    return [one.resident_id, one.fen, one.paid_on.isoformat() if one.paid_on else "", one.period]


def _compare(
    opened: Opened, standing: Sequence[Event], payments: Sequence[Payment]
) -> tuple[dict[str, PersonPaid], list[Difference]]:
    due: dict[str, dict[str, int]] = {}
    for line in lines_of(standing, opened.record.kept):
        periods = due.setdefault(line.resident_id, {})
        periods[line.period] = periods.get(line.period, 0) + line.paid_out
    paid: dict[str, list[Payment]] = {}
    for one in payments:
        paid.setdefault(one.resident_id, []).append(one)
    died = dict(
        opened.con.execute(
            "SELECT resident_id, min(deceased_on_hi) FROM paper.persons"
            " WHERE deceased_on_lo = deceased_on_hi AND deceased_on_hi < DATE '9999-12-31' GROUP BY resident_id"
        ).fetchall()
    )
    persons: dict[str, PersonPaid] = {}
    differences: list[Difference] = []
    for person in sorted({*due, *paid}):
        mine = paid.get(person, [])
        rows = tuple(one.row for one in mine if one.row)
        made = match_person(due.get(person, {}), [(one.period, one.fen) for one in mine])
        persons[person] = made
        differences += [
            Difference(known.state, person, known.period, known.due - known.most, known.due - known.least, rows)
            for known in made.periods
            if known.state != "paid"
        ]
        code = "paid_too_much" if person in due else "not_on_roster"
        differences += [Difference(code, person, period, fen, fen, rows) for period, fen in made.beyond.items()]
        late = [one for one in mine if person in died and one.paid_on and one.paid_on > died[person] and one.fen > 0]
        differences += [
            Difference("paid_after_death", person, one.period, one.fen, one.fen, (one.row,)) for one in late
        ]
    return persons, differences


def _control(
    payments: Sequence[Payment], unusable: Sequence[Diagnostic], differences: Sequence[Difference]
) -> dict[str, Any]:
    codes = sorted({one.code for one in differences})
    months = sorted({f"{one.paid_on:%Y-%m}" if one.paid_on else "" for one in payments})
    return {
        "payments": len(payments),
        "unusable": len(unusable),
        "fen": sum(one.fen for one in payments),
        "months": {
            month: sum(one.fen for one in payments if (f"{one.paid_on:%Y-%m}" if one.paid_on else "") == month)
            for month in months
        },
        "differences": {code: sum(one.code == code for one in differences) for code in codes},
    }


def _day(text: str) -> date | None:
    digits = re.sub(r"[/.年月]", "-", text).removesuffix("日").strip()
    if re.fullmatch(r"\d{8}", digits):
        digits = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        year, month, day = digits.split("-")
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _period(text: str) -> str | None:
    """A period as rosters name it; "" where the cell is blank, None where it cannot be read."""
    if not text:
        return ""
    if text == "一次":
        return "once"
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    return f"{match[1]}-{int(match[2]):02d}" if match[2] else match[1]
