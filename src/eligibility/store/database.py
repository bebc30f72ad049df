"""The one way to an in-process DuckDB, on which the rooms lay their work: it fetches nothing and prints nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

_CONFIG = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}

ROWS_TOGETHER = 20_480
"""Rows of a group of a Parquet file: what is read of a table to find one row of it (DuckDB's own choice is six times as many)."""


def connect() -> duckdb.DuckDBPyConnection:
    """A new empty database in memory; closed by the caller, best as a context.

    DuckDB draws a progress bar on standard output for a query of more than two seconds, terminal or not, where it
    would stand inside `--json`. And it packs its tables every 16 MB of new rows, as if they would be opened again: half
    of what it costs to bring in a million rows.

    >>> with connect() as con:
    ...     con.execute("SELECT current_setting('enable_progress_bar_print')").fetchone()
    (False,)
    """
    con = _silent(duckdb.connect(config=dict(_CONFIG)))
    con.execute("SET checkpoint_threshold = '1TB'")
    return con


def new_connection(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Another connection to the tables of a desk, for another thread; temporary tables and variables stay with each.

    >>> with connect() as con, new_connection(con) as other:
    ...     other.execute("SELECT current_setting('enable_progress_bar_print')").fetchone()
    (False,)
    """
    return _silent(con.cursor())


def expect_few_rows(con: duckdb.DuckDBPyConnection) -> None:
    """Execute queries as they are written, on one thread; of this connection and those beside it.

    Over a few hundred rows the optimizer costs more than it saves, and threads only wait for each other.
    """
    every = ",".join(name for (name,) in con.execute("FROM duckdb_optimizers()").fetchall())
    con.execute(f"SET GLOBAL disabled_optimizers = '{every}'")
    con.execute("SET GLOBAL threads = 1")


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Append rows to a table in one statement; a statement a row costs as much as a query each.

    >>> with connect() as con:
    ...     _ = con.execute("CREATE TABLE t (n INTEGER, word TEXT)")
    ...     insert_rows(con, "t", [(1, "一"), (2, None)])
    ...     con.execute("FROM t").fetchall()
    [(1, '一'), (2, None)]
    """
    if rows:
        values = ", ".join("unnest(?)" for _ in rows[0])
        con.execute(f"INSERT INTO {table} SELECT {values}", [list(column) for column in zip(*rows, strict=True)])


def quoted(path: Path) -> str:
    """A path as it stands between the quotes of a SQL text.

    >>> quoted(Path("村's 卷宗"))
    "村''s 卷宗"
    """
    return str(path).replace("'", "''")


def _silent(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con.execute("SET enable_progress_bar_print = false")
    return con
