"""What is due to each person, period by period: whole amounts that stand, or why nothing can be paid yet.

Every month is reckoned by the law as it stands on its first day, a yearly benefit on 1 January, one paid once on the first day
of the first month in which it is due. A period is named `2022-10`, `2022` or `once`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import duckdb

from eligibility.model.benefit import MONTH, ONCE, YEAR
from eligibility.model.policy import Policy
from eligibility.money.batch import payment_query, reckon_persons

PolicyOn = Callable[[date], Policy]
"""The rulebook as it stands on a day."""

MOST_MONTHS = 600
"""Months that one roster may reach back over."""


@dataclass(frozen=True, slots=True)
class Span:
    """Months from the first day of `first` to the first day of `last`, both included; differences reach back to `since`."""

    first: date
    last: date
    since: date

    @property
    def name(self) -> str:
        """The period of a roster: a month, a year, or from one month to another.

        >>> Span(date(2022, 1, 1), date(2022, 12, 1), date(2022, 1, 1)).name
        '2022'
        """
        if (self.first.month, self.last.month) == (1, 12) and self.first.year == self.last.year:
            return f"{self.first:%Y}"
        return f"{self.first:%Y-%m}" if self.first == self.last else f"{self.first:%Y-%m}~{self.last:%Y-%m}"

    def months(self) -> Iterator[date]:
        """The first day of each month from `since` on."""
        month = self.since
        while month <= self.last:
            yield month
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def reckon_due(con: duckdb.DuckDBPyConnection, span: Span, policy_on: PolicyOn, *, every: bool = False) -> None:
    """Write the temporary table `due`: row, person, benefit, period, month of reckoning, payer, amount in 分, why not.

    Reads the decisions, facts and profiles of a run. With `every`, persons in review as if they were admitted, in `due_open`.

    Raises:
        InputError: the rulebook is not in force on one of the days.

    """
    table, outcomes = ("due_open", {"manual_review": "eligible"}) if every else ("due", None)
    con.execute(payment_query("due_empty").format(table=table))
    for month in span.months():
        days = [month] if month.month == 1 or month != span.since else [month, date(month.year, 1, 1)]
        for day in dict.fromkeys(days):
            paid = {MONTH, ONCE} if day == month else set()
            paid |= {YEAR} if day.month == 1 else set()
            policy = policy_on(day)
            reckon_persons(con, policy, table="benefit.of_a_day", outcomes=outcomes)
            con.execute(payment_query("due_of_a_day").format(table=table), {"day": day, "paid": sorted(paid)})
    con.execute("DROP TABLE IF EXISTS benefit.of_a_day")
