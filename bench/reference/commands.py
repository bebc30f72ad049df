"""The page of the command line, from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import EnumType
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer

from bench.reference import head, table
from eligibility.cli.app import app

SAID = """\
每条命令的参数和选项，与 `eligibility … --help` 一致。`--lang en`（或环境变量 `ELIGIBILITY_LANG`）写在任何位置都使输出成为英文。
Every command with its arguments and options, as `--help` has them.

退出状态 / exit status：`0` 完成 done；`2` 卷宗、规则或选项不可用，什么也没有写出 unusable papers, rules or options, nothing was written；
`1` 程序自身有误 a fault of the program；`130` 中断 interrupted。
"""
KINDS = {Path: "PATH", datetime: "YYYY-MM-DD", int: "N", float: "NUMBER", str: "TEXT"}


def page() -> str:
    """The whole page."""
    root = typer.main.get_command(app)
    shared = table(("选项 / Option", "意思 / Meaning", "默认 / Default"), map(_row, _shown(root)))
    sections = (_section(words, command) for words, command in _commands(root, ("eligibility",)))
    text = f"\n## 各命令共有 / Shared by all\n\n{shared}\n" + "\n".join(sections)
    return head("命令行 / Command line", "commands", SAID) + text


def _commands(group: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        yield (*words, name), command
        if hasattr(command, "commands"):
            yield from _commands(command, (*words, name))


def _section(words: tuple[str, ...], command: Any) -> str:
    level = "#" * len(words)
    text = f"{level} {' '.join(words)}\n\n{' '.join((command.help or '').split())}\n"
    if hasattr(command, "commands"):
        return text
    arguments = [one for one in _shown(command) if not one.opts[0].startswith("-")]
    usage = " ".join([*words, *(_usage(one) for one in arguments), "[OPTIONS]"])
    told = table(("参数、选项 / Argument, option", "意思 / Meaning", "默认 / Default"), map(_row, _shown(command)))
    return f"{text}\n```\n{usage}\n```\n\n{told}" if _shown(command) else f"{text}\n```\n{' '.join(words)}\n```\n"


def _shown(command: Any) -> list[Any]:
    return [
        one for one in command.params if not one.hidden and one.name not in {"install_completion", "show_completion"}
    ]


def _usage(parameter: Any) -> str:
    name = parameter.name.upper() + ("..." if parameter.nargs != 1 or parameter.multiple else "")
    return name if parameter.required else f"[{name}]"


def _row(parameter: Any) -> tuple[str, str, str]:
    flagged = parameter.opts[0].startswith("-")
    kind = "" if getattr(parameter, "is_flag", False) or not flagged else f" {_kind(parameter)}"
    name = " ".join(f"`{one}{kind}`" for one in parameter.opts) if flagged else f"`{parameter.name.upper()}`"
    return name, (parameter.help or "") + (" …" if parameter.multiple else ""), _default(parameter)


def _kind(parameter: Any) -> str:
    asked = parameter.type_descriptor.annotation
    if get_origin(asked) is Literal:
        return "|".join(map(str, get_args(asked)))
    if isinstance(asked, EnumType):
        return "|".join(str(one.value) for one in asked)
    return KINDS.get(asked, "TEXT")


def _default(parameter: Any) -> str:
    if parameter.required:
        return "**必填 / required**"
    value = parameter.default
    if value is None or value is False or value == "" or callable(value):
        return ""
    return f"`{getattr(value, 'value', value)}`"
