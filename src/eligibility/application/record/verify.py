"""Is the record of a run as it was written, and its folder as the record says; and the digest to publish elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eligibility.application.record.place import Record, batch_of, record_of
from eligibility.application.record.vouch import not_as_recorded, not_vouched_for
from eligibility.audit import check_seal, seal_of
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Event, Kind


@dataclass(frozen=True, slots=True)
class Verified:
    """A sound record: its log, the number of events, the hash of the last, bytes of a write that was cut short, its seal.

    `unvouched` are names of files in the run folder of which the record knows nothing.
    """

    log: Path
    events: int
    head: str
    torn_bytes: int
    seal: str
    unvouched: tuple[str, ...] = ()
    release: dict[str, Any] | None = None
    """Whether the batch was decided by a released rulebook or a draft, and who approved it; None: a run before releases."""


def verify(run: Path, seal: str | None = None) -> Verified:
    """Check log, kept files and run folder against the record; with `seal`, that the log goes on from it.

    Raises:
        InputError: they are not as recorded; one finding for each event or file that is wrong.

    """
    record = record_of(run)
    found = record.log.examined()
    findings = [*found.findings, *([_cut(record, len(found.missing))] if found.missing else [])]
    unvouched: list[str] = []
    release: dict[str, Any] | None = None
    if not found.findings:
        batch = batch_of(run, found.events)
        findings += record.kept.wrong(_all_kept(record, found.events))
        findings += not_as_recorded(run, batch)
        unvouched = not_vouched_for(run, batch)
        release = batch.body.get("release")
        findings += [wrong] if seal and (wrong := check_seal(seal, found.events)) else []
    if findings:
        raise InputError(*findings)
    return Verified(
        record.log.path,
        len(found.events),
        found.head,
        len(found.torn),
        seal_of(found.events),
        tuple(unvouched),
        release,
    )


def _all_kept(record: Record, events: Iterable[Event]) -> list[str]:
    """The hash of every file that the log speaks of."""
    hashes: list[str] = []
    for event in events:
        match event.kind:
            case Kind.DECIDED:
                listings = [event.body["rulebook"]["kept"], event.body["dossier"]["kept"]]
                hashes += [*listings, event.body["decisions"], event.body["questions"]]
                hashes += [one for listing in listings for one in _listed(record, listing)]
                hashes += [event.body[key] for key in ("answers", "judgements", "shares") if event.body.get(key)]
            case Kind.CONFIRMED:
                hashes.append(event.body["opinions"])
            case Kind.PAYMENTS:
                hashes += [event.body["lines"], event.body["held"]]
            case Kind.PAID:
                hashes += [event.body["file"], event.body["matched"]]
            case Kind.SUPERSEDED:
                hashes.append(event.body["cases"])
    return hashes


def _listed(record: Record, listing: str) -> list[str]:
    try:
        return list(record.kept.value(listing).values())
    except InputError:
        return []  # the listing itself is then reported


def _cut(record: Record, count: int) -> Diagnostic:
    problem = Bilingual(
        f"日志末尾缺 {count} 字节：已确认成功的事件被截断；其内容另存在 acknowledged，各命令仍照常采用",
        f"{count} bytes are missing at the end: an acknowledged event was cut; commands go on with it from `acknowledged`",
    )
    remedy = Bilingual("追查原因；下次写入时自动补回", "find out why; the next write puts it back")
    return Diagnostic("tail_cut", SourceLocation(str(record.log.path)), problem, remedy)
