"""One workbook in a second process: the same bytes, a clear word when it is ended, and no process left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from eligibility.application import workbook_process
from eligibility.application.run import RunRequest
from eligibility.application.runtime import RuntimeOptions
from eligibility.application.workbook_process import WorkbookProcess, open_workbooks
from eligibility.cli.run import run_batch
from eligibility.model.diagnostic import InputError
from eligibility.rulebook import load_policy
from eligibility.simulation import simulate
from support.paper_folder import AS_OF, RULES

BOOKS = ("decisions.xlsx", "review_queue.xlsx")


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    simulate(folder, persons=600, seed=3)
    return folder


def run(dossier: Path, out: Path, memory: str = "") -> None:
    order = RunRequest(dossier, RULES, AS_OF, out, means=RuntimeOptions(memory=memory))
    run_batch(order, now=datetime(2022, 11, 1, tzinfo=UTC), lang="zh", json=True)


def test_both_workbooks_are_the_same_whoever_writes_them(
    dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Path] = []
    begin = WorkbookProcess.begin
    monkeypatch.setattr(
        WorkbookProcess, "begin", lambda of, folder, policy: (told.append(folder), begin(of, folder, policy))
    )
    monkeypatch.setattr(workbook_process, "ENOUGH", 500)
    run(dossier, tmp_path / "two")
    assert len(told) == 1
    run(dossier, tmp_path / "one", "2GB")
    assert len(told) == 1
    for name in BOOKS:
        assert (tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()
    assert multiprocessing.active_children() == []


def test_a_process_ended_from_outside_leaves_no_run_and_is_said(
    dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(of: WorkbookProcess, *_: object) -> None:
        assert of._process.pid
        os.kill(of._process.pid, signal.SIGKILL)

    monkeypatch.setattr(WorkbookProcess, "begin", killed)
    monkeypatch.setattr(workbook_process, "ENOUGH", 500)
    with pytest.raises(InputError) as refused:
        run(dossier, tmp_path / "out")
    assert refused.value.findings[0].code == "worker_ended"
    assert list(tmp_path.iterdir()) == []
    assert multiprocessing.active_children() == []


def test_what_goes_wrong_in_it_goes_wrong_in_the_command(tmp_path: Path) -> None:
    keeper = WorkbookProcess()
    keeper.begin(tmp_path, load_policy(RULES, as_of=AS_OF))
    with pytest.raises(duckdb.CatalogException, match="persons"):
        keeper.finish()
    keeper.close()
    assert multiprocessing.active_children() == []


def test_it_is_started_for_many_persons_only_and_never_where_one_process_is_asked_for() -> None:
    for persons, many, alone, started in (
        (29_999, False, False, False),
        (30_000, False, True, False),
        (30_000, False, False, True),
        (100_001, False, False, False),
        (100_001, True, False, True),
    ):
        with duckdb.connect() as con, open_workbooks(many=many, alone=alone) as books:
            con.execute(
                f"CREATE SCHEMA paper; CREATE TABLE paper.tables AS SELECT 'persons' AS table_name, {persons} AS kept"
            )
            books.expect(con)
            assert bool(multiprocessing.active_children()) is started
        assert multiprocessing.active_children() == []
