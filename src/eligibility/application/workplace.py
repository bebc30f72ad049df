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

from eligibility.domain.desk import open_desk
from eligibility.domain.each import Each, Found, Given, in_threads, in_turn
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.engine import ColumnarBackend


@dataclass(frozen=True, slots=True)
class Means:
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

    each: Each = in_turn
    columns: ColumnarBackend | None = None


DUCKDB = Engine()


@dataclass(frozen=True, slots=True)
class Workplace:
    """The table on which the rooms lay their work, and the engine beside it."""

    con: duckdb.DuckDBPyConnection
    engine: Engine


@contextmanager
def workplace(means: Means, folder: Path) -> Iterator[Workplace]:
    """Open what the batch needs, and clear it away at the end; `folder` holds the results being made.

    Raises:
        Unusable: the memory does not suffice, the spill folder cannot be written, or Spark cannot be started.

    """
    with ExitStack() as stack:
        within = folder / ".spill"
        spill = _spill(means.spill or within)
        for passing in (within, spill):
            stack.callback(shutil.rmtree, passing, ignore_errors=True)
        con = stack.enter_context(open_desk())
        con.execute("SET temp_directory = ?", [str(spill)])
        if means.memory:
            con.execute("SET memory_limit = ?", [means.memory])
        engine = stack.enter_context(_spark(means, con, spill)) if means.engine == "spark" else Engine(_in_threads)
        try:
            yield Workplace(con, engine)
        except duckdb.OutOfMemoryException as error:
            raise Unusable(_too_little(means, str(error).splitlines()[0])) from error


@contextmanager
def _spark(means: Means, con: duckdb.DuckDBPyConnection, spill: Path) -> Iterator[Engine]:
    from eligibility.spark import LOCAL, SparkColumns, open_spark

    with open_spark(means.master or LOCAL) as cluster:
        yield Engine(cluster.each, SparkColumns(con, cluster, spill / "spark"))


def _in_threads(work: Callable[[Given], Found], items: Sequence[Given], /) -> Iterable[Found]:
    return in_threads(os.cpu_count() or 1, work, items)


def _spill(base: Path) -> Path:
    try:
        base.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix="eligibility-", dir=base))
    except OSError as error:
        problem = Text(f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}")
        remedy = Text("请用 --spill 指定一个可写的目录", "name a folder that can be written with --spill")
        raise Unusable(Finding("spill_not_writable", Source(str(base)), problem, remedy)) from None


def _too_little(means: Means, error: str) -> Finding:
    said = means.memory or "—"
    return Finding(
        "memory_too_small",
        Source(f"--memory {said}"),
        Text(f"内存不够：{error}", f"the memory does not suffice: {error}"),
        Text(
            "请调大 --memory，或用 --spill 指定有足够空间的磁盘目录",
            "allow more with --memory, or name a folder on a disk with room with --spill",
        ),
    )
