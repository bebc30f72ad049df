"""Interface to the columnar backend, and its implementation on DuckDB (the Spark implementation is `eligibility.spark`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from eligibility.engine.facts_table import check_facts
from eligibility.engine.marks_sql import key_columns
from eligibility.engine.profiles import Profile, find_profiles
from eligibility.engine.reference_conditions import Row
from eligibility.model.policy import Policy


class ColumnarBackend(Protocol):
    """Columnar part of the evaluation of a batch. Each method is called once, in the order of declaration."""

    def check(self, policy: Policy) -> int:
        """Validate the facts; return the number of persons. Raises EngineError on invalid facts."""

    def profiles(self, policy: Policy) -> list[Profile]:
        """Evaluate the conditions of every person; return the profiles that occur, most persons first, then by id."""

    def rows(self, row_ids: set[int]) -> dict[int, Row]:
        """Return the facts of the given persons by row_id."""

    def join(self, policy: Policy, profiles: Sequence[Profile]) -> int:
        """Create verdict.persons in input order; return the number of its rows."""


class DuckDBBackend:
    """ColumnarBackend on one DuckDB connection that holds fact.persons and verdict.persons."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con

    def check(self, policy: Policy) -> int:
        """Validate fact.persons; return the number of persons. Raises EngineError on invalid facts."""
        return check_facts(self._con, policy)

    def profiles(self, policy: Policy) -> list[Profile]:
        """Evaluate the conditions of every person into verdict.marks; return the profiles that occur."""
        return find_profiles(self._con, policy)

    def rows(self, row_ids: set[int]) -> dict[int, Row]:
        """Return the facts of the given persons by row_id."""
        cursor = self._con.execute("SELECT * FROM fact.persons WHERE row_id IN (SELECT unnest(?))", [sorted(row_ids)])
        columns = [column[0] for column in cursor.description or ()]
        id_column = columns.index("row_id")
        return {row[id_column]: dict(zip(columns, row, strict=True)) for row in cursor.fetchall()}

    def join(self, policy: Policy, profiles: Sequence[Profile]) -> int:
        """Create verdict.persons from verdict.marks, drop the latter, and return the number of persons."""
        keys = ", ".join(key_columns(policy))
        self._con.register("profile_keys", key_table(policy, profiles))
        self._con.execute((Path(__file__).parent / "persons.sql").read_text("utf-8").format(keys=keys))
        self._con.unregister("profile_keys")
        self._con.execute("DROP TABLE verdict.marks")
        counts: list[tuple[int]] = self._con.execute("SELECT count(*) FROM verdict.persons").fetchall()
        return counts[0][0]


def key_table(policy: Policy, profiles: Sequence[Profile]) -> pa.Table:
    """Packed keys and id of every profile, for the join with the persons."""
    columns = {name: pa.array([p.keys[i] for p in profiles], pa.int64()) for i, name in enumerate(key_columns(policy))}
    return pa.table(columns | {"profile_id": pa.array([p.id for p in profiles], pa.string())})
