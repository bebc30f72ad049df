"""What an answer would settle, before it is given: the batch decided once more with that answer, and nothing recorded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

from eligibility.application.pipeline import execute
from eligibility.application.record.inputs import recorded_inputs
from eligibility.application.record.place import record_of
from eligibility.application.stage import Work
from eligibility.application.workbench.questions import query
from eligibility.application.workbench.service import Workbench
from eligibility.audit.canonical import canonical
from eligibility.model.event import Event
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
        with recorded_inputs(record, batch) as given, connect() as con:
            replaced = {(one["question"], one["household"]) for one in answers}
            kept = [one for one in given.answers if (one["question"], one["household"]) not in replaced]
            policy = load_policy(given.rules, as_of=given.as_of)
            tried = [*kept, *(one | {"place": place} for one in answers)]
            work = Work(con, policy, given.dossier, tried, given.judgements, mapping=given.mapping)
            execute(work, last="engine")
            before = str(record.kept.path(batch.body["decisions"]))
            rows = con.execute(query("effect"), [before]).fetchall()
        settled = {now: count for was, now, count in rows if was == "manual_review" and now != was}
        unsettled = sum(count for was, now, count in rows if now == "manual_review" and was != now)
        return Effect(settled, unsettled, sum(count for was, now, count in rows if was != now))
