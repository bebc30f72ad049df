"""The shape of an explanation: what is the same for everyone of a profile, and what belongs to one person."""

from __future__ import annotations

from dataclasses import dataclass, field

from eligibility.model.policy import Status
from eligibility.model.truth import Truth


@dataclass(frozen=True, kw_only=True)
class ClauseReading:
    """A clause with its mark, its citation, and how surely the citation is known (seen, assumed, unset).

    `quote` holds the article's own words, "" where there are none; `words` the same for a reader: the words in
    quotation marks, or that nobody here has read (未见原文) or noted (未录原文) them.
    """

    id: str
    title: str
    kind: str
    mark: Truth
    instrument: str
    article: str
    quote: str
    status: Status
    text: str
    title_en: str = ""
    instrument_en: str = ""
    text_en: str = ""
    words: str = ""
    words_en: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperPlace:
    """A paper the facts rest on: what it says and where it stands; `columns` are the headers of its sheet, where known."""

    table: str
    file: str
    sheet: str
    row: int
    says: str
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class FactReading:
    """A fact as a range in words, the papers it comes from, and the papers and bodies that prove and confirm it."""

    id: str
    title: str
    says: str
    confirmed_by: str
    title_en: str = ""
    says_en: str = ""
    confirmed_by_en: str = ""
    day: str = ""
    known: bool = True
    papers: list[PaperPlace] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class QuestionReading:
    """An open question on which the case waits: the papers any of which may answer it, the bodies, and where the open cell stands.

    `number`: as the work list has it, the same in every run.
    """

    id: str
    number: str
    title: str
    title_en: str
    documents: list[str]
    documents_en: list[str]
    bodies: list[str]
    bodies_en: list[str]
    file: str = ""
    sheet: str = ""
    row: int | None = None
    columns: str = ""


@dataclass(frozen=True, kw_only=True)
class ReasonReading:
    """Why the case is as it is; for review, the papers and bodies that can settle it."""

    code: str
    title: str
    documents: list[str]
    bodies: list[str]
    title_en: str = ""
    documents_en: list[str] = field(default_factory=list)
    bodies_en: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class RegimeReading:
    """A rulebook to try instead, and how surely it is known that it applies to land of that day."""

    id: str
    title: str
    instrument: str
    article: str
    status: Status


@dataclass(frozen=True, kw_only=True)
class AnswerReading:
    """An answer to one question: a comparison on facts (all conditions of that expression), or a person's ruling."""

    conditions: list[str]
    clauses: list[str]
    ruling: bool
    answer: Truth
    title: str
    title_en: str


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """A minimal set of answers that decides the case as `outcome`, whatever else is still open.

    `answer` is refuted where some clause comes out refuted, else proven.
    """

    clauses: list[str]
    answer: Truth
    outcome: str
    answers: list[AnswerReading] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """What separates the case from another outcome: each of `lacking` is a minimal set of answers that would give it."""

    outcome: str
    title: str
    title_en: str
    lacking: list[list[AnswerReading]]
    says: str
    says_en: str


@dataclass(frozen=True, kw_only=True)
class OtherValue:
    """The decision under another value of a parameter; `outcome` "" where the person's facts would have to be derived anew."""

    value: str
    value_en: str
    outcome: str
    differs: bool


@dataclass(frozen=True, kw_only=True)
class AssumptionReading:
    """A parameter that nobody has read in the text, on which this decision rests, and what another value would do.

    `could_become` are all outcomes that the case could have under some value of it.
    """

    parameter: str
    title: str
    title_en: str
    value: str
    value_en: str
    status: Status
    article: str
    could_become: list[str]
    under: list[OtherValue] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class BenefitStep:
    """One step of a reckoning: what it came to, how, by which numbers of the law, and where that is said."""

    id: str
    title: str
    title_en: str
    says: str
    says_en: str
    how: str
    numbers: list[str]
    numbers_en: list[str]
    law: str
    law_en: str
    status: Status


@dataclass(frozen=True, kw_only=True)
class BenefitPart:
    """What one payer bears; `share` "" where it is not known."""

    payer: str
    title: str
    title_en: str
    share: str
    says: str
    says_en: str


@dataclass(frozen=True, kw_only=True)
class BenefitReading:
    """A benefit of the person: the amount of one payment in 元 ("" where there is no figure), its steps and its payers.

    `entitled` is open where the papers leave open whether the person gets it. `unset`: numbers of the law that are not known.
    """

    id: str
    title: str
    title_en: str
    entitled: Truth
    paid: str
    says: str
    says_en: str
    paid_says: str
    paid_says_en: str
    amount_min: str
    amount_max: str
    law: str
    law_en: str
    steps: list[BenefitStep]
    parts: list[BenefitPart]
    assumed_parameters: list[str]
    unset: list[str]
    unset_en: list[str]


@dataclass(frozen=True, kw_only=True)
class RivalReading:
    """One approval that may belong to an agreement, with every piece of evidence and its weight."""

    approval_no: str
    certainty: str
    area: str
    score: int
    evidence: list[str]
    evidence_en: list[str]


@dataclass(frozen=True, kw_only=True)
class LinkReading:
    """An agreement that touches the household, what approvals certainly cover of it, and the rivals for it."""

    agreement_no: str
    land_class: str
    kind: str
    area: str
    covered: str
    status: str
    approvals: list[RivalReading]
    says: str
    says_en: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class CitizenText:
    """What the person concerned is told: no codes, no other person's data."""

    opening: Told
    because: list[Told]
    bring: list[Told]
    next: list[Told]


@dataclass(frozen=True, kw_only=True)
class ProfileExplanation:
    """All that is the same for everyone with the same marks; `headline` says outcome and why in one line."""

    outcome: str
    outcome_title: str
    outcome_title_en: str = ""
    regime: str
    regime_title: str = ""
    regime_title_en: str = ""
    as_of: str
    headline: str = ""
    headline_en: str = ""
    reasons: list[ReasonReading]
    clauses: list[ClauseReading]
    assumed_parameters: list[str]
    assumptions: list[AssumptionReading] = field(default_factory=list)
    settlements: list[Settlement]
    neighbours: list[Neighbour] = field(default_factory=list)
    refused_if: list[list[AnswerReading]] = field(default_factory=list)
    refused_if_says: str = ""
    refused_if_says_en: str = ""
    citizen: CitizenText | None = None


@dataclass(frozen=True, kw_only=True)
class Explanation(ProfileExplanation):
    """Everything a signature under one decision rests on."""

    resident_id: str
    name: str
    community: str
    group: str
    household_id: str
    profile_id: str
    facts: list[FactReading]
    papers: list[PaperPlace]
    links: list[LinkReading] = field(default_factory=list)
    try_regimes: list[RegimeReading] = field(default_factory=list)
    """The rulebooks to try where the day of approval lies outside this one for certain."""
    questions: list[QuestionReading] = field(default_factory=list)
    """The open questions on which the case waits, those first that settle most persons."""
    main_facts: list[str] = field(default_factory=list)
    """Ids of the facts on which the outcome turns, at most three."""
    outcome_class: str = ""
    """The class of the outcome in words; "" where the rulebook has none for it."""
    outcome_class_en: str = ""
    benefits: list[BenefitReading] = field(default_factory=list)
    """What the person gets; nothing for one whose case is not decided."""
