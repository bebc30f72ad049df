"""The tables of a run: Parquet for programs, CSV for people's spreadsheets. The same input gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.reporting.queries import query
from eligibility.store.database import ROWS_TOGETHER, quoted

TABLES = tuple(
    f"{name}.{suffix}"
    for suffix, names in (
        ("parquet", ("decisions", "profiles", "facts")),
        ("csv", ("decisions", "coverage", "links", "components", "findings", "quarantine")),
    )
    for name in names
)
"""The files, each made by the query of its name."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads a CSV in the code page of the machine and spoils every Chinese character."""


def write_tables(con: DuckDBPyConnection, out: Path) -> None:
    """Write the Parquet and CSV files of a run into `out`.

    Areas are in 亩 with four decimals, lower ends rounded down and upper ends up; an unknown end of a range of days
    is blank. In CSV a text that a spreadsheet would run as a formula gets an apostrophe in front; plain numbers,
    dates and ids stay as they are, and Parquet holds every text as it was read.
    """
    for table in TABLES:
        write_table(con, table, out)


def write_table(con: DuckDBPyConnection, table: str, out: Path) -> None:
    """Write one of TABLES; what it shows must stand in `con` and not be changed meanwhile."""
    con.execute(query("macros"))
    name, _, suffix = table.partition(".")
    if suffix == "csv":
        _write_csv(con, name, out / table)
        return
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_TOGETHER}"
    con.execute(f"COPY ({query(name)}) TO '{quoted(out / table)}' ({options})")


def _write_csv(con: DuckDBPyConnection, name: str, path: Path) -> None:
    con.execute(f"CREATE OR REPLACE TEMP VIEW printed AS {query(name)}")
    first = con.table("printed").columns[0]
    marked = f'SELECT * RENAME ("{first}" AS "{BYTE_ORDER_MARK}{first}") FROM ({query("csv_cells")})'
    con.execute(f"COPY ({marked}) TO '{quoted(path)}' (FORMAT csv, HEADER true, NULLSTR '')")
    con.execute("DROP VIEW printed")
