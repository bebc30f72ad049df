"""Every question that the batches of a record asked, so that an answer to an earlier one still finds its question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.application.workbench.opened import Opened
from eligibility.model.event import Event, Kind
from eligibility.model.visible import visible
from eligibility.review import Question
from eligibility.store.database import connect

_COLUMNS = "question_id, asks, subject_kind, subject, bodies"


def asked(opened: Opened) -> dict[str, Question]:
    """The questions by id; where several batches asked one, as the latest put it."""
    found: dict[str, Question] = {}
    for event, rows in _batches(opened):
        shares = opened.record.kept.value(event.body["shares"]) if event.body.get("shares") else {}
        found.update({row[0]: _question(row, shares.get(row[0], {})) for row in rows})
    return found


def _question(row: tuple[Any, ...], shares: dict[str, Any]) -> Question:
    households = {visible(household): household for household in shares.get("households", ())}
    return Question(row[0], row[1], row[2], row[3], tuple(row[4].split(";")), households, shares.get("most_umu"))


def first_asked(opened: Opened) -> dict[str, str]:
    """When each question of the latest batch was first asked, without having been absent since; its time."""
    since: dict[str, str] = {}
    for event, rows in _batches(opened):
        since = {row[0]: since.get(row[0], event.at) for row in rows}
    return since


def _batches(opened: Opened) -> Iterator[tuple[Event, list[tuple[Any, ...]]]]:
    """Every batch and the questions it asked, in the order of the record."""
    with connect() as con:
        for event in opened.events:
            if event.kind == Kind.DECIDED:
                path = opened.record.kept.path(event.body["questions"])
                yield event, con.execute(f"SELECT {_COLUMNS} FROM read_parquet(?)", [str(path)]).fetchall()
