"""The tables of a run: Parquet for programs, CSV for people's spreadsheets. The same input gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.domain.desk import ROWS_TOGETHER
from eligibility.reporting.queries import query

CSV_TABLES = ("decisions", "coverage", "links", "components", "findings", "quarantine")
PARQUET_TABLES = ("decisions", "profiles", "facts")
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads a CSV in the code page of the machine and spoils every Chinese character."""


def write_tables(con: DuckDBPyConnection, out: Path) -> None:
    """Write the Parquet and CSV files of a run into `out`.

    Areas are in 亩 with four decimals, lower ends rounded down and upper ends up; an unknown end of a range of days
    is blank. In CSV a text that a spreadsheet would run as a formula gets an apostrophe in front; plain numbers,
    dates and ids stay as they are, and Parquet holds every text as it was read.
    """
    con.execute(query("macros"))
    for name in PARQUET_TABLES:
        path = _quoted(out / f"{name}.parquet")
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_TOGETHER}"
        con.execute(f"COPY ({query(name)}) TO '{path}' ({options})")
    for name in CSV_TABLES:
        _write_csv(con, name, out / f"{name}.csv")


def _write_csv(con: DuckDBPyConnection, name: str, path: Path) -> None:
    con.execute(f"CREATE OR REPLACE TEMP VIEW printed AS {query(name)}")
    first = con.table("printed").columns[0]
    marked = f'SELECT * RENAME ("{first}" AS "{BYTE_ORDER_MARK}{first}") FROM ({query("csv_cells")})'
    con.execute(f"COPY ({marked}) TO '{_quoted(path)}' (FORMAT csv, HEADER true, NULLSTR '')")
    con.execute("DROP VIEW printed")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
