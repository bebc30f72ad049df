"""`eligibility payments paid`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from eligibility.application.payments.paid import Matched, match_paid
from eligibility.application.saved_runs import open_run
from eligibility.cli.papers.placing import new_folder, say
from eligibility.model.visible import visible
from eligibility.money.words import yuan
from eligibility.reporting.books.payment_books import PaidLine, write_paid_book


def write_paid(file: Path, run: Path, by: str, out: Path, *, now: datetime, lang: str) -> None:
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
    for finding in made.unusable:
        sys.stderr.write(visible(finding.in_language(lang)) + "\n")
    count = len(made.differences)
    say(
        f"已核对（第 {made.event.seq} 号事件）：{len(made.payments):,} 笔，{yuan(made.control['fen'])} 元；差异 {count:,} 项，未采用 {len(made.unusable):,} 行：{out}",
        f"matched (event {made.event.seq}): {len(made.payments):,} payments, {yuan(made.control['fen'])} yuan; {count:,} differences, {len(made.unusable):,} rows left out: {out}",
        lang,
    )
