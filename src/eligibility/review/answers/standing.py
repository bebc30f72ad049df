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


def standing(events: Iterable[Event]) -> dict[tuple[str, str], Standing]:
    """The last word of each reviewer on each question, by question and household; who does not know says nothing."""
    words: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for event in events:
        if event.kind == Kind.ANSWERED:
            said = dict(event.body) | {"event": event.seq}
            words[said["question"], said["household"]][person_key(said["by"])] = said
    known = {key: [one for one in by.values() if one["answer"] != UNKNOWN] for key, by in words.items()}
    return {key: Standing(tuple(sorted(told, key=_seq))) for key, told in sorted(known.items())}


def usable(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The answers for the next batch: one for each question on which everybody who knows agrees, the first who said it."""
    return [one.answers[0] for one in standing(events).values() if one.settled]


def new_answers(answers: Sequence[dict[str, Any]], events: Iterable[Event]) -> list[Act]:
    """The acts of answers that are not recorded yet, word for word; so a file imported twice adds nothing."""
    known = {_said(event.body) for event in events if event.kind == Kind.ANSWERED}
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
