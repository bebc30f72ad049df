"""Work beside one another in several processes: the same results in the same order, and a clear word when one is ended."""

from __future__ import annotations

import os
import signal
from datetime import date
from pathlib import Path

import pytest

import eligibility.application.workers as workers_module
from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.application.workers import open_workers
from eligibility.domain.desk import open_desk
from eligibility.domain.finding import Unusable
from eligibility.rulebook import load_policy
from eligibility.simulation import simulate
from support.paper_folder import RULES

LONG = list(range(25_000))


def place_of_work(item: int) -> tuple[int, int]:
    return item, os.getpid()


def ended_from_outside(item: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return item


def test_long_work_is_shared_and_comes_back_in_order() -> None:
    with open_workers(2) as workers:
        done = list(workers.each(place_of_work, LONG))
    assert [item for item, _ in done] == LONG
    assert os.getpid() not in {place for _, place in done}


@pytest.mark.parametrize(("processes", "items"), [(2, LONG[:100]), (1, LONG)])
def test_short_work_or_one_process_stays_here(processes: int, items: list[int]) -> None:
    with open_workers(processes) as workers:
        assert {place for _, place in workers.each(place_of_work, items)} == {os.getpid()}


def test_a_process_that_is_ended_from_outside_is_named_with_what_to_do() -> None:
    with pytest.raises(Unusable) as refused, open_workers(2) as workers:
        workers.each(ended_from_outside, LONG)
    (finding,) = refused.value.findings
    assert finding.code == "worker_ended"
    assert "--processes 1" in finding.remedy.zh


def test_a_district_is_decided_the_same_in_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    simulate(tmp_path, persons=1_500, seed=4)
    policy = load_policy(RULES, as_of=date(2022, 10, 31))
    monkeypatch.setattr(workers_module, "_ENOUGH", 2)
    found = []
    for processes in (1, 2):
        with open_desk() as con, open_workers(processes) as workers:
            execute(Work(con, policy, tmp_path, each=workers.each))
            tables = ("link.links", "link.components", "link.coverage", "decision.persons")
            found.append([con.execute(f"SELECT * FROM {table}").fetchall() for table in tables])
    assert found[0] == found[1]
    assert all(found[0])
