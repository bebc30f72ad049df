"""A finished run and its record, opened together for an act of review."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from eligibility.application.record.place import Record, batch_of, record_of
from eligibility.application.saved_runs import open_run
from eligibility.audit import VerifiedLog, Writer
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Event, Kind
from eligibility.model.policy import Policy
from eligibility.review import lay_out


@dataclass(frozen=True, slots=True)
class Opened:
    """The run as tables, its policy, its record and the event of its batch."""

    con: duckdb.DuckDBPyConnection
    policy: Policy
    record: Record
    batch: Event
    events: tuple[Event, ...]


@contextmanager
def reading(run_folder: Path) -> Iterator[Opened]:
    """The run and its record, to look at.

    Raises:
        InputError: no finished run, or its record is missing or not sound.

    """
    record = record_of(run_folder)
    events = record.log.events()
    yield from _laid_out(run_folder, record, events)


@contextmanager
def acting(run_folder: Path, now: datetime, log: VerifiedLog | None = None) -> Iterator[tuple[Opened, Writer]]:
    """The same with the log locked, so that nobody signs between the look and the signature; `log` where it is verified."""
    record = record_of(run_folder)
    with (log or record.log).writing(now.isoformat(timespec="seconds")) as writer:
        for opened in _laid_out(run_folder, record, tuple(writer.events)):
            yield opened, writer


def check_latest(opened: Opened) -> None:
    """An act on a decision is on the one that stands, not on a run that a later batch of the record supersedes.

    Raises:
        InputError: a later batch was recorded.

    """
    latest = max(event.seq for event in opened.events if event.kind == Kind.DECIDED)
    if latest != opened.batch.seq:
        problem = Bilingual(
            f"该结果（第 {opened.batch.seq} 号事件）已被第 {latest} 号判定取代",
            f"the run (event {opened.batch.seq}) is superseded by the batch of event {latest}",
        )
        remedy = Bilingual(
            "请对最近一次判定的结果目录操作；没有就重新执行 run", "act on the folder of the latest run, or run again"
        )
        raise InputError(Diagnostic("batch_superseded", SourceLocation(f"#{opened.batch.seq}"), problem, remedy))


def _laid_out(run_folder: Path, record: Record, events: tuple[Event, ...]) -> Iterator[Opened]:
    batch = batch_of(run_folder, events)
    con, policy = open_run(run_folder, batch)
    with con:
        lay_out(con, policy, events, record.kept.value)
        yield Opened(con, policy, record, batch, events)
