"""Formulas over facts as two symbols each: when they are proven, and when refuted, by the ranges that are known.

A second writing of the reference evaluator for the solver. Every person that the solver gives is decided again by the
reference evaluator itself; that nothing is missed is tested against trying every row of small domains.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import lcm

import z3

from eligibility.model.formula import (
    MOST_PRODUCT,
    AgeOn,
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    Formula,
    Holds,
    Linear,
    Not,
    Operand,
    Quotient,
    Rate,
    Readings,
    Shifted,
    Term,
    Unknown,
    Within,
    unset,
)
from eligibility.proving.calendar import Day, NotExpressible, days_after, full_years, months_after
from eligibility.proving.knowledge import (
    FALSE,
    TRUE,
    End,
    Knowledge,
    Range,
    before,
    constant_end,
    key,
    new_name,
    not_after,
    same_point,
)

_NO_END = End(FALSE, z3.IntVal(0))


@dataclass(frozen=True, slots=True)
class Rails:
    """When a formula is proven and when it is refuted; else it is open."""

    proven: z3.BoolRef
    refuted: z3.BoolRef

    @property
    def open(self) -> z3.BoolRef:
        """Neither proven nor refuted."""
        return z3.And(z3.Not(self.proven), z3.Not(self.refuted))


PROVEN, REFUTED, OPEN = Rails(TRUE, FALSE), Rails(FALSE, TRUE), Rails(FALSE, FALSE)


def negation(rails: Rails) -> Rails:
    """Swaps the rails."""
    return Rails(rails.refuted, rails.proven)


def conjunction(parts: list[Rails]) -> Rails:
    """Kleene conjunction; of nothing: proven."""
    return Rails(_every([part.proven for part in parts]), _some([part.refuted for part in parts]))


def disjunction(parts: list[Rails]) -> Rails:
    """Kleene disjunction; of nothing: refuted."""
    return Rails(_some([part.proven for part in parts]), _every([part.refuted for part in parts]))


@dataclass(slots=True)
class Encoder:
    """Encodes formulas over one person's knowledge; `definitions` must hold wherever the symbols are used."""

    knowledge: Knowledge
    definitions: list[z3.BoolRef] = field(default_factory=list)

    def rails(self, formula: Formula) -> Rails:
        """The two symbols of a formula. Raises NotExpressible on what no condition may contain."""
        return self._rails(formula, self.knowledge)

    def _rails(self, formula: Formula, known: Knowledge) -> Rails:  # noqa: PLR0911 - one return a case
        match formula:
            case Compare():
                return self._compare(formula, known)
            case Within(fact=fact, values=values):
                return _member(known.ranges[fact.id].lo, values, known)
            case Holds(of=Constant(value=value)):
                return OPEN if value is None else PROVEN if value else REFUTED
            case Holds(of=FactRef(id=fact_id)):
                end = known.ranges[fact_id].lo
                return Rails(z3.And(end.known, end.value), z3.And(end.known, z3.Not(end.value)))
            case Unknown(fact=fact):
                nothing = known.unknown(fact.id)
                return Rails(nothing, z3.Not(nothing))
            case Not(of=inner):
                return negation(self._rails(inner, known))
            case AllOf(of=parts):
                return conjunction([self._rails(part, known) for part in parts])
            case AnyOf(of=parts):
                return disjunction([self._rails(part, known) for part in parts])
            case Readings(values=values, of=inner):
                return self._readings(values, inner, known)
        raise NotExpressible(f"a condition may not name another: {formula!r}")

    def _readings(
        self, values: tuple[tuple[FactRef, tuple[str | bool, ...]], ...], inner: Formula, known: Knowledge
    ) -> Rails:
        readings = []
        for chosen in product(*[words for _, words in values]):
            read = known
            for (fact, _), word in zip(values, chosen, strict=True):
                read = read.read_as(fact.id, word)
            readings.append(self._rails(inner, read))
        return Rails(_every([each.proven for each in readings]), _every([each.refuted for each in readings]))

    def _compare(self, formula: Compare, known: Knowledge) -> Rails:  # noqa: PLR0911 - one return a case
        if unset(formula):
            return OPEN
        if isinstance(formula.left, Linear) or isinstance(formula.right, Linear):
            zero = End(TRUE, z3.IntVal(0))
            left, right = self._balance(formula, known), Range(zero, zero)
        else:
            left, right = self._range(formula.left, known), self._range(formula.right, known)
        below, above = before(left.hi, right.lo), before(right.hi, left.lo)
        match formula.op:
            case "<":
                return Rails(below, not_after(right.hi, left.lo))
            case "<=":
                return Rails(not_after(left.hi, right.lo), above)
            case ">":
                return Rails(above, not_after(left.hi, right.lo))
            case ">=":
                return Rails(not_after(right.hi, left.lo), below)
            case "<?":
                return Rails(below, above)
            case "=":
                return Rails(_one_point(left, right), z3.Or(below, above))
            case "!=":
                return Rails(z3.Or(below, above), _one_point(left, right))
        raise NotExpressible(f"unknown comparison {formula.op!r}")

    def _range(self, side: Operand | Quotient, known: Knowledge) -> Range:
        match side:
            case Constant(value=value):
                end = constant_end(value, known.words)
                return Range(end, end)
            case FactRef(id=fact):
                return known.ranges[fact]
            case Shifted(day=day):
                days = self._range(day, known)
                return Range(self._shifted(days.lo, side), self._shifted(days.hi, side))
            case AgeOn(born=born, day=day):
                births, days = self._range(born, known), self._range(day, known)
                return Range(_age(births.hi, days.lo), _age(births.lo, days.hi))
            case Quotient(of=of, by=by, times=times):
                above, below = self._range(of, known), self._range(by, known)
                if times is not None:
                    count = self._range(times, known)
                    above = Range(_multiplied(above.lo, count.lo), _multiplied(above.hi, count.hi))
                return Range(self._ratio(above.lo, below.hi, side), self._ratio(above.hi, below.lo, side))
        raise NotExpressible(f"a sum is compared as a whole: {side!r}")

    def _shifted(self, end: End, side: Shifted) -> End:
        if not isinstance(end.value, Day):
            return _NO_END
        amount = side.amount or 0
        name = new_name("shifted")
        if side.unit in ("日", "天"):
            day, definition = days_after(end.value, amount, name)
        else:
            day, definition = months_after(end.value, amount * (12 if side.unit == "年" else 1), name)
        self.definitions.append(definition)
        return End(end.known, day)

    def _ratio(self, above: End, below: End, side: Quotient) -> End:
        """A quotient by a whole number that is defined by what it is multiplied with, so that nothing is rounded twice."""
        whole = z3.Int(new_name("quotient"))
        known = z3.And(above.known, below.known, key(below.value) > 0, key(above.value) >= 0)
        parts, of = key(above.value) * side.steps[0], key(below.value) * side.steps[1]
        match side.rounding:
            case "down":
                around = z3.And(whole * of <= parts, parts < whole * of + of)
            case "up":
                around = z3.And(whole * of - of < parts, parts <= whole * of)
            case _:
                around = z3.And(2 * whole * of - of <= 2 * parts, 2 * parts < 2 * whole * of + of)
        self.definitions.append(z3.And(whole >= 0, z3.Implies(known, around)))
        return End(known, whole)

    def _balance(self, formula: Compare, known: Knowledge) -> Range:
        """Left side minus right side times a positive whole number, each quantity once."""
        shares = shares_of(formula)
        common = lcm(*(share.denominator for share in shares.values())) if shares else 1
        ends = [(int(share * common), self._range(of, known)) for of, share in shares.items() if share]
        return Range(
            _sum([(share, known_of.lo if share > 0 else known_of.hi) for share, known_of in ends]),
            _sum([(share, known_of.hi if share > 0 else known_of.lo) for share, known_of in ends]),
        )


def shares_of(formula: Compare) -> dict[FactRef | AgeOn | Constant | Quotient, Fraction]:
    """What each quantity counts for in the left side minus the right side. Raises NotExpressible on days that are added."""
    shares: dict[FactRef | AgeOn | Constant | Quotient, Fraction] = {}
    for side, sign in ((formula.left, 1), (formula.right, -1)):
        for term in side.terms if isinstance(side, Linear) else (side,):
            of, rates = (term.of, term.rates) if isinstance(term, Term) else (term, ())
            if isinstance(of, Shifted | Linear):
                raise NotExpressible(f"{of!r} cannot be added")
            shares[of] = shares.get(of, Fraction(0)) + sign * _product(rates)
    return shares


def _sum(parts: list[tuple[int, End]]) -> End:
    total = z3.IntVal(0)
    for share, end in parts:
        total = total + share * key(end.value)
    return End(_every([end.known for _, end in parts]), total)


def _multiplied(quantity: End, count: End) -> End:
    product = key(quantity.value) * key(count.value)
    known = z3.And(
        quantity.known, count.known, key(quantity.value) >= 0, key(count.value) >= 0, product <= MOST_PRODUCT
    )
    return End(known, product)


def _product(rates: tuple[Rate, ...]) -> Fraction:
    number = Fraction(1)
    for rate in rates:
        number *= rate.value or 0
    return number


def _age(born: End, day: End) -> End:
    if not isinstance(born.value, Day) or not isinstance(day.value, Day):
        return _NO_END
    return End(z3.And(born.known, day.known), full_years(born.value, day.value))


def _one_point(left: Range, right: Range) -> z3.BoolRef:
    ends = (left.lo, left.hi, right.lo, right.hi)
    same = [same_point(left.lo, end) for end in ends[1:]]
    return z3.And(*[end.known for end in ends], *same)


def _member(end: End, values: Constant, known: Knowledge) -> Rails:
    if values.value is None:
        return OPEN
    if not isinstance(values.value, tuple):
        raise NotExpressible(f"a list of words is wanted: {values!r}")
    among = _some([end.value == known.words.number(word) for word in values.value])
    return Rails(z3.And(end.known, among), z3.And(end.known, z3.Not(among)))


def _every(parts: list[z3.BoolRef]) -> z3.BoolRef:
    return z3.And(*parts) if parts else TRUE


def _some(parts: list[z3.BoolRef]) -> z3.BoolRef:
    return z3.Or(*parts) if parts else FALSE
