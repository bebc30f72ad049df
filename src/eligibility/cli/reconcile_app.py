"""`eligibility reconcile …`: look at what was matched with what, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from eligibility.cli.options import Json, Run, lang

reconcile_app = typer.Typer()


@reconcile_app.command("list")
def list_components(
    run_folder: Run,
    every: Annotated[bool, typer.Option("--all", help="全部列出 / list every component")] = False,
    json: Json = False,
) -> None:
    """值得一看的关联组，最不确定的在前 / components worth looking at, the least certain first."""
    from eligibility.cli.render_reconcile import print_components

    print_components(run_folder, every=every, lang=lang(), json=json)


@reconcile_app.command("show")
def show(
    component: Annotated[
        str, typer.Argument(help="关联组编号，或其中的协议、批文 / number of a component, or a paper of it")
    ],
    run_folder: Run,
    out: Annotated[Path, typer.Option("--out", help="写入的目录 / folder to write")] = Path(),
) -> None:
    """画出一个关联组：网页、GraphML / draw one component: page, GraphML."""
    from eligibility.cli.render_reconcile import draw_component

    draw_component(component, run_folder, out, lang=lang())


@reconcile_app.command("explain")
def explain(
    agreement: Annotated[str, typer.Argument(help="协议编号 / number of an agreement")],
    run_folder: Run,
    json: Json = False,
) -> None:
    """逐项列出每个可能批文的证据，以及怎样才能确定 / evidence of each rival approval, and what would make it certain."""
    from eligibility.cli.render_reconcile import explain_agreement

    explain_agreement(agreement, run_folder, lang=lang(), json=json)


@reconcile_app.command("evidence")
def evidence() -> None:
    """列出各项证据及其权重 / every item of evidence with its weight."""
    from eligibility.reconcile.evidence_items import page

    sys.stdout.write(page())
