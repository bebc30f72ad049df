"""Rosters, budgets and differences of payments as files: workbooks, pages to sign, the bank's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from eligibility.application.payments.budget import budget_of
from eligibility.application.payments.paid import Matched, fen_of, match_paid
from eligibility.application.payments.rosters import MadeRoster, RosterOrder, control_sums, make_roster
from eligibility.application.printing.placing import Letterhead, new_folder, place
from eligibility.application.saved_runs import open_run
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.money.words import yuan
from eligibility.reporting.books.payment_books import (
    BudgetSheet,
    PaidLine,
    totals,
    write_budget_book,
    write_paid_book,
)
from eligibility.reporting.fonts import unprintable
from eligibility.reporting.printed.payment_roster import (
    PaymentPapers,
    payment_pages,
    write_bank_file,
    write_payment_book,
)


@dataclass(frozen=True, slots=True)
class PrintedRoster:
    """A roster that was made and printed; amounts as text in yuan."""

    number: str
    event: int | None
    """Its event in the record; None for a trial."""
    persons: int
    lines: int
    yuan: str
    held: int
    without_account: tuple[str, ...]
    """Ids of who is not in the bank's file."""
    findings: tuple[Diagnostic, ...]
    missing: tuple[str, ...]


def print_roster(order: RosterOrder, out: Path, head: Letterhead, *, now: datetime, trial: bool) -> PrintedRoster:
    """Make, print and record a roster; a trial is not recorded.

    Raises:
        InputError: see `make_roster`; `out` is in use.

    """
    without: list[str] = []
    with new_folder(out) as folder:

        def write(made: MadeRoster) -> None:
            without.extend(_write(made, head, folder, trial=trial))

        made = make_roster(order, now, write, trial=trial)
    sums = control_sums(made.roster.lines)
    return PrintedRoster(
        made.number,
        None if trial else made.event.seq,
        sums["persons"],
        sums["lines"],
        yuan(sums["fen"]),
        len({one.resident_id for one in made.roster.held}),
        tuple(without),
        tuple(made.accounts.findings) if made.accounts else (),
        tuple(unprintable("".join("".join(names) for names in made.people.values()), head.fonts)),
    )


def _write(made: MadeRoster, head: Letterhead, folder: Path, *, trial: bool) -> list[str]:
    accounts = None
    if made.accounts is not None:
        accounts = {person: (one.holder, one.bank, one.number) for person, one in made.accounts.by_person.items()}
    papers = PaymentPapers(
        f"{made.number}（试算）" if trial else made.number,
        made.event.seq,
        made.event.body["supersedes"],
        made.roster,
        made.policy,
        made.people,
        head.sender,
        accounts,
        head.fonts,
    )
    write_payment_book(papers, folder / "核定发放名册.xlsx")
    for street, community, page in payment_pages(papers):
        place(folder, street, "", f"核定发放名册_{community or '其他'}.pdf").write_bytes(page)
    return write_bank_file(papers, folder / "银行代发.csv") if accounts is not None else []


@dataclass(frozen=True, slots=True)
class PrintedBudget:
    """The need of a year; amounts as text in yuan. `under_trial`, `more_under_trial`: with other numbers, and the difference."""

    low: str
    high: str
    if_all: str
    under_trial: str
    more_under_trial: str
    unknown: int
    """Persons and months for which there is no figure."""


def print_budget(run: Path, year: int, appropriated: str, values: Sequence[str], out: Path) -> PrintedBudget:
    """Write the workbook of a budget.

    Raises:
        InputError: see `budget_of`; an amount or a trial value that cannot be read, or `out` is in use.

    """
    given = fen_of(appropriated) if appropriated else None
    if appropriated and given is None:
        problem = Bilingual(f"“{appropriated}”不是金额", f"“{appropriated}” is no amount")
        remedy = Bilingual("写成元，如 60000000", "in yuan, such as 60000000")
        raise InputError(Diagnostic("bad_number", SourceLocation("--appropriated"), problem, remedy))
    if bad := next((value for value in values if "=" not in value), None):
        problem = Bilingual(f"“{bad}”应写成 参数=值", f"“{bad}” must be parameter=value")
        remedy = Bilingual("如 --set fiscal_share=70", "such as --set fiscal_share=70")
        raise InputError(Diagnostic("bad_value", SourceLocation("--set"), problem, remedy))
    tried = dict(value.split("=", 1) for value in values)
    with new_folder(out) as folder:
        made = budget_of(run, year, tried)
        sheet = BudgetSheet(year, made.policy, made.needs, made.under_trial, made.tried, given, made.paid)
        write_budget_book(sheet, folder / f"{year}年资金需求.xlsx")
    low, high, more = totals(made.needs)
    other = None if made.under_trial is None else totals(made.under_trial)[1]
    return PrintedBudget(
        yuan(low),
        yuan(high),
        yuan(more),
        "" if other is None else yuan(other),
        "" if other is None else yuan(other - high),
        sum(one.unknown for one in made.needs),
    )


@dataclass(frozen=True, slots=True)
class PrintedMatch:
    """Payments matched with the rosters in force; the sum as text in yuan."""

    event: int
    payments: int
    yuan: str
    differences: int
    unusable: tuple[Diagnostic, ...]


def print_match(file: Path, run: Path, by: str, out: Path, *, now: datetime) -> PrintedMatch:
    """Match a file of payments with the rosters in force and write the differences.

    Raises:
        InputError: see `match_paid`; `out` is in use.

    """
    con, policy = open_run(run)
    with con:
        rows = con.execute(
            'SELECT resident_id, street, community, "group", name FROM decision.persons ORDER BY row_id DESC'
        ).fetchall()
    people = {row[0]: tuple(cell or "" for cell in row[1:]) for row in rows}
    with new_folder(out) as folder:

        def write(made: Matched) -> None:
            lines = [
                PaidLine(
                    one.code,
                    one.resident_id,
                    people.get(one.resident_id, ("", "", "", "")),  # type: ignore[arg-type]
                    *(one.period, one.least, one.most, one.rows),
                )
                for one in made.differences
            ]
            unusable = [(finding.at.row or 0, finding.problem.zh) for finding in made.unusable]
            write_paid_book(lines, unusable, policy, folder / "发放对账.xlsx")

        made = match_paid(file, run, by, now, write)
    return PrintedMatch(
        made.event.seq, len(made.payments), yuan(made.control["fen"]), len(made.differences), tuple(made.unusable)
    )
