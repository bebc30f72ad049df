"""The queries of this room: each stands in `sql/`, named for the table it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from eligibility.model.visible import visible

HERE = Path(__file__).parent / "sql"


@cache
def query(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (HERE / f"{name}.sql").read_text(encoding="utf-8").rstrip().rstrip(";")


def rows(con: DuckDBPyConnection, name: str, *values: object) -> list[tuple[Any, ...]]:
    """Every row of the query `name`; `values` fill its question marks."""
    return con.execute(query(name), list(values)).fetchall()


def records(con: DuckDBPyConnection, name: str, *values: object) -> list[dict[str, Any]]:
    """The same rows by the names of their columns."""
    cursor = con.execute(query(name), list(values))
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def changed_persons(con: DuckDBPyConnection, *, turned: bool) -> Iterator[tuple[Any, ...]]:
    """Persons whose outcome (`turned`) or only whose reasons another rulebook changes, from the tables `marked` and `shifted`."""
    columns = (column for (column, *_) in con.execute("DESCRIBE shifted").fetchall())
    keys = " AND ".join(f"marked.{key} = shifted.{key}" for key in sorted(columns) if key.startswith("key_"))
    cursor = con.execute(query("impact_persons").format(keys=keys or "true"), [turned])
    while batch := cursor.fetchmany(10_000):
        yield from batch


class Count(NamedTuple):
    """Persons of one outcome in one community."""

    street: str
    community: str
    outcome: str
    persons: int


def outcome_counts(con: DuckDBPyConnection) -> list[Count]:
    """Persons by street, community and outcome; places in the order in which the input first names them."""
    return [Count(*row) for row in rows(con, "outcome_counts")]


def shown(row: Iterable[Any]) -> tuple[Any, ...]:
    """The values of a row, the texts among them as they may be printed."""
    return tuple(visible(value) if isinstance(value, str) else value for value in row)
