"""Types of a component: approvals, agreement lines, and the area that each approval may give each line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from eligibility.reconcile.graph import Graph

LineKey = tuple[str, str | None]
"""Key of an agreement and its land class: one line of the agreement."""


@dataclass(frozen=True, slots=True)
class ApprovalNode:
    """An approval; `area_umu` is its land (micro-亩), without state land, in the communities of the component."""

    key: str
    no: str
    day_lo: date
    day_hi: date
    project: str
    batch: str
    authority: str | None
    area_umu: int


@dataclass(frozen=True, slots=True)
class AgreementNode:
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
    least_micro_mu: int
    most_micro_mu: int
    status: str

    @property
    def line(self) -> LineKey:
        """The key by which links refer to the line."""
        return self.key, self.land_class


@dataclass(frozen=True, slots=True)
class MatchEdge:
    """Least and most area (micro-亩) that an approval gives a line; evidence as item → weight."""

    line: LineKey
    approval: str
    least_micro_mu: int
    most_micro_mu: int
    certain: bool
    score: int
    evidence: Mapping[str, int] = field(hash=False)

    @property
    def items(self) -> tuple[tuple[str, int], ...]:
        """Name and weight of each item, in descending order of weight."""
        return tuple(sorted(self.evidence.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Component:
    """Papers connected by possible links; `number` is None for a single agreement that no approval can cover.

    `graph` is the component as a networkx graph (`reconcile.graph.matching_graph`).
    """

    number: int | None
    approvals: tuple[ApprovalNode, ...]
    agreements: tuple[AgreementNode, ...]
    links: tuple[MatchEdge, ...]
    graph: Graph = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """Name for titles and file names."""
        return self.agreements[0].no if self.number is None else str(self.number)
