"""Reads the cells of `intake.raw`: each distinct text of a column once, regular forms in SQL, the rest in Python."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from eligibility.intake.cells.errors import error_issue
from eligibility.intake.cells.readings import UNIT_MARK, Parsed, Reading, reading_of
from eligibility.intake.files.units import UNITS_DIFFER
from eligibility.intake.statements import statement
from eligibility.model.tables import UNITS, CellType, Column, Table

_BATCH = 100_000
_ARROW = {
    "VARCHAR": pa.string(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "BIGINT": pa.int64(),
    "VARCHAR[]": pa.list_(pa.string()),
}


Units = Mapping[str, Mapping[int, str]]
"""For a measured column the unit of its numbers by source, where the sheet states one."""
NO_UNITS: Units = {}


def read_cells(con: duckdb.DuckDBPyConnection, table: Table, units: Units = NO_UNITS) -> None:
    """Make `intake.cell_<column>` (text, fields, issue) for every column that is more than text, and its issues.

    Of resident ids only those are looked at here that do not stand as they are (`rows/columns.py`).
    """
    con.execute(_required_blank(table), {"table_name": table.key})
    for position, column in enumerate(table.columns):
        reading = reading_of(column)
        if reading is None:
            _errors(con, table, column, position)
        elif _read(con, column, reading, cell_text(column, units)):
            _unreadable(con, table, column, position, cell_text(column, units))


def cell_text(column: Column, units: Units = NO_UNITS) -> str:
    """SQL of the text that is read for a column of the raw row `r`: an area goes with the unit of its row or sheet."""
    text = f"""nullif(r."{column.key}", '')"""
    stated = units.get(column.key, {})
    if column.type is CellType.AREA_IN_UNIT:
        cases = "".join(
            f" WHEN r.source = {source} AND {_is_not(unit)} THEN '{UNITS_DIFFER}'" for source, unit in stated.items()
        )
        unit = f"CASE{cases} ELSE coalesce(r.unit, '') END" if cases else "coalesce(r.unit, '')"
        return f"{text} || '{UNIT_MARK}' || {unit}"
    if not stated:
        return text
    cases = "".join(f" WHEN {source} THEN '{UNIT_MARK}{unit}'" for source, unit in stated.items())
    return f"{text} || CASE r.source{cases} ELSE '' END"


def _is_not(unit: str) -> str:
    """SQL: the unit cell of the row names another unit than its sheet does."""
    if unit == UNITS_DIFFER:
        return "TRUE"
    words = next((one.key, one.zh, *one.also) for one in UNITS if one.key == unit)
    listed = ", ".join(f"'{word}'" for word in (*words, *(("㎡", "m²") if unit == "m2" else ()), "hm²"))
    return f"coalesce(r.unit, '') NOT IN ('', {listed})"


def _read(con: duckdb.DuckDBPyConnection, column: Column, reading: Reading, text: str) -> bool:
    """Read every text of the column; whether there was an issue with any."""
    cells = f"intake.cell_{column.key}"
    texts = statement(reading.irregular or "cells/texts", text=text)
    fields = ", ".join(f"{name} {sql_type}" for name, sql_type in reading.fields)
    con.execute(f"CREATE OR REPLACE TABLE {cells} (text VARCHAR, {fields}, issue VARCHAR)")
    if reading.fast:
        con.execute(statement(reading.fast, cells=cells, texts=texts))
        texts = statement("cells/irregular_texts", cells=cells, texts=texts)
    issue = False
    found = [text for (text,) in con.execute(texts).fetchall()]
    for start in range(0, len(found), _BATCH):
        parsed = _parsed(reading, found[start : start + _BATCH])
        con.register("intake_parsed", parsed)
        con.execute(f"INSERT INTO {cells} SELECT * FROM intake_parsed")
        con.unregister("intake_parsed")
        issue = issue or any(parsed.column("issue").to_pylist())
    return issue


def _errors(con: duckdb.DuckDBPyConnection, table: Table, column: Column, position: int) -> None:
    """In a column of plain text, turn error cells into what is not known."""
    for (text,) in con.execute(statement("cells/texts_of_errors", column=column.key)).fetchall():
        if issue := error_issue(text):
            asked: dict[str, object] = {"table_name": table.key, "position": position, "column_key": column.key}
            asked |= {"issue": issue, "required": column.required, "text": text}
            con.execute(statement("cells/error_cells", column=column.key), asked)
            con.execute(f'UPDATE intake.raw SET "{column.key}" = NULL WHERE "{column.key}" = ?', [text])


def _parsed(reading: Reading, texts: list[str]) -> pa.Table:
    *values, issues = zip(*(_one(reading, text) for text in texts), strict=True)
    fields = zip(reading.fields, values, strict=True)
    columns = {name: pa.array(column, _ARROW[sql_type]) for (name, sql_type), column in fields}
    return pa.table({"text": pa.array(texts, pa.string()), **columns, "issue": pa.array(issues, pa.string())})


def _one(reading: Reading, text: str) -> Parsed:
    issue = error_issue(text.partition(UNIT_MARK)[0])
    return (*[None] * len(reading.fields), issue) if issue else reading.parse(text)


def _required_blank(table: Table) -> str:
    required = [(position, column.key) for position, column in enumerate(table.columns) if column.required]
    return statement(
        "cells/required_blank",
        cells=", ".join(
            f"""{{'position': {position}, 'key': '{key}', 'text': "{key}"}}""" for position, key in required
        ),
        any_blank=" OR ".join(f"""coalesce("{key}", '') = ''""" for _, key in required),
    )


def _unreadable(con: duckdb.DuckDBPyConnection, table: Table, column: Column, position: int, text: str) -> None:
    """Rows whose cell has an issue; a soft one keeps the row even where the column is required."""
    asked: dict[str, object] = {
        "table_name": table.key,
        "position": position,
        "column_key": column.key,
        "words": "、".join(word.zh for word in column.words) or ("是、否" if column.type is CellType.TRUTH else ""),
        "required": column.required,
        "soft": [
            "unit_conflict",
            *(("identity_invalid", "digits_lost") if column.type is CellType.RESIDENT_ID else ()),
        ],
    }
    con.execute(statement("cells/unreadable", column=column.key, text=text), asked)
