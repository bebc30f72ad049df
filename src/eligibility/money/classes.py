"""The class of an outcome (完全失地, 部分失地): the first whose formula over conditions is proven, none before it being open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eligibility.engine.reference_evaluator import evaluate_formula
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth


@dataclass(frozen=True, slots=True)
class ClassFound:
    """`id`: the class ("": none, or not decided); `possible`: the classes it may be, where several or none may hold."""

    id: str
    possible: tuple[str, ...] = ()

    def excludes(self, classes: Sequence[str]) -> bool:
        """Whether the case is certainly of none of the classes (of no names: of none is excluded)."""
        return bool(classes) and not set(classes) & {self.id, *self.possible}

    def includes(self, classes: Sequence[str]) -> bool:
        """Whether the case is certainly of one of the classes."""
        return not classes or self.id in classes or (bool(self.possible) and set(self.possible) <= set(classes))


def class_of(policy: Policy, outcome: str, marks: Mapping[str, Truth]) -> ClassFound:
    """The class of a case by the marks of its conditions.

    Where the last that may hold is not proven the case may be of no class; then nothing is decided.
    """
    possible: list[str] = []
    for item in policy.classes.values():
        if outcome not in item.outcomes:
            continue
        mark = evaluate_formula(item.when, marks)
        if mark is Truth.REFUTED:
            continue
        possible.append(item.id)
        if mark is Truth.PROVEN:
            return ClassFound(item.id) if len(possible) == 1 else ClassFound("", tuple(possible))
    return ClassFound("", (*possible, "")) if possible else ClassFound("")
