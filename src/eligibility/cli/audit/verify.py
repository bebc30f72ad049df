"""`eligibility audit verify` and `audit seal`: is the record as it was written, and the digest to publish elsewhere."""

from __future__ import annotations

import json as json_text
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console

from eligibility.application.record.keeping import output_hashes
from eligibility.application.record.place import Record, batch_of, record_of
from eligibility.audit import check_seal, seal_of
from eligibility.audit.seal import LIMITS
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.record import Event, Kind


def verify(run_folder: Path, seal: str | None, *, lang: str, json: bool) -> None:
    """Print whether log, kept files and run folder are as recorded.

    Raises:
        Unusable: they are not; one finding for each event or file that is wrong.

    """
    record = record_of(run_folder)
    found = record.log.examined()
    findings = list(found.findings)
    if not findings:
        findings += record.kept.wrong(_all_kept(record, found.events))
        findings += _changed_outputs(run_folder, batch_of(run_folder, found.events))
        findings += [wrong] if seal and (wrong := check_seal(seal, found.events)) else []
    if findings:
        raise Unusable(*findings)
    told = {
        "events": len(found.events),
        "head": found.head,
        "torn_bytes": len(found.torn),
        "seal": seal_of(found.events),
    }
    if json:
        sys.stdout.write(json_text.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    _tell(told, seal, record, lang)


def seal(run_folder: Path, *, lang: str, json: bool) -> None:
    """Print the seal of a sound record, and what it cannot prove.

    Raises:
        Unusable: the record is not sound; a broken log is not sealed.

    """
    events = record_of(run_folder).log.events()
    made = seal_of(events)
    if json:
        told = {"seal": made, "events": len(events), "at": events[-1].at, "cannot_prove": LIMITS.say(lang)}
        sys.stdout.write(json_text.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"[bold]{made}[/]")
    console.print(LIMITS.say(lang))


def _tell(told: dict[str, Any], seal: str | None, record: Record, lang: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    en = lang == "en"
    if told["torn_bytes"]:
        console.print(_torn(told["torn_bytes"], en), style="yellow")
    if en:
        console.print(
            f"{told['events']} events, chained and unchanged; every kept file and every table of the run is as recorded."
        )
        console.print("The log goes on from the published seal." if seal else _unsealed(en))
    else:
        console.print(f"共 {told['events']} 条事件，首尾相接，未被改动；所存文件与结果目录中的数据表均与记录一致。")
        console.print("日志承接所给的封签。" if seal else _unsealed(en))
    console.print(f"{record.log.path}", style="dim")


def _torn(count: int, en: bool) -> str:
    if en:
        return f"! A write was cut short at the end ({count} bytes): it was never acknowledged; the next write puts it aside."
    return f"！末尾有一次写入中断（{count} 字节）：该事件从未确认成功，下次写入时自动另存并继续。"


def _unsealed(en: bool) -> str:
    if en:
        return "A cut tail or a rewritten log shows only against a seal published elsewhere: audit verify --seal."
    return "尾部被截去或整体重写，只有对照别处公布的封签才看得出来：audit verify --seal 封签。"


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
    return [_output(run_folder / name, name in now) for name in wrong]


def _output(path: Path, there: bool) -> Finding:
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
