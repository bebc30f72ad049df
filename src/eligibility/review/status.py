"""What is still open after a batch: by community, by reason and by stage, and for how long it has been asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from eligibility.model.event import Event, Kind
from eligibility.review.answers.standing import Standing
from eligibility.review.signing.names import person_key


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


class BatchCount(NamedTuple):
    """A batch: its day and event, persons by outcome, and the answers and signatures of cases given until the next."""

    day: str
    event: int
    outcomes: dict[str, int]
    answers: int
    signed: int


class ReviewerCount(NamedTuple):
    """What one person did: answers given, cases signed, the day of the last act."""

    name: str
    answers: int
    signed: int
    last: str


class Status(NamedTuple):
    """The whole of what is open."""

    streets: list[OpenPlace]
    bodies: list[OpenPlace]
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
        [OpenPlace(*row) for row in _rows(con, "open_by_place", place="street")],
        [OpenPlace(*row) for row in _rows(con, "open_by_body")],
        [OpenPlace(*row) for row in _rows(con, "open_by_place", place="community")],
        [OpenPlace(*row) for row in _rows(con, "open_by_reason")],
        [StageCount(*row) for row in _rows(con, "cases_by_stage")],
    )


def _days(at: str, today: date) -> int:
    return max(0, (today - datetime.fromisoformat(at).date()).days)


def _rows(con: duckdb.DuckDBPyConnection, name: str, **parts: str) -> list[tuple[Any, ...]]:
    query = files("eligibility.review").joinpath(f"{name}.sql").read_text(encoding="utf-8")
    return con.execute(query.format(**parts) if parts else query).fetchall()


def by_batch(events: Sequence[Event]) -> list[BatchCount]:
    """Every batch of the record, the first first, with what people did between it and the next."""
    made: list[BatchCount] = []
    for event in events:
        if event.kind == Kind.DECIDED:
            made.append(BatchCount(event.at[:10], event.seq, dict(event.body["outcomes"]), 0, 0))
        elif made and event.kind == Kind.ANSWERED:
            made[-1] = made[-1]._replace(answers=made[-1].answers + 1)
        elif made and event.kind == Kind.SIGNED:
            made[-1] = made[-1]._replace(signed=made[-1].signed + len(event.body["cases"]))
    return made


def by_reviewer(events: Sequence[Event]) -> list[ReviewerCount]:
    """Who answered how much and signed how many cases, and when last; who did most first."""
    made: dict[str, ReviewerCount] = {}
    for event in events:
        if event.kind in (Kind.ANSWERED, Kind.SIGNED):
            key = person_key(event.body["by"])
            one = made.get(key, ReviewerCount(event.body["by"], 0, 0, ""))
            answered = int(event.kind == Kind.ANSWERED)
            signed = 0 if answered else len(event.body["cases"])
            made[key] = ReviewerCount(one.name, one.answers + answered, one.signed + signed, event.at[:10])
    return sorted(made.values(), key=lambda one: (-one.answers - one.signed, one.name))
