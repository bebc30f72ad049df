"""The queue: the projection of the record, who has taken what for how long, drafts and saved views."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from eligibility.application.workbench.actor import Actor
from eligibility.application.workbench.questions import OpenQuestion
from eligibility.application.workbench.service import Workbench
from eligibility.web.accounts import SignedIn
from eligibility.web.database import Database, account, draft, lease, projected, projected_head, view

LEASE = 30 * 60
"""A task that was taken is free again after so many seconds without a change to it; the draft stays."""
PAGE = 50
TABS = ("todo", "mine", "waiting", "answered", "all")
_TO_DO = ("open", "insufficient", "disagree")
_AT_ONCE = 500
_MOST_VIEWS = 20
_CANDIDATES = 20
LONGEST_DRAFT = 200_000


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is wanted; "" is everything. `ids`: only these questions (of a search)."""

    tab: str = "todo"
    street: str = ""
    community: str = ""
    group: str = ""
    reason: str = ""
    body: str = ""
    page: int = 1
    ids: tuple[str, ...] | None = None

    def words(self) -> dict[str, str]:
        """The fields that are set, for a link or a saved view."""
        names = ("tab", "street", "community", "group", "reason", "body")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True, slots=True)
class Task:
    """A question in the queue: its state, and who has it since when and until when (epoch seconds), if somebody has."""

    question: str
    state: str
    holder: str = ""
    holder_id: int = 0
    taken: int = 0
    until: int = 0
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, and how many there are in each tab."""

    tasks: list[Task]
    total: int
    counts: Mapping[str, int] = field(default_factory=dict)


class Tasks:
    """The queue of a run over a database."""

    def __init__(self, database: Database, workbench: Workbench) -> None:
        self.database, self.workbench = database, workbench

    def follow(self) -> None:
        """Bring the projection to where the record is; no work where it is there."""
        ledger, batch = self.workbench.ledger, self.workbench.batch.seq
        with self.database.read() as con:
            head = con.execute(sa.select(projected_head)).mappings().first()
        if head and (head["seq"], head["hash"], head["batch"]) == (ledger.seq, ledger.hash, batch):
            return
        if head is None or head["batch"] != batch or head["seq"] > ledger.seq:
            self.rebuild()
            return
        with self.database.write() as con:
            for identity in self.workbench.touched_since(head["seq"]):
                if row := self._row(identity):
                    self.database.upsert(con, projected, row)
            self._note_head(con)

    def rebuild(self) -> int:
        """Make the projection anew from the record; how many rows were not as the record says before."""
        wrong = len(self.check())
        rows = [row for identity in self.workbench.questions if (row := self._row(identity))]
        with self.database.write() as con:
            con.execute(sa.delete(projected))
            for start in range(0, len(rows), _AT_ONCE):
                con.execute(sa.insert(projected), rows[start : start + _AT_ONCE])
            self._note_head(con)
        return wrong

    def check(self) -> list[str]:
        """Ids of the questions whose projection is not what the record says."""
        right = {identity: self._row(identity) for identity in self.workbench.questions}
        with self.database.read() as con:
            stored = {row["question"]: dict(row) for row in con.execute(sa.select(projected)).mappings()}
        return sorted(key for key in right.keys() | stored.keys() if right.get(key) != stored.get(key))

    def page(self, who: SignedIn, actor: Actor, wanted: Filter, now: int) -> QueuePage:
        """A page of the tasks that he may see, those first that settle most persons, and the counts of the tabs."""
        base = sa.and_(_visible(actor), *_filters(wanted))
        taken = sa.and_(lease.c.question == projected.c.question, lease.c.until > now)
        mine = sa.and_(draft.c.question == projected.c.question, draft.c.account == who.account)
        joined = (
            projected.outerjoin(lease, taken).outerjoin(account, lease.c.account == account.c.id).outerjoin(draft, mine)
        )
        columns = (
            projected.c.question, projected.c.state, account.c.name, lease.c.account, lease.c.taken, lease.c.until, draft.c.saved,
        )  # fmt: skip
        clauses = {tab: _tab(tab, who, actor) for tab in TABS}
        with self.database.read() as con:
            counted = [sa.func.count(sa.case((clause, 1))) for clause in clauses.values()]
            counts = con.execute(sa.select(*counted).select_from(joined).where(base)).one()
            listed = sa.select(*columns).select_from(joined).where(base, clauses[wanted.tab]).order_by(projected.c.rank)
            rows = con.execute(listed.limit(PAGE).offset(PAGE * (wanted.page - 1))).all()
        tasks = [
            Task(question, state, holder or "", number or 0, since or 0, until or 0, saved is not None)
            for question, state, holder, number, since, until, saved in rows
        ]
        by_tab = dict(zip(TABS, counts, strict=True))
        return QueuePage(tasks, by_tab[wanted.tab], by_tab)

    def options(self, actor: Actor) -> dict[str, list[str]]:
        """Streets, communities, groups and codes of reasons that occur in what he may see, for the filters."""
        names = ("street", "community", "village_group", "reasons")
        with self.database.read() as con:
            options = {
                name: list(con.execute(
                    sa.select(projected.c[name]).where(_visible(actor), projected.c[name] != "").distinct().order_by(projected.c[name]).limit(2_000)
                ).scalars())
                for name in names
            }  # fmt: skip
        options["reasons"] = sorted(
            {code for joined in options["reasons"] for code in joined.strip(";").split(";") if code}
        )
        return options

    def take_next(self, who: SignedIn, actor: Actor, wanted: Filter, now: int) -> str | None:
        """Take the free task that settles most persons; None where nothing is free."""
        clause = sa.and_(_visible(actor), *_filters(wanted), _tab("todo", who, actor))
        taken = sa.exists().where(lease.c.question == projected.c.question, lease.c.until > now)
        free = sa.select(projected.c.question).where(clause, ~taken).order_by(projected.c.rank).limit(_CANDIDATES)
        while True:
            with self.database.read() as con:
                candidates = list(con.execute(free).scalars())
            if not candidates:
                return None
            for identity in candidates:
                if self.take(who, identity, now):
                    return str(identity)

    def take(self, who: SignedIn, identity: str, now: int) -> bool:
        """Take a task, or keep it for longer; False where somebody else has it. Two never have one."""
        row = {"question": identity, "account": who.account, "taken": now, "until": now + LEASE}
        with self.database.write() as con:
            kept = sa.update(lease).where(
                lease.c.question == identity, lease.c.account == who.account, lease.c.until > now
            )
            if con.execute(kept.values(until=now + LEASE)).rowcount:
                return True
            return self.database.upsert(con, lease, row, where=lease.c.until <= now)

    def let_go(self, who: SignedIn, identity: str) -> None:
        """Give a task back; the draft stays."""
        with self.database.write() as con:
            con.execute(sa.delete(lease).where(lease.c.question == identity, lease.c.account == who.account))

    def task(self, who: SignedIn, identity: str, now: int) -> Task:
        """Who has a task."""
        query = sa.select(account.c.name, lease.c.account, lease.c.taken, lease.c.until).join_from(lease, account)
        with self.database.read() as con:
            row = con.execute(query.where(lease.c.question == identity, lease.c.until > now)).first()
            saved = sa.select(draft.c.saved).where(draft.c.question == identity, draft.c.account == who.account)
            drafted = con.execute(saved).scalar() is not None
        holder, number, since, until = row or ("", 0, 0, 0)
        return Task(identity, self.workbench.ledger.state(identity), holder, number, since, until, drafted)

    def keep_draft(self, who: SignedIn, identity: str, fields: Mapping[str, str], version: int, now: int) -> bool:
        """Keep what was typed; False where it is too much. It outlives session and lease."""
        text = json.dumps(dict(fields), ensure_ascii=False)
        if len(text) > LONGEST_DRAFT:
            return False
        row = {"account": who.account, "question": identity, "fields": text, "version": version, "saved": now}
        with self.database.write() as con:
            self.database.upsert(con, draft, row)
        return True

    def draft(self, who: SignedIn, identity: str) -> tuple[dict[str, str], int, int] | None:
        """What was typed, the version that was shown then, and when it was kept."""
        query = sa.select(draft).where(draft.c.account == who.account, draft.c.question == identity)
        with self.database.read() as con:
            row = con.execute(query).mappings().first()
        return (json.loads(row["fields"]), row["version"], row["saved"]) if row else None

    def answered(self, who: SignedIn, identity: str) -> None:
        """Nothing of a task is left with him: no draft, no lease."""
        with self.database.write() as con:
            con.execute(sa.delete(draft).where(draft.c.account == who.account, draft.c.question == identity))
            con.execute(sa.delete(lease).where(lease.c.question == identity, lease.c.account == who.account))

    def views(self, who: SignedIn) -> list[tuple[str, str]]:
        """His saved views: name and query."""
        query = sa.select(view.c.name, view.c.query).where(view.c.account == who.account).order_by(view.c.name)
        with self.database.read() as con:
            return [(name, words) for name, words in con.execute(query).all()]

    def keep_view(self, who: SignedIn, name: str, words: str) -> bool:
        """Save a view under a name; False where there are too many, or the name is blank or long."""
        if not 0 < len(name) <= 40 or len(words) > 2_000 or len(self.views(who)) >= _MOST_VIEWS:
            return False
        with self.database.write() as con:
            return self.database.upsert(con, view, {"account": who.account, "name": name, "query": words})

    def drop_view(self, who: SignedIn, name: str) -> None:
        """Forget a saved view."""
        with self.database.write() as con:
            con.execute(sa.delete(view).where(view.c.account == who.account, view.c.name == name))

    def _row(self, identity: str) -> dict[str, Any] | None:
        """The projection of a question; None where it is not open any more."""
        question = self.workbench.questions.get(identity)
        if question is None:
            return None
        ledger = self.workbench.ledger
        return _placed(question) | {"state": ledger.state(identity), "version": ledger.version(identity)}

    def _note_head(self, con: sa.Connection) -> None:
        ledger, batch = self.workbench.ledger, self.workbench.batch.seq
        self.database.upsert(con, projected_head, {"id": 1, "seq": ledger.seq, "hash": ledger.hash, "batch": batch})


def _placed(question: OpenQuestion) -> dict[str, Any]:
    return {
        "question": question.id, "rank": question.rank, "street": question.street, "community": question.community,
        "village_group": question.group, "places": _joined(question.places), "reasons": _joined(question.reasons),
        "bodies": _joined(question.bodies), "first_asked": question.first_asked, "touched": question.touched,
        "settled": question.settled,
    }  # fmt: skip


def _joined(codes: Any) -> str:
    return f";{';'.join(sorted(codes))};"


def _holds(column: Any, code: str) -> Any:
    return column.contains(f";{code};", autoescape=True)


def _visible(actor: Actor) -> Any:
    """What is of a place of his, or of no place; as `OpenQuestion` and `Actor.sees` have it."""
    places = {grant.place for grant in actor.grants}
    if "" in places:
        return sa.true()
    if not places:
        return sa.false()
    return sa.or_(projected.c.places == ";;", *(_holds(projected.c.places, place) for place in sorted(places)))


def _answerable(actor: Actor) -> Any:
    """What a body of his may answer, where he answers for that body."""
    clauses = []
    for grant in actor.grants:
        if grant.body:
            within = (
                sa.true()
                if not grant.place
                else sa.or_(projected.c.places == ";;", _holds(projected.c.places, grant.place))
            )
            clauses.append(sa.and_(_holds(projected.c.bodies, grant.body), within))
    return sa.or_(*clauses) if clauses else sa.false()


def _tab(tab: str, who: SignedIn, actor: Actor) -> Any:
    match tab:
        case "todo":
            return sa.and_(projected.c.state.in_(_TO_DO), _answerable(actor))
        case "mine":
            return sa.or_(sa.func.coalesce(lease.c.account, 0) == who.account, draft.c.saved.is_not(None))
        case "waiting" | "answered":
            return projected.c.state == tab
        case _:
            return sa.true()


def _filters(wanted: Filter) -> list[Any]:
    clauses: list[Any] = []
    if wanted.street:
        clauses.append(sa.or_(projected.c.street == wanted.street, _holds(projected.c.places, wanted.street)))
    if wanted.community:
        clauses.append(sa.or_(projected.c.community == wanted.community, _holds(projected.c.places, wanted.community)))
    if wanted.group:
        clauses.append(projected.c.village_group == wanted.group)
    if wanted.reason:
        clauses.append(_holds(projected.c.reasons, wanted.reason))
    if wanted.body:
        clauses.append(_holds(projected.c.bodies, wanted.body))
    if wanted.ids is not None:
        clauses.append(projected.c.question.in_(wanted.ids))
    return clauses
