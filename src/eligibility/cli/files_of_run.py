"""After which stage each file of a run can be written, for nothing changes its table from then on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from eligibility.cli.scribe import Writing
from eligibility.cli.stored import LINKS, PAPERS, STORED, store_table
from eligibility.reporting.tables import TABLES, write_table

_LATE = ("sources", "quarantine", "answers")
"""Papers to which later stages add: what becomes of answers and judgements."""
_STORED_AFTER = (
    {f"paper.{name}": "questions" if name in _LATE else "intake" for name in PAPERS}
    | {f"link.{name}": "reconcile" for name in LINKS}
    | {"decision.persons": "decisions", "decision.questions": "questions", "decision.person_questions": "questions"}
)
_WRITTEN_AFTER = {
    "facts.parquet": "facts",
    "profiles.parquet": "engine",
    "decisions.parquet": "decisions",
    "decisions.csv": "decisions",
    "coverage.csv": "reconcile",
    "links.csv": "reconcile",
    "components.csv": "reconcile",
    "findings.csv": "reconcile",
    "quarantine.csv": "questions",
}


def writings(stage: str, folder: Path) -> list[Writing]:
    """The files that can be written into `folder` once the stage is over."""
    tables = [partial(write_table, table=table, out=folder) for table in TABLES if _WRITTEN_AFTER[table] == stage]
    stored = [partial(store_table, table=table, folder=folder) for table in STORED if _STORED_AFTER[table] == stage]
    return [*tables, *stored]
