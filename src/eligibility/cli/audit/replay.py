"""`eligibility audit replay`: decide a recorded batch again from what was kept of it, and compare bit for bit."""

from __future__ import annotations

import json as json_text
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from eligibility.application.clock import Clock
from eligibility.application.meanwhile import SOLVERS, import_meanwhile
from eligibility.application.pipeline import execute
from eligibility.application.record.inputs import recorded_inputs
from eligibility.application.record.keeping import output_hashes
from eligibility.application.record.place import Record, batch_of, record_of
from eligibility.application.record.program import program
from eligibility.application.stage import Work
from eligibility.cli.clock import shown
from eligibility.domain.desk import open_desk
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.record import Event, Kind
from eligibility.reporting import write_tables
from eligibility.review import changed_cases
from eligibility.rulebook import load_policy


@dataclass(frozen=True, slots=True)
class Replayed:
    """A batch decided again: which tables came out the same, which persons differ, and what of the program changed."""

    batch: Event
    same: tuple[str, ...]
    different: tuple[str, ...]
    persons: list[list[str]]
    program: tuple[str, ...]


def replay(run_folder: Path, event: int | None, *, lang: str, json: bool) -> None:
    """Decide the batch of a run again, or that of an earlier event, and print what is the same.

    Raises:
        Unusable: something that was kept is missing or changed, or the tables come out otherwise.

    """
    record = record_of(run_folder)
    events = record.log.events()
    batch = batch_of(run_folder, events) if event is None else _chosen(events, event)
    done = _decide_again(record, batch, lang)
    if json:
        sys.stdout.write(json_text.dumps(_payload(done), ensure_ascii=False, indent=2) + "\n")
    else:
        _tell(done, lang)
    if done.different:
        raise Unusable(_differs(done))


def _chosen(events: tuple[Event, ...], number: int) -> Event:
    batches = [event for event in events if event.kind == Kind.DECIDED]
    found = next((event for event in batches if event.seq == number), None)
    if found is None:
        known = "、".join(str(event.seq) for event in batches)
        problem = Text(f"第 {number} 号事件不是一次判定", f"event {number} is no batch")
        remedy = Text(f"判定事件有：{known}", f"batches: {known.replace('、', ', ')}")
        raise Unusable(Finding("batch_unknown", Source("--event"), problem, remedy))
    return found


def _decide_again(record: Record, batch: Event, lang: str) -> Replayed:
    with recorded_inputs(record, batch) as given, tempfile.TemporaryDirectory(prefix="eligibility-replay-") as room:
        policy = load_policy(given.rules, as_of=given.as_of)
        with open_desk() as con:
            import_meanwhile(*SOLVERS)
            work = Work(con, policy, given.dossier, given.answers, given.judgements)
            with shown(lang) as progress:
                execute(work, watch=Clock(progress).stage)
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


def _payload(done: Replayed) -> dict[str, Any]:
    return {
        "event": done.batch.seq,
        "same": list(done.same),
        "different": list(done.different),
        "persons_different": len(done.persons),
        "program_changed": list(done.program),
    }


def _tell(done: Replayed, lang: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    en = lang == "en"
    if done.program:
        word = "! The program is not the one that decided: " if en else "！现在的程序不是当时判定的程序："
        console.print(word + "；".join(done.program), style="yellow")
    same = ("、" if not en else ", ").join(done.same)
    if en:
        console.print(
            f"Event {done.batch.seq} of {done.batch.at} decided again: {len(done.same)} tables the same bit for bit ({same})."
        )
    else:
        console.print(
            f"第 {done.batch.seq} 号事件（{done.batch.at}）重新判定：{len(done.same)} 个数据表逐位相同（{same}）。"
        )


def _differs(done: Replayed) -> Finding:
    tables = "、".join(done.different)
    cause = (
        Text("程序与当时不同，见上", "the program is another one, see above")
        if done.program
        else Text("程序与材料均未变，请交维护者", "program and papers are unchanged: tell the maintainers")
    )
    problem = Text(
        f"重新判定的结果不同：{tables}；{len(done.persons)} 人的判定不同",
        f"decided otherwise: {tables.replace('、', ', ')}; {len(done.persons)} persons differ",
    )
    return Finding("replay_differs", Source(f"events.jsonl #{done.batch.seq}"), problem, cause)
