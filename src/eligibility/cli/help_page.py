"""The page that `--help` prints, with Chinese characters two columns wide and nothing cut.

Rich would take longer to import than all else that help needs; Typer's plain page counts a character as one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from shutil import get_terminal_size
from typing import Any
from unicodedata import east_asian_width

from typer.core import TyperArgument, TyperGroup

WIDEST = 120
_WORDS = re.compile(r"\s+|[^\s\u2e80-\uffef]+|[\u2e80-\uffef][、。，：；！？）”」》]*")
"""What a line is not broken within: a word of letters, or one character of Chinese with the marks that close it."""


def help_page(command: Any, ctx: Any) -> str:
    """Usage, what the command is for, its arguments, options and commands, as wide as the terminal."""
    width = min(get_terminal_size().columns, WIDEST)
    parts = [wrapped(f"Usage: {ctx.command_path} {' '.join(command.collect_usage_pieces(ctx))}", width, 4)]
    if command.help:
        parts.append(wrapped(command.help, width, 2, first=2))
    for title, rows in _sections(command, ctx):
        if rows:
            parts.append(f"{title}:\n" + "\n".join(_listed(rows, width)))
    return "\n\n".join(parts) + "\n"


def wrapped(text: str, width: int, indent: int, first: int = 0) -> str:
    """The text in lines of at most `width` columns; lines after the first are indented.

    >>> print(wrapped("判定一个假设的案例，无需卷宗 / decide a case", 20, 2))
    判定一个假设的案例，
      无需卷宗 / decide
      a case
    """
    lines, line, room = [], " " * first, width - first
    for word in _WORDS.findall(" ".join(text.split())):
        if columns(word.rstrip()) > room and line.strip():
            lines.append(line.rstrip())
            line, room = " " * indent, width - indent
        if line.strip() or not word.isspace():
            line, room = line + word, room - columns(word)
    return "\n".join([*lines, line.rstrip()])


def columns(text: str) -> int:
    """How many columns the text takes on a terminal.

    >>> columns("亩 mu")
    5
    """
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _sections(command: Any, ctx: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if isinstance(param, TyperArgument)]
    for title, of in (("Arguments", arguments), ("Options", [param for param in params if param not in arguments])):
        yield title, [record for param in of if (record := param.get_help_record(ctx))]
    if isinstance(command, TyperGroup):
        below = ((name, command.get_command(ctx, name)) for name in command.list_commands(ctx))
        yield "Commands", [(name, one.get_short_help_str(10_000)) for name, one in below if one and not one.hidden]


def _listed(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    rows = [(" ".join(name.split()), said) for name, said in rows]
    aside = min(max(columns(name) for name, _ in rows), width // 3) + 4
    for name, said in rows:
        gap = aside - 2 - columns(name)
        if gap >= 2 or not said:
            text = wrapped(said, width, aside, first=aside)
            yield f"  {name}{' ' * gap}{text[aside:]}".rstrip()
        else:
            yield f"  {name}\n{wrapped(said, width, aside, first=aside)}"
