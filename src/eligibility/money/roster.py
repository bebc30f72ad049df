"""The payment roster: what is due now less what rosters in force reckoned before, line by line, and what is held and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.model.policy import Policy
from eligibility.money.batch import exact_share, payment_query
from eligibility.money.due import PolicyOn, Span, reckon_due
from eligibility.money.split import split

OWN = "person"
"""The payer that is the person: what it bears is not paid out by anybody."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a roster: what a person gets (or owes, if negative) of a benefit for a period, in 分, by payer.

    `kind`: current, arrears (earlier periods, or a difference upwards), refund (downwards) or shift (between payers).
    """

    resident_id: str
    benefit: str
    period: str
    reckoned_on: date
    kind: str
    fen: int
    parts: Mapping[str, int]
    outcome_class: str = ""

    @property
    def paid_out(self) -> int:
        """What is paid to the person, in 分: all but what the person bears."""
        return sum(fen for payer, fen in self.parts.items() if payer != OWN)


@dataclass(frozen=True, slots=True)
class Held:
    """What is not paid now: why, for how many periods, between which bounds (分, None: no figure), and what was reckoned before."""

    resident_id: str
    benefit: str
    why: str
    periods: int
    first_period: str
    last_period: str
    low: int | None
    high: int | None
    before: int


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster reckoned, not yet recorded."""

    span: Span
    lines: tuple[Line, ...]
    held: tuple[Held, ...]


def as_values(lines: Iterable[Line]) -> list[list[Any]]:
    """Lines as the record keeps them."""
    return [
        [
            entry.resident_id,
            entry.benefit,
            entry.period,
            entry.reckoned_on.isoformat(),
            entry.kind,
            entry.fen,
            dict(entry.parts),
        ]
        for entry in lines
    ]


def from_values(values: Iterable[Sequence[Any]]) -> list[Line]:
    """The lines of a recorded roster.

    >>> made = Line("1", "subsidy", "2022", date(2022, 1, 1), "current", 5, {"": 5})
    >>> from_values(as_values([made])) == [made]
    True
    """
    return [
        Line(entry[0], entry[1], entry[2], date.fromisoformat(entry[3]), entry[4], entry[5], dict(entry[6]))
        for entry in values
    ]


def reckon_roster(
    con: duckdb.DuckDBPyConnection, policy: Policy, span: Span, before: Iterable[Line], policy_on: PolicyOn
) -> Roster:
    """Reckon the roster of a run for `span`; `before` are the lines of the rosters in force. Needs the tables of `lay_out`.

    Raises:
        InputError: the rulebook is not in force on one of the days.

    """
    reckon_due(con, span, policy_on)
    put_before(con, before)
    for statement in payment_query("payable").split(";\n"):
        if statement.strip():
            con.execute(statement)
    take_off(con, policy)
    days = {"since": span.since, "last": span.last, "first": span.first}
    for statement in payment_query("difference").split(";\n"):
        if statement.strip():
            con.execute(statement, {name: day for name, day in days.items() if f"${name}" in statement})
    lines = con.execute(
        'SELECT resident_id, benefit, period, reckoned_on, kind, fen, parts, "class" FROM roster_lines'
    ).fetchall()
    held = con.execute(
        "SELECT resident_id, benefit, why, periods, first_period, last_period, low, high, before_fen FROM roster_held"
    ).fetchall()
    return Roster(
        span,
        tuple(
            Line(
                entry,
                benefit,
                period,
                on,
                kind,
                fen,
                {part["payer"]: part["fen"] for part in parts},
                outcome_class or "",
            )
            for entry, benefit, period, on, kind, fen, parts, outcome_class in lines
        ),
        tuple(Held(*row) for row in held),
    )


def put_before(con: duckdb.DuckDBPyConnection, before: Iterable[Line]) -> None:
    """Write the temporary table `before_lines` of what rosters reckoned."""
    rows = [
        (entry.resident_id, entry.benefit, entry.period, entry.reckoned_on, payer, fen)
        for entry in before
        for payer, fen in entry.parts.items()
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    types = (pa.string(), pa.string(), pa.string(), pa.date32(), pa.string(), pa.int64())
    names = ("resident_id", "benefit", "period", "reckoned_on", "payer", "fen")
    arrays = {name: pa.array(column, of) for name, column, of in zip(names, columns, types, strict=True)}
    con.register("arriving", pa.table(arrays))
    con.execute("CREATE OR REPLACE TEMP TABLE before_lines AS SELECT * FROM arriving")
    con.unregister("arriving")


def take_off(con: duckdb.DuckDBPyConnection, policy: Policy, table: str = "due") -> None:
    """Of a benefit that names others in `less`, take off what these come to; the parts are split anew. Needs `before_lines`."""
    for benefit in policy.benefits.values():
        if not benefit.less:
            continue
        rows = con.execute(
            payment_query("less").format(table=table), {"benefit": benefit.id, "less": list(benefit.less)}
        ).fetchall()
        for (row_id, period), group in groupby(rows, key=lambda row: (row[0], row[1])):
            parts = list(group)
            whole, taken, open_ = sum(part[4] for part in parts), parts[0][5], parts[0][6]
            if open_ or taken is None:
                con.execute(
                    f"UPDATE {table} SET fen = NULL, why = 'less_open' WHERE row_id = ? AND benefit = ? AND period = ?",
                    [row_id, benefit.id, period],
                )
                continue
            left = max(whole - taken, 0)
            shares = [exact_share(part[3] or "100") for part in parts]
            for part, fen in zip(parts, split(left, shares), strict=True):
                con.execute(
                    f"UPDATE {table} SET fen = ?, low = ?, high = ? WHERE row_id = ? AND benefit = ? AND period = ? AND payer = ?",
                    [fen, fen, fen, row_id, benefit.id, period, part[2]],
                )
