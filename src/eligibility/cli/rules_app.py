"""`eligibility rules …`: what policy staff do with rule files. Each command imports its rooms only when it runs."""

from __future__ import annotations

import os

import typer

rules_app = typer.Typer(
    help="规则文件：检查、展示、比较、试算 / rule files: check, show, compare, try", no_args_is_help=True
)


def lang() -> str:
    """The language chosen by `--lang`."""
    return os.environ.get("ELIGIBILITY_LANG", "zh")
