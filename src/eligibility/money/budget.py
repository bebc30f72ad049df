"""The need of a year: what is due to those decided, and between nothing and everything for those in review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from eligibility.model.policy import Policy
from eligibility.money.batch import payment_query
from eligibility.money.due import PolicyOn, Span, reckon_due
from eligibility.money.roster import Line, put_before, take_off


@dataclass(frozen=True, slots=True)
class Need:
    """The need of one month, street, benefit and payer, in 分.

    `low` to `high` for those decided; `open_high` more if all in review were admitted (nothing if none). `unknown` persons
    have no figure and are in no sum.
    """

    month: str
    street: str
    benefit: str
    payer: str
    persons: int
    low: int
    high: int
    open_persons: int
    open_high: int
    unknown: int


def need_of_year(
    con: duckdb.DuckDBPyConnection, policy: Policy, year: int, before: Iterable[Line], policy_on: PolicyOn
) -> list[Need]:
    """The need of a year from the decisions of a run; `before`: what rosters of earlier years reckoned. A yearly benefit stands in January, one paid once in its first month.

    Raises:
        InputError: the rulebook is not in force on the first day of one of the months.

    """
    span = Span(date(year, 1, 1), date(year, 12, 1), date(year, 1, 1))
    put_before(con, [line for line in before if line.reckoned_on < span.first])
    for table, every in (("due", False), ("due_open", True)):
        reckon_due(con, span, policy_on, every=every)
        take_off(con, policy, table)
    return [Need(*row) for row in con.execute(payment_query("budget")).fetchall()]


def summed(needs: Iterable[Need], *keys: str) -> dict[tuple[str, ...], tuple[int, int, int]]:
    """`low`, `high` and `open_high` added up by some of the columns.

    >>> need = Need("2022-01", "甲街道", "b", "p", 1, 5, 6, 1, 7, 0)
    >>> summed([need, need], "month")
    {('2022-01',): (10, 12, 14)}
    """
    reached: dict[tuple[str, ...], tuple[int, int, int]] = {}
    for entry in needs:
        key = tuple(str(getattr(entry, name)) for name in keys)
        low, high, more = reached.get(key, (0, 0, 0))
        reached[key] = (low + entry.low, high + entry.high, more + entry.open_high)
    return reached
