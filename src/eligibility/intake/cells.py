"""Reads the cells of `intake.raw`: each distinct text of a column once, regular forms in SQL, the rest in Python."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from eligibility.domain.tables import CellType, Column, Table
from eligibility.intake.readings import UNIT_MARK, Reading, reading_of
from eligibility.intake.statements import statement

_BATCH = 100_000
_ARROW = {
    "VARCHAR": pa.string(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "BIGINT": pa.int64(),
    "VARCHAR[]": pa.list_(pa.string()),
}


def read_cells(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make `intake.cell_<column>` (text, fields, issue) for every column that is more than text, and its issues."""
    for position, column in enumerate(table.columns):
        if column.required:
            _issues(con, table, column, position, "required_blank")
        reading = reading_of(column)
        if reading is not None:
            _read(con, column, reading)
            _issues(con, table, column, position, "unreadable")


def cell_text(column: Column) -> str:
    """SQL of the text that is read for a column of the raw row `r`: an area goes with the unit of its row."""
    if column.type is CellType.AREA_IN_UNIT:
        return f"""nullif(r."{column.key}", '') || '{UNIT_MARK}' || coalesce(r.unit, '')"""
    return f"""nullif(r."{column.key}", '')"""


def _read(con: duckdb.DuckDBPyConnection, column: Column, reading: Reading) -> None:
    fields = ", ".join(f"{name} {sql_type}" for name, sql_type in reading.fields)
    cells = f"intake.cell_{column.key}"
    con.execute(f"CREATE OR REPLACE TABLE {cells} (text VARCHAR, {fields}, issue VARCHAR)")
    con.execute(statement("texts", text=cell_text(column)))
    if reading.fast:
        con.execute(statement(reading.fast, cells=cells))
    con.execute(statement("irregular_texts", cells=cells))
    for texts in _batches(con):
        _store(con, cells, reading, texts)


def _batches(con: duckdb.DuckDBPyConnection) -> Iterator[list[str]]:
    start = 0
    while True:
        rows = con.execute(
            "SELECT text FROM intake.irregular_texts WHERE rowid >= ? AND rowid < ?", [start, start + _BATCH]
        ).fetchall()
        if not rows:
            return
        yield [text for (text,) in rows]
        start += _BATCH


def _store(con: duckdb.DuckDBPyConnection, cells: str, reading: Reading, texts: list[str]) -> None:
    parsed = list(zip(*(reading.parse(text) for text in texts), strict=True))
    columns = {"text": pa.array(texts, pa.string())}
    for (name, sql_type), values in zip(reading.fields, parsed[:-1], strict=True):
        columns[name] = pa.array(values, _ARROW[sql_type])
    columns["issue"] = pa.array(parsed[-1], pa.string())
    con.register("intake_parsed", pa.table(columns))
    con.execute(f"INSERT INTO {cells} BY NAME SELECT * FROM intake_parsed")
    con.unregister("intake_parsed")


def _issues(con: duckdb.DuckDBPyConnection, table: Table, column: Column, position: int, query: str) -> None:
    """Rows whose cell is blank or unreadable; `soft` ones keep the row even where the column is required."""
    words = "、".join(word.zh for word in column.words) or ("是、否" if column.type is CellType.TRUTH else "")
    sql = statement(query, column=column.key, cells=f"intake.cell_{column.key}", text=cell_text(column))
    soft = ["unit_conflict", *(("identity_invalid", "digits_lost") if column.type is CellType.RESIDENT_ID else ())]
    asked = {"table_name": table.key, "position": position, "column_key": column.key}
    if query == "unreadable":
        asked |= {"words": words, "required": column.required, "soft": soft}
    con.execute(sql, asked)
