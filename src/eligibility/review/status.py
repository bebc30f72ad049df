"""What is still open after a batch: by community, by reason and by stage, and for how long it has been asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from eligibility.review.answers.standing import Standing


class OpenPlace(NamedTuple):
    """Persons in review of one community or of one reason, their questions by state, and the oldest open one in days."""

    name: str
    persons: int
    open: int
    answered: int
    disagree: int
    oldest_days: int


class StageCount(NamedTuple):
    """Cases whose first incomplete stage this is ("" when all are complete), by what stands in the way."""

    stage: str
    waiting: int
    disagree: int
    incomplete: int
    in_review: int
    contested: int


class Status(NamedTuple):
    """The whole of what is open."""

    communities: list[OpenPlace]
    reasons: list[OpenPlace]
    stages: list[StageCount]


def status(
    con: duckdb.DuckDBPyConnection,
    answers: Mapping[tuple[str, str], Standing],
    first_asked: Mapping[str, str],
    today: date,
) -> Status:
    """What is open in a run, over the tables of `lay_out`; ages count from the day a question was first asked.

    A roll is answered when every line of it that somebody filled in stands; a question answered since the batch stays
    counted until the next batch has used the answer.
    """
    states = dict.fromkeys(first_asked, "open")
    for (question, _), one in answers.items():
        if one.disagree:
            states[question] = "disagree"
        elif one.settled and states.get(question) == "open":
            states[question] = "answered"
    rows = [(question, states[question], _days(at, today)) for question, at in first_asked.items()]
    con.register(
        "arriving",
        pa.table(
            {
                "question_id": pa.array([row[0] for row in rows], pa.string()),
                "state": pa.array([row[1] for row in rows], pa.string()),
                "days": pa.array([row[2] for row in rows], pa.int64()),
            }
        ),
    )
    con.execute("CREATE OR REPLACE TEMP TABLE question_state AS SELECT * FROM arriving")
    con.unregister("arriving")
    return Status(
        [OpenPlace(*row) for row in _rows(con, "open_by_community")],
        [OpenPlace(*row) for row in _rows(con, "open_by_reason")],
        [StageCount(*row) for row in _rows(con, "cases_by_stage")],
    )


def _days(at: str, today: date) -> int:
    return max(0, (today - datetime.fromisoformat(at).date()).days)


def _rows(con: duckdb.DuckDBPyConnection, name: str) -> list[tuple[Any, ...]]:
    return con.execute(files("eligibility.review").joinpath(f"{name}.sql").read_text(encoding="utf-8")).fetchall()
