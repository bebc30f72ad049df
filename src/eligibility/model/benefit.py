"""Benefits and classes of outcomes as the program meets them: what is paid to whom, in steps, by which bodies.

A `Figure` is arithmetic on facts, parameters and earlier steps, in exact fractions of the unit that people write (元, 年, 月,
亩). A step is the figure of the first of its cases that holds, kept between its least and its greatest, then rounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from eligibility.model.citation import Citation
from eligibility.model.formula import AgeOn, Constant, FactRef, Formula, Shifted

ONCE, MONTH, YEAR = "once", "month", "year"
"""How often a benefit is paid."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, in its unit."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class FactAmount:
    """A fact that is a quantity; `scale`: steps of its column in one unit."""

    fact: FactRef
    scale: int


@dataclass(frozen=True, slots=True)
class AgeAmount:
    """The full years of the person on a day."""

    age: AgeOn


@dataclass(frozen=True, slots=True)
class ParameterAmount:
    """The value of a parameter on the day of reckoning; None: unset."""

    parameter: str
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class StepAmount:
    """What an earlier step came to."""

    step: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two figures joined by + - * or /."""

    sign: str
    left: Figure
    right: Figure


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least (`min`) or the greatest (`max`) of several figures."""

    of: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Rounding:
    """To a multiple of `to`: half_up, down or up."""

    how: str
    to: Fraction

    def of(self, value: Fraction) -> Fraction:
        """The rounded value.

        >>> Rounding("half_up", Fraction(1, 100)).of(Fraction(15000, 139))
        Fraction(10791, 100)
        """
        exact = value / self.to
        floor = exact.numerator // exact.denominator
        match self.how:
            case "down":
                steps = floor
            case "up":
                steps = floor + (exact != floor)
            case _:
                steps = floor + (exact - floor >= Fraction(1, 2))
        return steps * self.to


@dataclass(frozen=True, slots=True)
class Rounded:
    """A figure rounded within an expression."""

    of: Figure
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class ByChoice:
    """A figure that differs by the value of a choice; a word that is not named gives no figure."""

    fact: FactRef
    figures: tuple[tuple[str, Figure], ...]


Figure = Number | FactAmount | AgeAmount | ParameterAmount | StepAmount | Arithmetic | Extreme | Rounded | ByChoice
"""An amount that can be reckoned."""


@dataclass(frozen=True, slots=True)
class StepCase:
    """The figure of a step where `when` holds (None: always, that is otherwise); `named`: parameters named in `when`."""

    value: Figure
    when: Formula | None = None
    text: str = ""
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a reckoning; `text` as it stands in the rule file."""

    id: str
    title: str
    unit: str
    cases: tuple[StepCase, ...]
    citation: Citation
    at_least: Figure | None = None
    at_most: Figure | None = None
    rounding: Rounding | None = None
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class FundingShare:
    """Which part of the amount a payer bears; `share` None: what the others leave."""

    payer: str
    title: str
    share: Figure | None
    citation: Citation
    title_en: str = ""


Day = FactRef | Constant | Shifted
"""A day, of a person or of the law."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """What is paid to persons of some outcomes (and classes, where it names any) who fulfil `when`.

    `paid`: once, month or year; the amount is that of one payment, in 元. `most`: how many payments at most. `less`: benefits
    whose payments up to then are taken off. Of `shares` the last bears what is left; without any, nobody is named to pay.
    """

    id: str
    title: str
    paid: str
    outcomes: tuple[str, ...]
    steps: tuple[Step, ...]
    citation: Citation
    classes: tuple[str, ...] = ()
    when: Formula | None = None
    when_text: str = ""
    when_named: tuple[str, ...] = ()
    starts: Day | None = None
    ends: Day | None = None
    most: Figure | None = None
    less: tuple[str, ...] = ()
    shares: tuple[FundingShare, ...] = ()
    transfer: bool = True
    """Whether it is paid out; what a person pays in is reckoned and never stands on a payment roster."""
    facts: tuple[str, ...] = ()
    """Ids of the facts that the reckoning may ask."""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeClass:
    """A class of some outcomes (完全失地, 部分失地): a case belongs to the first whose formula over conditions is proven."""

    id: str
    title: str
    outcomes: tuple[str, ...]
    when: Formula
    citation: Citation
    title_en: str = ""


def figures_within(figure: Figure) -> Iterator[Figure]:
    """The figure and every figure within it."""
    yield figure
    match figure:
        case Arithmetic(left=left, right=right):
            yield from figures_within(left)
            yield from figures_within(right)
        case Extreme(figures=figures):
            for inner in figures:
                yield from figures_within(inner)
        case Rounded(of=inner):
            yield from figures_within(inner)
        case ByChoice(figures=cases):
            for _, inner in cases:
                yield from figures_within(inner)
        case _:
            pass


def figures_of(benefit: Benefit) -> Iterator[Figure]:
    """Every figure of a benefit: of its steps, its shares and its limits."""
    for step in benefit.steps:
        for figure in (*(case.value for case in step.cases), step.at_least, step.at_most):
            if figure is not None:
                yield from figures_within(figure)
    for extra in (*(share.share for share in benefit.shares), benefit.most):
        if extra is not None:
            yield from figures_within(extra)


def parameters_of(benefit: Benefit) -> list[str]:
    """Ids of the parameters that a benefit names, each once."""
    named = [figure.parameter for figure in figures_of(benefit) if isinstance(figure, ParameterAmount)]
    named += [*benefit.when_named, *(name for step in benefit.steps for case in step.cases for name in case.named)]
    return list(dict.fromkeys(named))
