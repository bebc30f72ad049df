"""The budget of a year: the need by month, street and payer, what another number of the law would make of it, and what was paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from eligibility.application.payments.rosters import in_force, lines_of
from eligibility.application.record.place import record_of
from eligibility.application.saved_runs import open_run
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Kind
from eligibility.model.policy import Policy
from eligibility.money.budget import Need, need_of_year
from eligibility.rulebook import load_policy


@dataclass(frozen=True, slots=True)
class Budget:
    """The need of a year under the rulebook of the run and, where values are tried, under these; what was paid in each month (分)."""

    year: int
    policy: Policy
    needs: tuple[Need, ...]
    tried: Mapping[str, str]
    under_trial: tuple[Need, ...] | None
    paid: Mapping[str, int]


def budget_of(run: Path, year: int, tried: Mapping[str, str]) -> Budget:
    """The budget of a year from a finished run and its record.

    Raises:
        InputError: no finished run, the rulebook has no benefits or is not in force in that year, or a wrong trial value.

    """
    con, policy = open_run(run)
    with con:
        if not policy.benefits:
            problem = Bilingual("本规则没有写补助", "the rulebook has no benefits")
            remedy = Bilingual("在规则目录写 benefits/*.yaml 后重新审核", "write benefits/*.yaml, then run again")
            raise InputError(Diagnostic("benefits_missing", SourceLocation(str(run)), problem, remedy))
        rules = run / "rules" / policy.id
        record = record_of(run)
        before = lines_of(in_force(record.log.events()), record.kept)
        needs = need_of_year(con, policy, year, before, cache(lambda day: load_policy(rules, as_of=day)))
        other = None
        if tried:
            other = need_of_year(
                con, policy, year, before, cache(lambda day: load_policy(rules, as_of=day, trying=tried))
            )
    return Budget(year, policy, tuple(needs), tried, None if other is None else tuple(other), paid_in(run, year))


def paid_in(run: Path, year: int) -> dict[str, int]:
    """What was paid in each month of a year, in 分, by the payments that were matched.

    Raises:
        InputError: no finished run, or its record is missing or not sound.

    """
    months: dict[str, int] = {}
    for event in record_of(run).log.events():
        if event.kind == Kind.PAID:
            for month, fen in event.body["control"]["months"].items():
                if month[:4] == str(year):
                    months[month] = months.get(month, 0) + fen
    return dict(sorted(months.items()))
