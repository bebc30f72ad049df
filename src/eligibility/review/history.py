"""What became of one case: every event of the record that concerns it, in their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from eligibility.model.event import Event, Kind
from eligibility.review.answers.words import answer_words


class CaseEvent(NamedTuple):
    """One event that concerns the case: its number, day and kind, who acted, and what about (`about` a code, `words` as written)."""

    seq: int
    at: str
    kind: str
    by: str
    about: str
    words: str


def history(
    events: Sequence[Event], person: str, questions: Collection[str], outcome_in: Callable[[Event], str]
) -> list[CaseEvent]:
    """The events about the case of `person` who waits, or waited, for these `questions`.

    `outcome_in` tells what a batch decided of the person ("": the batch does not have him).
    """
    made = []
    for event in events:
        body = event.body
        match event.kind:
            case Kind.DECIDED:
                if outcome := outcome_in(event):
                    made.append(CaseEvent(event.seq, event.at, event.kind, "", outcome, ""))
            case Kind.ANSWERED if body["question"] in questions:
                made.append(CaseEvent(event.seq, event.at, event.kind, body["by"], body["asks"], answer_words(body)))
            case Kind.WITHDRAWN if body["question"] in questions:
                made.append(CaseEvent(event.seq, event.at, event.kind, body["by"], "", ""))
            case Kind.COMMENTED if body["question"] in questions:
                made.append(CaseEvent(event.seq, event.at, event.kind, body["by"], "", body["text"]))
            case Kind.SIGNED if any(one == person for one, _ in body["cases"]):
                made.append(CaseEvent(event.seq, event.at, event.kind, body["by"], body["stage"], body["opinion"]))
            case Kind.APPEALED if body["person"] == person:
                made.append(CaseEvent(event.seq, event.at, event.kind, body["by"], "", body["grounds"]))
            case Kind.CORRECTED if body["person"] == person:
                made.append(CaseEvent(event.seq, event.at, event.kind, body["by"], body["finding"], body["grounds"]))
    return made
