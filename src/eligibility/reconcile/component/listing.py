"""Lists the components, the one with the largest uncertain area first."""

from __future__ import annotations

from typing import NamedTuple

import duckdb

from eligibility.reconcile.component.find import query


class ComponentRow(NamedTuple):
    """One component: number of papers and links, its area and the uncertain part of it (micro-亩), lines not covered."""

    component: int
    agreements: int
    approvals: int
    links: int
    possible: int
    area_umu: int
    open_umu: int
    unclear: int
    communities: str

    @property
    def uncertain(self) -> bool:
        """Whether the component contains anything uncertain."""
        return bool(self.open_umu or self.possible or self.unclear)


def list_components(con: duckdb.DuckDBPyConnection) -> list[ComponentRow]:
    """Return all components of a finished run, the least certain first."""
    return [ComponentRow(*row) for row in con.execute(query("listing")).fetchall()]
