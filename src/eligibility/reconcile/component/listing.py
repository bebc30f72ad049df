"""Components worth looking at, the one with most area in doubt first."""

from __future__ import annotations

from typing import NamedTuple

import duckdb

from eligibility.reconcile.component.find import query


class Listed(NamedTuple):
    """One component: its papers and links, its area and how much of that is open (micro-亩), lines not covered."""

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
    def worth_a_look(self) -> bool:
        """Whether anything in it is not certain."""
        return bool(self.open_umu or self.possible or self.unclear)


def list_components(con: duckdb.DuckDBPyConnection) -> list[Listed]:
    """Every component of a finished run, the least certain first."""
    return [Listed(*row) for row in con.execute(query("listing")).fetchall()]
