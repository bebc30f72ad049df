"""The record vouches for what people read: whatever stands in a run folder is what the batch wrote, or it is said."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eligibility import verify
from eligibility.application.record.hashes import sha256_of
from eligibility.cli import UNUSABLE
from eligibility.cli.app import app
from eligibility.model.diagnostic import InputError
from support.paper_folder import RULES, Papers

PERSON = "--person"


def call(*words: str | Path) -> tuple[int, str]:
    """A command as a person types it; its exit status and all that it said."""
    done = CliRunner().invoke(app, [str(word) for word in words], env={"ELIGIBILITY_LANG": "zh"})
    if isinstance(done.exception, InputError):
        return UNUSABLE, "\n".join(finding.in_language("zh") for finding in done.exception.findings)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


def papers(staff: str) -> Papers:
    """A person who is eligible, and one of whom it is asked (or known) whether the state pays him."""
    made = Papers().group(area="1000.00")
    for number, said in ((1, "否"), (2, staff)):
        approval, agreement, household = f"云国土资复〔2013〕{number}号", f"协{number}", f"H{number}"
        made.person(number, household_id=household, public_staff=said)
        made.approval(approval, "4.00", project=f"项目{number}")
        made.agreement(agreement, "4.00", cited_approval_no=approval, project=f"项目{number}")
        made.line(household, "4.00", agreement).certificate(household)
    return made


def decide(dossier: Path, out: Path, *more: str | Path, day: str = "2022-10-31") -> tuple[int, str]:
    return call("run", dossier, "--rules", RULES, "--as-of", day, "--out", out, *more)


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which somebody waits, and one on other papers in which nobody does; each with its record."""
    folder = tmp_path_factory.mktemp("two")
    for name, staff in (("a", "?"), ("b", "否")):
        assert decide(papers(staff).write(folder / f"papers-{name}"), folder / name)[0] == 0
    return folder


@pytest.fixture
def runs(two_runs: Path, tmp_path: Path) -> Path:
    """A copy that may be tampered with."""
    return Path(shutil.copytree(two_runs, tmp_path / "runs"))


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def resident(run: Path) -> str:
    """The id of the person who waits in run a."""
    return (run / "decisions.csv").read_text(encoding="utf-8-sig").splitlines()[2].split(",")[0]


def test_verify_misses_no_file_of_a_run(runs: Path) -> None:
    assert call("audit", "verify", "--run", runs / "a")[0] == 0
    names = [name for name in files(runs / "a") if name != "manifest.json"]
    for name in names:
        path = runs / "a" / name
        said = path.read_bytes()
        path.write_bytes(said[:-1] + bytes([said[-1] ^ 1]))
    assert told_of(runs / "a") == names, "one byte of each was changed"
    for name in names:
        (runs / "a" / name).unlink()
    assert told_of(runs / "a") == names, "each is gone"


def told_of(run: Path) -> list[str]:
    """The files of a run that verify finds fault with."""
    with pytest.raises(InputError) as refused:
        verify(run)
    return sorted(Path(finding.at.file).relative_to(run).as_posix() for finding in refused.value.findings)


@pytest.mark.parametrize("key", ["as_of", "rulebook", "inputs", "outcomes", "second_evaluator", "program_version"])
def test_what_a_manifest_says_cannot_be_edited(key: str, runs: Path) -> None:
    path = runs / "a" / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said[key] = {"id": "louxing-2016"} if isinstance(said[key], dict) else "2021-01-01"
    path.write_text(json.dumps(said), encoding="utf-8")
    assert told_of(runs / "a") == ["manifest.json"]


def test_nothing_acts_on_a_run_that_is_not_what_its_batch_recorded(runs: Path) -> None:
    run, other = runs / "a", runs / "b"
    who = resident(run)
    acts = [
        ("explain", who, "--run", run),
        ("questions", "--run", run),
        ("review", "status", "--run", run),
        ("review", "export", "--run", run, "--to", runs / "answers.json"),
        (
            "review",
            "sign",
            "--run",
            run,
            "--stage",
            "community",
            "--by",
            "王社",
            "--role",
            "community_clerk",
            PERSON,
            who,
        ),
        ("review", "appeal", "--run", run, PERSON, who, "--by", "当事人", "--grounds", "少记"),
        ("papers", "roster", "--run", run, "--out", runs / "roster"),
        ("papers", "letters", "--run", run, "--out", runs / "letters", "--format", "docx"),
        ("run", runs / "papers-a", "--rules", RULES, "--as-of", "2022-10-31", "--out", runs / "c", "--answers", run),
    ]
    for name in ("papers/decided.parquet", "rules/km-reform/stages.yaml", "manifest.json"):
        said = (run / name).read_bytes()
        taken = (other / name).read_bytes()
        (run / name).write_bytes(taken if taken != said else said + b"\n# edited\n")
        for words in acts:
            code, told = call(*words)
            assert code == 2, (name, words, told)
            assert any(one in told for one in ("output_changed", "batch_unknown")), (name, words, told)
        (run / name).write_bytes(said)
    assert not any((runs / name).exists() for name in ("answers.json", "roster", "letters", "c"))
    events = (runs / "a.record" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(events) == 1, "nothing was entered"
    assert call(*acts[4])[0] == 0, "and all is well with the files put back"


def test_a_whole_run_laid_into_the_folder_of_another_is_not_taken_for_it(runs: Path) -> None:
    shutil.rmtree(runs / "a")
    shutil.copytree(runs / "b", runs / "a")
    for words in (("audit", "verify"), ("questions",), ("review", "status")):
        code, told = call(*words, "--run", runs / "a")
        assert (code, "batch_unknown" in told) == (2, True), told


def test_a_rule_that_is_added_is_found_and_no_other_file_is_vouched_for(runs: Path) -> None:
    extra = runs / "a" / "rules" / "km-reform" / "clauses" / "zz.yaml"
    extra.write_text("id: zz\n", encoding="utf-8")
    for words in (("audit", "verify"), ("questions",)):
        code, told = call(*words, "--run", runs / "a")
        assert (code, "output_added" in told, "zz.yaml" in told) == (2, True, True)
    extra.unlink()
    (runs / "a" / "备注.txt").write_text("x", encoding="utf-8")
    code, told = call("audit", "verify", "--run", runs / "a")
    assert (code, "备注.txt" in told, "不为其作证" in told) == (0, True, True)
    assert json.loads(call("audit", "verify", "--run", runs / "a", "--json")[1])["unvouched"] == ["备注.txt"]


def test_a_workbook_that_somebody_saved_again_stops_nobody_from_working(runs: Path) -> None:
    book = runs / "a" / "decisions.xlsx"
    book.write_bytes(book.read_bytes() + b"\0")
    assert call("review", "status", "--run", runs / "a")[0] == 0
    assert call("audit", "verify", "--run", runs / "a")[0] == 2


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_is_no_ordinary_file_is_no_file_of_the_run(kind: str, runs: Path) -> None:
    path = runs / "a" / "papers" / "decided.parquet"
    path.rename(runs / "aside")
    path.symlink_to(runs / "aside") if kind == "link" else os.mkfifo(path)
    assert call("audit", "verify", "--run", runs / "a")[0] == 2
    assert call("questions", "--run", runs / "a")[0] == 2


@pytest.mark.parametrize("content", ["", "[]", "{", '{"name": "extension"}', "[" * 5000, '{"batch": "1", "record": 2}'])
def test_a_broken_manifest_is_told_and_is_no_fault_of_the_program(content: str, runs: Path) -> None:
    (runs / "a" / "manifest.json").write_text(content, encoding="utf-8")
    for words in (("audit", "verify"), ("questions",), ("review", "status"), ("audit", "replay")):
        code, told = call(*words, "--run", runs / "a")
        assert (code, "manifest_unreadable" in told) == (2, True), told


def test_run_and_record_are_moved_and_renamed_together(runs: Path) -> None:
    moved = runs / "archive" / "2022"
    moved.parent.mkdir()
    (runs / "a").rename(moved)
    (runs / "a.record").rename(moved.with_name("2022.record"))
    shutil.copytree(runs / "b.record", runs / "a.record")
    for words in (("audit", "verify"), ("audit", "replay"), ("review", "status")):
        code, told = call(*words, "--run", moved)
        assert code == 0, told


def test_only_its_owner_reads_a_run(two_runs: Path) -> None:
    for name in ("a", "a.record"):
        for path in (two_runs / name, *(two_runs / name).rglob("*")):
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_file_that_was_found_good_is_hashed_again_once_it_was_touched(
    runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eligibility.application.record.looked_at._SETTLED_NS", 0)
    hashed: list[str] = []

    def counting(path: Path) -> str:
        hashed.append(path.name)
        return sha256_of(path)

    monkeypatch.setattr("eligibility.application.record.vouch.sha256_of", counting)
    for _ in range(2):
        assert call("questions", "--run", runs / "a")[0] == 0
    assert hashed.count("decided.parquet") == 1, "the second time nothing is hashed"
    assert call("review", "status", "--run", runs / "a")[0] == 0
    assert hashed.count("decided.parquet") == 2, "what may lead to an act looks itself"
    path = runs / "a" / "papers" / "decided.parquet"
    before, said = path.stat(), path.read_bytes()
    path.write_bytes(said[:-1] + bytes([said[-1] ^ 1]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    code, told = call("questions", "--run", runs / "a")
    assert (code, "output_changed" in told) == (2, True), "of the same size and of the same day"
    path.write_bytes(said)
    shutil.copytree(runs / "a", runs / "copy")
    shutil.copytree(runs / "a.record", runs / "copy.record")
    (runs / "copy" / "facts.parquet").write_bytes(b"")
    assert call("questions", "--run", runs / "copy")[0] == 2
