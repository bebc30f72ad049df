"""`--out` replaces what a run wrote and nothing else, and leaves nothing half-made behind."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from eligibility.application.record.place import place_for
from eligibility.application.record.vouch import check_replaceable
from eligibility.cli.app import app
from eligibility.model.diagnostic import InputError
from eligibility.store.folders import atomic_file, atomic_folder, check_place
from support.paper_folder import RULES, whole_loss


def call(*words: str | Path) -> tuple[int, str]:
    """A command as a person types it; its exit status and what it said."""
    done = CliRunner().invoke(app, [str(word) for word in words], env={"ELIGIBILITY_LANG": "zh"})
    if isinstance(done.exception, InputError):
        return 2, "\n".join(finding.in_language("zh") for finding in done.exception.findings)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


def decide(dossier: Path, out: Path | str, *more: str | Path) -> tuple[int, str]:
    return call("run", dossier, "--rules", RULES, "--as-of", "2022-10-31", "--out", out, *more)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decided")
    assert decide(whole_loss().write(folder / "in"), folder / "out")[0] == 0
    return folder


@pytest.fixture
def case(decided: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(decided, tmp_path / "case"))


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def refused(out: Path) -> None:
    """No run takes the place of what stands at `out`, and nothing of it or beside it changes."""
    before = everything(out.parent)
    with pytest.raises(InputError, match=r"out_in_use|record_missing|batch_unknown"):
        check_replaceable(out)
    assert everything(out.parent) == before


FOREIGN = (
    "填好.xlsx", "review_queue 副本.xlsx", "papers/dossier.csv", "rules/km-reform/notes.txt", "dossier/persons.csv", ".hidden", "a/b/c/d",
)  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_a_run_with_a_file_of_others_in_it_is_not_replaced(name: str, case: Path) -> None:
    path = case / "out" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("precious", encoding="utf-8")
    refused(case / "out")
    code, said = decide(case / "in", case / "out")
    assert (code, "out_in_use" in said, name in said) == (2, True, True)
    assert path.read_text(encoding="utf-8") == "precious"
    assert len((case / "out.record" / "events.jsonl").read_text(encoding="utf-8").splitlines()) == 1, (
        "nothing is recorded"
    )


def test_a_list_that_was_filled_in_where_it_stands_is_not_replaced(case: Path) -> None:
    book = case / "out" / "review_queue.xlsx"
    book.write_bytes(book.read_bytes() + b"filled")
    refused(case / "out")


MANIFESTS = ('{"name": "my extension", "version": "1.0"}', "{}", "[]", "", '{"record": "x", "batch": 1, "event": "y"}')


@pytest.mark.parametrize("manifest", MANIFESTS)
def test_a_folder_of_another_project_is_not_replaced(manifest: str, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "src").mkdir(parents=True)
    (project / "manifest.json").write_text(manifest, encoding="utf-8")
    (project / "src" / "code.js").write_text("precious", encoding="utf-8")
    refused(project)


def test_a_project_that_names_a_true_record_is_not_replaced_either(case: Path) -> None:
    project = case / "project"
    project.mkdir()
    shutil.copy(case / "out" / "manifest.json", project)
    (project / "code.js").write_text("precious", encoding="utf-8")
    refused(project)


def test_where_somebody_works_or_lives_nothing_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home" / "user"
    work = tmp_path / "work" / "inner"
    for folder in (home, work):
        folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(work)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "target")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for out in (
        Path(),
        Path(),
        Path("../inner"),
        work,
        work.parent,
        home,
        home.parent,
        Path("/"),
        link,
        tmp_path / "file",
    ):
        with pytest.raises(InputError, match="out_in_use"):
            check_place(out)
    for out in (Path("out"), home / "out", tmp_path / "new"):
        check_place(out)


@pytest.mark.parametrize("out", [".", "./", "../case", "link"])
def test_such_a_run_is_refused_before_anything_is_recorded(
    out: str, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case)
    (case / "real").mkdir()
    (case / "link").symlink_to(case / "real")
    before = everything(case.parent)
    code, said = decide(case / "in", out)
    assert (code, "out_in_use" in said) == (2, True), said
    assert everything(case.parent) == before


def test_what_the_record_of_a_folder_knows_is_known_to_its_next_run(case: Path) -> None:
    with pytest.raises(InputError, match="record_elsewhere"):
        place_for(case / "out", case / "other")
    assert place_for(case / "out", case / "out.record") == case / "out.record"
    (case / "out.record").rename(case / "kept-elsewhere")
    said = json.loads((case / "out" / "manifest.json").read_text(encoding="utf-8")) | {"record": "../kept-elsewhere"}
    (case / "out" / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    assert place_for(case / "out", None) == case / "kept-elsewhere", "without --record too"
    code, said = call("audit", "verify", "--run", case / "out")
    assert code == 0, said


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), OSError(errno.EFBIG, os.strerror(errno.EFBIG)),
        OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), duckdb.IOException(f"Could not write file: {os.strerror(errno.ENOSPC)}"),
    ],
)  # fmt: skip
def test_a_full_disk_is_told_and_leaves_what_was_there(error: Exception, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_text("1", encoding="utf-8")
    with pytest.raises(InputError, match="out_not_writable"), atomic_folder(tmp_path / "out", replacing=True) as folder:
        (folder / "a").write_text("2", encoding="utf-8")
        raise error
    assert everything(tmp_path) == {"out/a": b"1"}


def test_what_appears_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "out") as folder:
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "sub").mkdir()
        (folder / "sub" / "a").write_text("1", encoding="utf-8")
    with atomic_file(tmp_path / "file") as path:
        path.write_text("1", encoding="utf-8")
        assert path.stat().st_mode & 0o077 == 0
    for path in tmp_path.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "out"]


KILLED = """
import os, sys
from pathlib import Path
from eligibility.store.folders import atomic_folder
with atomic_folder(Path(sys.argv[1])) as folder:
    (folder / "ids.csv").write_text("530199197001010018")
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_process_left_is_cleared_by_the_next_and_what_another_is_at_is_not(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "out")], check=False)
    assert done.returncode == -9
    assert [path.name for path in tmp_path.rglob("ids.csv")] == ["ids.csv"]
    with atomic_folder(tmp_path / "out2") as other, atomic_folder(tmp_path / "out") as folder:
        assert other.is_dir()
        (folder / "a").write_text("1", encoding="utf-8")
        with pytest.raises(InputError), atomic_folder(tmp_path / "out"):
            pass
        assert (folder / "a").is_file(), "what is being made in this process stands"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out2"]
    assert list(tmp_path.rglob("ids.csv")) == []


def test_a_run_that_was_moved_aside_by_a_killed_process_is_put_back(tmp_path: Path) -> None:
    former = tmp_path / ".out.former-1"
    former.mkdir()
    (former / "a").write_text("1", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), atomic_folder(tmp_path / "out"):
        raise KeyboardInterrupt
    assert everything(tmp_path) == {"out/a": b"1"}


def test_copies_that_somebody_mended_are_not_replaced_by_another_check(case: Path) -> None:
    out = case / "checked"
    assert call("intake", "check", case / "in", "--out", out)[0] == 0
    assert call("intake", "check", case / "in", "--out", out)[0] == 0, "its own it replaces"
    (out / "mended.xlsx").write_text("work", encoding="utf-8")
    code, said = call("intake", "check", case / "in", "--out", out)
    assert (code, "out_in_use" in said, "mended.xlsx" in said) == (2, True, True)
    (out / "mended.xlsx").unlink()
    (out / "check.json").write_text('{"name": "a tool of others"}', encoding="utf-8")
    assert call("intake", "check", case / "in", "--out", out)[0] == 2
