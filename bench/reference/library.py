"""The page of the library, from the signatures and docstrings of what `import eligibility` gives."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import eligibility
from bench.reference import head

SAID = """\
Everything that `import eligibility` gives. Nothing else is a promise: modules below the package change from one version to the
next. The walk with examples that are run as tests: [the program as a library](../python.md).
"""


def page() -> str:
    """The whole page."""
    functions = [name for name in eligibility.__all__ if not inspect.isclass(getattr(eligibility, name))]
    classes = [name for name in eligibility.__all__ if inspect.isclass(getattr(eligibility, name))]
    parts = [*(_function(f"eligibility.{name}", getattr(eligibility, name), 2) for name in functions)]
    parts += [_class(getattr(eligibility, name)) for name in classes]
    return head("作为程序库 / Library", "library", SAID) + "\n" + "\n".join(parts)


def _class(one: type) -> str:
    text = f"## class {one.__name__}\n\n{_said(one)}\n"
    return "\n".join([text, *(_function(name, member, 3) for name, member in _members(one))])


def _members(one: type) -> Iterator[tuple[str, Any]]:
    for name, member in vars(one).items():
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
            yield name, member


def _function(name: str, member: Any, level: int) -> str:
    function = member.fget if isinstance(member, property) else member
    parts, named_only = list[str](), False
    for one in inspect.signature(function).parameters.values():
        if one.kind is one.KEYWORD_ONLY and not named_only:
            parts, named_only = [*parts, "*"], True
        if one.name != "self":
            parts.append(_parameter(one))
    returned = f" -> {function.__annotations__.get('return', 'None')}"
    called = "" if isinstance(member, property) else _called(parts, len(name) + len(returned))
    shown = f"{name.removeprefix('eligibility.')}{called}{returned}"
    return f"{'#' * level} {name}\n\n```python\n{shown}\n```\n\n{_said(function)}\n"


def _parameter(one: inspect.Parameter) -> str:
    stars = "**" if one.kind is one.VAR_KEYWORD else ""
    given = "" if one.default is one.empty else f" = {one.default!r}"
    return f"{stars}{one.name}: {one.annotation}{given}"


def _called(parts: list[str], taken: int) -> str:
    line = f"({', '.join(parts)})"
    return line if len(line) + taken <= 100 else "(\n" + "".join(f"    {one},\n" for one in parts) + ")"


def _said(one: Any) -> str:
    text = inspect.getdoc(one) or ""
    text = re.sub(r"^Raises:$", "Raises:\n", text, flags=re.MULTILINE)
    return re.sub(r"^    (\w+): ", r"- `\1`: ", text, flags=re.MULTILINE)
