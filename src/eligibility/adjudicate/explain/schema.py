"""The published JSON Schema of an explanation (docs/explanation.schema.json, `eligibility explain --schema`)."""

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
"""Printed type by audience: one object, or a list if one id has several decisions."""


def for_citizen(explanation: Explanation) -> CitizenExplanation:
    """Return the part of an explanation for the person concerned.

    Raises ValueError if the explanation has no sentences.
    """
    if explanation.citizen is None:
        raise ValueError("an explanation without its sentences")
    names = (field.name for field in fields(CitizenExplanation) if field.name != "text")
    return CitizenExplanation(**{name: getattr(explanation, name) for name in names}, text=explanation.citizen)


def explanation_schema(audience: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the output of `eligibility explain --json` for that audience."""
    schema = TypeAdapter(AUDIENCES[audience]).json_schema(mode="serialization")
    for name, shape in schema["$defs"].items():
        _add_empty_defaults(shape.get("properties", {}), getattr(models, name, None))
    title = {"officer": "eligibility explanation", "citizen": "eligibility explanation for the person concerned"}
    return {"$schema": DRAFT, "title": title[audience], **schema}


def as_json(explanation: Explanation, audience: str) -> Any:
    """Return one explanation for that audience as JSON data."""
    shown = for_citizen(explanation) if audience == "citizen" else explanation
    return TypeAdapter(type(shown)).dump_python(shown, mode="json")


def as_json_text(explanation: Explanation) -> str:
    """Return the whole explanation as JSON text, indented by two spaces."""
    return TypeAdapter(Explanation).dump_json(explanation, indent=2).decode()


def _add_empty_defaults(properties: dict[str, Any], shape: Any) -> None:
    """Add the default `[]` of list fields, which pydantic writes for its own models but not for dataclasses."""
    for field in fields(shape) if is_dataclass(shape) else ():
        if field.default_factory is list:
            properties[field.name] = dict(sorted((properties[field.name] | {"default": []}).items()))
