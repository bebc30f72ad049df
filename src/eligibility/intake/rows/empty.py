"""The table of `paper` for papers that nobody sent: the same columns as a full one, and no row."""

from __future__ import annotations

from functools import cache

from eligibility.intake.cells.read import read_cells
from eligibility.intake.load import make_raw
from eligibility.intake.rows.paper import lay_down
from eligibility.intake.statements import statement
from eligibility.model.tables import Table
from eligibility.store.database import connect


@cache
def empty_table_sql(table: Table) -> str:
    """CREATE TABLE for `paper.<table>`, learnt once by laying down a table without rows: the two can never differ."""
    with connect() as con:
        con.execute(statement("schema"))
        for known in ("persons", "groups", "approvals", "agreements"):
            con.execute(statement("rows/stand_in", table=known))
        make_raw(con, table)
        read_cells(con, table)
        con.execute(f"DROP TABLE IF EXISTS paper.{table.key}")
        lay_down(con, table)
        found = con.execute(
            "SELECT sql FROM duckdb_tables() WHERE schema_name = 'paper' AND table_name = ?", [table.key]
        )
        return str(found.fetchone()[0])  # type: ignore[index]
