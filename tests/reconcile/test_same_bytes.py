"""The same papers under another hash seed, or in another order of rows, are reconciled to the same links."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eligibility.simulation import Rates, simulate
from support.paper_folder import RULES

RECONCILE = f"""
import sys, duckdb
from datetime import date
from pathlib import Path
from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.rulebook import load_policy
con = duckdb.connect()
policy = load_policy(Path({str(RULES)!r}), as_of=date(2022, 10, 31))
execute(Work(con, policy, Path(sys.argv[1])), last="reconcile")
for table, left_out in (("links", "row_id"), ("components", ""), ("coverage", "row_id")):
    kept = f"* EXCLUDE ({{left_out}})" if left_out else "*"
    print(*sorted(map(str, con.execute(f"SELECT {{kept}} FROM link.{{table}}").fetchall())), sep=chr(10))
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    simulate(folder / "d", persons=1_500, seed=3, rates=Rates.from_options(["citation_blank=0.3", "split_project=0.4"]))
    return folder / "d"


def reconciled(folder: Path, seed: str) -> str:
    env = os.environ | {"PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", RECONCILE, str(folder)], capture_output=True, text=True, env=env, check=True
    )
    return done.stdout


def test_hash_seed_and_order_of_rows_change_no_link(district: Path) -> None:
    before = reconciled(district, "1")
    assert "first" in before
    for name in ("agreements", "approvals", "approval_parcels"):
        path = district / f"{name}.csv"
        header, *rows = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(header + b"".join(reversed(rows)))
    assert reconciled(district, "2") == before
