"""JSON Schemas of the rule files, from the same shapes that check them, for editors that complete and check."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from eligibility.rulebook import schemas
from eligibility.rulebook.benefit_schemas import BenefitShape, ClassShape
from eligibility.rulebook.regimes import RegimesShape
from eligibility.rulebook.schema_errors import models_of
from eligibility.rulebook.stage_schemas import StageShape

DRAFT = "https://json-schema.org/draft/2020-12/schema"

KINDS: dict[str, tuple[Any, str, str]] = {
    "rulebook": (schemas.RulebookShape, "*/rulebook.yaml", "一套规则"),
    "parameter": (schemas.ParameterShape, "*/parameters/*.yaml", "一个法定数值"),
    "conditions": (dict[schemas.Words, schemas.ConditionShape], "*/conditions.yaml", "条件：代码 → 对事实的一句判断"),
    "clause": (schemas.ClauseShape, "*/clauses/*.yaml", "一个条款"),
    "open_reasons": (
        dict[schemas.Words, list[schemas.OpenReasonShape]],
        "*/open_reasons.yaml",
        "共用的核查原因表：名称 → 若干原因",
    ),
    "stages": (dict[schemas.Words, StageShape], "*/stages.yaml", "审核环节：代码 → 名称、由谁签字，按次序"),
    "classes": (dict[schemas.Words, ClassShape], "*/classes.yaml", "结论的类别：代码 → 名称、何时属于它，按次序"),
    "benefit": (BenefitShape, "*/benefits/*.yaml", "一项补助、待遇或缴费"),
    "facts": (dict[schemas.Words, schemas.FactShape], "**/facts.yaml", "事实：代码 → 名称、类型、单位、认定日"),
    "reasons": (dict[schemas.Words, schemas.ReasonShape], "**/reasons.yaml", "核查原因：代码 → 名称、材料、单位"),
    "documents": (
        dict[schemas.Words, schemas.Words | schemas.PaperShape],
        "**/documents.yaml",
        "材料：代码 → 名称，由谁出具",
    ),
    "bodies": (dict[schemas.Words, schemas.Words | schemas.BodyShape], "**/bodies.yaml", "单位：代码 → 名称"),
    "instruments": (dict[schemas.Words, schemas.InstrumentShape], "**/instruments.yaml", "可引用的文件"),
    "gazetteer": (dict[schemas.Words, schemas.PlaceShape], "**/gazetteer.yaml", "地名：标准名 → 各种写法"),
    "regimes": (RegimesShape, "regimes.yaml", "何时何地适用哪一套规则"),
}
"""Kind of rule file → its shape, where such files stand below the rules folder, and what it is."""

_TREE = {
    "title": "条件的组合",
    "description": "条件名、一句 a and not b，或 all / any / not",
    "anyOf": [
        {"type": "string"},
        *(
            {
                "type": "object",
                "properties": {key: {"type": "array", "items": {"$ref": "#/$defs/tree"}, "description": item}},
                "required": [key],
                "additionalProperties": False,
            }
            for key, item in (("all", "全部成立"), ("any", "至少一个成立"))
        ),
        {
            "type": "object",
            "properties": {"not": {"$ref": "#/$defs/tree", "description": "不成立"}},
            "required": ["not"],
            "additionalProperties": False,
        },
    ],
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """Kind of rule file → its JSON Schema (draft 2020-12), with Chinese descriptions."""
    return {kind: _schema(shape, about) for kind, (shape, _, about) in KINDS.items()}


def file_name(kind: str) -> str:
    """The file that holds the schema of `kind`."""
    return f"{kind}.schema.json"


def _schema(shape: Any, about: str) -> dict[str, Any]:
    made = TypeAdapter(shape).json_schema(mode="validation")
    definitions = made.get("$defs", {})
    for model in _below(shape):
        if model.__name__ in definitions and model.about:
            definitions[model.__name__].update(title=model.about, description=model.about)
    rest = {key: value for key, value in made.items() if key not in ("$defs", "title", "description")}
    whole: dict[str, Any] = _with_trees(
        {"$schema": DRAFT, "title": about, "description": about, **rest, "$defs": definitions}
    )
    if "#/$defs/tree" in str(whole):
        whole["$defs"]["tree"] = _TREE
    return whole


def _with_trees(node: Any) -> Any:
    """The schema with the one shape that names itself, a formula, put in by reference."""
    match node:
        case {"format": "tree", **rest}:
            return {**rest, "$ref": "#/$defs/tree"}
        case dict():
            return {key: _with_trees(value) for key, value in node.items()}
        case list():
            return [_with_trees(item) for item in node]
    return node


def _below(shape: Any) -> set[type[schemas.Shape]]:
    """The shapes that `shape` names, and those inside them."""
    result: set[type[schemas.Shape]] = set()
    waiting = models_of(shape)
    while waiting:
        model = waiting.pop()
        if model not in result:
            result.add(model)
            waiting += [inner for field in model.model_fields.values() for inner in models_of(field.annotation)]
    return result
