"""Groups of commands that are imported when one of them is asked for."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup


def later(module: str, name: str) -> type[TyperGroup]:
    """A group whose commands stand in the Typer app `name` of `module`, imported when one of them is asked for."""

    @cache
    def found() -> MutableMapping[str, Any]:
        return typer.main.get_group(getattr(import_module(module), name)).commands

    class Later(TyperGroup):
        @property
        def commands(self) -> MutableMapping[str, Any]:
            return found()

        @commands.setter
        def commands(self, _: Any) -> None:
            pass

    return Later
