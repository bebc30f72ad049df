"""What the record vouches for: the files of a run folder, each as its batch wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from eligibility.application.record.hashes import files_in, manifest_digest, sha256_of
from eligibility.application.record.looked_at import known_good, note_good, states_of
from eligibility.application.record.place import batch_of, manifest_of_run, record_of
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Event
from eligibility.store.folders import MARK, check_place, in_use, refusal


def vouched(run_folder: Path, batch: Event | None = None, *, again: bool = True) -> Event:
    """The event of the batch in a run folder, of which everything that a command reads is as the batch wrote it.

    Not `again`: files that were found good and that nobody touched since are not hashed once more.

    Workbooks and pages, which people open and may save again, are not read by any command and not looked at here.

    Raises:
        InputError: no finished run, its record is missing or not sound, or the folder is not what the batch recorded.

    """
    found = batch or batch_of(run_folder, record_of(run_folder).log.events())
    read = {name: digest for name, digest in _recorded(found).items() if _is_read(name)}
    good = set() if again else known_good(found.hash, run_folder, read)
    states = states_of(run_folder, list(read))
    wrong = not_as_recorded(run_folder, found, (name for name in read if name not in good))
    if wrong:
        raise InputError(*wrong)
    if read.keys() - good:
        note_good(found.hash, run_folder, states, read)
    return found


def check_file(run_folder: Path, name: str) -> None:
    """Raise InputError where the file of that name is not as the batch in the run folder wrote it."""
    batch = batch_of(run_folder, record_of(run_folder).log.events())
    if wrong := not_as_recorded(run_folder, batch, [name]):
        raise InputError(*wrong)


def not_as_recorded(run_folder: Path, batch: Event, names: Iterable[str] | None = None) -> list[Diagnostic]:
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
        InputError: there is something else, or something that was changed since (a work list that somebody filled in).

    """
    check_place(out)
    if not out.exists() or not any(out.iterdir()):
        return
    try:
        manifest_of_run(out)
    except InputError:
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
        problem = Bilingual(
            "由较早的程序作出，记录里没有各文件的哈希", "an earlier program, which did not record the files, decided it"
        )
        remedy = Bilingual("重新执行判定", "run again")
        raise InputError(Diagnostic("run_outdated", SourceLocation(f"#{batch.seq}"), problem, remedy))
    return files


def _is_read(name: str) -> bool:
    return name.endswith(".parquet") or name.startswith("rules/")


def _changed(path: Path) -> Diagnostic:
    problem = Bilingual(
        "判定之后被改动：与记录的哈希不符", "was changed after the decision: its hash is not the recorded one"
    )
    return Diagnostic("output_changed", SourceLocation(str(path)), problem, _REMEDY)


def _missing(path: Path) -> Diagnostic:
    return Diagnostic(
        "output_changed",
        SourceLocation(str(path)),
        Bilingual("判定时写出，现在不见了", "was written by the run and is missing now"),
        _REMEDY,
    )


def _added(path: Path) -> Diagnostic:
    problem = Bilingual("不是判定时写出的规则文件", "is no rule file that the run wrote")
    return Diagnostic("output_added", SourceLocation(str(path)), problem, Bilingual("移走该文件", "take it away"))


_REMEDY = Bilingual(
    "从副本恢复；或用 eligibility audit replay 按记录重算，再重新判定到新的结果目录",
    "restore a copy; or decide it again from the record with eligibility audit replay, and run into a new folder",
)
