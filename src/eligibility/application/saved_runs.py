"""A finished run, kept so that it can be explained later without its dossier: typed papers, links, rules."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb

from eligibility.application.pipeline import kept_tables
from eligibility.application.record.vouch import vouched
from eligibility.model.event import Event
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy
from eligibility.rulebook.files import named_folder, regime_files, rule_files
from eligibility.store.database import ROWS_TOGETHER, connect, quoted

_FILES = {
    "decision.persons": "papers/decided",
    "fact.persons": "facts",
    "verdict.profiles": "profiles",
    "benefit.persons": "benefits",
}
VIEWS = {table: _FILES.get(table, f"papers/{table.partition('.')[2]}") for table in kept_tables()}
"""Every table that a run keeps, and its file."""
STORED = {table: file for table, file in VIEWS.items() if file.startswith("papers/")}
"""Those that are kept beside the files of the contract."""


def store_table(con: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    """Write one of STORED."""
    path = folder / f"{STORED[table]}.parquet"
    path.parent.mkdir(exist_ok=True)
    # tables of schema `place` have no order of their own, and the same input gives the same bytes
    rows = f"SELECT * FROM {table}" + (" ORDER BY ALL" if table.startswith("place.") else "")
    con.execute(f"COPY ({rows}) TO '{quoted(path)}' (FORMAT parquet, ROW_GROUP_SIZE {ROWS_TOGETHER})")


def store_rules(rules: Path, folder: Path) -> None:
    """Write a copy of the files that the rulebook is read from, and of those that tell which rulebook applies."""
    rules = named_folder(rules)
    for name, path in {**regime_files(rules.parent), **rule_files(rules)}.items():
        target = folder / "rules" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def open_run(
    folder: Path, batch: Event | None = None, *, again: bool = True
) -> tuple[duckdb.DuckDBPyConnection, Policy]:
    """A finished run as the schemas it was written from, and the policy it was decided under; `batch` where it is known.

    Not `again`: to look at, where files that were found good are not hashed once more.

    Raises:
        InputError: the folder does not hold a finished run, or one that its record does not vouch for.

    """
    body = vouched(folder, batch, again=again).body
    policy = load_policy(folder / "rules" / body["rulebook"]["id"], as_of=date.fromisoformat(body["as_of"]))
    return open_tables(folder), policy


def open_tables(folder: Path) -> duckdb.DuckDBPyConnection:
    """The tables that stand in the folder of a run, finished or not, as the schemas they were written from."""
    con = connect()
    for schema in sorted({table.partition(".")[0] for table in VIEWS}):
        con.execute(f"CREATE SCHEMA {schema}")
    for view, name in VIEWS.items():
        # a run of an earlier program lacks what was not kept then
        if (stored := folder / f"{name}.parquet").is_file():
            con.execute(f"CREATE VIEW {view} AS SELECT * FROM '{quoted(stored)}'")
    return con


def hold_in_memory(con: duckdb.DuckDBPyConnection) -> None:
    """Take the tables of an opened run into memory: to look up one person among files costs a fifth of a second."""
    found = con.execute("SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()
    for schema, view in found:
        if f"{schema}.{view}" in VIEWS:
            con.execute(f"CREATE TABLE {schema}.arriving AS SELECT * FROM {schema}.{view}")
            con.execute(f"DROP VIEW {schema}.{view}")
            con.execute(f'ALTER TABLE {schema}.arriving RENAME TO "{view}"')
