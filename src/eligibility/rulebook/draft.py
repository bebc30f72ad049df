"""A rulebook while it is being read: what each pass has found so far, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from eligibility.domain.finding import Finding
from eligibility.domain.policy import Clause, Condition, FactSpec, Parameter, Stage
from eligibility.rulebook import shapes
from eligibility.rulebook.problems import Spot
from eligibility.rulebook.stage_shapes import StageShape
from eligibility.rulebook.yaml_file import Place, YamlFile

BodyT = TypeVar("BodyT")


@dataclass(frozen=True, slots=True)
class Entry(Generic[BodyT]):
    """One thing that a rule file declares, and where."""

    id: str
    body: BodyT
    file: YamlFile
    place: Place = ()

    def at(self, *place: str | int) -> Spot:
        """Where the value of `place` within this entry stands, or its key where the value begins on a later line."""
        return self.file.after_key(*self.place, *place)


class AnyName(frozenset[str]):
    """The names of a file that could not be read at all: any name may stand in it, so none is called unknown."""

    def __contains__(self, name: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Section(Generic[BodyT]):
    """The entries of one kind, in file order.

    `ids` also holds those whose body could not be read: a broken entry stays a valid name, so that one mistake is
    reported once and not again wherever the name is used.
    """

    entries: dict[str, Entry[BodyT]] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()

    @property
    def readable(self) -> bool:
        """Whether the names of its entries are known, those of broken ones among them."""
        return not isinstance(self.ids, AnyName)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a rulebook after some passes; the last five are what the passes make of the sections.

    `trying` holds values (as text) to try instead of those in force, parameter by parameter.
    """

    folder: Path
    as_of: date
    trying: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    sha256: str = ""
    rulebook: Entry[shapes.RulebookShape] | None = None
    facts: Section[shapes.FactShape] = field(default_factory=Section)
    gazetteer: Section[shapes.PlaceShape] = field(default_factory=Section)
    instruments: Section[shapes.InstrumentShape] = field(default_factory=Section)
    documents: Section[str | shapes.PaperShape] = field(default_factory=Section)
    bodies: Section[str | shapes.BodyShape] = field(default_factory=Section)
    reasons: Section[shapes.ReasonShape] = field(default_factory=Section)
    open_reasons: Section[list[shapes.OpenReasonShape]] = field(default_factory=Section)
    stages: Section[StageShape] = field(default_factory=Section)
    parameters: Section[shapes.ParameterShape] = field(default_factory=Section)
    conditions: Section[shapes.ConditionShape] = field(default_factory=Section)
    clauses: Section[shapes.ClauseShape] = field(default_factory=Section)
    fact_specs: dict[str, FactSpec] = field(default_factory=dict)
    timelines: dict[str, Parameter] = field(default_factory=dict)
    compiled: dict[str, Condition] = field(default_factory=dict)
    articles: dict[str, Clause] = field(default_factory=dict)
    ordered_stages: dict[str, Stage] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The rules folder: no rule file may stand, or lead by a link, outside it."""
        return self.folder.parent

    def having(self, findings: Iterable[Finding]) -> Draft:
        """The draft with more findings."""
        return replace(self, findings=(*self.findings, *findings))

    def value(self, parameter: str) -> object:
        """The parameter's value on the day asked; None where it has none."""
        known = self.timelines.get(parameter)
        dated = None if known is None else known.on(self.as_of)
        return None if dated is None else dated.value
