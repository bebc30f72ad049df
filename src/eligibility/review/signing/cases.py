"""A case as a signature sees it: one person and the decision under which a name is put."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb

from eligibility.store.database import connect


def case_digest() -> str:
    """SQL: a hash of what is signed of a row of decisions, so that a signature falls with the decision it was under."""
    return _query("case_digest")


def changed_cases(before: Path, after: Path) -> list[list[str]]:
    """Persons whose decision differs between two tables of decisions: id, outcome before, outcome after ("" where absent)."""
    with connect() as con:
        found = con.execute(_query("changed_cases").format(digest=case_digest()), [str(before), str(after)])
        return [list(row) for row in found.fetchall()]


@dataclass(frozen=True, slots=True)
class PaperOpinions:
    """The opinions of one stage that the papers give (联审意见), and how many of each kind.

    `listing`: a JSON list of id, opinion, day ("" not known), note, file, row.
    """

    listing: bytes
    counts: dict[str, int]


def opinions(con: duckdb.DuckDBPyConnection) -> dict[str, PaperOpinions]:
    """The opinions that the papers give, by stage."""
    found = con.execute(_query("opinions")).fetchall()
    return {
        stage: PaperOpinions(listing, dict(zip(("agree", "disagree", "incomplete"), counts, strict=True)))
        for stage, listing, *counts in found
    }


@cache
def _query(name: str) -> str:
    return files("eligibility.review.signing").joinpath(f"{name}.sql").read_text(encoding="utf-8").strip()
