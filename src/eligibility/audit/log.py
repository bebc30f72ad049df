"""The log: one event a line, appended under a lock and brought to the disk before it is acknowledged."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from eligibility.audit.canonical import digest, line_of
from eligibility.audit.examine import Examined, examine
from eligibility.audit.lock import lock
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.record import Act, Event, Kind

_SHOWN = 2_000
"""Characters of a torn write that its event repeats."""


class Writer:
    """The log while it is locked: what stands in it, and the way to add to it."""

    def __init__(self, file: BinaryIO, events: Sequence[Event], head: str, at: str) -> None:
        self._file, self._head, self._at = file, head, at
        self.events = list(events)

    def append(self, *acts: Act) -> list[Event]:
        """Write the acts, in one piece, and return them as events once they are on the disk.

        Raises:
            ValueError: an act holds what the record cannot hold.
            Unusable: the disk is full or lost.

        """
        made: list[Event] = []
        head, seq = self._head, len(self.events)
        for number, act in enumerate(acts, start=seq + 1):
            said = (number, self._at, str(act.kind), act.body, head)
            head = digest(*said)
            made.append(Event(*said, head))
        self._write(b"".join(line_of(event) for event in made))
        self._head = head
        self.events += made
        return made

    def _write(self, lines: bytes) -> None:
        end = self._file.seek(0, os.SEEK_END)
        try:
            self._file.write(lines)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            # all or nothing, as far as the disk lets us: what was not acknowledged is taken back
            os.ftruncate(self._file.fileno(), end)
            raise _not_writable(Path(self._file.name), error) from None


class Log:
    """The log of a record at `path`; it need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def examined(self) -> Examined:
        """The log as it stands, with what is wrong with it; an absent one is empty."""
        try:
            return examine(self.path.read_bytes(), self.path.name)
        except FileNotFoundError:
            return Examined((), ())

    def events(self) -> tuple[Event, ...]:
        """The events of a sound log.

        Raises:
            Unusable: an event was changed, dropped, inserted or moved.

        """
        found = self.examined()
        if found.findings:
            raise Unusable(*found.findings)
        return found.events

    @contextmanager
    def writing(self, at: str) -> Iterator[Writer]:
        """Lock the log, put a torn end aside as an event, and give a writer; `at` is the time of its events.

        Raises:
            Unusable: the log cannot be opened for writing, or is not sound; nothing is added to a broken log.

        """
        with self._opened() as file:
            lock(file)
            file.seek(0)
            found = examine(file.read(), self.path.name)
            if found.findings:
                raise Unusable(*found.findings)
            writer = Writer(file, found.events, found.head, at)
            if found.torn:
                file.truncate(file.seek(0, os.SEEK_END) - len(found.torn))
                writer.append(Act(Kind.RECOVERED, _torn(found.torn)))
            yield writer

    def _opened(self) -> BinaryIO:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = not self.path.exists()
            file = self.path.open("a+b")
        except OSError as error:
            raise _not_writable(self.path, error) from None
        if fresh:
            bring_to_disk(self.path.parent)
        return file


def bring_to_disk(folder: Path) -> None:
    """Make the names in `folder` last through a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _torn(rest: bytes) -> dict[str, object]:
    text = rest.decode("utf-8", errors="replace")
    return {"bytes": len(rest), "sha256": hashlib.sha256(rest).hexdigest(), "begins": text[:_SHOWN]}


def _not_writable(path: Path, error: OSError) -> Unusable:
    problem = Text(f"事件日志无法写入：{error.strerror}", f"the log cannot be written: {error.strerror}")
    remedy = Text(
        "检查权限与磁盘空间，或用 --record 另指定记录目录", "check permissions and space, or name another --record"
    )
    return Unusable(Finding("record_not_writable", Source(str(path)), problem, remedy))
