"""`eligibility run --engine spark` on real PySpark, in local mode: the same files as DuckDB's, or a clear word.

ELIGIBILITY_SPARK_PERSONS sets the size of the made-up district; `make spark-test` takes 200,000.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

from eligibility.engine import evaluate_persons
from eligibility.model.diagnostic import InputError
from eligibility.rulebook import load_policy
from eligibility.simulation import simulate
from eligibility.spark import SparkColumns, open_spark
from support.paper_folder import RULES, whole_loss

PERSONS = int(os.environ.get("ELIGIBILITY_SPARK_PERSONS", "2000"))
COMMAND = [sys.executable, str(RULES.parents[1] / "cli.py")]


def decide(dossier: Path, out: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    words = ["run", dossier, "--rules", RULES, "--as-of", "2022-10-31", "--out", out, *more]
    return subprocess.run(
        [*COMMAND, *map(str, words)], capture_output=True, text=True, check=False, env=os.environ | environment
    )


@pytest.fixture
def spark() -> None:
    """Skip, and say why, where Spark cannot run."""
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: make spark-test installs it from requirements-spark.lock")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("no Java on this machine: Spark needs Java 17 or later")


def test_spark_writes_the_same_files_as_duckdb(spark: None, tmp_path: Path) -> None:
    simulate(tmp_path / "dossier", persons=PERSONS, seed=3)
    for engine in ("duckdb", "spark"):
        done = decide(tmp_path / "dossier", tmp_path / engine, "--engine", engine)
        assert done.returncode == 0, done.stderr
    written = {path.relative_to(tmp_path / "duckdb") for path in (tmp_path / "duckdb").rglob("*") if path.is_file()}
    assert written == {
        path.relative_to(tmp_path / "spark") for path in (tmp_path / "spark").rglob("*") if path.is_file()
    }
    differing = [
        str(name)
        for name in sorted(written)
        if (tmp_path / "duckdb" / name).read_bytes() != (tmp_path / "spark" / name).read_bytes()
    ]
    assert differing == ["manifest.json"]  # it tells the seconds of each stage
    decided = duckdb.sql(f"SELECT count(*), count(DISTINCT outcome) FROM '{tmp_path}/spark/decisions.parquet'")
    persons, outcomes = decided.fetchall()[0]
    assert persons > 0.99 * PERSONS
    assert outcomes > 1


def test_a_range_of_days_before_the_gregorian_calendar_and_very_wide_numbers_cross_unharmed(
    spark: None, tmp_path: Path
) -> None:
    policy = load_policy(RULES, as_of=date(2022, 10, 31))
    con = duckdb.connect()
    con.execute("CREATE SCHEMA fact")
    kinds = {"date": "DATE", "truth": "BOOLEAN", "choice": "VARCHAR"}
    columns = [f'"{c}" {kinds.get(s.type.value, "HUGEINT")}' for s in policy.facts.values() for c in s.columns]
    con.execute(f"CREATE TABLE fact.persons (row_id BIGINT, {', '.join(columns)})")
    con.execute(
        "INSERT INTO fact.persons BY NAME SELECT i AS row_id, DATE '0001-01-01' AS approval_date_lo,"
        " DATE '2010-01-01' AS approval_date_hi, 30000000 - 1 + i AS remaining_per_head_lo,"
        " 30000000 - 1 + i AS remaining_per_head_hi FROM range(3) AS t(i)"
    )
    evaluate_persons(con, policy)
    here = con.execute(
        "SELECT * FROM verdict.persons JOIN verdict.profiles USING (profile_id) ORDER BY row_id"
    ).fetchall()
    with open_spark() as cluster:
        evaluate_persons(con, policy, backend=SparkColumns(con, cluster, tmp_path / "spark"))
    there = con.execute(
        "SELECT * FROM verdict.persons JOIN verdict.profiles USING (profile_id) ORDER BY row_id"
    ).fetchall()
    assert there == here
    assert len({profile for profile, *_ in here}) == 3  # below the line, on it, above it


def test_without_pyspark_the_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eligibility.spark.session.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"\[spark_missing\].*\n.*PySpark.*\n.*pip install"), open_spark():
        pass


def test_without_java_the_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eligibility.spark.session.find_spec", lambda _: object())
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(InputError, match=r"\[java_missing\].*\n.*Java.*\n.*JAVA_HOME"), open_spark():
        pass


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="pyspark is installed here")
def test_an_engine_that_is_not_there_ends_with_status_2_and_leaves_nothing(tmp_path: Path) -> None:
    done = decide(whole_loss().write(tmp_path / "in"), tmp_path / "out", "--engine", "spark")
    assert done.returncode == 2
    assert "[spark_missing]" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
