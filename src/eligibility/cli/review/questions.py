"""Every question that the batches of a record asked, so that an answer to an earlier one still finds its question."""

from __future__ import annotations

from eligibility.cli.review.desk import Desk
from eligibility.domain.desk import open_desk
from eligibility.domain.record import Kind
from eligibility.review import Question

_COLUMNS = "question_id, asks, subject_kind, subject, bodies"


def asked(desk: Desk) -> dict[str, Question]:
    """The questions by id; where several batches asked one, as the latest put it."""
    found: dict[str, Question] = {}
    for event in desk.events:
        if event.kind == Kind.DECIDED:
            path = desk.record.kept.path(event.body["questions"])
            with open_desk() as con:
                rows = con.execute(f"SELECT {_COLUMNS} FROM read_parquet(?)", [str(path)]).fetchall()
            found.update({row[0]: Question(row[0], row[1], row[2], row[3], tuple(row[4].split(";"))) for row in rows})
    return found


def first_asked(desk: Desk) -> dict[str, str]:
    """When each question of the latest batch was first asked, without having been absent since; its time."""
    since: dict[str, str] = {}
    for event in desk.events:
        if event.kind == Kind.DECIDED:
            path = desk.record.kept.path(event.body["questions"])
            with open_desk() as con:
                rows = con.execute("SELECT question_id FROM read_parquet(?)", [str(path)]).fetchall()
            since = {question: since.get(question, event.at) for (question,) in rows}
    return since
