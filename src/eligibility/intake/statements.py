"""The SQL of this room, one statement a file, under `sql/` of the part that runs it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def statement(name: str, **parts: str) -> str:
    """The text of `sql/<name>.sql`, or for `part/name` of `part/sql/<name>.sql`, with every `{part}` replaced.

    Parts are SQL of our own, never text from a dossier.
    """
    sql = _text(name)
    for part, value in parts.items():
        sql = sql.replace("{" + part + "}", value)
    return sql


@cache
def _text(name: str) -> str:
    part, _, file = name.rpartition("/")
    return files("eligibility.intake").joinpath(part, "sql", f"{file}.sql").read_text(encoding="utf-8")
