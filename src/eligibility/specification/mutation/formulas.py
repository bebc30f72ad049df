"""Small changes of a formula, one node at a time, as by a mistake in writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from eligibility.model.policy import (
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
    Readings,
    Unknown,
    Within,
)

Path = tuple[int, ...]
"""Path from the root of a formula to a node: the position among the parts at each level."""


class Sort(StrEnum):
    """Kind of mutation."""

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
    """Replacement of one node. `edit` returns None for a node that is not as this change expects."""

    sort: Sort
    path: Path
    before: Formula
    edit: Callable[[Formula], Formula | None]

    @property
    def after(self) -> Formula:
        """The node after the change."""
        node = self.edit(self.before)
        return self.before if node is None else node


REPLACEMENTS = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
    "=": ("!=",),
    "!=": ("=",),
    "<?": ("<", "<=", ">"),
}
"""Replacements of each comparison: other treatment of equality, and the opposite direction."""

SCALE = {
    FactType.AREA: 1_000_000,
    FactType.AREA_PER_HEAD: 100_000_000,
    FactType.MONEY: 100,
    FactType.PERCENT: 1_000_000,
}
"""Steps of the integer scale per unit, for types whose scale is finer than their unit."""
_FINEST = {1_000_000: 100, 100_000_000: 10_000, 100: 100}
"""Parts of a unit that papers state, by scale: 0.01亩, 0.0001亩 a head, 0.01元."""


def changes(formula: Formula, facts: dict[str, FactSpec]) -> Iterator[Change]:
    """Yield every change of one node of `formula`, without changes of equal effect."""
    seen = [formula]
    for change in _all(formula, facts, ()):
        result = changed(formula, change)
        if result is not None and result not in seen:
            seen.append(result)
            yield change


def changed(formula: Formula, change: Change) -> Formula | None:
    """Return the formula with the change; None if it has no such node (a variant of the rulebook may differ)."""
    return _put(formula, change.path, change.edit)


def steps(value: int, scale: int) -> tuple[int, ...]:
    """Return by how much to change a number: its last printed digit (at most one unit) and the finest step that papers state.

    That is a hundredth of a 亩, a ten-thousandth of a 亩 a head, a hundredth of a percent, a 分, else one unit.

    >>> steps(30_000_000, 100_000_000), steps(2_000_000, 1_000_000), steps(16, 1)
    ((10000000, 10000), (1000000, 10000), (1,))
    """
    printed = scale
    while printed > 1 and value % printed:
        printed //= 10
    return tuple(dict.fromkeys((printed, min(printed, max(1, scale // _FINEST.get(scale, scale))))))


def _all(formula: Formula, facts: dict[str, FactSpec], path: Path) -> Iterator[Change]:
    match formula:
        case Compare(op=op):
            for other in REPLACEMENTS[op]:
                yield Change(Sort.COMPARISON, path, formula, _compares(op, other))
            yield from _numbers(formula, facts, path)
        case Within() | Holds() | Unknown() | Named():
            yield Change(Sort.NEGATION, path, formula, Not)
        case Readings(of=inner):
            yield from _all(inner, facts, (*path, 0))
        case Not(of=inner):
            yield Change(Sort.NEGATION, path, formula, _bare)
            yield from _all(inner, facts, (*path, 0))
        case AllOf(of=parts) | AnyOf(of=parts):
            if len(parts) > 1:
                yield Change(Sort.CONNECTIVE, path, formula, _swapped)
            for i, part in enumerate(parts):
                yield from _all(part, facts, (*path, i))


def _numbers(formula: Compare, facts: dict[str, FactSpec], path: Path) -> Iterator[Change]:
    """Yield changes of literals; a number from a parameter is changed at the parameter."""
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
        case Readings(of=inner):
            node = _put(inner, path[1:], edit)
            return None if node is None else replace(formula, of=node)
        case Not(of=inner):
            node = _put(inner, path[1:], edit)
            return None if node is None else node.of if isinstance(node, Not) else Not(node)
        case AllOf(of=parts) | AnyOf(of=parts) if path[0] < len(parts):
            node = _put(parts[path[0]], path[1:], edit)
            return None if node is None else replace(formula, of=(*parts[: path[0]], node, *parts[path[0] + 1 :]))
    return None
