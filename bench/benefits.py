"""The benefits of many persons reckoned at once: python -m bench benefits; one measurement: python -m bench.benefits RULEBOOK PERSONS."""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bench.process import figure, timed
from eligibility.model.policy import FactSpec, FactType, Policy
from eligibility.money.batch import reckon_persons
from eligibility.rulebook import load_policy
from eligibility.store.database import connect

AS_OF = date(2022, 10, 31)
RULES = Path(__file__).parents[1] / "rules"
RULEBOOKS = ("wenshan-2019", "km-2007")
"""One that pays by age, and one by place and band, shared between two payers."""


def measure_benefits(persons: int, rounds: int, folder: Path) -> list[dict[str, Any]]:  # noqa: ARG001
    """Seconds to reckon every benefit of persons of all ages, eligible all, in a process of its own each time."""
    results = []
    for rulebook in RULEBOOKS:
        runs = [timed(sys.executable, "-m", "bench.benefits", rulebook, str(persons)) for _ in range(rounds)]
        told = [json.loads(run["said"]) for run in runs]
        made = [{"seconds": one["seconds"], "peak_mb": one["peak_mb"]} for one in told]
        results.append(figure(f"benefits of {rulebook}", made, rows=told[0]["rows"]))
    return results


def reckoned(rulebook: str, persons: int) -> dict[str, float]:
    """Reckon once; the making of the persons is not counted."""
    policy = load_policy(RULES / rulebook, as_of=AS_OF)
    with connect() as con:
        _people(con, policy, persons)
        start = time.perf_counter()
        reckon_persons(con, policy)
        seconds = time.perf_counter() - start
        rows = con.execute("SELECT count(*) FROM benefit.persons").fetchall()[0][0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "rows": rows, "peak_mb": peak}


def _people(con: duckdb.DuckDBPyConnection, policy: Policy, persons: int) -> None:
    """Persons of every birthday of ninety years and every word of every choice, spread evenly; nothing else is known."""
    columns = ", ".join(text for spec in policy.facts.values() for text in _columns(spec))
    con.execute(
        f"CREATE SCHEMA fact; CREATE TABLE fact.persons AS SELECT i AS row_id, {columns} FROM range({persons}) AS r(i)"
    )
    marks = ", ".join(f"'proven' AS \"{name}\"" for name in policy.conditions)
    con.execute(
        f"CREATE SCHEMA verdict; CREATE TABLE verdict.profiles AS SELECT 'p' AS profile_id, 'eligible' AS outcome, {marks}"
    )
    con.execute(
        "CREATE SCHEMA decision; CREATE TABLE decision.persons AS SELECT row_id, row_id::VARCHAR AS resident_id,"
        " 'p' AS profile_id, 'eligible' AS outcome FROM fact.persons"
    )


def _columns(spec: FactSpec) -> list[str]:
    match spec.type:
        case FactType.DATE:
            day = "(DATE '1930-01-01' + (hash(i) % 32000)::INTEGER)"
            return [f'{day} AS "{column}"' for column in spec.columns]
        case FactType.CHOICE:
            words = ", ".join(f"'{word}'" for word in spec.choices)
            return [f"[{words}][1 + (hash(i || '{spec.id}') % {len(spec.choices)})::INTEGER] AS \"{spec.id}\""]
        case FactType.TRUTH:
            return [f"(hash(i || '{spec.id}') % 2 = 0) AS \"{spec.id}\""]
    return [f'NULL::BIGINT AS "{column}"' for column in spec.columns]


if __name__ == "__main__":
    print(json.dumps(reckoned(sys.argv[1], int(sys.argv[2]))))
