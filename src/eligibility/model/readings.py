"""What every reading of an unknown choice or truth decides alike is decided: sex unknown, aged 70, line 60 or 55 → proven.

Strong Kleene logic loses this where one unknown stands in several places of a formula. Such facts are found here, in
each condition and in the conditions of each clause together, and the formula is read once for each of their values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import prod

from eligibility.model.formula import (
    OTHER,
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    Formula,
    Holds,
    Named,
    Not,
    Readings,
    Within,
    walk,
)
from eligibility.model.policy import Clause, Condition, FactSpec, FactType, Policy

MOST_READINGS = 64
"""Readings of one formula, at most; one with more is decided by Kleene logic alone, which can only leave more open."""

MARK = "--readings"
"""End of the id of a condition that reads a clause value by value."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The facts that stand in several places of a formula, with the values to read; `readings`: their combinations."""

    values: tuple[tuple[FactRef, tuple[str | bool, ...]], ...]

    @property
    def readings(self) -> int:
        """How often the formula is read."""
        return prod(len(words) for _, words in self.values)

    @property
    def too_many(self) -> bool:
        """Whether it is not read at all, because that would be too often."""
        return self.readings > MOST_READINGS


def with_readings(policy: Policy) -> Policy:
    """Return the policy whose conditions and clauses decide what every reading decides alike; repeating it changes nothing."""
    plain = {
        name: replace(condition, expression=without_readings(condition.expression))
        for name, condition in policy.conditions.items()
        if not name.endswith(MARK)
    }
    added: dict[str, Condition] = {}
    clauses: dict[str, Clause] = {}
    for name, clause in policy.clauses.items():
        reading = _of_clause(clause, plain, policy.facts)
        clauses[name] = replace(clause, readings=reading.id if reading else "")
        if reading:
            added[reading.id] = reading
    read = {
        name: replace(condition, expression=_read(condition.expression, policy.facts))
        for name, condition in plain.items()
    }
    return replace(policy, conditions={**read, **added}, clauses=clauses)


def without_readings(formula: Formula) -> Formula:
    """Return the formula as the rule file writes it."""
    match formula:
        case Readings(of=inner):
            return without_readings(inner)
        case Not(of=inner):
            return Not(without_readings(inner))
        case AllOf(of=parts) | AnyOf(of=parts):
            return replace(formula, of=tuple(without_readings(part) for part in parts))
    return formula


def shared_in(formula: Formula, facts: dict[str, FactSpec]) -> Shared:
    """Return the choices and truths that stand in several leaves of a formula without names of conditions."""
    leaves = list(walk(formula))
    times = Counter(fact for leaf in leaves for fact in _enumerated(leaf, facts))
    compared = {fact for leaf in leaves for fact in _compared_together(leaf)}
    names = sorted(fact for fact, count in times.items() if count > 1 and fact not in compared)
    return Shared(tuple((FactRef(name), _values(name, leaves, facts[name])) for name in names))


def written_out(formula: Formula, conditions: dict[str, Condition]) -> Formula:
    """Return a clause's formula with every condition that it names replaced by its expression."""
    match formula:
        case Named(id=name):
            return without_readings(conditions[name].expression)
        case Not(of=inner):
            return Not(written_out(inner, conditions))
        case AllOf(of=parts) | AnyOf(of=parts):
            return replace(formula, of=tuple(written_out(part, conditions) for part in parts))
    return formula


def _read(formula: Formula, facts: dict[str, FactSpec]) -> Formula:
    shared = shared_in(formula, facts)
    return Readings(shared.values, formula) if shared.values and not shared.too_many else formula


def _of_clause(clause: Clause, conditions: dict[str, Condition], facts: dict[str, FactSpec]) -> Condition | None:
    """Return the condition that reads a clause as a whole; None where its conditions share nothing."""
    named = [part.id for part in walk(clause.when) if isinstance(part, Named)]
    if len(named) < 2 or any(name not in conditions for name in named):
        return None
    expressions = [without_readings(conditions[name].expression) for name in named]
    whole = written_out(clause.when, conditions)
    of_each = [{fact for leaf in walk(item) for fact in _enumerated(leaf, facts)} for item in expressions]
    together = {
        fact for fact, count in Counter(fact for facts_found in of_each for fact in facts_found).items() if count > 1
    }
    shared = shared_in(whole, facts)
    if shared.too_many or together.isdisjoint(fact.id for fact, _ in shared.values):
        return None
    read = [conditions[name] for name in dict.fromkeys(named)]
    words = "、".join(facts[fact.id].title for fact, _ in shared.values)
    return Condition(
        clause.id + MARK,
        f"{clause.title}（按{words}逐一判断）",
        Readings(shared.values, whole),
        _all(item.facts for item in read),
        _all(item.parameters for item in read),
        tuple(rest for item in read for rest in item.rests_on),
        f"{clause.title_en} (read for each value)" if clause.title_en else "",
    )


def _all(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in parts for name in part))


def _enumerated(leaf: Formula, facts: dict[str, FactSpec]) -> Iterator[str]:
    """Yield the choices and truths that a leaf judges."""
    match leaf:
        case Compare(left=left, right=right):
            sides = [side for side in (left, right) if isinstance(side, FactRef)]
        case Within(fact=fact):
            sides = [fact]
        case Holds(of=FactRef() as fact):
            sides = [fact]
        case _:
            return
    yield from (side.id for side in sides if side.id in facts and not facts[side.id].type.ordered)


def _compared_together(leaf: Formula) -> Iterator[str]:
    """Yield the facts of a comparison between two facts, which have no list of values to read."""
    match leaf:
        case Compare(left=FactRef(id=first), right=FactRef(id=second)):
            yield from (first, second)


def _values(name: str, leaves: list[Formula], spec: FactSpec) -> tuple[str | bool, ...]:
    if spec.type is FactType.TRUTH:
        return (True, False)
    words: dict[str, None] = {}
    for leaf in leaves:
        match leaf:
            case Compare(left=FactRef(id=fact), right=Constant(value=str() as word)) if fact == name:
                words[word] = None
            case Compare(left=Constant(value=str() as word), right=FactRef(id=fact)) if fact == name:
                words[word] = None
            case Within(fact=FactRef(id=fact), values=Constant(value=tuple() as listed)) if fact == name:
                words.update(dict.fromkeys(listed))
    rest = set(spec.choices) - words.keys() if spec.choices else {OTHER}
    return (*words, OTHER) if rest else tuple(words)
