"""Deciding again in a process of its own: the answers that stand applied to what the batch was decided from.

First everything is decided into a folder beside the run, and what would change is written down; nothing is recorded.
Only then, by a second act, is the same decided, recorded and published; the earlier run is kept as `<run>-batch-<event>`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from eligibility.application.given import export_answers, given_answers
from eligibility.application.pipeline import execute
from eligibility.application.record.hashes import sha256_of
from eligibility.application.record.inputs import recorded_inputs
from eligibility.application.record.place import batch_of, record_of
from eligibility.application.run import RunRequest, decide_batch
from eligibility.application.stage import Work
from eligibility.application.timing import Progress, StageTimer, Step
from eligibility.application.workbench.questions import query
from eligibility.model.diagnostic import InputError
from eligibility.model.resident_id import mask
from eligibility.model.visible import visible
from eligibility.reporting import write_tables
from eligibility.rulebook import load_policy
from eligibility.store.database import connect
from eligibility.store.folders import atomic_file

MOST_SHOWN = 500
"""Changed persons that are listed by name; all are counted."""
_FAULT = 1_000
_ANSWERS, _FOUND = "answers.json", "found.json"


class DecidingAgain:
    """The one batch that is being made beside a run: `state` is nothing, deciding, ready, publishing, done or failed."""

    def __init__(self, run: Path) -> None:
        self.run = run
        self.folder = run.resolve().parent / f"{run.resolve().name}.next"
        self.by, self.step, self.errors = "", {"zh": "", "en": ""}, list[dict[str, str]]()
        self._mutex = threading.Lock()
        self.state = "ready" if (self.folder / _FOUND).is_file() else "nothing"

    @property
    def running(self) -> bool:
        """Whether a process is at work."""
        return self.state in ("deciding", "publishing")

    def found(self) -> dict[str, Any] | None:
        """What would change, if that is known."""
        path = self.folder / _FOUND
        made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return made or None

    def begin(self, by: str, *, publish: bool) -> bool:
        """Start looking, or publishing what was looked at; False where one is at work or nothing is ready."""
        with self._mutex:
            if self.running or (publish and self.state != "ready"):
                return False
            self.by, self.errors, self.step = by, [], {"zh": "", "en": ""}
            self.state = "publishing" if publish else "deciding"
        threading.Thread(target=self._work, args=(by, "publish" if publish else "look"), daemon=True).start()
        return True

    def discard(self) -> None:
        """Forget what was looked at."""
        with self._mutex:
            if not self.running:
                shutil.rmtree(self.folder, ignore_errors=True)
                self.state = "nothing"

    def _work(self, by: str, what: str) -> None:
        words = [sys.executable, "-m", __spec__.name if __spec__ else "", what, str(self.run), str(self.folder), by]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
            for line in child.stdout or ():
                self._hear(line)
        if child.returncode:
            self.errors = self.errors or [
                {"zh": "判定进程意外结束，请查看服务日志", "en": "the process ended; see the log"}
            ]
            self.state = "failed"
        else:
            self.state = "done" if what == "publish" else "ready"

    def _hear(self, line: str) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            return
        if "step" in message:
            self.step = message["step"]
        self.errors += message.get("errors", [])


def look(run: Path, folder: Path, progress: Progress) -> None:
    """Decide once more with the answers that stand, and write down what would change; nothing is recorded.

    Raises:
        InputError: the run or its record is not sound, or what was kept is missing.

    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    export_answers(run, folder / _ANSWERS)
    record = record_of(run)
    batch = batch_of(run, record.log.events())
    with recorded_inputs(record, batch) as given, tempfile.TemporaryDirectory(dir=folder) as room, connect() as con:
        policy = load_policy(given.rules, as_of=given.as_of)
        answers = given_answers(folder / _ANSWERS, policy)
        work = Work(con, policy, given.dossier, answers, given.judgements, mapping=given.mapping)
        execute(work, watch=StageTimer(progress).stage)
        write_tables(con, Path(room))
        pair = [str(record.kept.path(batch.body["decisions"])), str(Path(room) / "decisions.parquet")]
        rows = con.execute(query("differences"), pair).fetchall()
        used = dict(
            con.execute("SELECT effect, count(*) FROM paper.answers GROUP BY effect ORDER BY effect").fetchall()
        )
        decisions = sha256_of(Path(room) / "decisions.csv")
    counts: dict[str, int] = {}
    for _, _, _, was, now in rows:
        key = f"{was}|{now}"
        counts[key] = counts.get(key, 0) + 1
    shown = [[mask(row[0]), *(visible(cell) for cell in row[1:3]), *row[3:]] for row in rows[:MOST_SHOWN]]
    made = {
        "batch": batch.seq, "at": datetime.now().astimezone().isoformat(timespec="seconds"), "answers": len(answers),
        "effects": used, "counts": counts, "persons": shown, "changed": len(rows), "decisions": decisions,
    }  # fmt: skip
    with atomic_file(folder / _FOUND) as path:
        path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")


def publish(run: Path, folder: Path, by: str, progress: Progress) -> None:
    """Decide the same, record it as ordered by `by` and publish it; the run that stood is kept beside it.

    Raises:
        InputError: an answer that was looked at was taken back or changed since, or the run cannot be written.

    """
    record = record_of(run)
    batch = batch_of(run, record.log.events())
    _keep_earlier(run, batch.seq)
    with recorded_inputs(record, batch) as given:
        order = RunRequest(
            given.dossier,
            given.rules,
            given.as_of,
            run,
            answers=folder / _ANSWERS,
            record=record.folder,
            kept=given,
            by=by,
        )
        decide_batch(order, now=datetime.now().astimezone(), progress=progress)
    shutil.rmtree(folder, ignore_errors=True)


def _keep_earlier(run: Path, batch: int) -> None:
    target = run.resolve().with_name(f"{run.resolve().name}-batch-{batch}")
    if target.exists():
        return
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(run, partial, symlinks=True)
    partial.rename(target)


def _main(what: str, run: str, folder: str, by: str) -> int:
    """The process: tells each step and what is wrong as lines of JSON."""

    def progress(step: Step) -> None:
        if step.seconds is None:
            _tell({"step": {"zh": step.title.zh, "en": step.title.en}})

    try:
        if what == "publish":
            publish(Path(run), Path(folder), by, progress)
        else:
            look(Path(run), Path(folder), progress)
    except InputError as unusable:
        shown = unusable.findings[:20]
        _tell({"errors": [{"zh": one.in_language("zh"), "en": one.in_language("en")} for one in shown]})
        return 2
    return 0


def _tell(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(_main(*sys.argv[1:]))
