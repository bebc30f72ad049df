"""What an answer would settle, before it is given: the batch decided once more with that answer, and nothing recorded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from eligibility.application.pipeline import execute
from eligibility.application.record.inputs import recorded_inputs
from eligibility.application.record.place import Record, record_of
from eligibility.application.stage import Work
from eligibility.application.workbench.questions import query
from eligibility.application.workbench.service import Workbench
from eligibility.audit.canonical import canonical
from eligibility.model.event import Event
from eligibility.reporting import UnheededAnswer, unheeded_answers
from eligibility.rulebook import load_policy
from eligibility.store.database import connect

MOST_PERSONS, MOST_UNASKED = 20_000, 3_000
"""Above so many persons nothing is decided for a look: it would take longer than anyone waits. Above the second number only when asked."""
_REMEMBERED = 2_000
_WAITING = 40
"""Looks that may wait at a time."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Of the persons now in review, how many would be settled, by outcome; `unsettled`: decided persons who would need review."""

    settled: Mapping[str, int]
    unsettled: int
    changed: int

    @property
    def total(self) -> int:
        """How many would be settled."""
        return sum(self.settled.values())


class Effects:
    """Computes effects one at a time beside the work of officers, and remembers them until the next batch."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="effect")
        self._known: OrderedDict[bytes, Future[Effect]] = OrderedDict()
        self._mutex = Lock()

    def close(self) -> None:
        """Begin no further look."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def possible(self) -> bool:
        """Whether the run is small enough for a look."""
        return self._persons() <= MOST_PERSONS

    @property
    def unasked(self) -> bool:
        """Whether it is so small that every choice can be looked at without being asked for."""
        return self._persons() <= MOST_UNASKED

    def _persons(self) -> int:
        return int(sum(self._workbench.batch.body["outcomes"].values()))

    def of(self, answers: Sequence[dict[str, Any]], wait: float) -> Effect | None:
        """The effect of one answer (of all shares of a roll); None while it is being computed, or cannot be.

        `wait` is how long to wait for it, in seconds.
        """
        batch = self._workbench.batch
        meant = [
            [one[key] for key in ("question", "household", "answer", "area_umu", "since", "until")] for one in answers
        ]
        key = canonical([batch.hash, meant])
        with self._mutex:
            future = self._known.get(key)
            if future is None:
                waiting = sum(not one.done() for one in self._known.values())
                if not self.possible or waiting >= _WAITING:
                    return None
                future = self._known[key] = self._pool.submit(self._decide, batch, [dict(one) for one in answers])
                while len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        try:
            return future.result(timeout=wait)
        except TimeoutError:
            return None

    def _decide(self, batch: Event, answers: list[dict[str, Any]]) -> Effect:
        record = record_of(self._workbench.run)
        place = {"file": "", "sheet": "", "row": 0, "sha256": ""}
        replaced = {(one["question"], one["household"]) for one in answers}
        given = record.kept.value(batch.body["answers"]) if batch.body["answers"] else ()
        kept = [one for one in given if (one["question"], one["household"]) not in replaced]
        with once_more(record, batch, [*kept, *(one | {"place": place} for one in answers)]) as work:
            execute(work, last="engine")
            return _effect(work, record, batch)


@dataclass(frozen=True, slots=True)
class Unheeded:
    """Answers of a file that would fill nothing, and the persons whose decisions would be open again for those contradicted."""

    answers: tuple[UnheededAnswer, ...]
    unsettled: int


def unheeded(
    record: Record, batch: Event, answers: Sequence[dict[str, Any]], new: Sequence[Mapping[str, Any]]
) -> Unheeded:
    """Which of the `new` answers the papers of the batch contradict, or cannot use, when decided again with `answers`."""
    written = {(one["place"]["file"], one["place"]["sheet"], one["place"]["row"]) for one in new}
    with once_more(record, batch, answers) as work:
        execute(work, last="answers")
        found = tuple(one for one in unheeded_answers(work.con) if (one.at.file, one.at.sheet, one.at.row) in written)
        if not any(one.effect == "conflict" for one in found):
            return Unheeded(found, 0)
        execute(work, first="judgements", last="engine")
        return Unheeded(found, _effect(work, record, batch).unsettled)


@contextmanager
def once_more(record: Record, batch: Event, answers: Sequence[dict[str, Any]]) -> Iterator[Work]:
    """What the batch was decided from, with these answers in place of those it was given; nothing is executed yet."""
    with recorded_inputs(record, batch) as given, connect() as con:
        policy = load_policy(given.rules, as_of=given.as_of)
        yield Work(con, policy, given.dossier, list(answers), given.judgements, mapping=given.mapping)


def _effect(work: Work, record: Record, batch: Event) -> Effect:
    """The decisions that now stand in `work` against those of the batch."""
    before = str(record.kept.path(batch.body["decisions"]))
    rows = work.con.execute(query("effect"), [before]).fetchall()
    settled = {now: count for was, now, count in rows if was == "manual_review" and now != was}
    unsettled = sum(count for was, now, count in rows if now == "manual_review" and was != now)
    return Effect(settled, unsettled, sum(count for was, now, count in rows if was != now))
