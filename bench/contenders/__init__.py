"""Ways from facts to decisions with reasons. Each gives a table `answers` (row_id, outcome, reasons)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import duckdb

from eligibility.model.policy import Policy

Run = Callable[[duckdb.DuckDBPyConnection, Policy], None]


@dataclass(frozen=True, slots=True)
class Contender:
    """`place` of the function that runs it, the package it `needs` ("": none), and how many persons at most (None: all)."""

    place: str
    needs: str = ""
    sample: int | None = None

    @property
    def there(self) -> bool:
        """Whether its package is installed (extra `bench`)."""
        return not self.needs or find_spec(self.needs) is not None

    def load(self) -> Run:
        """The function."""
        module, name = self.place.split(":")
        found: Run = getattr(import_module(f"bench.contenders.{module}"), name)
        return found


CONTENDERS: dict[str, Contender] = {
    "this program": Contender("ours:this_program"),
    "DuckDB, one query by hand": Contender("ours:by_hand"),
    "OpenFisca-Core, vectorised": Contender("openfisca:vectorised", "openfisca_core"),
    "plain Python per person": Contender("ours:plain_per_person", sample=20_000),
    "zen-engine per person": Contender("zen:per_person", "zen", 5_000),
    "durable-rules per person": Contender("ours:durable_per_person", sample=5_000),
    "CLIPS per person": Contender("clips:per_person", "clips", 2_000),
}
"""The rate of a sample stands for all."""
