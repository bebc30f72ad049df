"""The published shape of an explanation as JSON (docs/explanation.schema.json, `eligibility explain --schema`)."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from pydantic import TypeAdapter

from eligibility.adjudicate.explain import models
from eligibility.adjudicate.explain.models import CitizenText, Explanation

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, kw_only=True)
class CitizenExplanation:
    """What the person concerned is told, as JSON: no codes but the outcome's, no other person's data."""

    resident_id: str
    name: str
    outcome: str
    outcome_title: str
    outcome_title_en: str
    regime_title: str
    regime_title_en: str
    as_of: str
    text: CitizenText


AUDIENCES: dict[str, Any] = {
    "officer": Explanation | list[Explanation],
    "citizen": CitizenExplanation | list[CitizenExplanation],
}
"""Reader → what is printed: one object, or a list where several decisions stand under one id."""


def for_citizen(told: Explanation) -> CitizenExplanation:
    """The part of an explanation that the person concerned is given.

    Raises ValueError where the explanation was made without its sentences.
    """
    if told.citizen is None:
        raise ValueError("an explanation without its sentences")
    shared = {
        name: getattr(told, name) for name in (field.name for field in fields(CitizenExplanation)) if name != "text"
    }
    return CitizenExplanation(**shared, text=told.citizen)


def explanation_schema(audience: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `eligibility explain --json` prints for that reader."""
    made = TypeAdapter(AUDIENCES[audience]).json_schema(mode="serialization")
    for name, shape in made["$defs"].items():
        _say_empty(shape.get("properties", {}), getattr(models, name, None))
    title = {"officer": "eligibility explanation", "citizen": "eligibility explanation for the person concerned"}
    return {"$schema": DRAFT, "title": title[audience], **made}


def as_json(told: Explanation, audience: str) -> Any:
    """What is printed of one explanation for that reader, as JSON knows it."""
    shown = for_citizen(told) if audience == "citizen" else told
    return TypeAdapter(type(shown)).dump_python(shown, mode="json")


def as_json_text(told: Explanation) -> str:
    """The whole explanation as JSON of two spaces an indent."""
    return TypeAdapter(Explanation).dump_json(told, indent=2).decode()


def _say_empty(properties: dict[str, Any], shape: Any) -> None:
    """An empty list where nothing is given: pydantic says it of its own models, not of dataclasses."""
    for field in fields(shape) if is_dataclass(shape) else ():
        if field.default_factory is list:
            properties[field.name] = dict(sorted((properties[field.name] | {"default": []}).items()))
