"""What is known of one person, as symbols: of every fact a range or a value, or nothing, as a row of `fact.persons`.

A `Knowledge` is a state of the papers, not a truth about the world: an end of a range may be unknown. It is *possible*
where some person in the world fits it: the ends of each range are in order, a choice is among its choices, papers do
not refute what they never can, and the arithmetic between facts (declared in the glossary) holds for values within.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import Any

import z3

from eligibility.model.formula import OTHER
from eligibility.model.policy import FactSpec, FactType
from eligibility.proving.calendar import Day, NotExpressible, fixed, fresh_day

LOWEST = {FactType.YEARS: -150}
"""Least value of a fact that is counted or measured: zero, but an age may be that of one not yet born."""

TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)


@dataclass(frozen=True, slots=True)
class End:
    """An end of a range, or a value: whether it is known, and what it is where it is known."""

    known: z3.BoolRef
    value: z3.ExprRef | Day


@dataclass(frozen=True, slots=True)
class Range:
    """All values from `lo` to `hi`; an end that is not known is no bound."""

    lo: End
    hi: End


@dataclass(slots=True)
class Words:
    """Numbers for the words of choices: the same word has the same number in every fact."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, word: str) -> int:
        """The number of a word; a new one where it was not met before."""
        return self.numbers.setdefault(word, len(self.numbers))

    def word(self, number: int) -> str:
        """The word with that number."""
        return next(word for word, known in self.numbers.items() if known == number)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Every fact as a range of symbols; `papers` is what `unknown(fact)` asks: the same, before a reading was taken."""

    facts: Mapping[str, FactSpec]
    ranges: Mapping[str, Range]
    words: Words
    valid: z3.BoolRef
    papers: Mapping[str, Range]

    def read_as(self, fact: str, value: str | bool) -> Knowledge:  # noqa: FBT001 - a value of a fact
        """The same, where the unknown value of a choice or truth is read as `value`; a known one stays."""
        end = self.ranges[fact].lo
        number: z3.ExprRef = z3.BoolVal(value) if isinstance(value, bool) else z3.IntVal(self.words.number(value))
        only = End(TRUE, z3.If(end.known, end.value, number))
        return replace(self, ranges={**self.ranges, fact: Range(only, only)})

    def unknown(self, fact: str) -> z3.BoolRef:
        """Nothing is known of the fact."""
        known = self.papers[fact]
        return z3.And(z3.Not(known.lo.known), z3.Not(known.hi.known))


_numbers = count()


def new_name(stem: str) -> str:
    """A name that no other symbol bears."""
    return f"{stem}#{next(_numbers)}"


def fresh_knowledge(name: str, facts: Iterable[FactSpec], words: Words, named: Mapping[str, set[str]]) -> Knowledge:
    """Anything that papers may say of a person; `named`: the words that the rules compare a choice with."""
    ranges: dict[str, Range] = {}
    rules: list[z3.BoolRef] = []
    specs = {spec.id: spec for spec in facts}
    for spec in specs.values():
        ranges[spec.id], valid = _fresh(f"{name}.{spec.id}", spec, words, named.get(spec.id, set()))
        rules.extend(valid)
    return Knowledge(specs, ranges, words, z3.And(*rules) if rules else TRUE, ranges)


def exact_knowledge(name: str, facts: Iterable[FactSpec], words: Words, named: Mapping[str, set[str]]) -> Knowledge:
    """A person of whom every fact is known exactly: one in the world."""
    specs = {spec.id: spec for spec in facts}
    ranges, rules = {}, []
    for spec in specs.values():
        fresh, valid = _fresh(f"{name}.{spec.id}", spec, words, named.get(spec.id, set()))
        only = End(TRUE, fresh.lo.value)
        ranges[spec.id] = Range(only, only)
        rules.extend([*valid, fresh.lo.known, fresh.hi.known, same_point(fresh.lo, fresh.hi)])
    return Knowledge(specs, ranges, words, z3.And(*rules) if rules else TRUE, ranges)


def choices_of(spec: FactSpec, named: set[str]) -> tuple[str, ...]:
    """The words that a choice may be: those of the glossary, or those that the rules name and one more."""
    return spec.choices or (*sorted(named), OTHER)


def _fresh(name: str, spec: FactSpec, words: Words, named: set[str]) -> tuple[Range, list[z3.BoolRef]]:
    if spec.type is FactType.DATE:
        (low, in_low), (high, in_high) = fresh_day(f"{name}.lo"), fresh_day(f"{name}.hi")
        ends = Range(End(z3.Bool(f"{name}.lo?"), low), End(z3.Bool(f"{name}.hi?"), high))
        return ends, [in_low, in_high, _ordered(ends)]
    if spec.type.ordered:
        least = LOWEST.get(spec.type, 0)
        first, last = z3.Int(f"{name}.lo"), z3.Int(f"{name}.hi")
        ends = Range(End(z3.Bool(f"{name}.lo?"), first), End(z3.Bool(f"{name}.hi?"), last))
        return ends, [first >= least, last >= least, _ordered(ends)]
    known = z3.Bool(f"{name}?")
    if spec.type is FactType.TRUTH:
        only = End(known, z3.Bool(name))
        return Range(only, only), [z3.Not(z3.And(known, z3.Not(only.value)))] if spec.never_false else []
    chosen = z3.Int(name)
    only = End(known, chosen)
    return Range(only, only), [z3.Or(*[chosen == words.number(word) for word in choices_of(spec, named)])]


def _ordered(ends: Range) -> z3.BoolRef:
    return z3.Implies(z3.And(ends.lo.known, ends.hi.known), at_most(ends.lo.value, ends.hi.value))


def at_most(first: Any, second: Any) -> z3.BoolRef:
    """The first value is not after the second."""
    return key(first) <= key(second)


def key(value: Any) -> z3.ArithRef:
    """The number by which values of one kind are compared."""
    return value.order if isinstance(value, Day) else value


def same_point(first: End, second: End) -> z3.BoolRef:
    """Both ends have the same value."""
    return key(first.value) == key(second.value)


def before(first: End, second: End) -> z3.BoolRef:
    """Both ends are known, and the first is before the second."""
    return z3.And(first.known, second.known, key(first.value) < key(second.value))


def not_after(first: End, second: End) -> z3.BoolRef:
    """Both ends are known, and the first is not after the second."""
    return z3.And(first.known, second.known, key(first.value) <= key(second.value))


def same(first: Knowledge, second: Knowledge, fact: str) -> z3.BoolRef:
    """The same is known of the fact."""
    pairs = zip(_ends(first, fact), _ends(second, fact), strict=True)
    return z3.And(*[z3.And(a.known == b.known, z3.Implies(a.known, same_point(a, b))) for a, b in pairs])


def refines(more: Knowledge, less: Knowledge, fact: str) -> z3.BoolRef:
    """Of the fact, `more` knows all that `less` knows, and perhaps more."""
    wide, narrow = less.ranges[fact], more.ranges[fact]
    if not less.facts[fact].type.ordered:
        return z3.Implies(wide.lo.known, z3.And(narrow.lo.known, same_point(wide.lo, narrow.lo)))
    return z3.And(
        z3.Implies(wide.lo.known, z3.And(narrow.lo.known, at_most(wide.lo.value, narrow.lo.value))),
        z3.Implies(wide.hi.known, z3.And(narrow.hi.known, at_most(narrow.hi.value, wide.hi.value))),
    )


def contains(wide: Knowledge, exact: Knowledge, fact: str) -> z3.BoolRef:
    """The exact value of the fact is within what is known."""
    return refines(exact, wide, fact)


def _ends(knowledge: Knowledge, fact: str) -> tuple[End, ...]:
    ends = knowledge.ranges[fact]
    return (ends.lo, ends.hi) if knowledge.facts[fact].type.ordered else (ends.lo,)


def constant_end(value: object, words: Words) -> End:
    """A literal as an end; raises NotExpressible on what no comparison may contain."""
    match value:
        case bool():
            return End(TRUE, z3.BoolVal(value))
        case int():
            return End(TRUE, z3.IntVal(value))
        case date():
            return End(TRUE, fixed(value))
        case str():
            return End(TRUE, z3.IntVal(words.number(value)))
    raise NotExpressible(f"{value!r} cannot stand in a comparison")
