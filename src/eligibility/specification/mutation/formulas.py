"""Small changes of a formula, one node at a time: what a slip of the pen would make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from eligibility.domain.policy import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    FactSpec,
    FactType,
    Formula,
    Holds,
    Named,
    Not,
    Unknown,
    Within,
)

Path = tuple[int, ...]
"""The way from the top of a formula to a node: the position among the parts at each step."""


class Sort(StrEnum):
    """What kind of slip a mutant is."""

    COMPARISON = "comparison"
    NUMBER = "number"
    VALUE = "value"
    CONNECTIVE = "connective"
    NEGATION = "negation"
    CLAUSE = "clause"
    KIND = "kind"
    REASON = "reason"
    DAY = "day"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Change:
    """One node becomes another. `edit` gives None on a node that is not as this change expects it."""

    sort: Sort
    path: Path
    before: Formula
    edit: Callable[[Formula], Formula | None]

    @property
    def after(self) -> Formula:
        """What the node becomes."""
        made = self.edit(self.before)
        return self.before if made is None else made


SLIPS = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
    "=": ("!=",),
    "!=": ("=",),
    "<?": ("<", "<=", ">"),
}
"""What each comparison is taken for: the line itself counted otherwise, and the sides exchanged."""

SCALE = {FactType.AREA: 1_000_000, FactType.AREA_PER_HEAD: 100_000_000, FactType.MONEY: 100}
"""Steps of the scale in one unit, of the types whose scale is finer than their unit."""


def changes(formula: Formula, facts: dict[str, FactSpec]) -> Iterator[Change]:
    """Every change of one node of `formula`; two that come to the same are given once."""
    seen = [formula]
    for change in _all(formula, facts, ()):
        made = changed(formula, change)
        if made is not None and made not in seen:
            seen.append(made)
            yield change


def changed(formula: Formula, change: Change) -> Formula | None:
    """The formula with the change made; None where it has no such node (a variant of the rulebook may differ)."""
    return _put(formula, change.path, change.edit)


def steps(value: int, scale: int) -> tuple[int, ...]:
    """How far to move a number: by its last printed digit (at most one unit) and by the finest step of its scale.

    >>> steps(30_000_000, 100_000_000), steps(16, 1)
    ((10000000, 1), (1,))
    """
    printed = scale
    while printed > 1 and value % printed:
        printed //= 10
    return tuple(dict.fromkeys((printed, 1)))


def _all(formula: Formula, facts: dict[str, FactSpec], path: Path) -> Iterator[Change]:
    match formula:
        case Compare(op=op):
            for other in SLIPS[op]:
                yield Change(Sort.COMPARISON, path, formula, _compares(op, other))
            yield from _numbers(formula, facts, path)
        case Within() | Holds() | Unknown() | Named():
            yield Change(Sort.NEGATION, path, formula, Not)
        case Not(of=inner):
            yield Change(Sort.NEGATION, path, formula, _bare)
            yield from _all(inner, facts, (*path, 0))
        case AllOf(of=parts) | AnyOf(of=parts):
            if len(parts) > 1:
                yield Change(Sort.CONNECTIVE, path, formula, _swapped)
            for i, part in enumerate(parts):
                yield from _all(part, facts, (*path, i))


def _numbers(formula: Compare, facts: dict[str, FactSpec], path: Path) -> Iterator[Change]:
    """Literals moved; a number that a parameter gives is moved at its parameter."""
    match formula:
        case Compare(left=FactRef(id=fact), right=Constant(value=int() as value, parameter="")) if value is not True:
            for step in steps(value, SCALE.get(facts[fact].type, 1)):
                for moved in (value - step, value + step):
                    yield Change(Sort.NUMBER, path, formula, _literal(value, moved))


def _compares(op: str, other: str) -> Callable[[Formula], Formula | None]:
    return lambda node: replace(node, op=other) if isinstance(node, Compare) and node.op == op else None


def _literal(value: int, moved: int) -> Callable[[Formula], Formula | None]:
    def edit(node: Formula) -> Formula | None:
        fits = isinstance(node, Compare) and node.right == Constant(value)
        return replace(node, right=Constant(moved)) if isinstance(node, Compare) and fits else None

    return edit


def _bare(node: Formula) -> Formula | None:
    return node.of if isinstance(node, Not) else None


def _swapped(node: Formula) -> Formula | None:
    match node:
        case AllOf(of=parts):
            return AnyOf(parts)
        case AnyOf(of=parts):
            return AllOf(parts)
    return None


def _put(formula: Formula, path: Path, edit: Callable[[Formula], Formula | None]) -> Formula | None:
    if not path:
        return edit(formula)
    match formula:
        case Not(of=inner):
            made = _put(inner, path[1:], edit)
            return None if made is None else made.of if isinstance(made, Not) else Not(made)
        case AllOf(of=parts) | AnyOf(of=parts) if path[0] < len(parts):
            made = _put(parts[path[0]], path[1:], edit)
            return None if made is None else replace(formula, of=(*parts[: path[0]], made, *parts[path[0] + 1 :]))
    return None
