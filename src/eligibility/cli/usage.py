"""A command that was typed wrongly: what is wrong with it in Chinese or English, in the form of every other finding.

Typer words such errors in English alone and exits with them itself; here its errors are taken apart by what they are about.
"""

from __future__ import annotations

import re
from typing import Any

from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation

_SENTENCES = (
    (r"No such command '([^']*)'\.(?: Did you mean (.+)\?)?", "没有命令“{0}”", "；是否要 {1}"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", "多出的参数：{0}", ""),
    (r"Option '?([^' ]+)'? requires (?:an argument|\d+ arguments)\.?", "选项 {0} 后面要写值", ""),
    (r"Option '?([^' ]+)'? does not take a value\.?", "选项 {0} 后面不写值", ""),
    (r"Missing command\.", "没有写命令", ""),
)
"""What Typer says of a whole command, and the same in Chinese; the second part where it proposes something."""
_VALUES = (
    (r".*does not match the formats.*", "日期应写成 2022-10-31"),
    (r".*is not one of (.+?)\.?$", "应为 {0} 之一"),
    (r".*(?:does not exist)\.?$", "路径不存在"),
    (r".*is a directory\.?$", "是目录，应为文件"),
    (r".*is a file\.?$", "是文件，应为目录"),
    (r".*is not a valid (?:integer|int|float|number).*", "应为数"),
    (r".*valid (?:integer|number).*", "应为数"),
    (r".*Input should be (.+?)\.?$", "应为 {0}"),
)
"""What Typer says of a value."""


def usage_finding(error: Any) -> Diagnostic:
    """The finding on a command that Typer could not understand."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "eligibility"
    english = error.format_message().strip()
    problem = Bilingual(_chinese(error, english), english)
    remedy = Bilingual(f"用法：{command} --help", f"usage: {command} --help")
    return Diagnostic("command_mistyped", SourceLocation(command), problem, remedy)


def _chinese(error: Any, english: str) -> str:
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    if kind == "MissingParameter":
        return f"缺少{'参数' if parameter is not None and parameter.param_type_name == 'argument' else '选项'} {_named(error)}"
    if kind == "NoSuchOption":
        near = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}" + (f"；是否要 {near}" if near else "")
    if kind == "BadParameter":
        return f"{_named(error)} 的值不能用：{_value(str(error.message))}"
    for pattern, sentence, proposal in _SENTENCES:
        if found := re.fullmatch(pattern, english):
            return (sentence + (proposal if found.lastindex and found.lastindex > 1 and found[2] else "")).format(
                *(part and part.replace("'", "") for part in found.groups())
            )
    return english


def _named(error: Any) -> str:
    """The option or argument as it is typed."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", "") or "")
    return "/".join(parameter.opts) if parameter.param_type_name == "option" else str(parameter.name)


def _value(english: str) -> str:
    for pattern, sentence in _VALUES:
        if found := re.fullmatch(pattern, english, re.DOTALL):
            return sentence.format(*(part.replace("'", "") for part in found.groups()))
    return english
