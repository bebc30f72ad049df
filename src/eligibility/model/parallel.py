"""The same work on many items that do not touch one another: in turn here, beside one another where there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")

_TOGETHER = 50
"""Items that a thread takes at a time."""
_LETTING_GO: set[Callable[..., object]] = set()


class ParallelMap(Protocol):
    """Does `work` on every item; results in the order of the items, whoever did them.

    `work` is a function of a module, and items and results can be pickled: they may go to another process or machine.
    """

    def __call__(self, work: Callable[[Given], Found], items: Sequence[Given], /) -> Iterable[Found]:
        """The results."""


def serial_map(work: Callable[[Given], Found], items: Sequence[Given], /) -> Iterable[Found]:
    """One item after the other, in this process.

    >>> list(serial_map(len, ["户", "地块"]))
    [1, 2]
    """
    return map(work, items)


def releases_gil(work: Callable[[Given], Found]) -> Callable[[Given], Found]:
    """Marks work that spends much of its time in compiled code that lets go of the interpreter: threads serve it.

    It must be fit for several threads at once.
    """
    _LETTING_GO.add(work)
    return work


def threaded_map(threads: int, work: Callable[[Given], Found], items: Sequence[Given], /) -> Iterable[Found]:
    """In this process: in turn, but in several threads the work that `releases_gil`. Results in the order of the items."""
    if threads < 2 or work not in _LETTING_GO:
        return serial_map(work, items)
    runs = [items[start : start + _TOGETHER] for start in range(0, len(items), _TOGETHER)]
    pool = ThreadPoolExecutor(threads, "each")
    try:
        return [result for run in pool.map(lambda run: [work(item) for item in run], runs) for result in run]
    finally:
        pool.shutdown(cancel_futures=True)
