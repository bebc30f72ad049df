"""The page of rule files: every key that may be written, from the shapes by which the program checks them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bench.reference import head, table
from eligibility.rulebook.schema import KINDS, json_schemas

SAID = """\
每种规则文件可写的键，取自程序检查规则所用的定义；`eligibility rules schema --out 目录` 写出同样内容的 JSON Schema，供编辑器使用。
Every key of every kind of rule file. The language on one page: [rules/README.md](../../rules/README.md).

`a.b` 是 a 之下的键，`a[]` 是列表的一项，`a{}` 是名称下的一项。
"""


def page() -> str:
    """The whole page."""
    parts = [
        f"## {KINDS[kind][2]}\n\n`{KINDS[kind][1]}`\n\n"
        + table(("键 / Key", "必填 / Required", "类型 / Type", "意思 / Meaning"), _keys(schema, schema, ""))
        for kind, schema in json_schemas().items()
    ]
    return head("规则文件的键 / Rule files", "rule-files", SAID) + "\n" + "\n".join(parts)


def _keys(schema: dict[str, Any], whole: dict[str, Any], above: str, depth: int = 0) -> Iterator[tuple[str, ...]]:
    """The keys below one place of a schema; what refers back to itself (trees of conditions) is not entered twice."""
    for name, given in schema.get("properties", {}).items():
        yield from _key(name, given, whole, above, depth, required=name in schema.get("required", []))
    if isinstance(schema.get("additionalProperties"), dict) and not schema.get("properties"):
        yield from _key("…", schema["additionalProperties"], whole, above, depth, required=False)


def _key(  # noqa: PLR0913
    name: str, given: dict[str, Any], whole: dict[str, Any], above: str, depth: int, *, required: bool
) -> Iterator[tuple[str, ...]]:
    one = _resolved(given, whole)
    path = f"{above}{name}"
    yield f"`{path}`", "✓" if required else "", _type(one, whole), given.get("description", one.get("description", ""))
    if depth >= 4:
        return
    for part, mark in ((one, ""), (_resolved(one.get("items", {}), whole), "[]")):
        if part.get("properties"):
            yield from _keys(part, whole, f"{path}{mark}.", depth + 1)
    below = one.get("additionalProperties")
    if isinstance(below, dict) and (inner := _resolved(below, whole)).get("properties"):
        yield from _keys(inner, whole, f"{path}{{}}.", depth + 1)


def _resolved(given: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    reference = given.get("$ref", "")
    found: dict[str, Any] = whole["$defs"][reference.rpartition("/")[2]] if reference.startswith("#/$defs/") else given
    return found


def _type(given: dict[str, Any], whole: dict[str, Any]) -> str:
    one = _resolved(given, whole)
    if "enum" in one:
        return " ".join(f"`{word}`" for word in one["enum"] if word)
    if "const" in one:
        return f"`{json.dumps(one['const'], ensure_ascii=False)}`"
    for choice in ("anyOf", "oneOf"):
        if choice in one:
            return " / ".join(dict.fromkeys(_type(part, whole) for part in one[choice] if part)) or "…"
    if one.get("type") == "array":
        return f"list of {_type(one.get('items', {}), whole)}"
    if one.get("type") == "object" or "properties" in one:
        return "mapping"
    return str(one.get("type", "…"))
