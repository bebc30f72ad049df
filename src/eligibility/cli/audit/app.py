"""`eligibility audit …`: what an auditor does with the record. Each command imports its rooms only when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from eligibility.cli.options import Json, Run, lang

audit_app = typer.Typer()


@audit_app.command("verify")
def verify(
    run: Run,
    seal: Annotated[str | None, typer.Option("--seal", help="别处公布的封签 / a seal published elsewhere")] = None,
    json: Json = False,
) -> None:
    """校验事件日志：哪一条被改动、抽去、插入或调换 / find a changed, dropped, inserted or swapped event."""
    from eligibility.cli.audit.verify import verify as check

    check(run, seal, lang=lang(), json=json)


@audit_app.command("replay")
def replay(
    run: Run,
    event: Annotated[
        int | None, typer.Option("--event", help="以往某次判定的事件号 / number of an earlier batch")
    ] = None,
    json: Json = False,
) -> None:
    """按所存材料、规则重新判定，逐位比较 / decide again from what was kept and compare bit for bit."""
    from eligibility.cli.audit.replay import replay as decide_again

    decide_again(run, event, lang=lang(), json=json)


@audit_app.command("seal")
def seal(run: Run, json: Json = False) -> None:
    """取得封签，公布到别处 / a short digest to publish elsewhere."""
    from eligibility.cli.audit.verify import seal as make

    make(run, lang=lang(), json=json)
