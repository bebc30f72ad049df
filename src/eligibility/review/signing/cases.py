"""A case as a signature sees it: one person and the decision under which a name is put."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from eligibility.domain.desk import open_desk


def case_digest() -> str:
    """SQL: a hash of what is signed of a row of decisions, so that a signature falls with the decision it was under."""
    return _query("case_digest")


def changed_cases(before: Path, after: Path) -> list[list[str]]:
    """Persons whose decision differs between two tables of decisions: id, outcome before, outcome after ("" where absent)."""
    with open_desk() as con:
        found = con.execute(_query("changed_cases").format(digest=case_digest()), [str(before), str(after)])
        return [list(row) for row in found.fetchall()]


def opinions(con: duckdb.DuckDBPyConnection) -> dict[str, list[list[Any]]]:
    """The opinions that the papers give (联审意见), by stage: id, opinion, day ("" not known), note, file, row."""
    stages: dict[str, list[list[Any]]] = defaultdict(list)
    for stage, *said in con.execute(_query("opinions")).fetchall():
        stages[stage].append(said)
    return dict(stages)


@cache
def _query(name: str) -> str:
    return files("eligibility.review.signing").joinpath(f"{name}.sql").read_text(encoding="utf-8").strip()
