"""The small dossier of the documentation, decided: in a connection that is still open, or as a folder of results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import duckdb

from bench.reference import ROOT
from eligibility.application.pipeline import execute
from eligibility.application.run import RunRequest, decide_batch
from eligibility.application.stage import Work
from eligibility.rulebook import load_policy
from eligibility.store.database import connect

DOSSIER = ROOT / "docs" / "example" / "dossier"
RULES = ROOT / "rules" / "km-reform"
AS_OF = date(2022, 10, 31)


@contextmanager
def decided() -> Iterator[duckdb.DuckDBPyConnection]:
    """Every table that the stages write, those that are not kept among them."""
    with connect() as con:
        execute(Work(con, load_policy(RULES, as_of=AS_OF), DOSSIER))
        yield con


def published(out: Path) -> None:
    """Write the results into the new folder `out`, and their record beside it."""
    decide_batch(RunRequest(DOSSIER, RULES, AS_OF, out), now=datetime(2022, 10, 31, 9).astimezone())
