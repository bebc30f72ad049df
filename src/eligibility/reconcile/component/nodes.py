"""Approvals on one side, agreement lines on the other, and what each approval may give each line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from eligibility.reconcile.graph import Graph

LineKey = tuple[str, str | None]
"""Key of an agreement and its land class: one line of the agreement."""


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval; `area_umu` is its land in the communities of the component that is not of the state (micro-亩)."""

    key: str
    no: str
    day_lo: date
    day_hi: date
    project: str
    batch: str
    authority: str | None
    area_umu: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """One line of an agreement and how much of it is covered (micro-亩)."""

    key: str
    land_class: str | None
    no: str
    place: str
    kind: str | None
    project: str
    cited: str
    signed_lo: date
    signed_hi: date
    area_umu: int
    least_umu: int
    most_umu: int
    status: str

    @property
    def line(self) -> LineKey:
        """What links name it by."""
        return self.key, self.land_class


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an approval gives a line: at least and at most (micro-亩); the evidence as item → weight."""

    line: LineKey
    approval: str
    least_umu: int
    most_umu: int
    certain: bool
    score: int
    evidence: Mapping[str, int] = field(hash=False)

    @property
    def items(self) -> tuple[tuple[str, int], ...]:
        """Name and weight of each item, the heaviest first."""
        return tuple(sorted(self.evidence.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Component:
    """Papers that are connected by possible links; `number` None: a single agreement that no approval can cover.

    `graph` is the same as a graph of networkx (`reconcile.graph.matching_graph`).
    """

    number: int | None
    approvals: tuple[Approved, ...]
    agreements: tuple[Agreed, ...]
    links: tuple[Drawn, ...]
    graph: Graph = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """For titles and file names."""
        return self.agreements[0].no if self.number is None else str(self.number)
