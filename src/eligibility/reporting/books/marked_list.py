"""`quarantine.csv` of a check that decides nothing: the same columns as that of a run."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.reporting.queries import query
from eligibility.reporting.tables import BYTE_ORDER_MARK


def write_quarantine(con: DuckDBPyConnection, path: Path) -> None:
    """Write every finding in `paper.quarantine`; formula-looking text gets an apostrophe in front."""
    con.execute(f"CREATE OR REPLACE TEMP VIEW printed AS {query('quarantine')}")
    first = con.table("printed").columns[0]
    marked = f'SELECT * RENAME ("{first}" AS "{BYTE_ORDER_MARK}{first}") FROM ({query("csv_cells")})'
    quoted = str(path).replace("'", "''")
    con.execute(f"COPY ({marked}) TO '{quoted}' (FORMAT csv, HEADER true, NULLSTR '')")
    con.execute("DROP VIEW printed")
