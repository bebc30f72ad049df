"""What a rulebook promises, and the arithmetic that always holds between facts, as compiled."""

from __future__ import annotations

from dataclasses import dataclass

from eligibility.model.policy import Formula
from eligibility.rulebook.problems import Spot


@dataclass(frozen=True, slots=True)
class Relation:
    """Arithmetic that holds between the true values of `facts` for every person; `text` is the expression as written."""

    fact: str
    text: str
    formula: Formula
    facts: tuple[str, ...]
    at: Spot


@dataclass(frozen=True, slots=True)
class Help:
    """More (or less, if not `more`) of a fact, with others that move along, never turns eligible into refused."""

    fact: str
    more: bool
    along: tuple[tuple[str, bool], ...]
    """Facts that may move with it, each with whether it grows."""
    at: Spot


@dataclass(frozen=True, slots=True)
class Promises:
    """What a rulebook promises: facts that no outcome depends on, and what never hurts anybody."""

    never_depends_on: tuple[tuple[str, Spot], ...] = ()
    never_hurts: tuple[Help, ...] = ()
