"""Every question that the batches of a record asked, so that an answer to an earlier one still finds its question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.cli.review.desk import Desk
from eligibility.domain.desk import open_desk
from eligibility.domain.record import Kind
from eligibility.review import Question

_COLUMNS = "question_id, asks, subject_kind, subject, bodies"


def asked(desk: Desk) -> dict[str, Question]:
    """The questions by id; where several batches asked one, as the latest put it."""
    found: dict[str, Question] = {}
    for _, rows in _batches(desk):
        found.update({row[0]: Question(row[0], row[1], row[2], row[3], tuple(row[4].split(";"))) for row in rows})
    return found


def first_asked(desk: Desk) -> dict[str, str]:
    """When each question of the latest batch was first asked, without having been absent since; its time."""
    since: dict[str, str] = {}
    for at, rows in _batches(desk):
        since = {row[0]: since.get(row[0], at) for row in rows}
    return since


def _batches(desk: Desk) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """The time of every batch and the questions it asked, in the order of the record."""
    with open_desk() as con:
        for event in desk.events:
            if event.kind == Kind.DECIDED:
                path = desk.record.kept.path(event.body["questions"])
                yield event.at, con.execute(f"SELECT {_COLUMNS} FROM read_parquet(?)", [str(path)]).fetchall()
