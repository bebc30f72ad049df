from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.rulebook import load_policy
from eligibility.simulation import Rates, simulate
from support.paper_folder import AS_OF, RULES

TROUBLES = ["citation_garbled=0.2", "incomplete_roll=0.1", "unreadable=0.004", "unknown_status=0.05", "vague_date=0.02"]


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A made-up district with many troubles, decided and asked about."""
    folder = tmp_path_factory.mktemp("asked") / "d"
    simulate(folder, persons=3000, seed=3, rates=Rates.from_options(TROUBLES))
    policy = load_policy(RULES, as_of=AS_OF)
    with duckdb.connect() as con:
        execute(Work(con, policy, folder))
        yield con
