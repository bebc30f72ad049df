"""Which answers stand: a reviewer's last word counts, and two reviewers who disagree settle nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from eligibility.model.event import Act, Event, Kind
from eligibility.review.signing.names import person_key

_MEANT = ("answer", "area_umu", "since", "until")
_SAID = ("question", "household", *_MEANT, "body", "by", "on", "note")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """Answers to one question (of one household, for a roll). `settled`: all who know it say the same."""

    answers: tuple[dict[str, Any], ...]

    @property
    def settled(self) -> bool:
        """Whether the answer may be used."""
        return len({_meant(one) for one in self.answers}) == 1

    @property
    def disagree(self) -> bool:
        """Whether two reviewers contradict each other."""
        return len({_meant(one) for one in self.answers}) > 1


class Words:
    """The last word of each reviewer on each question (and household), as events are added; who does not know says nothing."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._words: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        """Take in the next event of the record; an answer that is taken back no longer stands."""
        if event.kind == Kind.ANSWERED:
            answer = dict(event.body) | {"event": event.seq}
            self._words[answer["question"], answer["household"]][person_key(answer["by"])] = answer
        elif event.kind == Kind.WITHDRAWN:
            by = self._words[event.body["question"], event.body["household"]]
            key = person_key(event.body["by"])
            if key in by and by[key]["event"] == event.body["event"]:
                del by[key]

    def keys(self, question: str) -> list[tuple[str, str]]:
        """The question with each household about which somebody answered."""
        return sorted(key for key in self._words if key[0] == question)

    def of(self, key: tuple[str, str]) -> Standing:
        """What stands for a question and household."""
        by = self._words.get(key, {}).values()
        return Standing(tuple(sorted((word for word in by if word["answer"] != UNKNOWN), key=_seq)))

    def standing(self) -> dict[tuple[str, str], Standing]:
        """What stands, by question and household."""
        return {key: self.of(key) for key in sorted(self._words) if self._words[key]}


def standing(events: Iterable[Event]) -> dict[tuple[str, str], Standing]:
    """The last word of each reviewer on each question, by question and household."""
    return Words(events).standing()


def usable(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The answers for the next batch: one for each question on which everybody who knows agrees, the first who said it."""
    return [one.answers[0] for one in standing(events).values() if one.settled]


def new_answers(answers: Sequence[dict[str, Any]], events: Iterable[Event]) -> list[Act]:
    """The acts of answers that are not recorded yet, word for word; so a file imported twice adds nothing."""
    events = list(events)
    withdrawn = {event.body["event"] for event in events if event.kind == Kind.WITHDRAWN}
    known = {_said(event.body) for event in events if event.kind == Kind.ANSWERED and event.seq not in withdrawn}
    acts = []
    for answer in answers:
        if _said(answer) not in known:
            known.add(_said(answer))
            acts.append(Act(Kind.ANSWERED, answer))
    return acts


def _said(answer: Any) -> tuple[Any, ...]:
    return tuple(answer[key] for key in _SAID)


def _meant(answer: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(answer[key] for key in _MEANT)


def _seq(answer: dict[str, Any]) -> int:
    return int(answer["event"])
