"""After which stage each file of a run can be written, for nothing changes its table from then on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from eligibility.application.background_writer import Writing
from eligibility.application.pipeline import kept_tables
from eligibility.application.saved_runs import STORED, store_table
from eligibility.reporting.tables import TABLES, write_table

_STORED_AFTER = kept_tables()
_WRITTEN_AFTER = {
    "facts.parquet": "facts",
    "profiles.parquet": "engine",
    "decisions.parquet": "decisions",
    "decisions.csv": "decisions",
    "benefits.parquet": "decisions",
    "benefits.csv": "decisions",
    "coverage.csv": "reconcile",
    "links.csv": "reconcile",
    "components.csv": "reconcile",
    "findings.csv": "reconcile",
    "quarantine.csv": "questions",
    "identities.csv": _STORED_AFTER["place.identities"],
}


def writings(stage: str, folder: Path) -> list[Writing]:
    """The files that can be written into `folder` once the stage is over."""
    tables = [partial(write_table, table=table, out=folder) for table in TABLES if _WRITTEN_AFTER[table] == stage]
    stored = [partial(store_table, table=table, folder=folder) for table in STORED if _STORED_AFTER[table] == stage]
    return [*tables, *stored]
