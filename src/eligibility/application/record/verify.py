"""Is the record of a run as it was written, and its folder as the record says; and the digest to publish elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eligibility.application.record.keeping import output_hashes
from eligibility.application.record.place import Record, batch_of, record_of
from eligibility.audit import check_seal, seal_of
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.record import Event, Kind


@dataclass(frozen=True, slots=True)
class Verified:
    """A sound record: its log, the number of events, the hash of the last, bytes of a write that was cut short, its seal."""

    log: Path
    events: int
    head: str
    torn_bytes: int
    seal: str


def verify(run: Path, seal: str | None = None) -> Verified:
    """Check log, kept files and run folder against the record; with `seal`, that the log goes on from it.

    Raises:
        Unusable: they are not as recorded; one finding for each event or file that is wrong.

    """
    record = record_of(run)
    found = record.log.examined()
    findings = list(found.findings)
    if not findings:
        findings += record.kept.wrong(_all_kept(record, found.events))
        findings += _changed_outputs(run, batch_of(run, found.events))
        findings += [wrong] if seal and (wrong := check_seal(seal, found.events)) else []
    if findings:
        raise Unusable(*findings)
    return Verified(record.log.path, len(found.events), found.head, len(found.torn), seal_of(found.events))


def _all_kept(record: Record, events: Iterable[Event]) -> list[str]:
    """The hash of every file that the log speaks of."""
    hashes: list[str] = []
    for event in events:
        match event.kind:
            case Kind.DECIDED:
                listings = [event.body["rulebook"]["kept"], event.body["dossier"]["kept"]]
                hashes += [*listings, event.body["decisions"], event.body["questions"]]
                hashes += [one for listing in listings for one in _listed(record, listing)]
                hashes += [event.body[key] for key in ("answers", "judgements") if event.body.get(key)]
            case Kind.CONFIRMED:
                hashes.append(event.body["opinions"])
            case Kind.SUPERSEDED:
                hashes.append(event.body["cases"])
    return hashes


def _listed(record: Record, listing: str) -> list[str]:
    try:
        return list(record.kept.value(listing).values())
    except Unusable:
        return []  # the listing itself is then reported


def _changed_outputs(run_folder: Path, batch: Event) -> list[Finding]:
    now = output_hashes(run_folder)
    wrong = sorted(name for name, sha256 in batch.body["outputs"].items() if now.get(name) != sha256)
    return [_output(run_folder / name, there=name in now) for name in wrong]


def _output(path: Path, *, there: bool) -> Finding:
    problem = (
        Text("判定之后被改动：与记录的哈希不符", "was changed after the decision: its hash is not the recorded one")
        if there
        else Text("判定时写出，现在不见了", "was written by the run and is missing now")
    )
    remedy = Text(
        "用 eligibility audit replay 重算，或从副本恢复",
        "decide it again with eligibility audit replay, or restore a copy",
    )
    return Finding("output_changed", Source(str(path)), problem, remedy)
