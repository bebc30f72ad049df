"""Which component is meant: by its number, or by an agreement or approval in it; what is near where none is."""

from __future__ import annotations

from importlib.resources import files

import duckdb
from rapidfuzz import process

from eligibility.domain.document_number import normal_form
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.names import squeeze
from eligibility.reconcile.component.nodes import Agreed, Approved, Component, Drawn

_MOST_NEAR = 3


def component_of(con: duckdb.DuckDBPyConnection, wanted: str) -> Component:
    """The component of that number, or the one that holds the agreement or approval of that number.

    Raises:
        Unusable: nothing is called so; the nearest names are given.

    """
    number = _numbered(con, wanted)
    if number is None:
        agreement = agreement_key(con, wanted)
        if agreement is None:
            raise Unusable(_unknown(con, wanted))
        return _read(con, None, agreement)
    return _read(con, number, None)


def agreement_key(con: duckdb.DuckDBPyConnection, wanted: str) -> str | None:
    """Key of the agreement of that number, read as intake reads it; None when there is none."""
    row = con.execute(
        "SELECT agreement_key FROM link.coverage WHERE agreement_no = ? OR agreement_key = ? LIMIT 1",
        [wanted, squeeze(wanted)],
    ).fetchone()
    return None if row is None else str(row[0])


def near_agreements(con: duckdb.DuckDBPyConnection, wanted: str) -> list[str]:
    """Agreement numbers that are written most like it."""
    names = [name for (name,) in con.execute("SELECT DISTINCT agreement_no FROM link.coverage ORDER BY 1").fetchall()]
    return [found[0] for found in process.extract(wanted, names, limit=_MOST_NEAR)]


def query(name: str) -> str:
    """The text of `<name>.sql` of this room."""
    return files("eligibility.reconcile.component").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _numbered(con: duckdb.DuckDBPyConnection, wanted: str) -> int | None:
    plain = squeeze(wanted)
    digits = plain if plain.isdecimal() and plain.isascii() and len(plain) < 9 else None
    row = con.execute(
        "SELECT component FROM link.links WHERE component = ?::INTEGER OR agreement_no = ? OR agreement_key = ?"
        " OR approval_key = ? ORDER BY component = ?::INTEGER DESC, component LIMIT 1",
        [digits, wanted, plain, normal_form(wanted), digits],
    ).fetchone()
    return None if row is None else int(row[0])


def _read(con: duckdb.DuckDBPyConnection, number: int | None, agreement: str | None) -> Component:
    lines = con.execute(query("agreements"), {"component": number, "agreement": agreement}).fetchall()
    if number is None:
        return Component(None, (), tuple(Agreed(*row) for row in lines), ())
    approvals = con.execute(query("approvals"), {"component": number}).fetchall()
    links = con.execute(query("links"), {"component": number}).fetchall()
    return Component(
        number,
        tuple(Approved(*row) for row in approvals),
        tuple(Agreed(*row) for row in lines),
        tuple(Drawn((row[0], row[1]), *row[2:]) for row in links),
    )


def _unknown(con: duckdb.DuckDBPyConnection, wanted: str) -> Finding:
    row = con.execute("SELECT min(component), max(component) FROM link.links").fetchone()
    numbers = f"{row[0]}–{row[1]}" if row is not None and row[0] is not None else "—"
    near = "、".join(near_agreements(con, wanted)) or "—"
    return Finding(
        "component_unknown",
        Source(wanted),
        Text("没有这个关联组、协议或批文", "there is no such component, agreement or approval"),
        Text(
            f"关联组编号为 {numbers}；相近的协议：{near}；可执行 eligibility reconcile list",
            f"components are {numbers}; agreements written alike: {near}; see: eligibility reconcile list",
        ),
    )
