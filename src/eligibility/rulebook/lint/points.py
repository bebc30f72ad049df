"""The few values that matter: a comparison changes only at the numbers it names, so a handful of rows shows every case.

For each kind of quantity the numbers that the formulas compare it with are taken, with as many steps to either side as
there are facts of that kind (so that the facts can stand in any order between two numbers); of choices the words named
and two others; of parameters every value they have or might have. What holds on all these rows holds on all rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import Any

from eligibility.model.formula import atoms, walk
from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    FactSpec,
    FactType,
    Formula,
    Not,
    Parameter,
    Readings,
    Tabled,
    Unknown,
)

MOST_ROWS = 20_000
"""Rows tried for one question. A formula that would need more is not judged: nothing is claimed of it."""

_SOME_DAY = date(2009, 1, 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """Facts and parameters that formulas are about."""

    facts: Mapping[str, FactSpec]
    parameters: Mapping[str, Parameter]


def facts_in(formula: Formula) -> frozenset[str]:
    """Ids of the facts that a formula is about."""
    sides = (side for leaf in leaves(formula) for side in atoms(leaf))
    return frozenset(side.id for side in sides if isinstance(side, FactRef))


def leaves(formula: Formula) -> Iterator[Formula]:
    """The comparisons and names in a formula."""
    return (part for part in walk(formula) if not isinstance(part, AllOf | AnyOf | Not | Readings))


def known_rows(formulas: Iterable[Formula], ground: Ground) -> Iterator[dict[str, Any]] | None:
    """Rows on which all is known, but that a fact asked for by unknown(…) is also not known; None: too many."""
    every = [leaf for formula in formulas for leaf in leaves(formula)]
    if not all(map(_simple, every)):
        return None
    asked = {leaf.fact.id for leaf in every if isinstance(leaf, Unknown)}
    choices = {
        name: [_exactly(point) for point in points] + ([_unknown(ground.facts[name])] if name in asked else [])
        for name, points in _points(every, ground).items()
    }
    return _rows(choices, _tried(every, ground))


def range_rows(formulas: Iterable[Formula], ground: Ground) -> Iterator[dict[str, Any]] | None:
    """Rows on which each fact may be any range between the values that matter, or not known; None: too many."""
    every = [leaf for formula in formulas for leaf in leaves(formula)]
    if not all(map(_simple, every)):
        return None
    choices: dict[str, list[Any]] = {}
    for name, points in _points(every, ground).items():
        if not ground.facts[name].type.ordered:
            choices[name] = [*points, None]
            continue
        ends = [(low, high) for i, low in enumerate(points) for high in points[i:]]
        choices[name] = [*ends, *((low, None) for low in points), *((None, high) for high in points), (None, None)]
    return _rows(choices, _tried(every, ground))


def _rows(facts: dict[str, list[Any]], parameters: dict[str, list[Any]]) -> Iterator[dict[str, Any]] | None:
    """Every combination; None where they are too many, or where a parameter has no value on file to try."""
    choices = facts | parameters
    if not all(parameters.values()) or prod(len(values) for values in choices.values()) > MOST_ROWS:
        return None
    return (dict(zip(choices, row, strict=True)) for row in product(*choices.values()))


def _exactly(point: Any) -> Any:
    return (point, point) if isinstance(point, int | date) and not isinstance(point, bool) else point


def _unknown(spec: FactSpec) -> Any:
    return (None, None) if spec.type.ordered else None


def _points(every: list[Formula], ground: Ground) -> dict[str, list[Any]]:
    used = sorted({side.id for leaf in every for side in atoms(leaf) if isinstance(side, FactRef)})
    named: dict[FactType, set[Any]] = {}
    for leaf in every:
        facts = [side for side in atoms(leaf) if isinstance(side, FactRef)]
        constants = [side for side in atoms(leaf) if isinstance(side, Constant)]
        for fact in facts:
            values = [value for constant in constants for value in _possible(constant, ground)]
            named.setdefault(ground.facts[fact.id].type, set()).update(values)
    return {name: _of_fact(ground.facts[name], named, used, ground) for name in used}


def _of_fact(spec: FactSpec, named: dict[FactType, set[Any]], used: list[str], ground: Ground) -> list[Any]:
    mentioned = named.get(spec.type, set())
    if spec.type is FactType.TRUTH:
        return [True, False]
    if spec.type is FactType.CHOICE:
        words = {word for value in mentioned for word in (value if isinstance(value, tuple) else (value,))}
        others = [choice for choice in spec.choices if choice not in words]
        return [choice for choice in spec.choices if choice in words] + others[:2]
    steps = range(-sum(ground.facts[name].type is spec.type for name in used), 0)
    around = [*steps, 0, *(-step for step in steps)]
    if spec.type is FactType.DATE:
        return sorted({day + timedelta(days=step) for day in mentioned or {_SOME_DAY} for step in around})
    return sorted({number + step for number in mentioned or {0} for step in around if number + step >= 0} | {0})


def _tried(every: list[Formula], ground: Ground) -> dict[str, list[Any]]:
    constants = (side for leaf in every for side in atoms(leaf) if isinstance(side, Constant))
    return {f"@{c.parameter}": _possible(c, ground) for c in constants if c.parameter and not c.moved}


def _possible(constant: Constant, ground: Ground) -> list[Any]:
    """Every value that the constant has had, has, will have, or that its file says is worth trying."""
    parameter = ground.parameters.get(constant.parameter)
    if parameter is None or constant.moved:
        return [] if constant.value is None else [constant.value]
    if parameter.type == "truth":
        return [True, False]
    values = [dated.value for dated in parameter.timeline] + list(parameter.alternatives)
    values = [value.get(constant.cell) if isinstance(value, Tabled) else value for value in values]
    return list(dict.fromkeys(value for value in [*values, constant.value] if value is not None))


def _simple(leaf: Formula) -> bool:
    """Whether a leaf compares facts and constants as they are: of sums, ages and shifted days no few values matter."""
    match leaf:
        case Compare(left=left, right=right):
            return isinstance(left, FactRef | Constant) and isinstance(right, FactRef | Constant)
    return True
