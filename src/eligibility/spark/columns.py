"""The columnar half of a batch on Spark: facts lie in Parquet, marks and profiles come of the same SQL, transpiled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from sqlglot import exp, parse_one

from eligibility.engine.columnar_backend import key_table
from eligibility.engine.facts_table import check_facts
from eligibility.engine.marks_sql import conditions_sql, key_columns
from eligibility.engine.profiles import Profile, as_profiles, profiles_sql
from eligibility.engine.reference_conditions import Row
from eligibility.model.policy import Policy
from eligibility.spark.session import Cluster
from eligibility.store.database import quoted

PERSONS_A_FILE = 1_000_000
"""Rows of fact.persons in one Parquet file, at most."""


class SparkColumns:
    """Reads fact.persons from `con` into Parquet under `folder`, works on Spark, and lays verdict.persons into `con`.

    `folder` must be seen under the same path by the driver and by every executor.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, cluster: Cluster, folder: Path) -> None:
        self._con, self._cluster, self._folder = con, cluster, folder
        self._facts: Any = None
        self._marks: Any = None

    def check(self, policy: Policy) -> int:
        """Check fact.persons and write it as Parquet; the number of persons."""
        persons = check_facts(self._con, policy)
        self._folder.mkdir(parents=True)
        facts = self._folder / "facts"
        self._con.execute(f"COPY ({self._facts_sql()}) TO '{quoted(facts)}' (FORMAT parquet, PER_THREAD_OUTPUT)")
        self._facts = self._cluster.read(facts)
        return persons

    def profiles(self, policy: Policy) -> list[Profile]:
        """Judge every person on Spark; the profiles that occur."""
        marks = self._folder / "marks"
        frame = self._cluster.sql(spark_sql(conditions_sql(policy)), fact_persons=self._facts)
        frame.write.parquet(str(marks.resolve()))
        self._marks = self._cluster.read(marks)
        rows = self._cluster.sql(spark_sql(profiles_sql(policy)), verdict_marks=self._marks).collect()
        return as_profiles(policy, [tuple(row) for row in rows])

    def rows(self, row_ids: set[int]) -> dict[int, Row]:
        """The facts of a few persons, as Spark read them."""
        wanted = ", ".join(map(str, sorted(row_ids))) or "NULL"
        query = f"SELECT * FROM fact_persons WHERE row_id IN ({wanted})"
        return {row["row_id"]: row.asDict() for row in self._cluster.sql(query, fact_persons=self._facts).collect()}

    def join(self, policy: Policy, profiles: Sequence[Profile]) -> int:
        """Join every person to the profile decided for them, on Spark; then read verdict.persons in input order."""
        keys, verdicts = self._folder / "profiles.parquet", self._folder / "verdicts"
        pq.write_table(key_table(policy, profiles), keys)
        same = ", ".join(key_columns(policy))
        query = (
            "SELECT /*+ BROADCAST(profile_keys) */ verdict_marks.row_id, profile_keys.profile_id"
            f" FROM verdict_marks JOIN profile_keys USING ({same})"
        )
        frame = self._cluster.sql(query, verdict_marks=self._marks, profile_keys=self._cluster.read(keys))
        frame.write.parquet(str(verdicts.resolve()))
        found = f"'{quoted(verdicts / '*.parquet')}'"
        self._con.execute(f"CREATE TABLE verdict.persons AS SELECT row_id, profile_id FROM {found} ORDER BY row_id")
        rows: list[tuple[int]] = self._con.execute("SELECT count(*) FROM verdict.persons").fetchall()
        return rows[0][0]

    def _facts_sql(self) -> str:
        """fact.persons, its very wide whole numbers as decimals: Parquet has none, and would store them inexactly."""
        columns = self._con.execute("DESCRIBE fact.persons").fetchall()
        wide = [f'CAST("{name}" AS DECIMAL(38, 0)) AS "{name}"' for name, kind, *_ in columns if kind == "HUGEINT"]
        replaced = f"REPLACE ({', '.join(wide)})" if wide else ""
        return f"SELECT * {replaced} FROM fact.persons"


def spark_sql(query: str) -> str:
    """A query of the engine in Spark's dialect; its tables become views: fact.persons → fact_persons.

    >>> spark_sql('SELECT "row_id" FROM "fact"."persons"')
    'SELECT `row_id` FROM fact_persons'
    """
    tree = parse_one(query, read="duckdb")
    for table in list(tree.find_all(exp.Table)):
        table.replace(exp.to_table(f"{table.db}_{table.name}"))
    return tree.sql(dialect="spark")
