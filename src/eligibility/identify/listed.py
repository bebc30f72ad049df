"""Compares the roster with the lists and registers of the dossier, and fills in what the roster does not say."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from eligibility.model.names import place_key
from eligibility.store.database import insert_rows


def compare_with_lists(con: duckdb.DuckDBPyConnection) -> None:
    """Fill the columns of `paper.persons` that lists and registers tell of, and write schema `compared`.

    On a list: so. Not on a list that is declared complete: not so. No list: not known. What roster and list say differently is not
    known either. Reads `paper.lists` and `paper.listed`; the variable `decided_on` is the day of decision.
    """
    con.execute("DROP SCHEMA IF EXISTS compared CASCADE")
    con.execute("CREATE SCHEMA compared")
    con.execute("CREATE OR REPLACE TEMP TABLE listed_place (text VARCHAR, key VARCHAR)")
    texts = con.execute(
        "SELECT DISTINCT value FROM paper.listed WHERE kind IN ('address', 'member') AND value <> ''"
    ).fetchall()
    insert_rows(con, "listed_place", [(text, place_key(text)) for (text,) in texts])
    con.execute(files("eligibility.identify").joinpath("sql", "listed.sql").read_text(encoding="utf-8"))
