"""The history of one case of a finished run, from its record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eligibility.application.finished import person_meant
from eligibility.application.workbench.opened import reading
from eligibility.model.event import Event, Kind
from eligibility.model.policy import Policy
from eligibility.model.resident_id import mask
from eligibility.review import CaseEvent, history


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """Whose case it is (id masked), the events, and the policy whose titles they bear."""

    name: str
    resident_id: str
    events: tuple[CaseEvent, ...]
    policy: Policy


def case_history(run: Path, text: str) -> CaseHistory:
    """The history of the person whom `text` means (an id or a part of it, a name, a household).

    Raises:
        InputError: no finished run with a sound record, or `text` means nobody or several.

    """
    with reading(run) as opened:
        person = person_meant(opened.con, text, run)
        resident_id, household = person.resident_id, person.household_id
        asked = opened.con.execute(
            "SELECT DISTINCT question_id FROM decision.person_questions JOIN decision.persons USING (row_id) WHERE resident_id = ?",
            [resident_id],
        ).fetchall()
        questions = {question for (question,) in asked}
        # a question that is settled is no longer asked: it is known by whom it was about
        questions |= {
            event.body["question"]
            for event in opened.events
            if event.kind == Kind.ANSWERED
            and {event.body["subject"], event.body["household"]} & {resident_id, household} - {""}
        }

        def outcome_in(event: Event) -> str:
            path = str(opened.record.kept.path(event.body["decisions"]))
            rows = opened.con.execute(
                "SELECT outcome FROM read_parquet(?) WHERE resident_id = ?", [path, resident_id]
            ).fetchall()
            return str(rows[0][0]) if rows else ""

        made = history(opened.events, resident_id, questions, outcome_in)
        return CaseHistory(person.name, mask(resident_id), tuple(made), opened.policy)
