"""The published shape of an explanation as JSON (docs/explanation.schema.json, `eligibility explain --schema`)."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, TypeAdapter

from eligibility.adjudicate.explain.models import CitizenText, Explanation

DRAFT = "https://json-schema.org/draft/2020-12/schema"


class CitizenExplanation(BaseModel):
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
    shared = {name: getattr(told, name) for name in CitizenExplanation.model_fields if name != "text"}
    return CitizenExplanation(**shared, text=told.citizen)


def explanation_schema(audience: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `eligibility explain --json` prints for that reader."""
    made = TypeAdapter(AUDIENCES[audience]).json_schema(mode="serialization")
    title = {"officer": "eligibility explanation", "citizen": "eligibility explanation for the person concerned"}
    return {"$schema": DRAFT, "title": title[audience], **made}
