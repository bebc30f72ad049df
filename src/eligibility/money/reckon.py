"""Reckons the benefits of one person from his facts, step by step, in exact fractions; ranges stay ranges.

An unknown choice or truth that the reckoning asks is read for each of its values, and the result holds all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from eligibility.engine.reference_conditions import evaluate_condition
from eligibility.model.benefit import (
    AgeAmount,
    Arithmetic,
    Benefit,
    ByChoice,
    Extreme,
    FactAmount,
    Figure,
    Number,
    ParameterAmount,
    Rounded,
    Step,
    StepAmount,
    figures_of,
)
from eligibility.model.formula import AgeOn, Constant, FactRef, Formula, atoms, walk
from eligibility.model.policy import FactSpec, FactType, Policy, Status
from eligibility.model.truth import Truth
from eligibility.money.ages import Ends, age_ends, age_fact, ages_in, with_ages
from eligibility.money.amount import UNKNOWN, Amount, calculated, exactly, greatest, hull, least
from eligibility.money.split import split

MOST_WORLDS = 64
"""Combinations of unknown choices and truths that are read one by one; more are reckoned as one range."""

FEN = 100
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReckonedStep:
    """What a step came to, and which of its cases may apply (their numbers)."""

    step: Step
    amount: Amount
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What a payer bears: its share (None: not known) and its part of both ends, in 分 (None: not known)."""

    payer: str
    title: str
    share: Fraction | None
    low: int | None
    high: int | None
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A benefit reckoned for one person; ends of `whole` and parts in 分, None where there is no figure."""

    benefit: Benefit
    entitled: Truth
    steps: tuple[ReckonedStep, ...]
    low: int | None
    high: int | None
    parts: tuple[Part, ...]
    most: Fraction | None
    assumed: tuple[str, ...]
    unset: tuple[str, ...]


class Reckoner:
    """One benefit made ready: the columns of facts that it asks and the ages it counts."""

    def __init__(self, policy: Policy, benefit: Benefit) -> None:
        self.policy, self.benefit = policy, benefit
        formulas = [case.when for step in benefit.steps for case in step.cases if case.when is not None]
        formulas += [benefit.when] if benefit.when is not None else []
        figures = list(figures_of(benefit))
        reached = [age for formula in formulas for age in ages_in(formula)]
        reached += [figure.age for figure in figures if isinstance(figure, AgeAmount)]
        self.ages: tuple[AgeOn, ...] = tuple(dict.fromkeys(reached))
        self._names = {age: age_fact(place).id for place, age in enumerate(self.ages)}
        self._formulas = {formula: with_ages(formula, self._names) for formula in formulas}
        self.specs: dict[str, FactSpec] = {
            **policy.facts,
            **{age_fact(place).id: age_fact(place) for place in range(len(self.ages))},
        }
        named = [fact for formula in self._formulas.values() for fact in _facts_in(formula)]
        named += [figure.fact.id for figure in figures if isinstance(figure, FactAmount | ByChoice)]
        self.facts = tuple(fact for fact in dict.fromkeys(named) if fact in policy.facts)
        self.columns = tuple(column for fact in self.facts for column in policy.facts[fact].columns)

    def ages_of(self, row: Row) -> list[Ends]:
        """Both ends of every age, from the row of a person's facts."""
        return [age_ends(age, row) for age in self.ages]

    def of(self, row: Row, ages: Sequence[Ends] | None = None) -> Reckoned:
        """What the benefit comes to; `row` has the columns of the facts, `ages` the ends of each age (None: counted here)."""
        ends = self.ages_of(row) if ages is None else ages
        known = dict(row)
        for place, (low, high) in enumerate(ends):
            known |= {f"age_{place}_lo": low, f"age_{place}_hi": high}
        worlds = [_World(self, world) for world in self._worlds(known)]
        marks = {world: world.truth(self.benefit.when) for world in worlds}
        possible = [world for world in worlds if marks[world] is not Truth.REFUTED]
        entitled = _joint(list(marks.values()))
        every = [world.steps() for world in possible]
        steps = tuple(
            ReckonedStep(
                step,
                hull([reached[place].amount for reached in every]),
                tuple(sorted({case for reached in every for case in reached[place].cases})),
            )
            for place, step in enumerate(self.benefit.steps)
        )
        whole = steps[-1].amount if possible and steps else UNKNOWN
        low, high = _fen(whole.low), _fen(whole.high)
        shares = [hull([world.share(i) for world in possible]) for i in range(len(self.benefit.shares))]
        most = hull([world.figure(self.benefit.most) for world in possible]) if self.benefit.most else UNKNOWN
        used = [*(step.amount for step in steps), *shares, most]
        return Reckoned(
            self.benefit,
            entitled,
            steps,
            low,
            high,
            self._parts(low, high, shares),
            most.point,
            self._assumed(used),
            tuple(sorted({name for entry in used for name in entry.unset})),
        )

    def _assumed(self, used: Sequence[Amount]) -> tuple[str, ...]:
        names = {name for entry in used for name in entry.used} | set(self.benefit.when_named)
        return tuple(
            sorted(
                name
                for name in names
                if name in self.policy.parameters and self.policy.status(name) in (Status.ASSUMED, Status.UNSET)
            )
        )

    def _parts(self, low: int | None, high: int | None, shares: Sequence[Amount]) -> tuple[Part, ...]:
        fractions = [share.point for share in shares]
        known = [fraction for fraction in fractions if fraction is not None]
        sound = len(known) == len(shares) and sum(known) == 1 and all(0 <= share <= 1 for share in known)
        parts = [[None] * len(shares) if end is None or not sound else split(end, known) for end in (low, high)]
        return tuple(
            Part(entry.payer, entry.title, fractions[i] if sound else None, parts[0][i], parts[1][i], entry.title_en)
            for i, entry in enumerate(self.benefit.shares)
        )

    def _worlds(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        choices: dict[str, tuple[Any, ...]] = {}
        for fact in self.facts:
            spec = self.specs[fact]
            if not spec.type.ordered and row.get(fact) is None:
                choices[fact] = (True, False) if spec.type is FactType.TRUTH else spec.choices
        count = 1
        for values in choices.values():
            count *= max(len(values), 1)
        if not choices or count > MOST_WORLDS:
            yield row
            return
        for words in product(*choices.values()):
            yield {**row, **dict(zip(choices, words, strict=True))}

    def formula(self, formula: Formula) -> Formula:
        """The formula with ages as quantities."""
        return self._formulas[formula]

    def age_name(self, age: AgeOn) -> str:
        """The quantity that stands for an age."""
        return self._names[age]


class _World:
    """One reading of what is not known."""

    def __init__(self, reckoner: Reckoner, row: Row) -> None:
        self.reckoner, self.row = reckoner, row
        self._steps: dict[str, Amount] = {}
        self._found: list[ReckonedStep] | None = None

    def truth(self, formula: Formula | None) -> Truth:
        if formula is None:
            return Truth.PROVEN
        return evaluate_condition(self.reckoner.formula(formula), self.row, self.reckoner.specs)

    def steps(self) -> list[ReckonedStep]:
        if self._found is None:
            self._found = [self._step(step) for step in self.reckoner.benefit.steps]
        return self._found

    def share(self, place: int) -> Amount:
        """The share of a payer; of the last one, what the others leave."""
        self.steps()
        figure = self.reckoner.benefit.shares[place].share
        if figure is not None:
            return self.figure(figure)
        rest = exactly(Fraction(1))
        for other in range(place):
            rest = calculated("-", rest, self.share(other))
        return rest

    def _step(self, step: Step) -> ReckonedStep:
        reached: list[Amount] = []
        asked: list[Amount] = []
        cases: list[int] = []
        for number, case in enumerate(step.cases):
            asked.append(Amount(None, None, frozenset(case.named)))
            mark = self.truth(case.when)
            if mark is Truth.REFUTED:
                continue
            reached.append(self.figure(case.value))
            cases.append(number)
            if mark is Truth.PROVEN:
                break
        else:
            reached.append(UNKNOWN)  # none of the cases may apply, and then there is no figure
        amount = hull(reached).resting_on(*asked)
        for limit, extreme in ((step.at_most, least), (step.at_least, greatest)):
            if limit is not None:
                bound = self.figure(limit)
                amount = UNKNOWN.resting_on(amount, bound) if bound.unset else extreme([amount, bound])
        if amount.unset:  # where a parameter has no value there is no figure, not even a bound
            amount = UNKNOWN.resting_on(amount)
        amount = amount if step.rounding is None else amount.rounded(step.rounding)
        self._steps[step.id] = amount
        return ReckonedStep(step, amount, tuple(cases))

    def figure(self, figure: Figure) -> Amount:  # noqa: PLR0911 - one return a case
        match figure:
            case Number(value=value):
                return exactly(value)
            case ParameterAmount(parameter=name, value=None):
                return Amount(None, None, frozenset([name]), frozenset([name]))
            case ParameterAmount(parameter=name, value=value):
                return Amount(value, value, frozenset([name]))
            case FactAmount(fact=fact, scale=scale):
                return Amount(_over(self.row[f"{fact.id}_lo"], scale), _over(self.row[f"{fact.id}_hi"], scale))
            case AgeAmount(age=age):
                name = self.reckoner.age_name(age)
                return Amount(_over(self.row[f"{name}_lo"], 1), _over(self.row[f"{name}_hi"], 1))
            case StepAmount(step=step):
                return self._steps[step]
            case Arithmetic(sign=sign, left=left, right=right):
                return calculated(sign, self.figure(left), self.figure(right))
            case Extreme(of=of, figures=figures):
                return (least if of == "min" else greatest)([self.figure(entry) for entry in figures])
            case Rounded(of=inner, rounding=rounding):
                return self.figure(inner).rounded(rounding)
            case ByChoice():
                return self._chosen(figure)
        raise TypeError(f"no figure: {figure!r}")

    def _chosen(self, figure: ByChoice) -> Amount:
        word, named = self.row[figure.fact.id], dict(figure.figures)
        if word is not None:
            return self.figure(named[word]) if word in named else UNKNOWN
        complete = set(self.reckoner.specs[figure.fact.id].choices) <= named.keys()
        return hull([*(self.figure(entry) for entry in named.values()), *(() if complete else (UNKNOWN,))])


def _facts_in(formula: Formula) -> Iterator[str]:
    for part in walk(formula):
        for atom in atoms(part):
            match atom:
                case FactRef(id=fact):
                    yield fact
                case Constant():
                    pass


def _joint(marks: Sequence[Truth]) -> Truth:
    return marks[0] if len(set(marks)) == 1 else Truth.OPEN


def _over(value: Any, scale: int) -> Fraction | None:
    return None if value is None else Fraction(value, scale)


def _fen(value: Fraction | None) -> int | None:
    """Whole 分; nothing where the amount is no whole number of them, or below nothing: no rule says what to pay then."""
    if value is None or value < 0 or (value * FEN).denominator != 1:
        return None
    return int(value * FEN)
