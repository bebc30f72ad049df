"""Three kinds of luck: streams that depend on the seed alone, quotas that keep a share, and even spreads."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from random import Random

from eligibility.simulation.rates import Rates

_GOLDEN = 0.6180339887498949


def stream(seed: int, *names: object) -> Random:
    """A generator for one purpose; the same for the same seed and names under every hash seed."""
    return Random("|".join(map(str, (seed, *names))))


class Luck:
    """Decides whom a trouble befalls, and counts what was really planted.

    `quota` spreads a rate evenly, so that a small district has its share too; `befalls` tosses for each one.
    """

    def __init__(self, rates: Rates, seed: int) -> None:
        self.rates = rates
        self.planted: Counter[str] = Counter({field.name: 0 for field in fields(rates)})
        self._due: dict[str, float] = {}
        self._seed = seed

    def quota(self, name: str, *, among: str = "") -> bool:
        """Whether the next one in line (a line for each `among`) is befallen; the share is kept to within one."""
        rate: float = getattr(self.rates, name)
        due = self._next(f"quota {name} {among}", rate)
        return rate > 0 and due < rate

    def spread(self, name: str) -> float:
        """The next of a series of numbers in [0, 1) that lie evenly: each tenth gets its tenth soon."""
        return self._next(f"spread {name}", _GOLDEN)

    def befalls(self, rng: Random, name: str) -> bool:
        """Whether a toss with the chance of that rate falls."""
        rate: float = getattr(self.rates, name)
        return rate > 0 and rng.random() < rate

    def plant(self, name: str, count: int = 1) -> None:
        """Count a trouble that was really planted."""
        self.planted[name] += count

    def _next(self, key: str, step: float) -> float:
        due = self._due.get(key)
        if due is None:
            due = stream(self._seed, key).random()
        due = (due + step) % 1.0
        self._due[key] = due
        return due
