"""Ages within benefits: each age on a day stands as a quantity of its own, so that a birthday more is no case more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from eligibility.model.formula import AgeOn, Compare, Constant, FactRef, Formula, Linear, Shifted, Term, rebuilt, walk
from eligibility.model.policy import FactSpec, FactType
from eligibility.model.units import ValueFormatError, day_after

Ends = tuple[Any, Any]


def age_fact(place: int) -> FactSpec:
    """The quantity that stands for the age of that number."""
    return FactSpec(f"age_{place}", "年龄", FactType.YEARS, "岁")


def ages_in(formula: Formula) -> Iterable[AgeOn]:
    """Every age that a formula compares, in the order of its text."""
    for part in walk(formula):
        if isinstance(part, Compare):
            for side in (part.left, part.right):
                if isinstance(side, AgeOn):
                    yield side
                elif isinstance(side, Linear):
                    yield from (term.of for term in side.terms if isinstance(term.of, AgeOn))


def with_ages(formula: Formula, names: Mapping[AgeOn, str]) -> Formula:
    """The formula with each age replaced by the quantity that stands for it."""

    def side_of(side: Any) -> Any:
        if isinstance(side, AgeOn):
            return FactRef(names[side])
        if isinstance(side, Linear):
            return Linear(
                tuple(Term(FactRef(names[t.of]), t.rates) if isinstance(t.of, AgeOn) else t for t in side.terms)
            )
        return side

    def leaf(part: Formula) -> Formula:
        return replace(part, left=side_of(part.left), right=side_of(part.right)) if isinstance(part, Compare) else part

    return rebuilt(formula, leaf)


def day_ends(day: FactRef | Constant | Shifted, row: Mapping[str, Any]) -> Ends:
    """The first and last day that a day may be for a person; None where it is not bounded or its parameter is unset."""
    match day:
        case FactRef(id=fact):
            return row[f"{fact}_lo"], row[f"{fact}_hi"]
        case Constant(value=value):
            return (value, value) if isinstance(value, date) else (None, None)
        case Shifted(amount=None):
            return None, None
        case Shifted(day=inner, amount=amount, unit=unit):
            return tuple(_moved(end, amount or 0, unit) for end in day_ends(inner, row))  # type: ignore[return-value]
    raise TypeError(f"{day!r} is no day")


def age_ends(age: AgeOn, row: Mapping[str, Any]) -> Ends:
    """The least and greatest full years of the person on the day."""
    born, days = (row[f"{age.born.id}_lo"], row[f"{age.born.id}_hi"]), day_ends(age.day, row)
    return _years(born[1], days[0]), _years(born[0], days[1])


def _moved(day: date | None, amount: int, unit: str) -> date | None:
    if day is None:
        return None
    try:
        return day_after(day, amount, unit)
    except ValueFormatError:  # beyond the calendar
        return None


def _years(born: date | None, day: date | None) -> int | None:
    if born is None or day is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
