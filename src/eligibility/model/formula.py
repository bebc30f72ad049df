"""Formulas of the law: comparisons on facts, and the connectives over conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

Value = int | date | str | bool | tuple[str, ...]
"""A legal value: a whole number in the fact's scale, a day, a word, yes/no, or a list of words."""


@dataclass(frozen=True, slots=True)
class FactRef:
    """The fact of that id, in an expression."""

    id: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal, or the value of `parameter` on the day asked; `value` None: unset, so the comparison is open.

    `moved` says by how much the value is later or earlier than the parameter's own day (`+15年`; "" not at all).
    """

    value: Value | None
    parameter: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Compare:
    """An ordered comparison or equality. `op` "<?" is "at or under, whether the line itself counts is unset"."""

    op: str  # < <= > >= = != <?
    left: FactRef | Constant
    right: FactRef | Constant


@dataclass(frozen=True, slots=True)
class Within:
    """A choice fact is one of a list."""

    fact: FactRef
    values: Constant


@dataclass(frozen=True, slots=True)
class Holds:
    """A truth fact, or a yes/no constant, holds."""

    of: FactRef | Constant


@dataclass(frozen=True, slots=True)
class Unknown:
    """Crisp: proven when nothing is known of the fact (both ends unbounded, or no value), else refuted."""

    fact: FactRef


@dataclass(frozen=True, slots=True)
class Named:
    """The condition of that id, in a clause."""

    id: str


@dataclass(frozen=True, slots=True)
class Not:
    """Negation: swaps the rails."""

    of: Formula


@dataclass(frozen=True, slots=True)
class AllOf:
    """Kleene conjunction; of nothing: proven."""

    of: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Kleene disjunction; of nothing: refuted."""

    of: tuple[Formula, ...]


Formula = Compare | Within | Holds | Unknown | Named | Not | AllOf | AnyOf
"""Conditions use every kind but `Named`; clauses use only `Named` and the three connectives."""


def walk(formula: Formula) -> Iterator[Formula]:
    """The formula and every formula within it, each before its parts.

    >>> [type(part).__name__ for part in walk(AllOf((Named("a"), Not(Named("b")))))]
    ['AllOf', 'Named', 'Not', 'Named']
    """
    yield formula
    match formula:
        case Not(of=inner):
            yield from walk(inner)
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from walk(part)
        case _:
            pass


def conditions_named(formula: Formula) -> list[str]:
    """Ids of the conditions that a clause names, each once, in the order of its text.

    >>> conditions_named(AnyOf((Named("b"), Named("a"), Not(Named("b")))))
    ['b', 'a']
    """
    return list(dict.fromkeys(part.id for part in walk(formula) if isinstance(part, Named)))
