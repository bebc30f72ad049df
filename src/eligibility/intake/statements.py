"""The SQL of this room, one statement a file under `sql/`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def statement(name: str, **parts: str) -> str:
    """The text of `sql/<name>.sql` with `{part}` replaced; parts are SQL of our own, never text from a dossier."""
    sql = _text(name)
    for part, value in parts.items():
        sql = sql.replace("{" + part + "}", value)
    return sql


@cache
def _text(name: str) -> str:
    return files("eligibility.intake").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
