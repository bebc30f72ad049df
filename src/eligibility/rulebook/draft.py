"""A rulebook during compilation: the results and findings of the passes so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from eligibility.model.benefit import Benefit, OutcomeClass
from eligibility.model.diagnostic import Diagnostic
from eligibility.model.policy import Clause, Condition, FactSpec, Parameter, Stage
from eligibility.rulebook import schemas
from eligibility.rulebook.benefit_schemas import BenefitShape, ClassShape
from eligibility.rulebook.problems import Spot
from eligibility.rulebook.promise_types import Promises, Relation
from eligibility.rulebook.stage_schemas import StageShape
from eligibility.rulebook.yaml_file import Place, YamlFile

BodyT = TypeVar("BodyT")


@dataclass(frozen=True, slots=True)
class Entry(Generic[BodyT]):
    """One declaration of a rule file, with its place."""

    id: str
    body: BodyT
    file: YamlFile
    place: Place = ()

    def at(self, *place: str | int) -> Spot:
        """Return the place of the value of `place` in this entry, or of its key if the value begins on a later line."""
        return self.file.after_key(*self.place, *place)


class AnyName(frozenset[str]):
    """The names of an unreadable file, which may contain any name, so that none is reported as unknown."""

    def __contains__(self, name: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Section(Generic[BodyT]):
    """The entries of one kind, in file order.

    `ids` includes entries with an unreadable body: their names stay valid, so that an error is reported once and not
    again wherever the name is used.
    """

    entries: dict[str, Entry[BodyT]] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()

    @property
    def readable(self) -> bool:
        """Whether the names of all entries are known, including invalid ones."""
        return not isinstance(self.ids, AnyName)


@dataclass(frozen=True, slots=True)
class Draft:
    """State of a rulebook after some passes; the last fields are results of passes over the sections.

    `trying`: trial values (as text) by parameter, used instead of those in force.
    """

    folder: Path
    as_of: date
    trying: dict[str, str] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    sha256: str = ""
    rulebook: Entry[schemas.RulebookShape] | None = None
    facts: Section[schemas.FactShape] = field(default_factory=Section)
    gazetteer: Section[schemas.PlaceShape] = field(default_factory=Section)
    instruments: Section[schemas.InstrumentShape] = field(default_factory=Section)
    documents: Section[str | schemas.PaperShape] = field(default_factory=Section)
    bodies: Section[str | schemas.BodyShape] = field(default_factory=Section)
    reasons: Section[schemas.ReasonShape] = field(default_factory=Section)
    open_reasons: Section[list[schemas.OpenReasonShape]] = field(default_factory=Section)
    stages: Section[StageShape] = field(default_factory=Section)
    classes: Section[ClassShape] = field(default_factory=Section)
    parameters: Section[schemas.ParameterShape] = field(default_factory=Section)
    conditions: Section[schemas.ConditionShape] = field(default_factory=Section)
    clauses: Section[schemas.ClauseShape] = field(default_factory=Section)
    benefits: Section[BenefitShape] = field(default_factory=Section)
    fact_specs: dict[str, FactSpec] = field(default_factory=dict)
    timelines: dict[str, Parameter] = field(default_factory=dict)
    compiled: dict[str, Condition] = field(default_factory=dict)
    divisors: frozenset[str] = frozenset()
    """Facts by which others are divided: nothing divides by nothing, so a zero is not known."""
    compiled_clauses: dict[str, Clause] = field(default_factory=dict)
    ordered_stages: dict[str, Stage] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    promises: Promises = field(default_factory=Promises)
    compiled_classes: dict[str, OutcomeClass] = field(default_factory=dict)
    compiled_benefits: dict[str, Benefit] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The rules folder: no rule file may stand, or lead by a link, outside it."""
        return self.folder.parent

    def with_findings(self, findings: Iterable[Diagnostic]) -> Draft:
        """The draft with more findings."""
        return replace(self, findings=(*self.findings, *findings))

    def value(self, parameter: str) -> object:
        """The parameter's value on the day asked; None where it has none."""
        known = self.timelines.get(parameter)
        dated = None if known is None else known.on(self.as_of)
        return None if dated is None else dated.value
