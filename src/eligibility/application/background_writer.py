"""Writes the files of a run beside what is still worked out in Python, which leaves a core idle: one at a time, in the order given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import duckdb

from eligibility.store.database import new_connection

Answer = TypeVar("Answer")
Writing = Callable[[duckdb.DuckDBPyConnection], object]
"""Writes one file from tables that nobody changes any more."""


class BackgroundWriter:
    """A thread with a connection of its own to the same tables; `at_once`: none, each file is written when it is given."""

    def __init__(self, con: duckdb.DuckDBPyConnection, *, at_once: bool = False) -> None:
        self._con = new_connection(con)
        self._at_once = at_once
        self._thread = ThreadPoolExecutor(1, "background-writer")
        self._begun: list[Future[Any]] = []

    def write(self, *writings: Writing) -> None:
        """Have these written after what was given before.

        Raises:
            whatever a writing raised that is over.

        """
        for begun in self._begun:
            if begun.done():
                begun.result()
        for writing in writings:
            self.ask(writing)

    def ask(self, question: Callable[[duckdb.DuckDBPyConnection], Answer]) -> Future[Answer]:
        """Have something asked of the tables in its turn."""
        if self._at_once:
            answered: Future[Answer] = Future()
            answered.set_result(question(self._con))
            return answered
        begun = self._thread.submit(question, self._con)
        self._begun.append(begun)
        return begun

    def finish(self) -> None:
        """Wait until all is written.

        Raises:
            whatever the first writing that failed raised.

        """
        for begun in self._begun:
            begun.result()

    def close(self) -> None:
        """Break off what is being written and drop the rest; no thread is left."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._con.interrupt()
        self._thread.shutdown()
        self._con.close()


@contextmanager
def open_background_writer(con: duckdb.DuckDBPyConnection, *, at_once: bool = False) -> Iterator[BackgroundWriter]:
    """A background writer that has ended with the context, whatever becomes of it."""
    writer = BackgroundWriter(con, at_once=at_once)
    try:
        yield writer
    finally:
        writer.close()
