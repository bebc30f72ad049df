"""The last acknowledged write, kept a second time: what tells a write that was never acknowledged from one that was cut off."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from eligibility.audit.disk import bring_to_disk, open_ordinary, write_all
from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation


@dataclass(frozen=True, slots=True)
class Tail:
    """Where in the log the last acknowledged write begins, and its bytes."""

    start: int
    lines: bytes

    @property
    def end(self) -> int:
        """How long a log is at least that lost nothing."""
        return self.start + len(self.lines)


def read_tail(path: Path) -> Tail | None:
    """The tail that is kept at `path`; None where none is kept (or what stands there is none)."""
    try:
        with open_ordinary(path) as file:
            start, _, lines = file.read().partition(b"\n")
        return Tail(int(start), lines)
    except (OSError, ValueError):
        return None


def write_tail(path: Path, tail: Tail) -> None:
    """Keep the tail, whole or not at all; OSError where the disk does not take it."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        try:
            write_all(handle, b"%d\n" % tail.start + tail.lines)
            os.fsync(handle)
        finally:
            os.close(handle)
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
    bring_to_disk(path.parent)


def made_whole(data: bytes, tail: Tail | None) -> bytes:
    r"""A log whose end is missing, with its end; any other as it is.

    >>> made_whole(b"one\ntw", Tail(4, b"two\n")), made_whole(b"one\ntwo\nth", Tail(4, b"two\n"))
    (b'one\ntwo\n', b'one\ntwo\nth')
    """
    if tail is None or len(data) >= tail.end or len(data) < tail.start:
        return data
    return data[: tail.start] + tail.lines if tail.lines.startswith(data[tail.start :]) else data


def against_tail(data: bytes, tail: Tail | None, name: str) -> Diagnostic | None:
    """What the tail has against a log that was made whole; a log with events never lacks its tail."""
    if tail is None:
        return _no_tail(name) if data else None
    if data[tail.start : tail.end] == tail.lines:
        return None
    if len(data) < tail.end:
        problem = Bilingual(
            "日志的尾部被截去：已确认成功的事件不在其中",
            "the tail of the log was cut off: acknowledged events are missing",
        )
        return Diagnostic("tail_cut", SourceLocation(name), problem, _REMEDY)
    problem = Bilingual("日志的尾部不是最后一次确认写入的内容", "the tail of the log is not what was acknowledged last")
    return Diagnostic("event_replaced", SourceLocation(name), problem, _REMEDY)


def _no_tail(name: str) -> Diagnostic:
    problem = Bilingual(
        "另存的最后一次写入（acknowledged）不见了或被改坏：无从知道日志的尾部是否被截去",
        "the second copy of the last write (`acknowledged`) is missing or spoilt: whether the log lost its tail cannot be known",
    )
    return Diagnostic("tail_missing", SourceLocation(name), problem, _REMEDY)


_REMEDY = Bilingual(
    "用另存的副本恢复整个记录目录（日志与 acknowledged 一起）",
    "restore the whole folder of the record from a copy (the log with `acknowledged`)",
)
