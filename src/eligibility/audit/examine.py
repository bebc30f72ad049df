"""Is the log as it was written? Finds a changed, dropped, inserted or moved event and says which."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from eligibility.audit.canonical import GENESIS, bears_its_hash
from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation
from eligibility.model.event import Event

_KEYS = {"seq", "at", "kind", "body", "prev", "hash"}
_RESTORE = Bilingual(
    "用另存的副本恢复该日志；不要手工修改", "restore the log from a copy kept elsewhere; do not mend it by hand"
)


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found: the events, what is wrong with them, and the bytes of a write that was cut short at the end.

    A torn end is no fault: the event was never acknowledged, and the next write puts the bytes aside. `missing` are the
    last bytes of an acknowledged write that the log no longer has; the events are read with them.
    """

    events: tuple[Event, ...]
    findings: tuple[Diagnostic, ...]
    torn: bytes = b""
    missing: bytes = b""

    @property
    def head(self) -> str:
        """The hash of the last event."""
        return self.events[-1].hash if self.events else GENESIS


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    event: Event


def examine(data: bytes, name: str) -> Examined:
    """Read a log; `name` is the file as messages call it. Never raises on what the bytes hold."""
    *whole, torn = data.split(b"\n")
    lines, findings = [], []
    for number, raw in enumerate(whole, start=1):
        event = _read(raw)
        if event is None:
            findings.append(_unreadable(name, number))
            continue
        lines.append(_Line(number, event))
        if not bears_its_hash(raw, event.hash):
            findings.append(_changed(name, number, event.seq))
    findings += _order(lines, name)
    return Examined(tuple(line.event for line in lines), tuple(findings), torn)


def _read(raw: bytes) -> Event | None:
    try:
        said: Any = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.keys() != _KEYS or not _typed(said):
        return None
    return Event(**said)


def _typed(said: Mapping[str, Any]) -> bool:
    texts = all(isinstance(said[key], str) for key in ("at", "kind", "prev", "hash"))
    return texts and type(said["seq"]) is int and isinstance(said["body"], dict)


def _order(lines: list[_Line], name: str) -> Iterator[Diagnostic]:
    """What the numbers and the chain say of the lines as a whole."""
    true, inserted = _sorted_out(lines)
    for line in inserted:
        yield _inserted(name, line.number, line.event.seq)
    moved = [line for line, place in zip(true, sorted(true, key=_seq), strict=True) if line is not place]
    if moved:
        yield _moved(name, moved)
    chain = [line.event for line in sorted(true, key=_seq)]
    if chain and chain[0].seq > 1:
        yield _dropped(name, 1, chain[0].seq - 1)
    if chain and chain[0].seq == 1 and chain[0].prev != GENESIS:
        yield _broken(name, 0, chain[0].seq)
    for before, after in pairwise(chain):
        if after.seq > before.seq + 1:
            yield _dropped(name, before.seq + 1, after.seq - 1)
        elif after.prev != before.hash:
            yield _broken(name, before.seq, after.seq)


def _sorted_out(lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The lines of the chain, and those that share a number with one of them but that no later event follows."""
    counted = Counter(line.event.seq for line in lines)
    followed = {line.event.prev for line in lines}
    hashes = {line.event.hash for line in lines} | {GENESIS}
    true, inserted, taken = [], [], set()
    for line in sorted(lines, key=lambda one: (one.event.hash not in followed, one.event.prev not in hashes)):
        if counted[line.event.seq] > 1 and line.event.seq in taken:
            inserted.append(line)
        else:
            taken.add(line.event.seq)
            true.append(line)
    return sorted(true, key=_number), sorted(inserted, key=_number)


def _seq(line: _Line) -> int:
    return line.event.seq


def _number(line: _Line) -> int:
    return line.number


def _unreadable(name: str, number: int) -> Diagnostic:
    problem = Bilingual("这一行不是一条事件：被改动或损坏", "this line is no event: it was changed or damaged")
    return Diagnostic("event_unreadable", SourceLocation(name, row=number), problem, _RESTORE)


def _changed(name: str, number: int, seq: int) -> Diagnostic:
    problem = Bilingual(
        f"第 {seq} 号事件被改动：内容与其哈希不符", f"event {seq} was changed: its content does not give its hash"
    )
    return Diagnostic("event_changed", SourceLocation(name, row=number), problem, _RESTORE)


def _inserted(name: str, number: int, seq: int) -> Diagnostic:
    problem = Bilingual(
        f"此行的第 {seq} 号事件是插入的：已另有第 {seq} 号，且没有后续事件接在它后面",
        f"event {seq} on this line was inserted: there is another event {seq}, and no event follows this one",
    )
    return Diagnostic("event_inserted", SourceLocation(name, row=number), problem, _RESTORE)


def _moved(name: str, moved: list[_Line]) -> Diagnostic:
    seqs = "、".join(str(line.event.seq) for line in moved)
    problem = Bilingual(
        f"事件次序被调换：第 {seqs} 号不在原位",
        f"events were swapped: {seqs.replace('、', ', ')} do not stand in their places",
    )
    return Diagnostic("event_moved", SourceLocation(name, row=moved[0].number), problem, _RESTORE)


def _dropped(name: str, first: int, last: int) -> Diagnostic:
    zh = f"第 {first} 号" if first == last else f"第 {first} 至 {last} 号"
    en = f"event {first} is" if first == last else f"events {first} to {last} are"
    return Diagnostic("event_dropped", SourceLocation(name), Bilingual(f"缺少{zh}事件", f"{en} missing"), _RESTORE)


def _broken(name: str, before: int, after: int) -> Diagnostic:
    problem = Bilingual(
        f"第 {after} 号事件所接的不是现在的第 {before} 号：第 {before} 号被整条替换"
        if before
        else "第 1 号事件之前另有事件",
        f"event {after} was not written after the present event {before}: event {before} was replaced"
        if before
        else "event 1 was written after another event",
    )
    return Diagnostic("event_replaced", SourceLocation(name), problem, _RESTORE)
