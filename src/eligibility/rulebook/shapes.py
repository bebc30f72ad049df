"""The shape of every rule file, checked at the door: unknown keys, missing keys and wrong kinds of value."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from eligibility.domain.mark import Mark
from eligibility.domain.policy import FactType, Kind, Status
from eligibility.rulebook.measures import BadMeasure, one_day

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Written = str | bool | list[str]
"""A legal value as written; its type gives it meaning."""


def _day(said: object) -> object:
    try:
        return one_day(said) if isinstance(said, str) else said
    except BadMeasure as wrong:
        raise ValueError(wrong.said.zh) from wrong


Day = Annotated[date, BeforeValidator(_day)]


class Shape(BaseModel):
    """Base of all shapes: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CitationShape(Shape):
    """Where the law says it; `quote` is the article's own words, or 未见原文."""

    instrument: Words
    article: Words
    quote: Words
    status: Status


class InForce(Shape):
    """From when to when (exclusive) a rulebook is the law, and how surely that is known."""

    since: Day
    until: Day | None = None
    status: Status
    note: str = ""


class RulebookShape(Shape):
    """`rulebook.yaml`: what this regime is, and its clauses in the order in which they are read."""

    id: Words
    title: Words
    instrument: Words
    document_number: str = ""
    in_force: InForce
    supersedes: list[Words] = []
    outcomes: dict[Words, Words]
    clauses: list[Words]


class FactShape(Shape):
    """One entry of `facts.yaml`. `choices` lists the values of a choice, or the word `gazetteer`: any place of it.

    `in_dossier: false`: no table of a dossier tells it, so a batch never knows it; only rulebooks that use it have it.
    """

    title: Words
    type: FactType
    unit: str = ""
    choices: list[Words] | Literal["gazetteer"] = []
    day: Words
    confirmed_by: list[Words]
    proves: list[Words]
    never_false: bool = False
    in_dossier: bool = True
    note: str = ""


class PlaceName(Shape):
    """A name that a place bore only for a time."""

    name: Words
    since: Day | None = None
    until: Day | None = None


class PlaceShape(Shape):
    """One place of `gazetteer.yaml`: every name by which a paper may call it."""

    names: list[Words | PlaceName]
    note: str = ""


class InstrumentShape(Shape):
    """One entry of `instruments.yaml`: a law, decree or opinion that citations may name."""

    title: Words
    number: str = ""
    known: Words


class ReasonShape(Shape):
    """One entry of `reasons.yaml`: why a case goes to a person, and who can settle it."""

    title: Words
    documents: list[Words]
    bodies: list[Words]


class ValueShape(Shape):
    """One dated value; null is unset."""

    since: Day
    until: Day | None = None
    value: Written | None
    citation: CitationShape


class ParameterShape(Shape):
    """One file of `parameters/`: the timeline of one legal number, and other values worth trying.

    `informs: money` marks a number that no clause decides by: it tells amounts (contributions, subsidies), not outcomes.
    """

    id: Words
    title: Words
    type: Literal[
        "area", "area_per_head", "years", "count", "money", "percent", "date", "truth", "comparison", "choice", "words"
    ]
    unit: str = ""
    choices: list[Words] = []
    informs: Literal["", "money"] = ""
    values: list[ValueShape]
    alternatives: list[Written] = []
    note: str = ""


class RestsOnShape(Shape):
    """The condition rests on `parameter` through how its facts were derived."""

    parameter: Words
    mark: Mark | None = None
    where: str = ""


class ConditionShape(Shape):
    """One entry of `conditions.yaml`.

    `comparison` names a parameter that says whether the line itself counts; `while_unset` one whose absence alone
    gives the condition a meaning (with a value it is refuted).
    """

    title: Words
    expression: Words
    comparison: str = ""
    while_unset: str = ""
    rests_on: list[RestsOnShape] = []
    note: str = ""


Tree = str | dict[str, object]
"""A formula over conditions: a text (`a and not b`), or all / any / not over further ones (checked when compiled)."""


class OpenReasonShape(Shape):
    """Give `reason`, or every reason of the list that `use` names, where `when` is proven."""

    reason: str = ""
    use: str = ""
    when: Tree = ""


class ClauseShape(Shape):
    """One file of `clauses/`."""

    id: Words
    title: Words
    kind: Kind
    citation: CitationShape
    when: Tree
    text: Words
    excepts: str = ""
    on_refuted: list[Words] = []
    on_open: list[OpenReasonShape] = []
    otherwise: list[Words] = []
    note: str = ""
