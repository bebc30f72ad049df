"""What the record vouches for: the files of a run folder, each as its batch wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from eligibility.application.folder import MARK, check_place, in_use, refusal
from eligibility.application.record.hashes import files_in, manifest_digest, sha256_of
from eligibility.application.record.looked_at import known_good, note_good, states_of
from eligibility.application.record.place import batch_of, manifest_of_run, record_of
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.record import Event


def vouched(run_folder: Path, batch: Event | None = None, *, again: bool = True) -> Event:
    """The event of the batch in a run folder, of which everything that a command reads is as the batch wrote it.

    Not `again`: files that were found good and that nobody touched since are not hashed once more.

    Workbooks and pages, which people open and may save again, are not read by any command and not looked at here.

    Raises:
        Unusable: no finished run, its record is missing or not sound, or the folder is not what the batch recorded.

    """
    found = batch or batch_of(run_folder, record_of(run_folder).log.events())
    read = {name: digest for name, digest in _recorded(found).items() if _is_read(name)}
    good = set() if again else known_good(found.hash, run_folder, read)
    states = states_of(run_folder, list(read))
    wrong = not_as_recorded(run_folder, found, (name for name in read if name not in good))
    if wrong:
        raise Unusable(*wrong)
    if read.keys() - good:
        note_good(found.hash, run_folder, states, read)
    return found


def check_file(run_folder: Path, name: str) -> None:
    """Raise Unusable where the file of that name is not as the batch in the run folder wrote it."""
    batch = batch_of(run_folder, record_of(run_folder).log.events())
    if wrong := not_as_recorded(run_folder, batch, [name]):
        raise Unusable(*wrong)


def not_as_recorded(run_folder: Path, batch: Event, names: Iterable[str] | None = None) -> list[Finding]:
    """One finding for each file (of those `names`) that was changed or is missing, for each rule added, for the manifest."""
    recorded = _recorded(batch)
    findings = []
    if manifest_digest(manifest_of_run(run_folder)) != batch.body["manifest"]:
        findings.append(_changed(run_folder / MARK))
    for name in recorded if names is None else names:
        path = run_folder / name
        if sha256_of(path) != recorded[name]:
            findings.append(_changed(path) if path.exists() or path.is_symlink() else _missing(path))
    added = (name for name in files_in(run_folder / "rules") if f"rules/{name}" not in recorded)
    return findings + [_added(run_folder / "rules" / name) for name in added]


def not_vouched_for(run_folder: Path, batch: Event) -> list[str]:
    """Names of the files in a run folder of which its batch knows nothing."""
    return [name for name in files_in(run_folder) if name != MARK and name not in _recorded(batch)]


def check_replaceable(out: Path) -> None:
    """Whether a new run may replace what stands at `out`: nothing, or what a run wrote, and nothing else.

    Raises:
        Unusable: there is something else, or something that was changed since (a work list that somebody filled in).

    """
    check_place(out)
    if not out.exists() or not any(out.iterdir()):
        return
    try:
        manifest_of_run(out)
    except Unusable:
        raise refusal(
            out, "已存在且不是以往的结果目录", "exists and is not the folder of a finished run", "out_in_use"
        ) from None
    batch = batch_of(out, record_of(out).log.events())
    foreign = [*not_vouched_for(out, batch), *(Path(one.at.file).name for one in not_as_recorded(out, batch))]
    if foreign:
        raise in_use(out, foreign)


def _recorded(batch: Event) -> dict[str, str]:
    files = batch.body.get("files")
    if not isinstance(files, dict):
        problem = Text(
            "由较早的程序作出，记录里没有各文件的哈希", "an earlier program, which did not record the files, decided it"
        )
        remedy = Text("重新执行判定", "run again")
        raise Unusable(Finding("run_outdated", Source(f"#{batch.seq}"), problem, remedy))
    return files


def _is_read(name: str) -> bool:
    return name.endswith(".parquet") or name.startswith("rules/")


def _changed(path: Path) -> Finding:
    problem = Text(
        "判定之后被改动：与记录的哈希不符", "was changed after the decision: its hash is not the recorded one"
    )
    return Finding("output_changed", Source(str(path)), problem, _REMEDY)


def _missing(path: Path) -> Finding:
    return Finding(
        "output_changed",
        Source(str(path)),
        Text("判定时写出，现在不见了", "was written by the run and is missing now"),
        _REMEDY,
    )


def _added(path: Path) -> Finding:
    problem = Text("不是判定时写出的规则文件", "is no rule file that the run wrote")
    return Finding("output_added", Source(str(path)), problem, Text("移走该文件", "take it away"))


_REMEDY = Text(
    "从副本恢复；或用 eligibility audit replay 按记录重算，再重新判定到新的结果目录",
    "restore a copy; or decide it again from the record with eligibility audit replay, and run into a new folder",
)
