"""Where the record of a run stands: beside its folder, so that no run that replaces the folder touches it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from eligibility.application.folder import MARK
from eligibility.audit import Kept, Log
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.record import Event

LOG = "events.jsonl"
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its folder, the log in it, and the files that the log speaks of."""

    folder: Path

    @property
    def log(self) -> Log:
        """The log of events."""
        return Log(self.folder / LOG)

    @property
    def kept(self) -> Kept:
        """The kept files."""
        return Kept(self.folder / KEPT)


def place_for(out: Path, chosen: Path | None) -> Path:
    """The folder of the record of a run into `out`: the chosen one, else `<out>.record` beside it.

    Raises:
        Unusable: the folder holds something else.

    """
    out = out.resolve()
    folder = chosen or out.parent / f"{out.name}.record"
    if folder.exists() and not (folder.is_dir() and (not any(folder.iterdir()) or _is_record(folder))):
        problem = Text("已存在且不是记录目录", "exists and is no record")
        remedy = Text("请用 --record 指定一个新目录", "name a new folder with --record")
        raise Unusable(Finding("record_in_use", Source(str(folder)), problem, remedy))
    if folder.resolve().is_relative_to(out):
        problem = Text(
            "记录目录不能放在结果目录里：重算会整个替换结果目录", "the record cannot stand in the run folder"
        )
        remedy = Text("请放在结果目录之外", "name a folder outside the run folder, which a new run replaces")
        raise Unusable(Finding("record_inside_run", Source(str(folder)), problem, remedy))
    return folder


def relative(record: Path, out: Path) -> str:
    """The record as the manifest of `out` names it: relative, so that both may be moved together."""
    return Path(os.path.relpath(record.resolve(), out.resolve())).as_posix()


def record_of(run_folder: Path) -> Record:
    """The record of a finished run.

    Raises:
        Unusable: no finished run, or its record is not where it was.

    """
    if not (run_folder / MARK).is_file():
        problem = Text(
            "不是已完成的结果目录（缺 manifest.json）", "is not the folder of a finished run (no manifest.json)"
        )
        remedy = Text("请先执行 eligibility run … --out 目录", "first run: eligibility run … --out FOLDER")
        raise Unusable(Finding("run_missing", Source(str(run_folder)), problem, remedy))
    said = json.loads((run_folder / MARK).read_text(encoding="utf-8")).get("record")
    folder = (run_folder.resolve() / said).resolve() if said else place_for(run_folder, None)
    if not (folder / LOG).is_file():
        problem = Text("这次判定的记录不见了", "the record of this run is missing")
        remedy = Text(
            "记录应与结果目录一起搬移（“结果目录.record”）；找回后放回此处",
            "the record moves with the run folder (<run>.record); put it back here",
        )
        raise Unusable(Finding("record_missing", Source(str(folder / LOG)), problem, remedy))
    return Record(folder)


def batch_of(run_folder: Path, events: tuple[Event, ...]) -> Event:
    """The event by which the batch in `run_folder` was recorded.

    Raises:
        Unusable: none was; the folder was not written by the batch of any event.

    """
    batch = json.loads((run_folder / MARK).read_text(encoding="utf-8")).get("batch")
    found = next((event for event in events if event.seq == batch and event.kind == "decided"), None)
    if found is None:
        problem = Text("记录中没有这次判定的事件", "the record holds no event of this batch")
        raise Unusable(
            Finding("batch_unknown", Source(str(run_folder)), problem, Text("重新执行判定", "run the batch again"))
        )
    return found


def _is_record(folder: Path) -> bool:
    return (folder / LOG).is_file() or (folder / KEPT).is_dir()
