"""Dual-rail encoding: each three-valued formula becomes two boolean trees, *proven* and *refuted*, for the rule engine.

Negation swaps the two trees (rails), so no tree ever tests for the absence of a mark.

>>> dual_rail(Not(Named("adult")), str)[0]
Equality(name='adult', word='refuted')
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eligibility.model.policy import AllOf, AnyOf, Formula, Named, Not


@dataclass(frozen=True, slots=True)
class Equality:
    """The mark called `name` is `word` (proven, refuted or open)."""

    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Every:
    """Conjunction; true if empty."""

    of: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Disjunction; false if empty."""

    of: tuple[Tree, ...]


Tree = Equality | Every | Some


def dual_rail(formula: Formula, name: Callable[[str], str]) -> tuple[Tree, Tree]:
    """The proven and the refuted tree of a formula of a clause; `name` turns a condition's id into its mark's name."""
    match formula:
        case Named(id=condition):
            return mark_rails(name(condition))
        case Not(of=inner):
            proven, refuted = dual_rail(inner, name)
            return refuted, proven
        case AllOf(of=parts):
            pairs = [dual_rail(part, name) for part in parts]
            return Every(tuple(p for p, _ in pairs)), Some(tuple(r for _, r in pairs))
        case AnyOf(of=parts):
            pairs = [dual_rail(part, name) for part in parts]
            return Some(tuple(p for p, _ in pairs)), Every(tuple(r for _, r in pairs))
        case _:
            raise TypeError(f"a clause may only name conditions, not compare facts: {formula!r}")


def mark_rails(name: str) -> tuple[Tree, Tree]:
    """The two rails of one mark."""
    return Equality(name, "proven"), Equality(name, "refuted")


def conjunction_rails(names: list[str]) -> tuple[Tree, Tree]:
    """The two rails of the Kleene conjunction of marks."""
    pairs = [mark_rails(name) for name in names]
    return Every(tuple(p for p, _ in pairs)), Some(tuple(r for _, r in pairs))
