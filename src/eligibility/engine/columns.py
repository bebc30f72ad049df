"""Where the facts of all persons lie in columns and the columnar work on them is done: DuckDB here, or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from eligibility.domain.policy import Policy
from eligibility.engine.facts_table import check_facts
from eligibility.engine.marks_sql import key_columns
from eligibility.engine.plain_facts import Row
from eligibility.engine.profiles import Profile, find_profiles


class Columns(Protocol):
    """The columnar half of a batch. Calls come in the order in which the methods stand here, each once."""

    def check(self, policy: Policy) -> int:
        """Number of persons; EngineError on facts that cannot be trusted."""

    def profiles(self, policy: Policy) -> list[Profile]:
        """Judge every person; the profiles that occur, most persons first, then by id."""

    def rows(self, row_ids: set[int]) -> dict[int, Row]:
        """The facts of a few persons."""

    def join(self, policy: Policy, profiles: Sequence[Profile]) -> int:
        """Make verdict.persons in input order; number of its rows."""


class DuckColumns:
    """fact.persons and verdict.persons as tables of one DuckDB connection."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con

    def check(self, policy: Policy) -> int:
        """Number of persons in fact.persons; EngineError on facts that cannot be trusted."""
        return check_facts(self._con, policy)

    def profiles(self, policy: Policy) -> list[Profile]:
        """Judge every person into verdict.marks; the profiles that occur."""
        return find_profiles(self._con, policy)

    def rows(self, row_ids: set[int]) -> dict[int, Row]:
        """The facts of a few persons."""
        cursor = self._con.execute("SELECT * FROM fact.persons WHERE row_id IN (SELECT unnest(?))", [sorted(row_ids)])
        columns = [column[0] for column in cursor.description or ()]
        at = columns.index("row_id")
        return {row[at]: dict(zip(columns, row, strict=True)) for row in cursor.fetchall()}

    def join(self, policy: Policy, profiles: Sequence[Profile]) -> int:
        """Make verdict.persons from verdict.marks, and drop the marks."""
        keys = ", ".join(key_columns(policy))
        self._con.register("profile_keys", key_table(policy, profiles))
        self._con.execute((Path(__file__).parent / "persons.sql").read_text("utf-8").format(keys=keys))
        self._con.unregister("profile_keys")
        self._con.execute("DROP TABLE verdict.marks")
        found: list[tuple[int]] = self._con.execute("SELECT count(*) FROM verdict.persons").fetchall()
        return found[0][0]


def key_table(policy: Policy, profiles: Sequence[Profile]) -> pa.Table:
    """Packed keys of every profile, with its id: what the persons are joined to."""
    named = {name: pa.array([p.keys[i] for p in profiles], pa.int64()) for i, name in enumerate(key_columns(policy))}
    return pa.table(named | {"profile_id": pa.array([p.id for p in profiles], pa.string())})
