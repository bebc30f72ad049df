"""Of the two workbooks, which are pure Python, one is written in a second process, started while there is other work."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb

from eligibility.application.background_writer import BackgroundWriter
from eligibility.application.saved_runs import open_tables
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.reporting import summary
from eligibility.reporting.books.workbooks import write_decisions, write_review, write_workbooks

MOST = 100_000
"""Above so many persons the workbooks are written only when asked for."""
ENOUGH = 30_000
"""Persons from which a second process pays: it begins only after a second or so."""


class WorkbookProcess:
    """A process that waits to be told of which run it is to write `decisions.xlsx`."""

    def __init__(self) -> None:
        spawn = get_context("spawn")
        self._told, there = spawn.Pipe()
        self._process = spawn.Process(target=_keep, args=(there,), daemon=True)
        self._process.start()
        there.close()

    def begin(self, folder: Path, policy: Policy) -> None:
        """Have the workbook written from the tables that stand in `folder`, into it.

        Raises:
            InputError: the process was ended from outside.

        """
        try:
            self._told.send((folder, policy))
        except OSError:
            raise InputError(_ended()) from None

    def finish(self) -> None:
        """Wait until it is written.

        Raises:
            InputError: the process was ended from outside, as a system does when memory runs out.
            whatever went wrong in it.

        """
        try:
            wrong = self._told.recv()
        except (EOFError, OSError):
            raise InputError(_ended()) from None
        if wrong is not None:
            raise wrong

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._process.terminate()
        self._process.join()
        self._told.close()


class Books:
    """The workbooks of a run: for however `many` persons, or for MOST; `alone`: no second process is to be used."""

    def __init__(self, *, many: bool, alone: bool) -> None:
        self._most = sys.maxsize if many else MOST
        self._alone = alone
        self._process: WorkbookProcess | None = None

    def wanted(self, persons: int) -> bool:
        """Whether the run of so many persons has workbooks."""
        return persons <= self._most

    def expect(self, con: duckdb.DuckDBPyConnection) -> None:
        """Get ready for them, once the papers are read."""
        ((persons,),) = con.execute("SELECT kept FROM paper.tables WHERE table_name = 'persons'").fetchall()
        if persons >= ENOUGH and self.wanted(persons) and not self._alone:
            self._process = WorkbookProcess()

    def write(self, con: duckdb.DuckDBPyConnection, policy: Policy, folder: Path, tables: BackgroundWriter) -> None:
        """Write them into `folder` from what stands in `con`; `tables` writes the files from which a second process reads.

        Raises:
            InputError, whatever went wrong: as `Bookkeeper.finish` does.

        """
        if self._process is None:
            write_workbooks(con, policy, folder)
            return
        tables.finish()
        self._process.begin(folder, policy)
        write_review(con, policy, folder, summary(con, policy))
        self._process.finish()

    def close(self) -> None:
        """End the second process, whatever it is at."""
        if self._process is not None:
            self._process.close()


@contextmanager
def open_workbooks(*, many: bool, alone: bool) -> Iterator[Books]:
    """Books that leave no process behind, whatever becomes of the context."""
    books = Books(many=many, alone=alone)
    try:
        yield books
    finally:
        books.close()


def _ended() -> Diagnostic:
    return Diagnostic(
        "worker_ended",
        SourceLocation("--memory"),
        Bilingual(
            "写工作簿的进程被系统终止，多半是内存不够",
            "the system ended the process that was writing a workbook, most likely for want of memory",
        ),
        Bilingual(
            "请用 --memory 给出内存上限（只用一个进程），或换用内存更大的机器",
            "state a limit with --memory (only one process is used then), or take a machine with more memory",
        ),
    )


def _keep(told: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the command, which ends this process itself
    try:
        folder, policy = told.recv()
    except EOFError:
        return
    try:
        with open_tables(folder) as con:
            write_decisions(con, policy, folder, summary(con, policy))
    except BaseException as wrong:
        told.send(wrong)
    else:
        told.send(None)
