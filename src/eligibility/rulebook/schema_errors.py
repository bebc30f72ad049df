"""Words for what the shape check found: code, line, and the nearest valid key."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.rulebook.problems import Spot, finding, misnamed
from eligibility.rulebook.schemas import Shape
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

_SEE = Bilingual("写法见 rules/README.md", "see rules/README.md")
_FORMS = {
    "list_type": Bilingual("写成列表：[甲, 乙]", "write a list: [a, b]"),
    "bool_type": Bilingual("写 true 或 false，不加引号", "write true or false without quotes"),
    "string_too_short": Bilingual(
        "写上内容；确实没有就删去这一行", "write something, or delete the line if there is nothing"
    ),
    "value_error": Bilingual("日期写成 2009-01-01", "write a day as 2009-01-01"),
}


def worded(error: ValidationError, shape: Any, file: YamlFile, place: Place) -> list[Diagnostic]:
    """One finding for each place in `file` that does not have the shape wanted of the value at `place`."""
    by_name: dict[Place, Diagnostic] = {}
    for item in error.errors():
        where = (*place, *item["loc"])
        while where and where not in file.spans:
            where = where[:-1]
        key = (*where, str(item["loc"][-1])) if item["type"] == "missing" else where
        by_name.setdefault(key, _finding(item, shape, file, place))
    return list(by_name.values())


def _finding(error_details: ErrorDetails, shape: Any, file: YamlFile, place: Place) -> Diagnostic:
    loc, kind = error_details["loc"], error_details["type"]
    at, key = file.at(*place, *loc), str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        problem = Bilingual(f"不认识的键“{key}”", f"unknown key “{key}”")
        return misnamed("unknown_key", at, problem, key, _keys(shape, loc))
    if "citation" in loc and kind in ("missing", "string_too_short", "string_type", "model_type"):
        problem = Bilingual(f"缺少出处（{key}）", f"no citation ({key})")
        remedy = Bilingual(
            "请写明文件、条款、原文（或“未见原文”）与知悉程度", "give instrument, article, quote (or 未见原文), status"
        )
        return finding("no_citation", at, problem, remedy)
    if kind == "missing":
        remedy = Bilingual(f"加上一行“{key}: …”，写法见 rules/README.md", f"add a line “{key}: …”; see rules/README.md")
        return finding("missing_key", at, Bilingual(f"缺少键“{key}”", f"key “{key}” is missing"), remedy)
    return _bad_value(error_details, at=file.after_key(*place, *loc), key=key)


def _bad_value(error_details: ErrorDetails, *, at: Spot, key: str) -> Diagnostic:
    expected = re.findall(r"'([^']+)'", str(error_details.get("ctx", {}).get("expected", "")))
    why = error_details["msg"].removeprefix("Value error, ")
    zh = f"应为 {'、'.join(expected)} 之一" if expected else _ZH.get(error_details["type"], why)
    problem = Bilingual(f"“{key}”的值不合要求：{zh}", f"bad value of “{key}”: {why}")
    if expected:
        return misnamed("bad_value", at, problem, str(error_details["input"]), expected)
    return finding("bad_value", at, problem, _FORMS.get(error_details["type"], _SEE))


def _keys(shape: Any, loc: tuple[str | int, ...]) -> list[str]:
    models = models_of(shape)
    for step in loc[:-1]:
        inner = [
            m
            for model in models
            if step in model.model_fields
            for m in models_of(model.model_fields[str(step)].annotation)
        ]
        models = inner or models
    return [name for model in models for name in model.model_fields]


def models_of(annotation: Any) -> list[type[Shape]]:
    """The shapes that an annotation names, those inside them left out."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_of(part)]
