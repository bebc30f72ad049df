"""What a rewriting is, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from bench.metamorphic.papers import Papers

UNDERSTOOD = "understood"
"""The meaning stays and the program claims to read it: no decision may change."""

SAFE = "safe"
"""The meaning is hidden or a paper is spoilt: a decision may become review, never another decision."""

T = TypeVar("T")
Change = Callable[[Papers, Random], None]


class NotApplicableError(Exception):
    """The papers have nothing that this rewriting could change."""


@dataclass(frozen=True)
class Rewriting:
    """A way in which offices rewrite papers. `change` rewrites the papers given it, by the chances given it alone."""

    name: str
    kind: str
    expectation: str
    meaning: str
    change: Change


REWRITINGS: dict[str, Rewriting] = {}
"""All rewritings by name."""


def rewriting(kind: str, expectation: str) -> Callable[[Change], Change]:
    """Enter a function among the rewritings, under its name; its docstring is what it means."""

    def enter(change: Change) -> Change:
        add(change.__name__, kind, expectation, (change.__doc__ or "").strip().splitlines()[0], change)
        return change

    return enter


def add(name: str, kind: str, expectation: str, meaning: str, change: Change) -> None:
    """Enter a rewriting."""
    if name in REWRITINGS or not meaning:
        raise ValueError(name)
    REWRITINGS[name] = Rewriting(name, kind, expectation, meaning, change)


def need(condition: object) -> None:
    """Raise NotApplicableError where the papers lack what is to be rewritten."""
    if not condition:
        raise NotApplicableError


def some(rows: list[T], chance: Random, share: float = 0.1, least: int = 1) -> list[T]:
    """A part of the rows by chance, at least one; NotApplicableError without rows."""
    need(rows)
    return chance.sample(rows, min(len(rows), max(least, round(len(rows) * share))))
