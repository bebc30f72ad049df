"""What is derived from papers is always among what is proved: within the ranges, and fitting somebody in the world."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import z3

from eligibility.application.run import RunRequest
from eligibility.cli.run import run_batch
from eligibility.proving.book import Book
from eligibility.proving.knowledge import End, constant_end, key
from eligibility.proving.search import Search
from eligibility.rulebook.difference import read_side
from eligibility.simulation import simulate

AS_OF = date(2022, 10, 31)
RULES = Path(__file__).parents[2] / "rules" / "km-reform"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The distinct rows of facts of a made-up district, each once."""
    folder = tmp_path_factory.mktemp("papers")
    simulate(folder / "in", persons=300, seed=7)
    run_batch(
        RunRequest(folder / "in", RULES, AS_OF, folder / "out"),
        now=datetime(2022, 11, 1, tzinfo=UTC),
        lang="zh",
        json=True,
    )
    with duckdb.connect() as con:
        (path,) = (folder / "out").glob("**/facts.parquet")
        cursor = con.execute(f"SELECT * FROM '{path}'")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_every_row_of_facts_is_possible(facts: list[dict[str, Any]]) -> None:
    side = read_side(RULES, AS_OF)
    book = Book(side, Search(60))
    knowledge = book.anybody.knowledge
    columns = [column for spec in side.policy.facts.values() for column in spec.columns]
    distinct = {tuple(row[column] for column in columns): row for row in facts}
    assert len(distinct) > 100
    for row in list(distinct.values())[:200]:
        held = [
            stated(end, row[column], book)
            for spec in side.policy.facts.values()
            for column, end in zip(
                spec.columns, (knowledge.ranges[spec.id].lo, knowledge.ranges[spec.id].hi), strict=False
            )
        ]
        assert book.search.ask(z3.And(*held)).value == "somebody", row


def stated(end: End, value: Any, book: Book) -> z3.BoolRef:
    if value is None:
        return z3.Not(end.known)
    if isinstance(value, bool):
        return z3.And(end.known, end.value == z3.BoolVal(value))
    return z3.And(end.known, key(end.value) == key(constant_end(value, book.words).value))
