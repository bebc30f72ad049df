"""Commands and groups of commands as this program has them: help on a page of its own, groups made when asked for."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from eligibility.cli import UNUSABLE
from eligibility.cli.help_page import help_page
from eligibility.cli.taking import take_quickly


class Command(TyperCommand):
    """A command whose help is a plain page."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its parameters, `--help` among them."""
        return take_quickly(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(help_page(self, ctx))


class Group(TyperGroup):
    """A group of commands whose help is a plain page, printed too where no command is named (exit status 2)."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its parameters, `--help` among them."""
        return take_quickly(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options before the command."""
        if args or ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        typer.echo(ctx.get_help())
        raise typer.Exit(UNUSABLE)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(help_page(self, ctx))


def plain(app: typer.Typer) -> typer.Typer:
    """The same app, its commands given the plain page."""
    for info in app.registered_commands:
        info.cls = Command
    return app


def later(module: str, name: str) -> type[Group]:
    """A group whose commands stand in the Typer app `name` of `module`, imported when one of them is asked for."""

    @cache
    def found() -> MutableMapping[str, Any]:
        return typer.main.get_group(plain(getattr(import_module(module), name))).commands

    class Later(Group):
        @property
        def commands(self) -> MutableMapping[str, Any]:
            return found()

        @commands.setter
        def commands(self, _: Any) -> None:
            pass

    return Later
