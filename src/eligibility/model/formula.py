"""Formulas of the law: comparisons on facts, and the connectives over conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Tabled:
    """A legal value that differs by the values of choices: 川区 0.5, 山区 0.8. A value None is unset."""

    cells: tuple[tuple[tuple[str, ...], Any], ...]

    def get(self, cell: tuple[str, ...]) -> Any:
        """The value for these words; None where the law gives none."""
        return next((value for words, value in self.cells if words == cell), None)


Value = int | date | str | bool | tuple[str, ...] | Fraction | Tabled
"""A legal value: a whole number in the fact's scale, a day, a word, yes/no, words, a bare number, or a table of these."""


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
    cell: tuple[str, ...] = ()
    """The words of the choices for which a table gives the value."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A bare number by which a quantity is multiplied (60 %, 1/3, 1.5); `value` None: the parameter is unset.

    `per`: how many steps of the parameter are one (100 for percent); `under`: the parameter divides.
    """

    value: Fraction | None
    parameter: str = ""
    per: int = 1
    under: bool = False
    cell: tuple[str, ...] = ()
    unit: str = ""
    """Of so much a head: its unit, of which `scale` steps are one (0.3 亩 a head, times heads)."""
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Shifted:
    """A day some years, months or days after (before, if negative) another; `amount` None: its parameter is unset.

    Where a month has no such day, its last day (民法典第二百零二条).
    """

    day: FactRef | Constant
    amount: int | None
    unit: str  # 年 月 日
    parameter: str = ""
    back: bool = False
    """Whether a parameter's length is taken off, so that its amount is negative."""
    cell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgeOn:
    """The full years of a person born on `born` on `day`."""

    born: FactRef
    day: FactRef | Constant | Shifted


@dataclass(frozen=True, slots=True)
class Quotient:
    """One quantity divided by another, rounded to a whole number: 25 亩 ÷ 2 亩 a head → 13 persons.

    `steps`: by what the scale of the first is multiplied to reach that of the second. `rounding`: half_up, down or up.
    """

    of: FactRef
    by: FactRef | Constant
    steps: tuple[int, int] = (1, 1)
    rounding: str = "half_up"
    times: FactRef | None = None
    """A count by which the first is multiplied before: area taken × heads ÷ area before. At most `MOST_PRODUCT`."""


@dataclass(frozen=True, slots=True)
class Term:
    """A quantity times bare numbers."""

    of: FactRef | Constant | AgeOn | Quotient
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of quantities of one unit, each times bare numbers; of nothing: zero."""

    terms: tuple[Term, ...]


Operand = FactRef | Constant | Linear | Shifted | AgeOn
"""A side of a comparison."""


@dataclass(frozen=True, slots=True)
class Compare:
    """An ordered comparison or equality. `op` "<?" is "at or under, whether the line itself counts is unset"."""

    op: str  # < <= > >= = != <?
    left: Operand
    right: Operand


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


@dataclass(frozen=True, slots=True)
class Readings:
    """`of`, read for each value that the choices and truths in `values` may have: decided where every reading agrees.

    A fact that is known has one value; of the others every combination is read. `unknown(fact)` within asks the papers,
    not the reading. Decides whatever `of` decides, and more; equal to trying every value.
    """

    values: tuple[tuple[FactRef, tuple[str | bool, ...]], ...]
    of: Formula


Formula = Compare | Within | Holds | Unknown | Named | Not | AllOf | AnyOf | Readings
"""Conditions use every kind but `Named`; clauses use only `Named` and the three connectives."""

MOST_PRODUCT = 10**17
"""Greatest product of a quantity and a count that is divided; a greater one is not known, so that no column overflows."""

OTHER = "\x00other"
"""Stands for every value of a choice that a formula does not name."""


def walk(formula: Formula) -> Iterator[Formula]:
    """The formula and every formula within it, each before its parts.

    >>> [type(part).__name__ for part in walk(AllOf((Named("a"), Not(Named("b")))))]
    ['AllOf', 'Named', 'Not', 'Named']
    """
    yield formula
    match formula:
        case Not(of=inner) | Readings(of=inner):
            yield from walk(inner)
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from walk(part)
        case _:
            pass


def rebuilt(formula: Formula, leaf: Callable[[Formula], Formula]) -> Formula:
    """The formula with every leaf (what has no formula within it) replaced by what `leaf` returns for it."""
    match formula:
        case Not(of=inner):
            return Not(rebuilt(inner, leaf))
        case AllOf(of=parts) | AnyOf(of=parts):
            return replace(formula, of=tuple(rebuilt(part, leaf) for part in parts))
        case Readings(of=inner):
            return replace(formula, of=rebuilt(inner, leaf))
    return leaf(formula)


def conditions_named(formula: Formula) -> list[str]:
    """Ids of the conditions that a clause names, each once, in the order of its text.

    >>> conditions_named(AnyOf((Named("b"), Named("a"), Not(Named("b")))))
    ['b', 'a']
    """
    return list(dict.fromkeys(part.id for part in walk(formula) if isinstance(part, Named)))


def atoms(formula: Formula) -> Iterator[FactRef | Constant]:
    """The facts and constants of one leaf, in the order of its text; a bare number as a constant.

    >>> list(atoms(Compare("<", FactRef("a"), Linear((Term(FactRef("b"), (Rate(Fraction(1, 2), "half"),)),)))))
    [FactRef(id='a'), FactRef(id='b'), Constant(value=Fraction(1, 2), parameter='half', moved='', cell=())]
    """
    match formula:
        case Compare(left=left, right=right):
            yield from _within(left)
            yield from _within(right)
        case Within(fact=fact, values=values):
            yield from (fact, values)
        case Holds(of=of):
            yield of
        case Unknown(fact=fact):
            yield fact
        case _:
            pass


def lines_in(formula: Formula) -> Iterator[tuple[str, int | date]]:
    """Each fact with each number or day that it alone is compared with, in the order of the text.

    >>> list(lines_in(AnyOf((Compare("<", FactRef("a"), Constant(3)), Holds(FactRef("b"))))))
    [('a', 3)]
    """
    for part in walk(formula):
        match part:
            case (
                Compare(left=FactRef(id=fact), right=Constant(value=value))
                | Compare(left=Constant(value=value), right=FactRef(id=fact))
            ) if isinstance(value, int | date) and not isinstance(value, bool):
                yield fact, value


def unset(formula: Formula) -> bool:
    """Whether the formula contains a parameter that has no value."""
    return any(
        isinstance(leaf_read, Constant) and leaf_read.value is None
        for part in walk(formula)
        for leaf_read in atoms(part)
    )


def with_value(formula: Formula, parameter: str, value: Value | None) -> Formula:
    """The formula with another value of a parameter, wherever the parameter's own value stands in it."""

    def leaf(leaf_read: Formula) -> Formula:
        match leaf_read:
            case Compare(left=left, right=right):
                return replace(leaf_read, left=_valued(left, parameter, value), right=_valued(right, parameter, value))
            case Within(values=Constant(parameter=name) as constant) if name == parameter:
                return replace(leaf_read, values=replace(constant, value=_at(value, constant.cell)))
            case Holds(of=Constant(parameter=name) as constant) if name == parameter:
                return Holds(replace(constant, value=_at(value, constant.cell)))
        return leaf_read

    return rebuilt(formula, leaf)


def _within(side: Operand | Quotient) -> Iterator[FactRef | Constant]:
    match side:
        case FactRef() | Constant():
            yield side
        case Shifted(day=day, amount=amount, parameter=parameter):
            yield day
            if parameter:
                yield Constant(amount, parameter)
        case AgeOn(born=born, day=day):
            yield born
            yield from _within(day)
        case Quotient(of=of, by=by, times=times):
            yield from (of, by) if times is None else (of, times, by)
        case Linear(terms=terms):
            for term in terms:
                yield from _within(term.of)
                yield from (Constant(rate.value, rate.parameter) for rate in term.rates if rate.parameter)


def _valued(side: Any, parameter: str, value: Value | None) -> Any:  # noqa: PLR0911 - one return a case
    match side:
        case Constant(parameter=name, cell=cell):
            return replace(side, value=_at(value, cell)) if name == parameter else side
        case Rate(parameter=name):
            return rate_of(side, value) if name == parameter else side
        case Shifted(day=day, parameter=name, cell=cell):
            moved = replace(side, day=_valued(day, parameter, value))
            length = _at(value, cell)
            sign = -1 if side.back else 1
            return (
                replace(moved, amount=sign * length if isinstance(length, int) else None)
                if name == parameter
                else moved
            )
        case AgeOn(day=day):
            return replace(side, day=_valued(day, parameter, value))
        case Quotient(by=by):
            return replace(side, by=_valued(by, parameter, value))
        case Linear(terms=terms):
            return Linear(
                tuple(
                    Term(_valued(t.of, parameter, value), tuple(_valued(r, parameter, value) for r in t.rates))
                    for t in terms
                )
            )
    return side


def rate_of(rate: Rate, value: Value | None) -> Rate:
    """The rate with the bare number that a value of its parameter is; unset where it is none, or divides by zero.

    >>> rate_of(Rate(None, "share", per=100), 60).value
    Fraction(3, 5)
    """
    bare = _at(value, rate.cell)
    if isinstance(bare, bool) or not isinstance(bare, int | Fraction) or (rate.under and not bare):
        return replace(rate, value=None)
    number = Fraction(bare) / rate.per
    return replace(rate, value=1 / number if rate.under else number)


def _at(value: Value | None, cell: tuple[str, ...]) -> Any:
    return value.get(cell) if isinstance(value, Tabled) else value


def settled(formula: Formula, reading: Mapping[str, str | bool]) -> Formula:
    """The formula for one reading of choices and truths; `unknown(fact)` within it still asks the papers.

    >>> settled(Compare("=", FactRef("sex"), Constant("男")), {"sex": "女"})
    Holds(of=Constant(value=False, parameter='', moved='', cell=()))
    """

    def leaf(leaf_read: Formula) -> Formula:
        match leaf_read:
            case Compare(op="=" | "!=" as op, left=FactRef(id=fact), right=Constant(value=word)) if fact in reading:
                return Holds(Constant(None if word is None else (reading[fact] == word) is (op == "=")))
            case Compare(op="=" | "!=" as op, left=Constant(value=word), right=FactRef(id=fact)) if fact in reading:
                return Holds(Constant(None if word is None else (reading[fact] == word) is (op == "=")))
            case Within(fact=FactRef(id=fact), values=Constant(value=words)) if fact in reading:
                return Holds(Constant(reading[fact] in words if isinstance(words, tuple) else None))
            case Holds(of=FactRef(id=fact)) if fact in reading:
                return Holds(Constant(value=bool(reading[fact])))
        return leaf_read

    return rebuilt(formula, leaf)
