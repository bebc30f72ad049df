"""The same work on many items: in the order of the items, whoever did them."""

from __future__ import annotations

from threading import Barrier, current_thread
from threading import enumerate as threads
from time import sleep

import pytest

from eligibility.domain.each import in_threads, lets_go

ITEMS = list(range(400))


def who(item: int) -> tuple[int, str]:
    return item, current_thread().name


def test_only_work_that_lets_go_is_shared_among_threads() -> None:
    met = Barrier(2, timeout=30)

    @lets_go
    def together(item: int) -> tuple[int, str]:
        if item in {0, ITEMS[-1]}:
            met.wait()  # passes only if two threads are at it
        return who(item)

    done = list(in_threads(2, together, ITEMS))
    assert [item for item, _ in done] == ITEMS
    assert len({name for _, name in done}) == 2
    assert {name for _, name in in_threads(2, who, ITEMS)} == {current_thread().name}


@pytest.mark.parametrize("cores", [1, 2])
def test_what_goes_wrong_is_raised_and_the_rest_is_dropped(cores: int) -> None:
    seen: list[int] = []

    @lets_go
    def wrong(item: int) -> None:
        seen.append(item)
        sleep(0.005)
        raise KeyError(item)

    with pytest.raises(KeyError):
        list(in_threads(cores, wrong, list(range(100_000))))
    assert len(seen) < 1000
    assert not [thread for thread in threads() if thread.name.startswith("each")]
