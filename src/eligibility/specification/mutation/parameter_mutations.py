"""Mutations of parameters: another number or choice, and other dates on which a value begins and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from eligibility.model.formula import with_value
from eligibility.model.policy import Dated, FactSpec, FactType, Parameter, Policy, Tabled, Value
from eligibility.specification.mutation.formulas import SCALE, Sort, steps
from eligibility.specification.mutation.mutant import Mutant, named_by, with_conditions
from eligibility.specification.mutation.wording import value_in_words

ONE_DAY = timedelta(days=1)


def parameter_mutants(policy: Policy) -> Iterator[Mutant]:
    """Yield mutants of the values that a condition reads, and of the dates on which they begin and end.

    For a parameter that only affects facts, only the dates are mutated: they change the assumptions of an outcome.
    """
    for parameter in policy.parameters.values():
        reading = frozenset(c.id for c in policy.conditions.values() if parameter.id in c.parameters)
        resting = {c.id for c in policy.conditions.values() if any(r.parameter == parameter.id for r in c.rests_on)}
        concerned = frozenset(c.id for c in policy.clauses.values() if not named_by(c).isdisjoint(reading | resting))
        for sort, was, becomes, timeline, shift in _timelines(parameter):
            seen_in_force = shift is not None and shift >= policy.in_force_from
            if reading or (resting and seen_in_force):
                file, place = f"parameters/{parameter.id}.yaml", f"参数“{parameter.title}”"
                apply = _on_parameter(parameter, timeline)
                yield Mutant(sort, file, place, was, becomes, apply, reading, concerned)


def beside(day: date) -> tuple[date, ...]:
    """Return the day before and the day after; only one of them at the ends of the calendar."""
    before = (day - ONE_DAY,) if day > date.min else ()
    return (*before, day + ONE_DAY) if day < date.max else before


Moved = tuple[Sort, str, str, tuple[Dated, ...], date | None]


def _timelines(parameter: Parameter) -> Iterator[Moved]:
    spec = _spec(parameter)
    for i, dated in enumerate(parameter.timeline):
        for value in _values(dated.value, spec):
            sort = Sort.NUMBER if isinstance(value, int | date) and not isinstance(value, bool) else Sort.VALUE
            was, becomes = value_in_words(dated.value, spec), value_in_words(value, spec)
            yield sort, was, becomes, _with_dated(parameter, i, replace(dated, value=value)), None
        for moved in beside(dated.since):
            timeline = _with_dated(parameter, i, replace(dated, since=moved))
            day = min(moved, dated.since)
            yield Sort.DAY, f"{dated.since} 起", f"{moved} 起", timeline, day
        if dated.until is not None:
            for moved in beside(dated.until):
                timeline = _with_dated(parameter, i, replace(dated, until=moved))
                yield Sort.DAY, f"{dated.until} 止", f"{moved} 止", timeline, min(moved, dated.until)


def _with_dated(parameter: Parameter, index: int, dated: Dated) -> tuple[Dated, ...]:
    """Return the timeline with one entry replaced and its neighbours adjusted, without overlaps or gaps."""
    timeline = list(parameter.timeline)
    old, timeline[index] = timeline[index], dated
    if index and timeline[index - 1].until == old.since:
        timeline[index - 1] = replace(timeline[index - 1], until=dated.since)
    if index + 1 < len(timeline) and timeline[index + 1].since == old.until and dated.until is not None:
        timeline[index + 1] = replace(timeline[index + 1], since=dated.until)
    return tuple(timeline)


def _values(value: Value | None, spec: FactSpec | None) -> Iterator[Value]:
    match value:
        case bool():
            yield not value
        case int():
            for step in steps(value, SCALE.get(spec.type, 1) if spec else 1):
                yield from (value - step, value + step)
        case date():
            yield from beside(value)
        case Tabled(cells=cells):
            for i, (words, cell) in enumerate(cells):
                yield from (Tabled((*cells[:i], (words, moved), *cells[i + 1 :])) for moved in _values(cell, spec))
        case tuple():
            yield from (tuple(word for word in value if word != gone) for gone in value)
        case _:
            return


def _spec(parameter: Parameter) -> FactSpec | None:
    """Return the parameter's measure as a fact specification, to format its values; None if it has none."""
    kinds = [kind for kind in FactType if kind.value == parameter.type]
    return FactSpec(parameter.id, parameter.title, kinds[0], parameter.unit) if kinds and kinds[0].ordered else None


def _on_parameter(parameter: Parameter, timeline: tuple[Dated, ...]) -> Callable[[Policy], Policy]:
    def apply(policy: Policy) -> Policy:
        if policy.parameters[parameter.id].timeline != parameter.timeline:
            return policy  # this case has a trial value instead of that of the file
        mutated = replace(policy.parameters[parameter.id], timeline=timeline)
        dated = mutated.on(policy.as_of)
        value = None if dated is None else dated.value
        conditions = (
            replace(c, expression=with_value(c.expression, parameter.id, value)) for c in policy.conditions.values()
        )
        return with_conditions(replace(policy, parameters={**policy.parameters, parameter.id: mutated}), *conditions)

    return apply
