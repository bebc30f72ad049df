"""A run as an earlier program would have written it: its files changed, and a record that vouches for them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from eligibility.application.record.hashes import file_hashes
from eligibility.audit.canonical import digest, line_of
from eligibility.audit.tail import Tail, write_tail
from eligibility.model.event import Event


def copied(run: Path, to: Path) -> Path:
    """A copy of a run with its record beside it."""
    shutil.copytree(run.with_name(f"{run.name}.record"), to.with_name(f"{to.name}.record"))
    return Path(shutil.copytree(run, to))


def vouched_for(run: Path) -> None:
    """Let the record of a run with one event say that its files are as they now stand."""
    record = run.with_name(f"{run.name}.record")
    said = json.loads((record / "events.jsonl").read_text(encoding="utf-8").splitlines()[0])
    said["body"]["files"] = file_hashes(run)
    said["hash"] = digest(*(said[key] for key in ("seq", "at", "kind", "body", "prev")))
    (record / "events.jsonl").write_bytes(line_of(Event(**said)))
    write_tail(record / "acknowledged", Tail(0, (record / "events.jsonl").read_bytes()))
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    (run / "manifest.json").write_text(json.dumps(manifest | {"event": said["hash"]}), encoding="utf-8")
