"""Where the record of a run stands: beside its folder, so that no run that replaces the folder touches it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eligibility.audit import Kept, Log
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Event, Kind
from eligibility.store.folders import MARK

LOG = "events.jsonl"
KEPT = "kept"
_SAID = {"record": str, "batch": int, "event": str, "as_of": str, "rulebook": dict, "outcomes": dict}
"""What a manifest of a run says at least."""


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
    """The folder of the record of a run into `out`: that of the run which stands there, else the chosen one, else `<out>.record`.

    What a record knows of a run (an open appeal, signatures) must be known to the next run into the same place.

    Raises:
        InputError: the folder holds something else, or another record goes with `out`.

    """
    out = out.resolve()
    known = _record_at(out)
    folder = chosen or known or _beside(out)
    if known is not None and folder.resolve() != known.resolve():
        problem = Bilingual(
            f"这个结果目录的记录在 {known}，不能另起一份",
            f"the record of this run folder is {known}; there is no second one",
        )
        remedy = Bilingual("不写 --record，或换一个 --out", "leave --record out, or name another --out")
        raise InputError(Diagnostic("record_elsewhere", SourceLocation(str(folder)), problem, remedy))
    if folder.is_symlink() or (
        folder.exists() and not (folder.is_dir() and (not any(folder.iterdir()) or _is_record(folder)))
    ):
        problem = Bilingual("已存在且不是记录目录", "exists and is no record")
        remedy = Bilingual("请用 --record 指定一个新目录", "name a new folder with --record")
        raise InputError(Diagnostic("record_in_use", SourceLocation(str(folder)), problem, remedy))
    if folder.resolve().is_relative_to(out):
        problem = Bilingual(
            "记录目录不能放在结果目录里：重算会整个替换结果目录", "the record cannot stand in the run folder"
        )
        remedy = Bilingual("请放在结果目录之外", "name a folder outside the run folder, which a new run replaces")
        raise InputError(Diagnostic("record_inside_run", SourceLocation(str(folder)), problem, remedy))
    return folder


def relative(record: Path, out: Path) -> str:
    """The record as the manifest of `out` names it: relative, so that both may be moved together."""
    return Path(os.path.relpath(record.resolve(), out.resolve())).as_posix()


def manifest_of_run(run_folder: Path) -> dict[str, Any]:
    """The manifest of a finished run.

    Raises:
        InputError: there is none, or it is not one of a run.

    """
    path = run_folder / MARK
    if not path.is_file():
        problem = Bilingual(
            "不是已完成的结果目录（缺 manifest.json）", "is not the folder of a finished run (no manifest.json)"
        )
        remedy = Bilingual("请先执行 eligibility run … --out 目录", "first run: eligibility run … --out FOLDER")
        raise InputError(Diagnostic("run_missing", SourceLocation(str(run_folder)), problem, remedy))
    said = _manifest(path)
    if said is None:
        problem = Bilingual("不是一次判定写出的 manifest.json", "is no manifest.json that a run wrote")
        remedy = Bilingual("从副本恢复该文件，或重新执行判定", "restore the file from a copy, or run again")
        raise InputError(Diagnostic("manifest_unreadable", SourceLocation(str(path)), problem, remedy))
    return said


def record_of(run_folder: Path) -> Record:
    """The record of a finished run: `<run>.record` beside it, so that both may be renamed together, else where it was made.

    Raises:
        InputError: no finished run, or its record is not where it was.

    """
    manifest_of_run(run_folder)
    found = _record_at(run_folder.resolve())
    if found is None:
        problem = Bilingual("这次判定的记录不见了", "the record of this run is missing")
        remedy = Bilingual(
            "记录应与结果目录一起搬移（“结果目录.record”）；找回后放回此处",
            "the record moves with the run folder (<run>.record); put it back here",
        )
        raise InputError(
            Diagnostic("record_missing", SourceLocation(str(_beside(run_folder.resolve()) / LOG)), problem, remedy)
        )
    return Record(found)


def batch_of(run_folder: Path, events: tuple[Event, ...]) -> Event:
    """The event by which the batch in `run_folder` was recorded.

    Raises:
        InputError: none was; the folder was not written by the batch of any event.

    """
    manifest = manifest_of_run(run_folder)
    found = next((event for event in events if event.seq == manifest["batch"] and event.kind == Kind.DECIDED), None)
    if found is None or found.hash != manifest["event"]:
        problem = Bilingual("记录中没有这次判定的事件", "the record holds no event of this batch")
        remedy = Bilingual(
            "核对记录与结果目录是否同一次判定的，或重新执行判定",
            "see whether record and run folder belong together, or run again",
        )
        raise InputError(Diagnostic("batch_unknown", SourceLocation(str(run_folder)), problem, remedy))
    return found


def _record_at(out: Path) -> Path | None:
    """The record of the run that stands (or stood) at `out`; None where there is none."""
    said = _manifest(out / MARK)
    named = [(out / said["record"]).resolve()] if said else []
    return next((folder for folder in (_beside(out), *named) if (folder / LOG).is_file()), None)


def _beside(out: Path) -> Path:
    return out.parent / f"{out.name}.record"


def _manifest(path: Path) -> dict[str, Any] | None:
    """What a manifest says; None where there is none, or it is none of a run."""
    try:
        said = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and all(type(said.get(key)) is of for key, of in _SAID.items()) else None


def _is_record(folder: Path) -> bool:
    return (folder / LOG).is_file() or (folder / KEPT).is_dir()
