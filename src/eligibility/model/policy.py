"""The policy as the engine meets it: facts, dated parameters, conditions, clauses and reasons, resolved on a day.

The rulebook makes a `Policy` from rule files; nothing here knows a legal number. Ordered facts are kept as whole
numbers so that comparisons are exact: areas in micro-亩 (10⁻⁶ 亩), areas a head in 10⁻⁸ 亩, money in 分.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from eligibility.model.benefit import Benefit, OutcomeClass
from eligibility.model.citation import Citation, Status
from eligibility.model.formula import (
    AgeOn,
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    Formula,
    Holds,
    Linear,
    Named,
    Not,
    Operand,
    Readings,
    Shifted,
    Tabled,
    Unknown,
    Value,
    Within,
)
from eligibility.model.stage import Signature, Stage
from eligibility.model.truth import Truth

__all__ = [
    "AgeOn",
    "AllOf",
    "AnyOf",
    "Benefit",
    "Citation",
    "Clause",
    "Compare",
    "Condition",
    "Constant",
    "Dated",
    "English",
    "FactRef",
    "FactSpec",
    "FactType",
    "FormerName",
    "Formula",
    "Holds",
    "Kind",
    "Linear",
    "Named",
    "Not",
    "Operand",
    "OutcomeClass",
    "Parameter",
    "Policy",
    "Readings",
    "Reason",
    "RestsOn",
    "ReviewReason",
    "Shifted",
    "Signature",
    "Stage",
    "Status",
    "Tabled",
    "Unknown",
    "Value",
    "Within",
]


class FactType(StrEnum):
    """Type of a fact; the first seven are ordered and known as a range, the last two as a value or nothing."""

    AREA = "area"
    AREA_PER_HEAD = "area_per_head"
    YEARS = "years"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TRUTH = "truth"
    CHOICE = "choice"

    @property
    def ordered(self) -> bool:
        """Whether the fact stands in two columns, `<id>_lo` and `<id>_hi` (NULL: unbounded)."""
        return self not in (FactType.TRUTH, FactType.CHOICE)

    @property
    def column_type(self) -> str:
        """SQL type of its columns; what is measured is a whole number."""
        return {FactType.TRUTH: "BOOLEAN", FactType.CHOICE: "VARCHAR", FactType.DATE: "DATE"}.get(self, "BIGINT")


class Kind(StrEnum):
    """What a clause does: demand, exclude, except another clause, register, lead elsewhere, or refer to a person."""

    REQUIREMENT = "requirement"
    EXCLUSION = "exclusion"
    EXCEPTION = "exception"
    REGISTER = "register"
    ELSEWHERE = "elsewhere"
    REFER = "refer"

    @property
    def negated(self) -> bool:
        """Whether the clause takes effect where its formula is proven, so that its demand is that it is not."""
        return self in (Kind.EXCLUSION, Kind.ELSEWHERE)

    @property
    def registers(self) -> bool:
        """Whether the clause, where it takes effect and all else is met, registers: for later, or with another programme."""
        return self in (Kind.REGISTER, Kind.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class FactSource:
    """The column of a dossier that tells a fact which the rulebook adds.

    `table` is the key of one of the nine tables, `headers` the words of the column (the first is written), `words` for a
    choice further spellings of its values. `blank_means_no`: a blank cell of a truth is a no.
    """

    table: str
    headers: tuple[str, ...]
    blank_means_no: bool = False
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One entry of the glossary of facts (`rules/facts.yaml`).

    `unit` is 亩, 岁, 人, 元 or empty; `day` the day the fact is taken at; `proves` the papers that prove it.
    """

    id: str
    title: str
    type: FactType
    unit: str = ""
    choices: tuple[str, ...] = ()
    day: str = ""
    confirmed_by: str = ""
    proves: str = ""
    never_false: bool = False
    """The papers can prove it or leave it open, never refute it (the lack of a paper refutes nothing)."""
    title_en: str = ""
    papers: tuple[str, ...] = ()
    """Codes of the documents that prove it."""
    bodies: tuple[str, ...] = ()
    """Codes of the bodies that confirm it."""
    in_dossier: bool = True
    """Some table of a dossier tells it; where none does, it is never known in a batch."""
    source: FactSource | None = None
    """The column that tells it, of a fact that the rulebook adds; None: the program derives it, or nothing tells it."""
    computed: str = ""
    """The expression over other facts that it stands for."""
    divides: bool = False
    """Some condition divides by it: a cell of zero does not tell it, and no case may say so."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the fact in a table of facts."""
        return (f"{self.id}_lo", f"{self.id}_hi") if self.type.ordered else (self.id,)


@dataclass(frozen=True, slots=True)
class Dated:
    """A legal value in force from `since` to the day before `until` (None: open end); `value` None when unset."""

    since: date
    until: date | None
    value: Value | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Parameter:
    """A timeline of one legal number. Before its first value, in a gap, or where it is unset, there is no law."""

    id: str
    title: str
    type: str
    unit: str
    timeline: tuple[Dated, ...]
    alternatives: tuple[Value, ...] = ()
    title_en: str = ""
    by: tuple[str, ...] = ()
    """Facts by whose values its own differ; then each dated value is `Tabled`."""

    def on(self, day: date) -> Dated | None:
        """The dated value in force on `day`, or None outside the timeline; never a neighbour's value."""
        return next((d for d in self.timeline if d.since <= day and (d.until is None or day < d.until)), None)


@dataclass(frozen=True, slots=True)
class RestsOn:
    """The condition rests on `parameter` through how its facts were derived.

    Only where the condition has `mark` (None: any), and only where condition `where` is proven ("": always).
    """

    parameter: str
    mark: Truth | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A named comparison on facts. `parameters` are those its expression names."""

    id: str
    title: str
    expression: Formula
    facts: tuple[str, ...]
    parameters: tuple[str, ...] = ()
    rests_on: tuple[RestsOn, ...] = ()
    title_en: str = ""

    def never_refuted(self, policy: Policy) -> bool:
        """Whether the condition is no more than a fact that papers never refute."""
        match self.expression:
            case Holds(of=FactRef(id=fact)):
                return policy.facts[fact].never_false
            case _:
                return False


@dataclass(frozen=True, slots=True)
class ReviewReason:
    """Give `reason` for an open clause where `when` is proven."""

    reason: str
    when: Formula


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the instrument: a formula over conditions, with what its marks mean.

    A requirement refuses when refuted; an exclusion refuses when proven; an exception, when proven, lifts the clause
    it names in `excepts`; a register clause registers when refuted; one that leads elsewhere registers with another
    programme when proven, which is a class of its own; a refer clause sends to a person unless proven.
    `on_refuted` (refer clauses) and `on_open` name review reasons; of `on_open` all whose `when` is proven are given,
    and `otherwise` where none is.
    """

    id: str
    title: str
    kind: Kind
    citation: Citation
    when: Formula
    text: str
    excepts: str = ""
    on_refuted: tuple[str, ...] = ()
    on_open: tuple[ReviewReason, ...] = ()
    otherwise: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    title_en: str = ""
    text_en: str = ""
    readings: str = ""
    """The condition that decides `when` reading by reading, where its conditions share a choice or truth ("": none)."""
    follows: tuple[str, ...] = ()
    """Clauses from which this one follows: refuted together with one of them, it tells nothing more."""

    @property
    def deciding(self) -> Formula:
        """The formula by which the clause is decided: `when`, or the condition that reads it value by value."""
        return Named(self.readings) if self.readings else self.when


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case goes to a person: code, Chinese title, the papers that would settle it, the bodies that hold them.

    `ways` groups the same papers: any one way settles it, and the papers of a way are needed together.
    """

    id: str
    title: str
    documents: tuple[str, ...]
    bodies: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...] = ()
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class English:
    """English names: the rulebook, its instrument, its outcomes, the papers and the bodies ("" or absent: not given)."""

    title: str = ""
    instrument: str = ""
    outcomes: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a community bore from `since` to the day before `until` (None: no bound is known)."""

    name: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A rulebook resolved on a day. Dictionaries are ordered as in the rule files."""

    id: str
    title: str
    instrument: str
    as_of: date
    in_force_from: date
    sha256: str
    outcomes: dict[str, str]
    facts: dict[str, FactSpec]
    parameters: dict[str, Parameter]
    conditions: dict[str, Condition]
    clauses: dict[str, Clause]
    reasons: dict[str, Reason]
    documents: dict[str, str]
    bodies: dict[str, str]
    gazetteer: dict[str, tuple[str, ...]]
    """Place id → every name it goes by; used to read where a person is registered."""
    suppliers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Document code → codes of the bodies that supply it; empty where the rule files do not say."""
    communities: dict[str, tuple[FormerName, ...]] = field(default_factory=dict)
    """Community → names it bore before (撤村建居, renamed, merged); papers join under the present name."""
    english: English = field(default_factory=English)
    """English names of what has no place of its own for them."""
    stages: dict[str, Stage] = field(default_factory=dict)
    """Stages of review in order; none where the rulebook names none."""
    classes: dict[str, OutcomeClass] = field(default_factory=dict)
    """Classes of outcomes, in the order in which they are asked."""
    benefits: dict[str, Benefit] = field(default_factory=dict)
    """What is paid to whom; nothing of it decides an outcome."""
    unused_facts: frozenset[str] = frozenset()
    """Ids and titles of the facts of the glossary that the rulebook does not use, to tell them from no fact at all."""

    def value(self, parameter: str) -> Value | None:
        """The parameter's value on the day of decision; None when unset on that day, or not part of the rulebook."""
        known = self.parameters.get(parameter)
        dated = None if known is None else known.on(self.as_of)
        return None if dated is None else dated.value

    def status(self, parameter: str) -> Status:
        """How well the value in force on the day of decision is known."""
        dated = self.parameters[parameter].on(self.as_of)
        return Status.UNSET if dated is None or dated.value is None else dated.citation.status
