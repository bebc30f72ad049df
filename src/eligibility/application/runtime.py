"""Where a batch is computed: one DuckDB connection within stated limits and, if asked for, Spark beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import duckdb

from eligibility.engine import ColumnarBackend
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.parallel import Found, Given, ParallelMap, serial_map, threaded_map
from eligibility.store.database import connect


@dataclass(frozen=True, slots=True)
class RuntimeOptions:
    """What a batch may use.

    `memory` for DuckDB ("": four fifths of the machine's), `spill` for what does not fit (None: inside the results), and
    the engine of the columnar work: `duckdb`, or `spark` on `master` ("": this machine).
    """

    engine: str = "duckdb"
    master: str = ""
    memory: str = ""
    spill: Path | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """Who works on the parts of reconciliation and on open profiles, and on the columns of judging (None: DuckDB)."""

    each: ParallelMap = serial_map
    columns: ColumnarBackend | None = None


DUCKDB = Engine()


@dataclass(frozen=True, slots=True)
class Runtime:
    """The table on which the rooms lay their work, and the engine beside it."""

    con: duckdb.DuckDBPyConnection
    engine: Engine


@contextmanager
def open_runtime(means: RuntimeOptions, folder: Path) -> Iterator[Runtime]:
    """Open what the batch needs, and clear it away at the end; `folder` holds the results being made.

    Raises:
        InputError: the memory does not suffice, the spill folder cannot be written, or Spark cannot be started.

    """
    with ExitStack() as stack:
        within = folder / ".spill"
        spill = _spill(means.spill or within)
        for passing in (within, spill):
            stack.callback(shutil.rmtree, passing, ignore_errors=True)
        con = stack.enter_context(connect())
        con.execute("SET temp_directory = ?", [str(spill)])
        if means.memory:
            con.execute("SET memory_limit = ?", [means.memory])
        engine = stack.enter_context(_spark(means, con, spill)) if means.engine == "spark" else Engine(_in_threads)
        try:
            yield Runtime(con, engine)
        except duckdb.OutOfMemoryException as error:
            raise InputError(_too_little(means, str(error).splitlines()[0])) from error


@contextmanager
def _spark(means: RuntimeOptions, con: duckdb.DuckDBPyConnection, spill: Path) -> Iterator[Engine]:
    from eligibility.spark import LOCAL, SparkColumns, open_spark

    with open_spark(means.master or LOCAL) as cluster:
        yield Engine(cluster.each, SparkColumns(con, cluster, spill / "spark"))


def _in_threads(work: Callable[[Given], Found], items: Sequence[Given], /) -> Iterable[Found]:
    return threaded_map(os.cpu_count() or 1, work, items)


def _spill(base: Path) -> Path:
    try:
        base.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix="eligibility-", dir=base))
    except OSError as error:
        problem = Bilingual(f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}")
        remedy = Bilingual("请用 --spill 指定一个可写的目录", "name a folder that can be written with --spill")
        raise InputError(Diagnostic("spill_not_writable", SourceLocation(str(base)), problem, remedy)) from None


def _too_little(means: RuntimeOptions, error: str) -> Diagnostic:
    said = means.memory or "—"
    return Diagnostic(
        "memory_too_small",
        SourceLocation(f"--memory {said}"),
        Bilingual(f"内存不够：{error}", f"the memory does not suffice: {error}"),
        Bilingual(
            "请调大 --memory，或用 --spill 指定有足够空间的磁盘目录",
            "allow more with --memory, or name a folder on a disk with room with --spill",
        ),
    )
