"""The tables of a run: Parquet for programs, CSV for people's spreadsheets. The same input gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.reporting.queries import query
from eligibility.store.database import ROWS_TOGETHER, quoted

TABLES = tuple(
    f"{name}.{suffix}"
    for suffix, names in (
        ("parquet", ("decisions", "profiles", "facts", "benefits")),
        ("csv", ("decisions", "benefits", "coverage", "links", "components", "findings", "quarantine", "identities")),
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
    if name == "benefits" and not _has_rows(con, "benefit", "items"):
        return  # the rulebook declares none
    if suffix == "csv":
        _write_csv(con, _query_of(con, name, suffix), out / table)
        return
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_TOGETHER}"
    con.execute(f"COPY ({_query_of(con, name, suffix)}) TO '{quoted(out / table)}' ({options})")


def _query_of(con: DuckDBPyConnection, name: str, suffix: str) -> str:
    """The query of a table; a class has a column among the decisions only where the rulebook names classes."""
    if name == "benefits" and suffix == "csv":
        return f"SELECT * EXCLUDE (row_id) FROM ({query(name)})"
    with_classes = name == "decisions" and _has_rows(con, "decision", "classes")
    return query("decisions_with_classes" if with_classes else name)


def _has_rows(con: DuckDBPyConnection, schema: str, table: str) -> bool:
    """Whether the table stands and has a row."""
    known = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?", [schema, table]
    ).fetchall()
    return known[0][0] > 0 and bool(con.execute(f"SELECT 1 FROM {schema}.{table} LIMIT 1").fetchall())


def _write_csv(con: DuckDBPyConnection, text: str, path: Path) -> None:
    con.execute(f"CREATE OR REPLACE TEMP VIEW printed AS {text}")
    first = con.table("printed").columns[0]
    marked = f'SELECT * RENAME ("{first}" AS "{BYTE_ORDER_MARK}{first}") FROM ({query("csv_cells")})'
    con.execute(f"COPY ({marked}) TO '{quoted(path)}' (FORMAT csv, HEADER true, NULLSTR '')")
    con.execute("DROP VIEW printed")
