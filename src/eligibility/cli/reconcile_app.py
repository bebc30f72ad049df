"""`eligibility reconcile …`: look at what was matched with what, and why."""

from __future__ import annotations

import sys

import typer

reconcile_app = typer.Typer(help="批文与协议的核对 / approvals against agreements", no_args_is_help=True)


@reconcile_app.command("evidence")
def evidence() -> None:
    """列出各项证据及其权重 / every item of evidence with its weight."""
    from eligibility.reconcile.evidence_items import page

    sys.stdout.write(page())


@reconcile_app.callback()
def group() -> None:
    """A group of commands, also while it has one."""
