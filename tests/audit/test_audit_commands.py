"""`audit verify`, `replay` and `seal` over a real batch: what an auditor meets years later."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eligibility.application.record import replay as replaying
from eligibility.cli import UNUSABLE
from eligibility.cli.app import app
from eligibility.model.diagnostic import InputError
from support.paper_folder import RULES, whole_loss


@dataclass(frozen=True)
class Done:
    """What a command said and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def call(*words: str | Path) -> Done:
    """A command as a person types it, in this process."""
    done = CliRunner().invoke(app, [str(word) for word in words], env={"ELIGIBILITY_LANG": "zh"})
    if isinstance(done.exception, InputError):
        return Done(UNUSABLE, done.stdout, str(done.exception))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def decide(dossier: Path, out: Path, *more: str | Path) -> Done:
    return call("run", dossier, "--rules", RULES, "--as-of", "2022-10-31", "--out", out, *more)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a dossier, a run and its record."""
    folder = tmp_path_factory.mktemp("decided")
    done = decide(whole_loss().write(folder / "in"), folder / "out")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def case(decided: Path, tmp_path: Path) -> Path:
    """A copy that may be tampered with."""
    return Path(shutil.copytree(decided, tmp_path / "case"))


def events(case: Path) -> list[dict]:
    return [
        json.loads(line) for line in (case / "out.record" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def kept(case: Path, word: str) -> Path:
    """The kept file that holds `word`."""
    found = [
        path
        for path in (case / "out.record" / "kept").rglob("*")
        if path.is_file() and word.encode() in path.read_bytes()
    ]
    assert found
    return found[0]


def test_replay_needs_neither_dossier_nor_rules_nor_the_former_results(case: Path) -> None:
    shutil.rmtree(case / "in")
    told = call("audit", "replay", "--run", case / "out", "--json")
    assert told.returncode == 0, told.stderr
    payload = json.loads(told.stdout)
    assert {"decisions.parquet", "profiles.parquet", "coverage.csv", "quarantine.csv"} <= set(payload["same"])
    assert (payload["different"], payload["program_changed"]) == ([], [])


def test_verify_names_a_table_edited_after_the_decision(case: Path) -> None:
    path = case / "out" / "decisions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("not_eligible", "eligible"), encoding="utf-8")
    told = call("audit", "verify", "--run", case / "out")
    assert told.returncode == 2
    assert "output_changed" in told.stderr
    assert "decisions.csv" in told.stderr


def test_a_changed_input_is_named_by_verify_and_replay(case: Path) -> None:
    path = kept(case, "contracted_mu")
    path.write_bytes(path.read_bytes().replace(b"100.00", b"900.00"))
    for command in ("verify", "replay"):
        told = call("audit", command, "--run", case / "out")
        assert (told.returncode, "kept_changed" in told.stderr) == (2, True), told.stderr
    assert "groups.csv" in told.stderr


def test_another_program_is_said_clearly(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running = replaying.program() | {"version": "9.9.9"}
    monkeypatch.setattr(replaying, "program", lambda: running)
    told = call("audit", "replay", "--run", case / "out")
    assert told.returncode == 0
    assert "现在的程序不是当时判定的程序：version 0.1.0 → 9.9.9" in told.stdout


def test_a_run_into_the_same_folder_loses_no_event_and_supersedes(case: Path) -> None:
    papers = whole_loss()
    papers.tables["title_certificates"][1]["area_mu"] = "16.00"
    shutil.rmtree(case / "in")
    done = decide(papers.write(case / "in"), case / "out")
    assert done.returncode == 0, done.stderr
    first, second, changed = events(case)
    assert (first["kind"], second["kind"], changed["kind"]) == ("decided", "decided", "superseded")
    assert (second["body"]["supersedes"], changed["body"]["persons"]) == (1, 1)
    assert call("audit", "verify", "--run", case / "out").returncode == 0
    assert call("audit", "replay", "--run", case / "out", "--event", "1").returncode == 0, "the former batch too"


def test_a_killed_write_is_told_and_the_record_goes_on(case: Path) -> None:
    with (case / "out.record" / "events.jsonl").open("ab") as log:
        log.write(b'{"at":"2026-03')
    told = call("audit", "verify", "--run", case / "out")
    assert told.returncode == 0
    assert "写入中断（14 字节）" in told.stdout
    assert decide(case / "in", case / "out").returncode == 0
    assert [event["kind"] for event in events(case)] == ["decided", "recovered", "decided"]


def test_a_published_seal_shows_that_the_log_was_begun_anew(case: Path) -> None:
    seal = json.loads(call("audit", "seal", "--run", case / "out", "--json").stdout)["seal"]
    assert call("audit", "verify", "--run", case / "out", "--seal", seal).returncode == 0
    shutil.rmtree(case / "out.record")
    assert "record_missing" in call("audit", "verify", "--run", case / "out").stderr
    assert "record_missing" in decide(case / "in", case / "out").stderr, (
        "no run takes the place of one without its record"
    )
    shutil.rmtree(case / "out")
    assert decide(case / "in", case / "out").returncode == 0
    told = call("--lang", "en", "audit", "verify", "--run", case / "out", "--seal", seal)
    assert (told.returncode, "log_rewritten" in told.stderr) == (2, True)


def test_a_run_that_cannot_be_recorded_is_not_published(case: Path) -> None:
    (case / "other").mkdir()
    (case / "other" / "mine.txt").write_text("keep", encoding="utf-8")
    for place, code in (("other", "record_in_use"), ("new/record", "record_inside_run")):
        done = decide(case / "in", case / "new", "--record", case / place)
        assert (done.returncode, code in done.stderr) == (2, True), done.stderr
        assert not (case / "new").exists()
