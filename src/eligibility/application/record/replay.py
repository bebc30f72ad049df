"""Decide a recorded batch again from what was kept of it, and compare bit for bit."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from eligibility.application.pipeline import execute
from eligibility.application.record.hashes import output_hashes
from eligibility.application.record.inputs import recorded_inputs
from eligibility.application.record.place import Record, batch_of, record_of
from eligibility.application.record.program import program
from eligibility.application.stage import Work
from eligibility.application.timing import Progress, StageTimer
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Event, Kind
from eligibility.reporting import write_tables
from eligibility.review import changed_cases
from eligibility.rulebook import load_policy
from eligibility.store.database import connect


@dataclass(frozen=True, slots=True)
class Replayed:
    """A batch decided again: which tables came out the same, which persons differ, and what of the program changed."""

    batch: Event
    same: tuple[str, ...]
    different: tuple[str, ...]
    persons: list[list[str]]
    program: tuple[str, ...]


def replay(run: Path, event: int | None = None, progress: Progress | None = None) -> Replayed:
    """Decide the batch of a run again, or that of an earlier event; `progress` is told of every step.

    Raises:
        InputError: something that was kept is missing or changed, or the event is no batch.

    """
    record = record_of(run)
    events = record.log.events()
    batch = batch_of(run, events) if event is None else _chosen(events, event)
    return _decide_again(record, batch, progress)


def _chosen(events: tuple[Event, ...], number: int) -> Event:
    batches = [event for event in events if event.kind == Kind.DECIDED]
    found = next((event for event in batches if event.seq == number), None)
    if found is None:
        known = "、".join(str(event.seq) for event in batches)
        problem = Bilingual(f"第 {number} 号事件不是一次判定", f"event {number} is no batch")
        remedy = Bilingual(f"判定事件有：{known}", f"batches: {known.replace('、', ', ')}")
        raise InputError(Diagnostic("batch_unknown", SourceLocation("--event"), problem, remedy))
    return found


def _decide_again(record: Record, batch: Event, progress: Progress | None) -> Replayed:
    with recorded_inputs(record, batch) as given, tempfile.TemporaryDirectory(prefix="eligibility-replay-") as room:
        policy = load_policy(given.rules, as_of=given.as_of)
        with connect() as con:
            work = Work(con, policy, given.dossier, given.answers, given.judgements, mapping=given.mapping)
            execute(work, watch=StageTimer(progress).stage)
            write_tables(con, Path(room))
        return _compared(record, batch, Path(room))


def _compared(record: Record, batch: Event, out: Path) -> Replayed:
    now, then = output_hashes(out), batch.body["outputs"]
    different = tuple(sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name)))
    persons = changed_cases(record.kept.path(batch.body["decisions"]), out / "decisions.parquet") if different else []
    running = program()
    changed = tuple(
        f"{key} {said} → {running.get(key)}" if key != "code_sha256" else f"{key} {said[:12]}… → {running[key][:12]}…"
        for key, said in batch.body["program"].items()
        if running.get(key) != said
    )
    return Replayed(batch, tuple(sorted(then.keys() - set(different))), different, persons, changed)
