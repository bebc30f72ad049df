"""One measurement in one process: python -m bench.measure CONTENDER FACTS ANSWERS → a line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

import duckdb

from bench.contenders import CONTENDERS
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy
from eligibility.store.database import connect

AS_OF = date(2022, 10, 31)
RULES = Path(__file__).parents[1] / "rules" / "km-reform"


def the_policy() -> Policy:
    """The rulebook that is measured."""
    return load_policy(RULES, as_of=AS_OF)


def measure(contender: str, facts: Path, answers: Path) -> dict[str, float]:
    """Seconds from the table of facts to the table of answers, persons decided, peak memory of the process in MB."""
    chosen = CONTENDERS[contender]
    run, sample = chosen.load(), chosen.sample
    policy = the_policy()
    con = connect()
    con.execute("CREATE SCHEMA fact")
    persons = _load(con, facts, sample)
    start = time.perf_counter()
    run(con, policy)
    seconds = time.perf_counter() - start
    con.execute(f"COPY (SELECT row_id, outcome, reasons FROM answers ORDER BY row_id) TO '{answers}' (FORMAT parquet)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "persons": persons, "peak_mb": peak}


def _load(con: duckdb.DuckDBPyConnection, facts: Path, sample: int | None) -> int:
    con.execute(f"CREATE TABLE fact.persons AS SELECT * FROM '{facts}' ORDER BY row_id")
    if sample is not None:
        # every k-th person: groups and households of all kinds, not the first few
        con.execute(
            f"DELETE FROM fact.persons WHERE row_id % greatest(1, (SELECT count(*) FROM fact.persons) // {sample}) != 0"
        )
    return int(con.execute("SELECT count(*) FROM fact.persons").fetchall()[0][0])


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
