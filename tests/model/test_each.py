"""The same work on many items: in the order of the items, whoever did them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Barrier, current_thread
from threading import enumerate as threads
from time import sleep

import pytest

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.model.parallel import releases_gil, serial_map, threaded_map
from eligibility.rulebook import load_policy
from eligibility.simulation import simulate
from eligibility.store.database import connect
from support.paper_folder import AS_OF, RULES

ITEMS = list(range(400))


def who(item: int) -> tuple[int, str]:
    return item, current_thread().name


def test_only_work_that_lets_go_is_shared_among_threads() -> None:
    met = Barrier(2, timeout=30)

    @releases_gil
    def together(item: int) -> tuple[int, str]:
        if item in {0, ITEMS[-1]}:
            met.wait()  # passes only if two threads are at it
        return who(item)

    done = list(threaded_map(2, together, ITEMS))
    assert [item for item, _ in done] == ITEMS
    assert len({name for _, name in done}) == 2
    assert {name for _, name in threaded_map(2, who, ITEMS)} == {current_thread().name}


@pytest.mark.parametrize("cores", [1, 2])
def test_what_goes_wrong_is_raised_and_the_rest_is_dropped(cores: int) -> None:
    seen: list[int] = []

    @releases_gil
    def wrong(item: int) -> None:
        seen.append(item)
        sleep(0.005)
        raise KeyError(item)

    with pytest.raises(KeyError):
        list(threaded_map(cores, wrong, list(range(100_000))))
    assert len(seen) < 1000
    assert not [thread for thread in threads() if thread.name.startswith("each")]


def test_a_district_is_decided_the_same_in_several_threads(tmp_path: Path) -> None:
    simulate(tmp_path, persons=900, seed=4)
    policy = load_policy(RULES, as_of=AS_OF)
    tables = ("link.links", "link.components", "link.coverage", "decision.persons")
    decided = []
    for each in (serial_map, partial(threaded_map, 2)):
        with connect() as con:
            execute(Work(con, policy, tmp_path, each=each))
            decided.append([con.execute(f"SELECT * FROM {table}").fetchall() for table in tables])
    assert decided[0] == decided[1]
    assert all(decided[0])
