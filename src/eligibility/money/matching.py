"""What was paid against what rosters say, by person and period: how much of each period is certainly, and how much possibly, paid.

A payment that names a period covers that period only; one that names none may cover any. Nobody chooses between equals: where
several allocations are possible, a period has a least and a greatest amount that is paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeriodPaid:
    """One period of a person, in 分: what the rosters in force come to, and the least and the greatest that is paid of it."""

    period: str
    due: int
    least: int
    most: int

    @property
    def state(self) -> str:
        """paid, unpaid, partly (whatever the allocation) or possible (it depends on the allocation)."""
        if self.least == self.due:
            return "paid"
        if self.most == 0:
            return "unpaid"
        return "partly" if self.least == self.most else "possible"


@dataclass(frozen=True, slots=True)
class PersonPaid:
    """A person's periods, and what was paid beyond all of them, in 分; `beyond` by the period that payments named ("": none)."""

    periods: tuple[PeriodPaid, ...]
    beyond: Mapping[str, int]


def match_person(due: Mapping[str, int], paid: Sequence[tuple[str, int]]) -> PersonPaid:
    """Match payments (period or "", 分) with what is due by period; both may hold negative amounts, which are money given back.

    >>> made = match_person({"2022-01": 100, "2022-02": 100}, [("", 150)])
    >>> [(one.period, one.least, one.most, one.state) for one in made.periods]
    [('2022-01', 50, 100, 'possible'), ('2022-02', 50, 100, 'possible')]
    >>> match_person({"2022-01": 100}, [("2022-01", 130)]).beyond
    {'2022-01': 30}
    """
    wanted = {period: max(fen, 0) for period, fen in due.items()}
    named: dict[str, int] = {}
    for period, fen in paid:
        named[period] = named.get(period, 0) + fen
    free = named.pop("", 0)
    back, free = max(-free, 0), max(free, 0)
    covered = {period: min(max(named.get(period, 0), 0), fen) for period, fen in wanted.items()}
    open_ = {period: fen - covered[period] for period, fen in wanted.items()}
    whole = sum(open_.values())
    beyond = {period: fen - wanted.get(period, 0) for period, fen in named.items() if fen > wanted.get(period, 0)}
    if free > whole:
        beyond[""] = free - whole
    for period in list(beyond):  # money given back was first of all what had been paid too much
        taken = min(back, beyond[period])
        back, beyond[period] = back - taken, beyond[period] - taken
    given_back = min(back, sum(covered.values()))
    periods = tuple(
        PeriodPaid(
            period,
            fen,
            max(covered[period] + min(open_[period], max(0, free - (whole - open_[period]))) - given_back, 0),
            covered[period] + min(free, open_[period]) - max(0, given_back - (sum(covered.values()) - covered[period])),
        )
        for period, fen in wanted.items()
    )
    return PersonPaid(periods, {period: fen for period, fen in beyond.items() if fen})
