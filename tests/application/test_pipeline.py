"""The stages keep what they declare: tables read and written, parameters and parts of the rulebook asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from reviewed_run import ANSWERS, judgement_file, reviewed_papers

from eligibility.application.pipeline import STAGES, execute, kept_tables, start_of
from eligibility.application.saved_runs import open_run
from eligibility.application.stage import EVERY, PARTS, Stage, Work
from eligibility.intake import read_judgements
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy
from eligibility.store.database import connect
from support.paper_folder import AS_OF, RULES

POLICY = load_policy(RULES, as_of=AS_OF)
SCHEMAS = ("paper", "place", "compared", "link", "fact", "verdict", "decision", "benefit")
UNNAMED = {"english", "stages"}  # English words, and the stages of review, which begin when all is decided


class Recorded(dict[str, Any]):
    """A dictionary that tells which of its entries are read; `*` when all of them are."""

    def __init__(self, entries: dict[str, Any], tell: Callable[[str], None]) -> None:
        super().__init__(entries)
        self.tell = tell

    def __getitem__(self, name: str) -> Any:
        self.tell(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.tell(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.tell(str(name))
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self.tell("*")
        return super().__iter__()

    def keys(self) -> Any:
        self.tell("*")
        return super().keys()

    def values(self) -> Any:
        self.tell("*")
        return super().values()

    def items(self) -> Any:
        self.tell("*")
        return super().items()


def recording(policy: Policy, read: set[str]) -> Policy:
    """The policy, which enters in `read` the parameters and the parts that are looked at."""
    parts = [name for name in policy.__slots__ if isinstance(getattr(policy, name), dict) and name != "parameters"]
    told = {name: Recorded(getattr(policy, name), lambda _, name=name: read.add(f"part {name}")) for name in parts}
    return replace(policy, parameters=Recorded(policy.parameters, read.add), **told)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    folder = tmp_path_factory.mktemp("work")
    judgements = read_judgements(judgement_file(folder))
    return Work(duckdb.connect(), POLICY, reviewed_papers().write(folder / "in"), ANSWERS, judgements)


def tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Every table with its rows, in a fixed order."""
    names = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE list_contains(?, schema_name) ORDER BY ALL",
        [list(SCHEMAS)],
    ).fetchall()
    return {name: con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for (name,) in names}


def test_every_table_has_one_stage_that_writes_it() -> None:
    written = Counter(table for stage in STAGES for table in stage.writes)
    assert set(written.values()) == {1}
    standing: set[str] = set()
    for stage in STAGES:
        assert standing.issuperset((*stage.reads, *stage.amends, *stage.adds)), stage.name
        standing.update(stage.writes)


def test_a_stage_changes_no_table_but_those_it_declares(work: Work) -> None:
    before: dict[str, list[tuple[Any, ...]]] = {}
    for stage in STAGES:
        stage.run(work)
        after = tables(work.con)
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        assert changed <= {*stage.writes, *stage.amends, *stage.adds}, stage.name
        assert set(stage.writes) <= after.keys(), stage.name
        before = after


@pytest.mark.parametrize("stage", STAGES[1:], ids=lambda stage: stage.name)
def test_a_stage_needs_no_table_nor_parameter_but_those_it_declares(work: Work, stage: Stage) -> None:
    """Executed on these alone, it makes what it makes in the whole pipeline."""
    execute(work, last=STAGES[STAGES.index(stage) - 1].name)
    asked = POLICY.parameters if stage.parameters == EVERY else stage.parameters
    parameters = {name: POLICY.parameters[name] for name in asked}
    with connect() as con:
        for schema in SCHEMAS:
            con.execute(f"CREATE SCHEMA {schema}")
        for table in dict.fromkeys((*stage.reads, *stage.amends, *stage.adds)):
            arrow = work.con.cursor().sql(f"FROM {table}").to_arrow_table()
            con.register("arriving", arrow)
            con.execute(f"CREATE TABLE {table} AS FROM arriving")
            con.unregister("arriving")
        stage.run(replace(work, con=con, policy=replace(POLICY, parameters=parameters)))
        alone = tables(con)
    stage.run(work)
    whole = tables(work.con)
    for table in (*stage.writes, *stage.amends, *stage.adds):
        assert alone[table] == whole[table], table


def test_each_stage_asks_the_rulebook_for_what_it_declares(work: Work) -> None:
    for stage in STAGES:
        read: set[str] = set()
        stage.run(replace(work, policy=recording(POLICY, read)))
        parts = {name.removeprefix("part ") for name in read if name.startswith("part ")} - UNNAMED
        parameters = {name for name in read if not name.startswith("part ")}
        # the columns that a rulebook adds are read off its facts
        declared = {"facts" if part == "columns" else part for part in stage.parts}
        assert parts == declared | {*stage.words}, stage.name
        if stage.parameters == EVERY:
            continue
        assert parameters == set(stage.parameters), stage.name
    assert {*PARTS} >= {part for stage in STAGES for part in stage.parts}


def test_a_run_keeps_every_table_that_a_what_if_begins_with(reviewed: Path) -> None:
    con, _ = open_run(reviewed)
    with con:
        views = {
            name for (name,) in con.execute("SELECT schema_name || '.' || view_name FROM duckdb_views()").fetchall()
        }
    assert kept_tables().keys() <= views
    assert [start_of(stage.name, "contradictions").name for stage in STAGES[:7]] == [
        *("intake", "intake", "intake", "intake", "reconcile", "facts", "facts")
    ]


@pytest.mark.parametrize("first", ["reconcile", "facts"])
def test_the_stages_on_what_a_run_keeps_write_what_the_run_wrote(reviewed: Path, first: str) -> None:
    from eligibility.application.what_if import LAST, take_up

    con, policy = open_run(reviewed)
    with con:
        then = {name: con.cursor().sql(f"FROM {name}").to_arrow_table() for name in kept_tables()}
        take_up(con, first)
        execute(Work(con, policy), first=first, last=LAST)
        for name, table in then.items():
            now = con.cursor().sql(f"FROM {name}").to_arrow_table()
            # facts.parquet names each person beside the facts
            assert now.equals(table.select(now.column_names)), name
