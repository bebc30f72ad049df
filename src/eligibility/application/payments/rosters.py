"""Payment rosters in the record: each is an event; a later one supersedes it or adds the difference, and none is edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from eligibility.application.payments.accounts import Accounts, read_accounts
from eligibility.application.workbench.opened import Opened, acting, check_latest
from eligibility.audit import Kept
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Act, Event, Kind
from eligibility.model.policy import Policy
from eligibility.money.due import MOST_MONTHS, Span
from eligibility.money.roster import Line, Roster, as_values, from_values, reckon_roster
from eligibility.review import plain_name
from eligibility.rulebook import load_policy


@dataclass(frozen=True, slots=True)
class RosterOrder:
    """Which roster is to be made: of which run, for which period, by whom; `since`: how far back differences reach."""

    run: Path
    first: date
    last: date
    by: str
    since: date | None = None
    supersedes: int | None = None
    accounts: Path | None = None


@dataclass(frozen=True, slots=True)
class MadeRoster:
    """A recorded roster: its running number, its event, the event it supersedes, and the persons as the run has them."""

    number: str
    event: Event
    roster: Roster
    policy: Policy
    accounts: Accounts | None
    people: dict[str, tuple[str, str, str, str]]
    """Resident id → street, community, group, name."""


def make_roster(
    order: RosterOrder, now: datetime, write: Callable[[MadeRoster], None], *, trial: bool = False
) -> MadeRoster:
    """Reckon a roster, have `write` write its papers, and record it; with `trial` nothing is recorded.

    Raises:
        InputError: no finished run or not the latest, the rulebook has no stages or no benefits, a wrong period, nothing to
            supersede, or unusable accounts; nothing is recorded.

    """
    by = plain_name(order.by, "--by")
    accounts = read_accounts(order.accounts) if order.accounts else None
    with acting(order.run, now) as (opened, writer):
        check_latest(opened)
        _check_rulebook(opened.policy, order.run)
        _check_supersedes(opened.events, order.supersedes)
        standing = [one for one in in_force(opened.events) if one.seq != order.supersedes]
        span = _span(order, opened.events)
        rules = order.run / "rules" / opened.policy.id
        roster = reckon_roster(
            opened.con, opened.policy, span, lines_of(standing, opened.record.kept), policy_of(rules)
        )
        if not roster.lines and not trial:
            raise InputError(_empty(span, len(roster.held)))
        number = _number(opened.events, span)
        act = Act(Kind.PAYMENTS, _body(opened, order, roster, number, by))
        event = Event(0, "", Kind.PAYMENTS, act.body, "", "")

        def made_of(event: Event) -> MadeRoster:
            return MadeRoster(number, event, roster, opened.policy, accounts, _people(opened))

        if trial:
            made = made_of(event)
            write(made)
            return made
        papers: list[MadeRoster] = []

        def publish(events: Sequence[Event]) -> None:
            papers.append(made_of(events[0]))
            write(papers[0])

        writer.append(act, before=publish)
        return papers[0]


def in_force(events: Iterable[Event]) -> list[Event]:
    """The rosters that no later one supersedes, in order."""
    rosters = [event for event in events if event.kind == Kind.PAYMENTS]
    gone = {event.body["supersedes"] for event in rosters}
    return [event for event in rosters if event.seq not in gone]


def lines_of(rosters: Iterable[Event], kept: Kept) -> list[Line]:
    """The lines of recorded rosters.

    Raises:
        InputError: what was kept of one is missing or changed.

    """
    return [line for event in rosters for line in from_values(kept.value(event.body["lines"]))]


def policy_of(rules: Path) -> Callable[[date], Policy]:
    """The rulebook of a run on any day, each read once."""
    return cache(lambda day: load_policy(rules, as_of=day))


def _span(order: RosterOrder, events: Sequence[Event]) -> Span:
    earlier = [date.fromisoformat(event.body["since"]) for event in in_force(events)]
    since = order.since or min([order.first, *earlier])
    months = (order.last.year - since.year) * 12 + order.last.month - since.month
    if order.last < order.first or since > order.first or months > MOST_MONTHS:
        problem = Bilingual(
            "期间不成立：止早于起，或起算月晚于本期", "the period ends before it begins, or reaches back wrongly"
        )
        remedy = Bilingual("如 --period 2022-10 --since 2022-01", "such as --period 2022-10 --since 2022-01")
        raise InputError(Diagnostic("bad_period", SourceLocation("--period"), problem, remedy))
    return Span(order.first, order.last, since)


def _number(events: Sequence[Event], span: Span) -> str:
    """The running number within the year of the roster: 2022-001."""
    same = sum(event.kind == Kind.PAYMENTS and event.body["number"][:4] == f"{span.last:%Y}" for event in events)
    return f"{span.last:%Y}-{same + 1:03d}"


def _body(opened: Opened, order: RosterOrder, roster: Roster, number: str, by: str) -> dict[str, Any]:
    kept, lines = opened.record.kept, roster.lines
    held = [[one.resident_id, one.benefit, one.why, one.periods, one.low, one.high, one.before] for one in roster.held]
    return {
        "batch": opened.batch.seq,
        "number": number,
        "period": roster.span.name,
        "first": roster.span.first.isoformat(),
        "last": roster.span.last.isoformat(),
        "since": roster.span.since.isoformat(),
        "by": by,
        "supersedes": order.supersedes,
        "lines": kept.keep_value(as_values(lines)),
        "held": kept.keep_value(held),
        "control": control_sums(lines),
    }


def control_sums(lines: Sequence[Line]) -> dict[str, Any]:
    """Sums by which a roster is checked, in 分: persons, lines, all together, what is paid out, by payer and by kind."""
    payers = sorted({payer for line in lines for payer in line.parts})
    kinds = sorted({line.kind for line in lines})
    return {
        "persons": len({line.resident_id for line in lines}),
        "lines": len(lines),
        "fen": sum(line.fen for line in lines),
        "paid_out": sum(line.paid_out for line in lines),
        "payers": {payer: sum(line.parts.get(payer, 0) for line in lines) for payer in payers},
        "kinds": {kind: sum(line.fen for line in lines if line.kind == kind) for kind in kinds},
    }


def _people(opened: Opened) -> dict[str, tuple[str, str, str, str]]:
    rows = opened.con.execute(
        'SELECT resident_id, street, community, "group", name FROM decision.persons ORDER BY row_id DESC'
    ).fetchall()
    return {row[0]: (row[1] or "", row[2] or "", row[3] or "", row[4] or "") for row in rows}


def _check_rulebook(policy: Policy, run: Path) -> None:
    if not policy.stages:
        problem = Bilingual(
            "本规则没有写审核环节，无从知道谁已办结", "the rulebook names no stages: nobody is known to be complete"
        )
        remedy = Bilingual("在规则目录写 stages.yaml 后重新审核", "write stages.yaml in the rulebook, then run again")
        raise InputError(Diagnostic("stages_missing", SourceLocation(str(run)), problem, remedy))
    if not any(benefit.transfer for benefit in policy.benefits.values()):
        problem = Bilingual("本规则没有要发放的补助", "the rulebook has no benefit to pay")
        remedy = Bilingual(
            "在规则目录写 benefits/*.yaml 后重新审核", "write benefits/*.yaml in the rulebook, then run again"
        )
        raise InputError(Diagnostic("benefits_missing", SourceLocation(str(run)), problem, remedy))


def _empty(span: Span, held: int) -> Diagnostic:
    problem = Bilingual(
        f"{span.name} 没有要发放的：与现行名册没有差额，另有 {held} 笔暂不发放；未作名册",
        f"nothing to pay for {span.name}: no difference to the rosters in force, {held} held; no roster was made",
    )
    remedy = Bilingual("要看暂不发放的名单，加 --trial", "to see who is held, add --trial")
    return Diagnostic("roster_empty", SourceLocation("--period"), problem, remedy)


def _check_supersedes(events: Sequence[Event], seq: int | None) -> None:
    standing = {event.seq for event in in_force(events)}
    paid = {roster for event in events if event.kind == Kind.PAID for roster in event.body["rosters"]}
    if seq is not None and (seq not in standing or seq in paid):
        problem = Bilingual(
            f"第 {seq} 号事件不是现行的发放名册，或已有付款与它核对",
            f"event {seq} is no roster in force, or payments were already matched with it",
        )
        remedy = Bilingual(
            "已付款的名册不能取代：另做一册，只列差额", "a roster that was paid is not superseded: make a further one"
        )
        raise InputError(Diagnostic("roster_not_in_force", SourceLocation("--supersede"), problem, remedy))
