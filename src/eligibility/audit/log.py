"""The log: one event a line, appended under a lock and brought to the disk before it is acknowledged."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from eligibility.audit.canonical import digest, line_of
from eligibility.audit.disk import bring_to_disk, open_ordinary, write_all
from eligibility.audit.examine import Examined, examine
from eligibility.audit.tail import Tail, against_tail, made_whole, read_tail, write_tail
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Act, Event, Kind
from eligibility.store.lock import lock

_SHOWN = 2_000
"""Characters of a torn write that its event repeats."""


class Writer:
    """The log while it is locked: what stands in it, and the way to add to it."""

    def __init__(self, log: Log, handle: int, events: Sequence[Event], head: str, at: str) -> None:
        self._log, self._handle, self._at = log, handle, at
        self.events, self.head = list(events), head

    @property
    def state(self) -> tuple[int, ...]:
        """What the system says of the file while it is locked."""
        return file_state(os.fstat(self._handle))

    def append(self, *acts: Act, before: Callable[[list[Event]], None] = lambda _: None) -> list[Event]:
        """Write the acts, in one piece, and return them as events once they are on the disk.

        `before` is called with the events just before they are written; if it fails, nothing is.

        Raises:
            ValueError: an act holds what the record cannot hold.
            InputError: the disk is full or lost.

        """
        made: list[Event] = []
        head, seq = self.head, len(self.events)
        for number, act in enumerate(acts, start=seq + 1):
            said = (number, self._at, str(act.kind), act.body, head)
            head = digest(*said)
            made.append(Event(*said, head))
        lines = b"".join(line_of(event) for event in made)
        before(made)
        self._write(lines)
        self.head = head
        self.events += made
        return made

    def _write(self, lines: bytes) -> None:
        if not lines:
            return
        end = os.lseek(self._handle, 0, os.SEEK_END)
        try:
            write_all(self._handle, lines)
            os.fsync(self._handle)
            write_tail(self._log.tail_path, Tail(end, lines))
        except OSError as error:
            # all or nothing, as far as the disk lets us: what was not acknowledged is taken back
            os.ftruncate(self._handle, end)
            raise _not_writable(self._log.path, error) from None


@dataclass(frozen=True, slots=True)
class VerifiedHead:
    """A log that was verified: its events, the hash of the last, and what the system said of the file then."""

    state: tuple[int, ...]
    events: tuple[Event, ...]
    head: str


def file_state(found: os.stat_result) -> tuple[int, ...]:
    """Device, number, size and both times of change of a file: the same while nobody wrote to it."""
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


class Log:
    """The log of a record at `path`; it need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def tail_path(self) -> Path:
        """Where the last acknowledged write stands a second time."""
        return self.path.with_name("acknowledged")

    def examined(self) -> Examined:
        """The log as it stands, with what is wrong with it; an absent one is empty."""
        tail = read_tail(self.tail_path)  # before the log, which then holds at least that
        try:
            with open_ordinary(self.path) as file:
                return self._examined(file.read(), tail)
        except FileNotFoundError:
            return Examined((), ())
        except OSError as error:
            problem = Bilingual(f"日志读不出：{error.strerror}", f"the log cannot be read: {error.strerror}")
            remedy = Bilingual("检查读取权限", "check that it may be read")
            raise InputError(Diagnostic("record_unreadable", SourceLocation(str(self.path)), problem, remedy)) from None

    def events(self) -> tuple[Event, ...]:
        """The events of a sound log.

        Raises:
            InputError: an event was changed, dropped, inserted or moved.

        """
        found = self.examined()
        if found.findings:
            raise InputError(*found.findings)
        return found.events

    @contextmanager
    def writing(self, at: str, known: VerifiedHead | None = None) -> Iterator[Writer]:
        """Lock the log, put a torn end aside as an event, and give a writer; `at` is the time of its events.

        The log is verified whole, unless it is untouched since it was `known`.

        An acknowledged end that was cut off is first written again, from where it stands a second time.

        Raises:
            InputError: the log cannot be opened for writing, or is not sound; nothing is added to a broken log.

        """
        handle = self._opened()
        try:
            lock(handle)
            if known is not None and known.events and self._untouched(handle, known):
                yield Writer(self, handle, known.events, known.head, at)
                return
            with open_ordinary(self.path) as file:
                data = file.read()
            tail = read_tail(self.tail_path)
            if tail is None and not data:
                # from the first event on a tail is there, also where this write dies before it is acknowledged
                tail = self._begin()
            found = self._examined(data, tail)
            if found.findings:
                raise InputError(*found.findings)
            writer = Writer(self, handle, found.events, found.head, at)
            if found.missing:
                self._restore(handle, found.missing, len(data))
                writer.append(Act(Kind.RECOVERED, _put_aside(found.missing, restored=True)))
            if found.torn:
                os.ftruncate(handle, len(data) - len(found.torn))
                writer.append(Act(Kind.RECOVERED, _put_aside(found.torn, restored=False)))
            yield writer
        finally:
            os.close(handle)

    def _begin(self) -> Tail:
        try:
            write_tail(self.tail_path, Tail(0, b""))
        except OSError as error:
            raise _not_writable(self.path, error) from None
        return Tail(0, b"")

    def _examined(self, data: bytes, tail: Tail | None) -> Examined:
        whole = made_whole(data, tail)
        found = examine(whole, self.path.name)
        wrong = None if found.findings else against_tail(whole, tail, self.path.name)
        return replace(found, findings=(*found.findings, *((wrong,) if wrong else ())), missing=whole[len(data) :])

    def _untouched(self, handle: int, known: VerifiedHead) -> bool:
        """The state of the file is the known one, and it ends with the line of the last known event."""
        if file_state(os.fstat(handle)) != known.state:
            return False
        last = line_of(known.events[-1])
        os.lseek(handle, max(0, known.state[2] - len(last)), os.SEEK_SET)
        return os.read(handle, len(last)) == last

    def _restore(self, handle: int, missing: bytes, end: int) -> None:
        try:
            write_all(handle, missing)
            os.fsync(handle)
        except OSError as error:
            os.ftruncate(handle, end)
            raise _not_writable(self.path, error) from None

    def _opened(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = not self.path.exists()
            handle = os.open(self.path, flags, 0o600)
        except OSError as error:
            raise _not_writable(self.path, error) from None
        if fresh:
            bring_to_disk(self.path.parent)
        return handle


def _put_aside(rest: bytes, *, restored: bool) -> dict[str, object]:
    text = rest.decode("utf-8", errors="replace")
    said: dict[str, object] = {"bytes": len(rest), "sha256": hashlib.sha256(rest).hexdigest()}
    return said | ({"restored": True} if restored else {"begins": text[:_SHOWN]})


def _not_writable(path: Path, error: OSError) -> InputError:
    problem = Bilingual(f"事件日志无法写入：{error.strerror}", f"the log cannot be written: {error.strerror}")
    remedy = Bilingual(
        "检查权限与磁盘空间，或用 --record 另指定记录目录", "check permissions and space, or name another --record"
    )
    return InputError(Diagnostic("record_not_writable", SourceLocation(str(path)), problem, remedy))
