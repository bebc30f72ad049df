"""The measurements measure: a short soak leaves nothing behind, yardsticks answer as the program does, results compare."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from bench.__main__ import RESULTS
from bench.compare import compare
from bench.contenders import CONTENDERS
from bench.measure import the_policy
from bench.report import BEGIN, END, PAGE, figures
from bench.soak import soak

from support.paper_folder import whole_loss


def test_batches_in_one_process_leave_no_thread_and_no_file_and_write_the_same_bytes(tmp_path: Path) -> None:
    papers = whole_loss().write(tmp_path / "in")
    found = soak(papers, tmp_path / "out", 5)
    assert found["different_results"] == 1
    assert len(found["python_threads"]) == len(found["files"]) == 1
    # the pools of a library may come to their full size in any one batch; a thread left behind comes with each
    threads = found["threads"]
    assert len(threads) > 2
    assert not all(later > earlier for earlier, later in pairwise(threads)), threads
    assert found["growth_mb_a_batch"] < 10


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    from datetime import date

    from eligibility.application.pipeline import execute
    from eligibility.application.stage import Work
    from eligibility.simulation import simulate

    folder = tmp_path_factory.mktemp("bench")
    simulate(folder / "dossier", persons=600, seed=5)
    con, policy = duckdb.connect(), the_policy()
    assert policy.as_of == date(2022, 10, 31)
    execute(Work(con, policy, folder / "dossier"), last="facts")
    return con


@pytest.mark.parametrize("name", [name for name in CONTENDERS if name != "this program"])
def test_every_yardstick_gives_the_answers_of_this_program(
    facts: duckdb.DuckDBPyConnection, name: str, monkeypatch
) -> None:
    if not CONTENDERS[name].there:
        pytest.skip(f"{CONTENDERS[name].needs} is not installed (make bench-extra)")
    monkeypatch.setattr("eligibility.engine.rules.READS", 8)
    monkeypatch.setattr("eligibility.engine.durable_rules_adapter.CACHE_SIZE", 20_000)
    facts.execute("DROP VIEW IF EXISTS answers; CREATE OR REPLACE TABLE ours AS SELECT 1 AS row_id")
    CONTENDERS["this program"].load()(facts, the_policy())
    facts.execute("CREATE OR REPLACE TABLE ours AS SELECT * FROM answers; DROP VIEW answers")
    CONTENDERS[name].load()(facts, the_policy())
    differing = facts.execute(
        "SELECT ours.*, answers.* FROM ours LEFT JOIN answers USING (row_id)"
        " WHERE ours.outcome IS DISTINCT FROM answers.outcome OR ours.reasons IS DISTINCT FROM answers.reasons"
    ).fetchall()
    facts.execute("DROP TABLE answers")
    assert differing == []


def test_two_results_are_compared_figure_by_figure_with_ratios(tmp_path: Path) -> None:
    for name, seconds in (("a", 2.0), ("b", 3.0)):
        machine = {"cores": 2, "memory_gb": 8.0, "python": "3.11", "versions": {"duckdb": name}}
        entry = {"name": "run", "seconds": seconds, "peak_mb": 100.0, "stages": {"intake": seconds / 2}}
        (tmp_path / f"{name}.json").write_text(json.dumps({"machine": machine, "rounds": 3, "results": [entry]}))
    said = compare(tmp_path / "a.json", tmp_path / "b.json")
    assert "| run | 2.00 | 3.00 | 1.50 | 100.00 | 100.00 | 1.00 |" in said
    assert "|   intake | 1.00 | 1.50 | 1.50 |" in said
    assert "duckdb: a → b" in said


def test_figures_are_tables_and_results_that_have_a_page_of_their_own_are_left_to_it(tmp_path: Path) -> None:
    machine = {"cores": 2, "memory_gb": 8.0, "python": "3.11", "versions": {"duckdb": "2.0"}}
    entry = {"name": "run", "seconds": 2.0, "peak_mb": 100.0, "stages": {"intake": 1.5, "facts": 0.01}}
    written = {"workload": "end-to-end", "persons": 1000, "rounds": 3, "machine": machine, "results": [entry]}
    (tmp_path / "a.json").write_text(json.dumps(written))
    (tmp_path / "b.json").write_text(json.dumps(written | {"workload": "reconcile", "results": [{"level": "easy"}]}))
    said = figures(tmp_path)
    assert "### end-to-end, 1,000 persons" in said
    assert "| `run` | 2.00 | 100 | intake 1.5 |" in said
    assert "easy" not in said


def test_the_page_of_figures_is_true_to_the_last_results() -> None:
    assert f"{BEGIN}{figures(RESULTS)}{END}" in PAGE.read_text("utf-8")
