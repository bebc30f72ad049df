"""The allocation of one component as numbers: what lines want, what parcels have, what each choice is worth."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from eligibility.reconcile.filling import greatest_filling, parts


class Choice(NamedTuple):
    """A line may draw on a parcel. `worth`: points of evidence for its whole area; `tied`: counts toward its certain area."""

    line: int
    parcel: int
    approval: str
    worth: int
    tied: bool


class Prices(BaseModel):
    """In points of evidence.

    `floor`: what evidence must exceed to count, by the share of the line it covers; `link`: the price of each link; `fill`:
    what using up a parcel is worth.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    floor: float
    link: float
    fill: float


class Limits(BaseModel):
    """Bounds of a solve: choices up to which it is exact, and up to which it is a flow; nodes; seconds as a fuse."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    milp_choices: int
    flow_choices: int
    nodes: int
    seconds: float


class Settings(BaseModel):
    """`allocation.toml`: everything of the model that is chosen and not derived."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    first_pass: Prices
    second_pass: Prices
    limits: Limits


@cache
def settings() -> Settings:
    """The settings that ship with the program."""
    text = files("eligibility.reconcile.allocation").joinpath("allocation.toml").read_text(encoding="utf-8")
    return Settings.model_validate(tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Problem:
    """One component. `wants`, `must`: line → area, and certain area from tied choices; `room`: parcel → area (micro-亩).

    Choices stand in an order that does not depend on the order of the input rows.
    """

    wants: Mapping[int, int]
    must: Mapping[int, int]
    room: Mapping[int, int]
    choices: tuple[Choice, ...]
    prices: Prices

    def gain(self, choice: Choice) -> float:
        """Points for giving the line its whole area by this choice, before the price of the link."""
        fill = self.prices.fill * self.wants[choice.line] / max(1, self.room[choice.parcel])
        return choice.worth - self.prices.floor + fill

    def links(self) -> dict[tuple[int, str], list[Choice]]:
        """The choices of each pair of line and approval."""
        found: dict[tuple[int, str], list[Choice]] = defaultdict(list)
        for choice in self.choices:
            found[choice.line, choice.approval].append(choice)
        return found

    def useful(self) -> list[Problem]:
        """The same without links that cannot be worth their price, in parts that share no parcel.

        A link whose parcels cannot pay for it even if it had them to itself is in no best allocation.
        """
        links = {link: choices for link, choices in self.links().items() if self._pays(choices)}
        reach: dict[int, list[int]] = defaultdict(list)
        for (line, _), choices in links.items():
            reach[line] += [choice.parcel for choice in choices]
        return [self._only(set(part), [c for of in links.values() for c in of]) for part in parts(reach)]

    def _only(self, lines: set[int], choices: Iterable[Choice]) -> Problem:
        kept = tuple(c for c in choices if c.line in lines)
        parcels = {c.parcel for c in kept}
        return Problem(
            {i: want for i, want in self.wants.items() if i in lines},
            {i: must for i, must in self.must.items() if i in lines},
            {p: room for p, room in self.room.items() if p in parcels},
            kept,
            self.prices,
        )

    def _pays(self, choices: list[Choice]) -> bool:
        share = min(1.0, sum(self.room[c.parcel] for c in choices) / self.wants[choices[0].line])
        needed = choices[0].line in self.must and any(c.tied for c in choices)
        return needed or max(map(self.gain, choices)) * share > self.prices.link

    def laid(self, chosen: Iterable[Choice], wanted: Mapping[int, int]) -> dict[Choice, int]:
        """Whole micro-亩 for chosen links: as much of `wanted` as fits, tied choices and lines first."""
        reach: dict[int, list[int]] = defaultdict(list)
        by_place = {}
        for choice in sorted(chosen, key=lambda one: (not one.tied, -one.worth)):
            reach[choice.line].append(choice.parcel)
            by_place[choice.line, choice.parcel] = choice
        first = sorted(reach, key=lambda line: not self.must.get(line, 0))
        filled = greatest_filling({line: wanted[line] for line in first}, reach, self.room)
        return {by_place[line, parcel]: area for line, one in filled.items() for parcel, area in one.items()}
