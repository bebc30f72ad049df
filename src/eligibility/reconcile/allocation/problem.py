"""The allocation problem of one component: demands of lines, capacities of parcels, score of each choice."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from eligibility.reconcile.max_flow import connected_components, max_flow


class Choice(NamedTuple):
    """A line may draw on a parcel. `score`: points of evidence for its whole area; `claimed`: counts toward its required area."""

    line: int
    parcel: int
    approval: str
    score: int
    claimed: bool


class Prices(BaseModel):
    """Prices in points of evidence.

    `floor`: points that evidence must exceed to count, by the share of the line it covers; `link`: price of each link;
    `fill`: bonus for using up a whole parcel.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    floor: float
    link: float
    fill: float


class Limits(BaseModel):
    """Limits of the solvers: choices up to which MILP and flow are used; nodes; seconds as a safeguard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    milp_choices: int
    flow_choices: int
    nodes: int
    seconds: float


class Settings(BaseModel):
    """Contents of `allocation.toml`: all constants of the model that were chosen, not derived."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    first_pass: Prices
    second_pass: Prices
    limits: Limits


@cache
def settings() -> Settings:
    """Return the settings that ship with the program."""
    text = files("eligibility.reconcile.allocation").joinpath("allocation.toml").read_text(encoding="utf-8")
    return Settings.model_validate(tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Problem:
    """One component. `wants`: area of each line; `required`: its certain area, from claimed choices; `capacities` of parcels.

    Areas in micro-亩. The order of the choices does not depend on the order of the input rows.
    """

    wants: Mapping[int, int]
    required: Mapping[int, int]
    capacities: Mapping[int, int]
    choices: tuple[Choice, ...]
    prices: Prices

    def gain(self, choice: Choice) -> float:
        """Points for covering the whole line by this choice, before the price of the link."""
        fill = self.prices.fill * self.wants[choice.line] / max(1, self.capacities[choice.parcel])
        return choice.score - self.prices.floor + fill

    def links(self) -> dict[tuple[int, str], list[Choice]]:
        """Return the choices of each pair of line and approval."""
        links: dict[tuple[int, str], list[Choice]] = defaultdict(list)
        for choice in self.choices:
            links[choice.line, choice.approval].append(choice)
        return links

    def useful(self) -> list[Problem]:
        """Return the problem without links that cannot pay their price, split into problems that share no parcel.

        A link whose gain is below its price even with exclusive use of its parcels is in no best allocation.
        """
        links = {link: choices for link, choices in self.links().items() if self._pays(choices)}
        reach: dict[int, list[int]] = defaultdict(list)
        for (line, _), choices in links.items():
            reach[line] += [choice.parcel for choice in choices]
        return [
            self._only(set(part), [c for choices in links.values() for c in choices])
            for part in connected_components(reach)
        ]

    def _only(self, lines: set[int], choices: Iterable[Choice]) -> Problem:
        included = tuple(c for c in choices if c.line in lines)
        parcels = {c.parcel for c in included}
        return Problem(
            {i: want for i, want in self.wants.items() if i in lines},
            {i: required for i, required in self.required.items() if i in lines},
            {p: capacity for p, capacity in self.capacities.items() if p in parcels},
            included,
            self.prices,
        )

    def _pays(self, choices: list[Choice]) -> bool:
        share = min(1.0, sum(self.capacities[c.parcel] for c in choices) / self.wants[choices[0].line])
        needed = choices[0].line in self.required and any(c.claimed for c in choices)
        return needed or max(map(self.gain, choices)) * share > self.prices.link

    def allocate(self, chosen: Iterable[Choice], wanted: Mapping[int, int]) -> dict[Choice, int]:
        """Return the area (micro-亩) of chosen links: as much of `wanted` as fits, claimed and required first."""
        reach: dict[int, list[int]] = defaultdict(list)
        by_parcel = {}
        for choice in sorted(chosen, key=lambda choice: (not choice.claimed, -choice.score)):
            reach[choice.line].append(choice.parcel)
            by_parcel[choice.line, choice.parcel] = choice
        first = sorted(reach, key=lambda line: not self.required.get(line, 0))
        flow = max_flow({line: wanted[line] for line in first}, reach, self.capacities)
        return {by_parcel[line, parcel]: area for line, areas in flow.items() for parcel, area in areas.items()}
