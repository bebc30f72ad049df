"""What an expression names, resolved: facts, parameters, numbers, ages, calculations; and its kind and unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import Tabled
from eligibility.model.policy import FactSpec, FactType, Parameter
from eligibility.rulebook.kinds import KINDS

BARE = ("percent", "number")
"""Types of parameters that multiply."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with its unit ("": bare)."""

    text: str
    unit: str

    @property
    def is_bare(self) -> bool:
        """Whether it multiplies."""
        return self.unit in ("", "%", "倍")


@dataclass(frozen=True, slots=True)
class Age:
    """`年龄(某日)`."""

    born: FactSpec
    day: Part


@dataclass(frozen=True, slots=True)
class Ratio:
    """`四舍五入(甲 / 乙)`: how many of one quantity another holds, rounded to a whole number."""

    of: FactSpec
    by: FactSpec | Parameter
    rounding: str
    times: FactSpec | None = None
    """A count by which the first is multiplied before: area taken × heads ÷ area before."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """Two parts joined by + - * or /."""

    sign: str
    left: Part
    right: Part


@dataclass(frozen=True, slots=True)
class Case:
    """A part that differs by the value of a choice: `case 性别 when '男' then 60 岁 when '女' then 55 岁 end`."""

    fact: FactSpec
    parts: Mapping[str, Part] = field(hash=False)


Part = FactSpec | Parameter | Number | Age | Ratio | Calculation | Case | str
"""A resolved name, a number, an age, a calculation, a choice between parts, or a quoted text (a word or a day)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a comparison is about: type and unit, and the name to tell it by."""

    type: FactType
    unit: str
    title: str
    id: str
    choices: tuple[str, ...] = ()

    @property
    def kind(self) -> Bilingual:
        """The type in words; of counts and ages with the unit."""
        zh, en = KINDS[self.type].zh, KINDS[self.type].en
        return Bilingual(f"{zh}（{self.unit}）" if self.type is FactType.COUNT else zh, en)


def measure_of(part: Part) -> Measure | None:
    """The measure of the first fact or age of a part; None where it has neither."""
    match part:
        case FactSpec():
            return Measure(part.type, part.unit, part.title, part.id, part.choices)
        case Age():
            return Measure(FactType.YEARS, "岁", "年龄", "age")
        case Ratio():
            return Measure(FactType.COUNT, "", f"{part.of.title}÷{part.by.title}", part.of.id)
        case Calculation(left=left, right=right):
            return measure_of(left) or measure_of(right)
        case Case(parts=parts):
            return next((measure for item in parts.values() if (measure := measure_of(item))), None)
    return None


def choices_in(part: Part) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every choice by which a part differs, with the words that it names."""
    match part:
        case Parameter(by=by) if by:
            tables = [dated.value for dated in part.timeline if isinstance(dated.value, Tabled)]
            for place, fact in enumerate(by):
                yield fact, tuple(dict.fromkeys(words[place] for table in tables for words, _ in table.cells))
        case Age(day=day):
            yield from choices_in(day)
        case Calculation(left=left, right=right):
            yield from choices_in(left)
            yield from choices_in(right)
        case Case(fact=fact, parts=parts):
            yield fact.id, tuple(parts)
            for item in parts.values():
                yield from choices_in(item)
