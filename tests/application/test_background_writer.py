"""Files written beside other work: all of them, whole, and nothing left behind when something goes wrong."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from eligibility.application import files_of_run
from eligibility.application.background_writer import open_background_writer
from eligibility.application.files_of_run import writings
from eligibility.application.run import RunRequest
from eligibility.application.saved_runs import STORED
from eligibility.application.timing import STEPS
from eligibility.cli.run import run_batch
from eligibility.reporting.tables import TABLES
from eligibility.store.database import connect
from support.paper_folder import AS_OF, RULES, whole_loss

ENDLESS = "SELECT sum(a.range * b.range) FROM range(10_000_000) AS a, range(10_000_000) AS b"


def writers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("background-writer")]


def test_what_is_written_beside_is_what_stood_when_it_was_given_and_in_that_order() -> None:
    with connect() as con:
        con.execute("CREATE TABLE t AS SELECT range FROM range(1000)")
        with open_background_writer(con) as writer:
            said: list[int] = []
            writer.write(*(lambda of, n=n: said.append(n + len(of.sql("FROM t"))) for n in range(5)))
            writer.finish()
    assert said == [1000, 1001, 1002, 1003, 1004]
    assert writers() == []


def test_a_file_given_to_be_written_at_once_is_there_when_the_word_returns(tmp_path: Path) -> None:
    with connect() as con, open_background_writer(con, at_once=True) as writer:
        writer.write(lambda of: of.execute(f"COPY (SELECT 7 AS n) TO '{tmp_path}/one.csv'"))
        assert (tmp_path / "one.csv").read_text(encoding="utf-8").split() == ["n", "7"]
        assert writers() == []


@pytest.mark.parametrize("at_once", [False, True])
def test_what_is_asked_of_the_tables_is_answered(*, at_once: bool) -> None:
    with connect() as con, open_background_writer(con, at_once=at_once) as writer:
        con.execute("CREATE TABLE t AS SELECT 7 AS n")
        assert writer.ask(lambda of: of.execute("FROM t").fetchall()).result() == [(7,)]


def test_what_goes_wrong_beside_is_met_by_whoever_waits_for_it() -> None:
    with (
        connect() as con,
        pytest.raises(duckdb.CatalogException, match="no_such_table"),
        open_background_writer(con) as writer,
    ):
        writer.write(lambda of: of.execute("FROM no_such_table"))
        writer.finish()
    assert writers() == []


def test_an_interruption_does_not_wait_for_what_is_being_written() -> None:
    begun, never = threading.Event(), []

    def endless(of: duckdb.DuckDBPyConnection) -> None:
        begun.set()
        of.execute(ENDLESS)

    since = time.monotonic()
    with connect() as con, pytest.raises(KeyboardInterrupt), open_background_writer(con) as writer:
        writer.write(endless, lambda _: never.append(1))
        begun.wait()
        time.sleep(0.2)
        raise KeyboardInterrupt
    assert time.monotonic() - since < 10
    assert (writers(), never) == ([], [])


def test_every_file_of_a_run_is_written_once_and_after_a_stage_that_there_is(tmp_path: Path) -> None:
    given = Counter(one.keywords["table"] for stage in STEPS for one in writings(stage, tmp_path))  # type: ignore[attr-defined]
    assert given == Counter([*TABLES, *STORED])


def test_a_file_that_cannot_be_written_beside_leaves_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(con: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
        raise duckdb.IOException(f"no space left for {table}")

    monkeypatch.setattr(files_of_run, "store_table", full)
    order = RunRequest(whole_loss().write(tmp_path / "in"), RULES, AS_OF, tmp_path / "out")
    with pytest.raises(duckdb.IOException, match=r"no space left for paper\."):
        run_batch(order, now=datetime(2022, 11, 1, tzinfo=UTC), lang="zh", json=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
    assert writers() == []
