"""Words for what the shape check found: code, line, and the nearest valid key."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from eligibility.domain.finding import Finding, Text
from eligibility.rulebook.problems import finding, proposal
from eligibility.rulebook.shapes import Shape
from eligibility.rulebook.yaml_file import Place, YamlFile

_ZH = {
    "string_type": "应为文字",
    "list_type": "应为列表",
    "dict_type": "应由“键: 值”组成",
    "model_type": "应由“键: 值”组成",
    "string_too_short": "不得为空",
    "bool_type": "应为 true 或 false",
    "date_type": "应为日期",
}


def worded(error: ValidationError, shape: Any, file: YamlFile, place: Place) -> list[Finding]:
    """One finding for each place in `file` that does not have the shape wanted of the value at `place`."""
    found: dict[Place, Finding] = {}
    for one in error.errors():
        where = (*place, *one["loc"])
        while where and where not in file.lines:
            where = where[:-1]
        key = (*where, str(one["loc"][-1])) if one["type"] == "missing" else where
        found.setdefault(key, _finding(one, shape, file, place))
    return list(found.values())


def _finding(one: ErrorDetails, shape: Any, file: YamlFile, place: Place) -> Finding:
    loc, kind = one["loc"], one["type"]
    at, key = file.at(*place, *loc), str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        return finding("unknown_key", at, Text(f"不认识的键“{key}”", f"unknown key “{key}”"), _keys(shape, key, loc))
    if "citation" in loc and kind in ("missing", "string_too_short", "string_type", "model_type"):
        said = Text(f"缺少出处（{key}）", f"no citation ({key})")
        remedy = Text(
            "请写明文件、条款、原文（或“未见原文”）与知悉程度", "give instrument, article, quote (or 未见原文), status"
        )
        return finding("no_citation", at, said, remedy)
    if kind == "missing":
        return finding("missing_key", at, Text(f"缺少键“{key}”", f"key “{key}” is missing"))
    return _bad_value(one, at=file.at(*place, *loc), key=key)


def _bad_value(one: ErrorDetails, *, at: Any, key: str) -> Finding:
    expected = re.findall(r"'([^']+)'", str(one.get("ctx", {}).get("expected", "")))
    said = Text(f"“{key}”的值不合要求：{_ZH.get(one['type'], one['msg'])}", f"bad value of “{key}”: {one['msg']}")
    return finding("bad_value", at, said, proposal(str(one["input"]), expected) if expected else None)


def _keys(shape: Any, key: str, loc: tuple[str | int, ...]) -> Text:
    models = _models(shape)
    for step in loc[:-1]:
        inner = [
            m
            for model in models
            if step in model.model_fields
            for m in _models(model.model_fields[str(step)].annotation)
        ]
        models = inner or models
    return proposal(key, [name for model in models for name in model.model_fields])


def _models(annotation: Any) -> list[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
