"""The cores of this machine for work in Python: processes that are started only where the work is long enough to pay."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context

from eligibility.domain.each import Found, Given, in_threads
from eligibility.domain.finding import Finding, Source, Text, Unusable

_CHUNKS = 4
"""Pieces for each process: few, since what items share is sent once a piece; several, since none is as long as the next."""

_ENOUGH = 20_000
"""Items from which processes pay: each begins only after a second or two, and two are not twice as fast."""


class Workers:
    """Does the same work on many items in several processes, or in this one where that is as quick."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def each(self, work: Callable[[Given], Found], items: Sequence[Given], /) -> Iterable[Found]:
        """Results in the order of the items. Few items stay in this process.

        Raises:
            Unusable: a process was ended from outside, as a system does when memory runs out.

        """
        if self.processes < 2 or len(items) < _ENOUGH:
            return in_threads(self.processes, work, items)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.processes, get_context("spawn"), _ignore_interrupts)
        size = -(-len(items) // (self.processes * _CHUNKS))
        try:
            return list(self._pool.map(work, items, chunksize=size))
        except BrokenProcessPool as broken:
            raise Unusable(ended()) from broken

    def close(self) -> None:
        """End the processes; what they have not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def open_workers(processes: int) -> Iterator[Workers]:
    """Workers that are ended with the context."""
    workers = Workers(processes)
    try:
        yield workers
    finally:
        workers.close()


def _ignore_interrupts() -> None:
    """An interrupt is for the command, which ends its processes itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def ended() -> Finding:
    """What is said when the system ended a process of ours."""
    return Finding(
        "worker_ended",
        Source("--processes"),
        Text(
            "一个计算进程被系统终止，多半是内存不够",
            "the system ended a process that was computing, most likely for want of memory",
        ),
        Text(
            "请用 --processes 1 在一个进程内计算，或换用内存更大的机器",
            "compute in one process with --processes 1, or on a machine with more memory",
        ),
    )
