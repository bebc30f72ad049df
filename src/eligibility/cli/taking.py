"""Values of the command line that need no conversion: Typer converts each by pydantic, which takes long to import.

What is not certainly as it should be goes Typer's way, which words every error.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin


def take_quickly(params: list[Any]) -> list[Any]:
    """Let the parameters of a command take over what needs no conversion."""
    for param in params:
        if "get_runtime_param" not in vars(param):
            param.get_runtime_param = Quick(param, param.get_runtime_param).itself
    return params


class Quick:
    """Takes over the value of one parameter; `slow` makes what Typer converts it with."""

    def __init__(self, param: Any, slow: Callable[[], Any]) -> None:
        self.annotation, self.info = param.type_descriptor.annotation, param.type_descriptor.parameter_info
        self.slow = slow

    def itself(self) -> Quick:
        """What Typer asks a parameter for."""
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command asks for it; raises what Typer raises."""
        try:
            return self._taken(value, single=not param.multiple and param.nargs == 1)
        except LookupError:
            return self.slow().coerce(value, param=param, ctx=ctx)

    def _taken(self, value: Any, *, single: bool) -> Any:
        """The value, converted; LookupError where that is not certain."""
        asked = self.annotation
        if not single or self.info.parser is not None:
            raise LookupError
        if value is None or (asked is str and type(value) is str):
            return value
        if asked is Path and isinstance(value, str | Path):
            return self._path(Path(value))
        if asked is datetime and isinstance(value, str) and len(self.info.formats or ()) == 1:
            return _day(value, *self.info.formats)
        if get_origin(asked) is Literal and value in get_args(asked):
            return value
        if isinstance(asked, type) and issubclass(asked, Enum):
            return {one.value: one for one in asked}[getattr(value, "value", value)]
        raise LookupError

    def _path(self, path: Path) -> Path:
        info = self.info
        if info.resolve_path or info.allow_dash or info.path_type is not None:
            raise LookupError
        try:
            found = path.stat()
        except OSError:
            if info.exists:
                raise LookupError from None
            return path
        kinds = ((stat.S_ISREG(found.st_mode), info.file_okay), (stat.S_ISDIR(found.st_mode), info.dir_okay))
        rights = ((info.readable, os.access(path, os.R_OK)), (info.writable, os.access(path, os.W_OK)))
        if any(is_so and not may for is_so, may in (*kinds, *rights)):
            raise LookupError
        return path


def _day(text: str, form: str) -> datetime:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        raise LookupError from None
