"""A finished run, kept so that it can be explained later without its dossier: typed papers, links, rules."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import duckdb

from eligibility.application.folder import MARK
from eligibility.application.pipeline import kept_tables
from eligibility.domain.desk import ROWS_TOGETHER, open_desk, quoted
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.policy import Policy
from eligibility.rulebook import load_policy

_FILES = {"decision.persons": "papers/decided", "fact.persons": "facts", "verdict.profiles": "profiles"}
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
    """Write a copy of the rules by which a run is decided."""
    for item in [rules, *rules.resolve().parent.glob("*.yaml")]:
        target = folder / "rules" / item.resolve().name
        if item.is_dir():
            shutil.copytree(item, target)
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(item, target)


def open_run(folder: Path) -> tuple[duckdb.DuckDBPyConnection, Policy]:
    """A finished run as the schemas it was written from, and the policy it was decided under.

    Raises:
        Unusable: the folder does not hold a finished run.

    """
    if not (folder / MARK).is_file():
        problem = Text(
            "不是已完成的结果目录（缺 manifest.json）", "is not the folder of a finished run (no manifest.json)"
        )
        remedy = Text("请先执行 eligibility run … --out 目录", "first run: eligibility run … --out FOLDER")
        raise Unusable(Finding("run_missing", Source(str(folder)), problem, remedy))
    manifest = json.loads((folder / MARK).read_text(encoding="utf-8"))
    policy = load_policy(folder / "rules" / manifest["rulebook"]["id"], as_of=date.fromisoformat(manifest["as_of"]))
    return open_tables(folder), policy


def open_tables(folder: Path) -> duckdb.DuckDBPyConnection:
    """The tables that stand in the folder of a run, finished or not, as the schemas they were written from."""
    con = open_desk()
    for schema in sorted({table.partition(".")[0] for table in VIEWS}):
        con.execute(f"CREATE SCHEMA {schema}")
    for view, name in VIEWS.items():
        # a run of an earlier program lacks what was not kept then
        if (stored := folder / f"{name}.parquet").is_file():
            con.execute(f"CREATE VIEW {view} AS SELECT * FROM '{quoted(stored)}'")
    return con
