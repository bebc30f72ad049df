"""`eligibility payments roster`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from eligibility.application.payments.rosters import MadeRoster, RosterOrder, control_sums, make_roster
from eligibility.cli.papers.placing import new_folder, place, say, warn_unprintable
from eligibility.cli.payments.periods import months_of
from eligibility.model.resident_id import mask
from eligibility.model.visible import visible
from eligibility.money.words import yuan
from eligibility.reporting.printed.letters import Sender
from eligibility.reporting.printed.payment_roster import (
    PaymentPapers,
    payment_pages,
    write_bank_file,
    write_payment_book,
)


@dataclass(frozen=True, slots=True)
class Printing:
    """Where the papers go, who signs them, and whether the roster is recorded."""

    out: Path
    office: str
    day: date
    fonts: tuple[Path, ...]
    trial: bool = False


def write_roster(
    run: Path,
    period: tuple[str, str],
    given: tuple[str, Path | None, int | None],
    printing: Printing,
    *,
    now: datetime,
    lang: str,
) -> None:
    """Make, print and record a roster; `period` and how far back; `given`: who reckons, the file of accounts, what is superseded.

    Raises:
        InputError: see `make_roster`; `out` is in use.

    """
    first, last = months_of(period[0], "--period")
    since = months_of(period[1], "--since")[0] if period[1] else None
    by, accounts, supersedes = given
    order = RosterOrder(run, first, last, by, since, supersedes, accounts)
    without: list[str] = []
    with new_folder(printing.out) as folder:

        def write(made: MadeRoster) -> None:
            without.extend(_write(made, printing, folder))

        made = make_roster(order, now, write, trial=printing.trial)
    _tell(made, printing, without, lang)


def _write(made: MadeRoster, printing: Printing, folder: Path) -> list[str]:
    accounts = None
    if made.accounts is not None:
        accounts = {person: (one.holder, one.bank, one.number) for person, one in made.accounts.by_person.items()}
    papers = PaymentPapers(
        made.number if not printing.trial else f"{made.number}（试算）",
        made.event.seq,
        made.event.body["supersedes"],
        made.roster,
        made.policy,
        made.people,
        Sender(printing.office, printing.day),
        accounts,
        printing.fonts,
    )
    write_payment_book(papers, folder / "核定发放名册.xlsx")
    for street, community, page in payment_pages(papers):
        place(folder, street, "", f"核定发放名册_{community or '其他'}.pdf").write_bytes(page)
    return write_bank_file(papers, folder / "银行代发.csv") if accounts is not None else []


def _tell(made: MadeRoster, printing: Printing, without: list[str], lang: str) -> None:
    sums, held = control_sums(made.roster.lines), len({one.resident_id for one in made.roster.held})
    event = "" if printing.trial else f"（第 {made.event.seq} 号事件）"
    say(
        f"名册 {made.number}{event}：{sums['persons']:,} 人，{sums['lines']:,} 笔，{yuan(sums['fen'])} 元；暂不发放 {held:,} 人：{printing.out}",
        f"roster {made.number}: {sums['persons']:,} persons, {sums['lines']:,} lines, {yuan(sums['fen'])} yuan; held {held:,}: {printing.out}",
        lang,
    )
    for finding in made.accounts.findings if made.accounts else ():
        sys.stderr.write(visible(finding.in_language(lang)) + "\n")
    if without:
        listed = "、".join(mask(person) for person in without[:10])
        zh = (
            f"[account_missing] {len(without)} 人没有可用的账号，不在银行代发文件里：{listed}\n  → 在账号表中补上后重做"
        )
        en = (
            f"[account_missing] {len(without)} persons have no usable account: {listed}\n  → add them and make it again"
        )
        sys.stderr.write(visible(en if lang == "en" else zh) + "\n")
    names = "".join("".join(place) for place in made.people.values())
    warn_unprintable(names, printing.fonts, lang)
