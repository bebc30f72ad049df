"""`eligibility payments …`: payment rosters, the budget of a year, what was paid."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from eligibility.cli.options import Day, Fonts, Office, Out, Run, lang

payments_app = typer.Typer()


@payments_app.command("roster")
def roster(
    run: Run,
    out: Out,
    period: Annotated[
        str, typer.Option("--period", help="2022-10，或 2022，或 2022-01~2022-06 / month, year or both ends")
    ],
    by: Annotated[str, typer.Option("--by", help="核定人姓名 / who reckons")],
    since: Annotated[
        str, typer.Option("--since", help="差额追溯到哪一月，默认本期或以前名册的起算月 / how far back")
    ] = "",
    accounts: Annotated[
        Path | None,
        typer.Option("--accounts", help="账号表 CSV：身份证号、户名、开户行、账号 / accounts", dir_okay=False),
    ] = None,
    supersedes: Annotated[
        int | None, typer.Option("--supersede", help="取代第几号事件的名册 / event of the roster to supersede")
    ] = None,
    trial: Annotated[bool, typer.Option("--trial", help="只试算，不入记录 / do not record")] = False,
    office: Office = "",
    date: Day = None,
    fonts: Fonts = None,
) -> None:
    """核定发放名册与配套资金：只列办结的人，只列与以前名册的差额 / payment roster and funding, differences only."""
    from eligibility.application.payments.periods import months_of
    from eligibility.application.payments.printing import print_roster
    from eligibility.application.payments.rosters import RosterOrder
    from eligibility.application.printing.placing import Letterhead
    from eligibility.cli.payments.telling import tell_roster

    now = datetime.now().astimezone()
    first, last = months_of(period, "--period")
    back = months_of(since, "--since")[0] if since else None
    order = RosterOrder(run, first, last, by, back, supersedes, accounts)
    head = Letterhead(office, (date or now).date(), fonts=tuple(fonts or ()))
    tell_roster(print_roster(order, out, head, now=now, trial=trial), out, lang())


@payments_app.command("budget")
def budget(
    run: Run,
    out: Out,
    year: Annotated[int, typer.Option("--year", help="年份 / year", min=1980, max=2200)],
    appropriated: Annotated[str, typer.Option("--appropriated", help="预算安排，元 / appropriated, in yuan")] = "",
    values: Annotated[
        list[str] | None, typer.Option("--set", help="试算：参数=值，可多次 / try another value, repeatable")
    ] = None,
) -> None:
    """一年的资金需求：按月、街道、出资方；待核的人按全部纳入与全部不纳入 / the need of a year, as a range."""
    from eligibility.application.payments.printing import print_budget
    from eligibility.cli.payments.telling import tell_budget

    tell_budget(print_budget(run, year, appropriated, values or (), out), year, out, lang())


@payments_app.command("paid")
def paid(
    file: Annotated[
        Path, typer.Argument(help="付款文件 CSV：身份证号、金额、付款日期、期间 / what was paid", dir_okay=False)
    ],
    run: Run,
    out: Out,
    by: Annotated[str, typer.Option("--by", help="核对人姓名 / who matches")],
) -> None:
    """银行或财政的付款与现行名册核对，差异分类列出 / match what was paid with the rosters in force."""
    from eligibility.application.payments.printing import print_match
    from eligibility.cli.payments.telling import tell_match

    tell_match(print_match(file, run, by, out, now=datetime.now().astimezone()), out, lang())
