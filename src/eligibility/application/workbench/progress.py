"""How far the review is: by place, body, stage and week, from the run and its record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from eligibility.application.workbench.actor import HEAD, Actor, refuse
from eligibility.application.workbench.asked import first_asked
from eligibility.application.workbench.questions import OpenQuestion, query
from eligibility.application.workbench.service import Workbench
from eligibility.labels.states import OUTCOMES
from eligibility.model.diagnostic import Bilingual
from eligibility.model.event import Event, Kind
from eligibility.review import Status, standing, status

WEEKS = 8
FIRST = 5
"""Questions that are named as worth asking first, and as oldest."""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """Persons of a street, or of a community of it, by outcome in the order of OUTCOMES."""

    street: str
    community: str
    outcomes: tuple[int, ...]

    @property
    def persons(self) -> int:
        """All of them."""
        return sum(self.outcomes)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body that may answer, and its questions by state: open, waiting for papers, answered, contradicted, insufficient."""

    body: str
    open: int
    waiting: int
    answered: int
    disagree: int
    insufficient: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole; weeks are (Monday, answers, signed cases), the latest last."""

    places: list[PlaceLine]
    bodies: list[BodyLine]
    status: Status
    weeks: list[tuple[date, int, int]]
    first: list[OpenQuestion]
    oldest: list[OpenQuestion]
    appeals: int


def progress(workbench: Workbench, actor: Actor, today: date) -> Progress:
    """How far the review is, of the places for which he is head.

    Raises:
        InputError: he is not head of anything.

    """
    places = _places_of(actor)
    with workbench.opened() as opened:
        rows = opened.con.execute(query("progress")).fetchall()
        laid = status(opened.con, standing(opened.events), first_asked(opened), today)
        weeks = _weeks(opened.events, today)
    by_place: dict[tuple[str, str], Counter[str]] = {}
    for street, community, outcome, count in rows:
        if "" in places or not places.isdisjoint((street, community)):
            by_place.setdefault((street, community), Counter())[outcome] = count
    lines = [PlaceLine(*key, tuple(counts[outcome] for outcome in OUTCOMES)) for key, counts in by_place.items()]
    mine = [
        one
        for one in workbench.questions.values()
        if "" in places or not one.places or not places.isdisjoint(one.places)
    ]
    states = {one.id: workbench.ledger.state(one.id) for one in mine}
    undone = [one for one in mine if states[one.id] != "answered"]
    return Progress(
        lines, _bodies(mine, states), laid, weeks, undone[:FIRST], sorted(undone, key=_age)[:FIRST],
        sum(stage.contested for stage in laid.stages),
    )  # fmt: skip


def export_progress(found: Progress, workbench: Workbench, path: Path) -> None:
    """Write the tables of progress as a workbook."""
    from eligibility.reporting.books.progress_book import write_progress_book

    policy = workbench.policy
    stages = {code: stage.title for code, stage in policy.stages.items()}
    write_progress_book(
        path,
        policy,
        {
            "街道、社区": (
                ("街道", "社区/村", *(policy.outcomes.get(outcome, outcome) for outcome in OUTCOMES), "合计"),
                [(line.street, line.community, *line.outcomes, line.persons) for line in found.places],
            ),
            "单位": (
                ("单位", "待答", "等材料", "已答待重算", "答复不一", "已答仍未决"),
                [
                    (
                        policy.bodies.get(line.body, line.body),
                        line.open,
                        line.waiting,
                        line.answered,
                        line.disagree,
                        line.insufficient,
                    )
                    for line in found.bodies
                ],
            ),
            "环节": (
                ("停在哪一环节", "待签", "不同意", "待补", "其中待人工核查", "申诉更正未结"),
                [
                    (
                        stages.get(one.stage, "全部完成"),
                        one.waiting,
                        one.disagree,
                        one.incomplete,
                        one.in_review,
                        one.contested,
                    )
                    for one in found.status.stages
                ],
            ),
            "每周": (
                ("周一", "答复", "签字（人次）"),
                [(day.isoformat(), answers, cases) for day, answers, cases in found.weeks],
            ),
        },
    )


def _places_of(actor: Actor) -> set[str]:
    places = {grant.place for grant in actor.grants if grant.role == HEAD}
    if not places:
        raise refuse(
            "role_not_allowed",
            Bilingual("只有负责人可以看总览", "the overview is for the head of the office"),
            Bilingual(
                "由管理员用 eligibility users roles 授权", "an administrator grants it with eligibility users roles"
            ),
        )
    return places


def _bodies(questions: list[OpenQuestion], states: dict[str, str]) -> list[BodyLine]:
    counted: dict[str, Counter[str]] = {}
    for question in questions:
        for body in question.bodies:
            counted.setdefault(body, Counter())[states[question.id]] += 1
    names = ("open", "waiting", "answered", "disagree", "insufficient")
    lines = [BodyLine(body, *(counts[name] for name in names)) for body, counts in counted.items()]
    return sorted(lines, key=lambda line: (-line.open, line.body))


def _weeks(events: tuple[Event, ...], today: date) -> list[tuple[date, int, int]]:
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    answers: Counter[date] = Counter()
    cases: Counter[date] = Counter()
    for event in events:
        kind, at, body = event.kind, event.at, event.body
        if kind in (Kind.ANSWERED, Kind.SIGNED):
            day = datetime.fromisoformat(at).date()
            week = day - timedelta(days=day.weekday())
            answers[week] += kind == Kind.ANSWERED
            cases[week] += len(body["cases"]) if kind == Kind.SIGNED else 0
    return [(week, answers[week], cases[week]) for week in weeks]


def _age(question: OpenQuestion) -> tuple[str, int]:
    return (question.first_asked, question.rank)
