"""The acts of a record by what they are about, taken in event by event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from eligibility.model.event import Event, Kind
from eligibility.review import Standing, Words

_ON_QUESTIONS = frozenset((Kind.ANSWERED, Kind.WITHDRAWN, Kind.COMMENTED))


class Ledger:
    """What was done on each question, what stands of it, and the acts by their ids."""

    def __init__(self, events: Iterable[Event], kept: Callable[[str], Any]) -> None:
        """Take in the events; `kept` gives a value that the record keeps, by its hash."""
        self._kept = kept
        self.seq, self.hash = 0, ""
        self.used: frozenset[int] = frozenset()
        self.words = Words()
        self._history: dict[str, list[Event]] = defaultdict(list)
        self._acts: dict[str, list[Event]] = defaultdict(list)
        self.follow(events)

    def follow(self, events: Iterable[Event]) -> None:
        """Take in further events, in their order."""
        for event in events:
            self.seq, self.hash = event.seq, event.hash
            self.words.add(event)
            if event.kind in _ON_QUESTIONS:
                self._history[event.body["question"]].append(event)
            if event.kind == Kind.DECIDED:
                answers = self._kept(event.body["answers"]) if event.body["answers"] else ()
                self.used |= {answer["event"] for answer in answers}
            if act := event.body.get("act"):
                self._acts[act].append(event)

    def act(self, act: str) -> list[Event]:
        """The events of an act that was done before under this id; none where it was not."""
        return list(self._acts.get(act, ()))

    def by(self, name: str) -> list[Event]:
        """The answers of an officer that stand, the earliest first."""
        answers = (event for events in self._history.values() for event in events if event.kind == Kind.ANSWERED)
        own = [event for event in answers if event.body["by"] == name]
        stands = {
            word["event"]
            for event in own
            for word in self.words.of((event.body["question"], event.body["household"])).answers
        }
        return sorted((event for event in own if event.seq in stands), key=_seq)

    def history(self, question: str) -> list[Event]:
        """Answers, withdrawals and remarks on a question, the earliest first."""
        return list(self._history.get(question, ()))

    def touched(self, seq: int = 0) -> list[str]:
        """Ids of the questions on which something was done after the event `seq`."""
        return [question for question, events in self._history.items() if events[-1].seq > seq]

    def version(self, question: str) -> int:
        """The number of the last event that changed an answer to the question; 0 where none did."""
        return max((one.seq for one in self.history(question) if one.kind != Kind.COMMENTED), default=0)

    def standing(self, question: str) -> list[Standing]:
        """What stands: one for a question, one for each household of a roll."""
        return [stands for key in self.words.keys(question) if (stands := self.words.of(key)).answers]

    def state(self, question: str) -> str:
        """Of an open question: open, waiting (for papers), answered, disagree, or insufficient.

        Insufficient: a batch has used the answer, and asks all the same.
        """
        stands = self.standing(question)
        if any(one.disagree for one in stands):
            return "disagree"
        if stands:
            fresh = any(answer["event"] not in self.used for one in stands for answer in one.answers)
            return "answered" if fresh else "insufficient"
        last = next(iter(reversed(self._history.get(question, ()))), None)
        return "waiting" if last is not None and last.kind == Kind.COMMENTED and last.body["waits"] else "open"


def _seq(event: Event) -> int:
    return event.seq
