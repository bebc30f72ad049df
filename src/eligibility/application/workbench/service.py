"""One run under review by many at once: what web, and whoever else serves officers, asks and does. Safe among threads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

import duckdb

from eligibility.adjudicate.explain import Explainer, Explanation, LinkReading, Profiles, find_persons
from eligibility.application.record.place import manifest_of_run, record_of
from eligibility.application.saved_runs import hold_in_memory, open_run
from eligibility.application.workbench.actor import Actor, refuse
from eligibility.application.workbench.acts import (
    ConflictError,
    TypedAnswer,
    answer_acts,
    checked_answer,
    remark,
    withdrawal,
)
from eligibility.application.workbench.asked import asked, first_asked
from eligibility.application.workbench.evidence import Sheet, evidence
from eligibility.application.workbench.ledger import Ledger
from eligibility.application.workbench.opened import Opened, check_latest
from eligibility.application.workbench.questions import (
    MOST_PERSONS,
    MOST_RELATED,
    OpenQuestion,
    PersonLine,
    open_questions,
    person_line,
    person_lines,
    query,
)
from eligibility.audit import VerifiedLog, Writer
from eligibility.audit.canonical import canonical
from eligibility.model.diagnostic import Bilingual, InputError
from eligibility.model.event import Act, Event
from eligibility.model.policy import Policy
from eligibility.model.resident_id import mask
from eligibility.review import Pen, Question, lay_out, sign
from eligibility.store.database import new_connection

_Key = TypeVar("_Key")
_Page = TypeVar("_Page")
_REMEMBERED = 2_000
"""Pages of a kind that are remembered."""
MOST_IN_MEMORY = 200_000
"""Persons of a run whose tables are held in memory, so that a page does not read files; of a larger one they are read from disk."""


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """All that an officer sees of a question."""

    question: OpenQuestion
    state: str
    version: int
    sheets: list[Sheet]
    links: list[LinkReading]
    persons: list[PersonLine]
    related: list[OpenQuestion]
    households: list[tuple[str, str, str]]
    standing: list[dict[str, Any]]
    history: list[Event]


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that an officer sees of a person: the explanation, id masked, the household, the questions that are open."""

    explanation: Explanation
    household: list[PersonLine]
    questions: list[OpenQuestion]


@dataclass(frozen=True, slots=True)
class SignPreview:
    """What a signature would say, case by case; `token` stands for exactly these cases under exactly these decisions."""

    stage: str
    body: str
    role: str
    place: str
    cases: list[PersonLine]
    chosen: int
    token: str


@dataclass(frozen=True, slots=True)
class _Facts:
    sheets: list[Sheet]
    links: list[LinkReading]
    persons: list[PersonLine]
    related: list[OpenQuestion]
    households: list[tuple[str, str, str]]


@dataclass(slots=True)
class _Batch:
    """The batch that stands, opened; with pages of it that were made and stay as they are."""

    con: duckdb.DuckDBPyConnection
    policy: Policy
    event: Event
    asked: dict[str, Question]
    questions: dict[str, OpenQuestion]
    mark: tuple[int, ...]
    profiles: Profiles
    facts: dict[str, _Facts] = field(default_factory=dict)
    cases: dict[int, CasePage] = field(default_factory=dict)


class Workbench:
    """A finished run and its record, kept open for many officers. The record is the only truth of what they did."""

    def __init__(self, run: Path) -> None:
        """Open it and verify the record whole; InputError where there is no sound run."""
        self.run = run
        self._mutex = RLock()
        self._record = record_of(run)
        self._log = VerifiedLog(self._record.log)
        self.ledger = Ledger(self._log.events(), self._record.kept.value)
        self._batch = self._open()

    def close(self) -> None:
        """Let go of the tables."""
        self._batch.con.close()

    @property
    def policy(self) -> Policy:
        """The rulebook under which the batch was decided."""
        return self._batch.policy

    @property
    def batch(self) -> Event:
        """The event of the batch that stands in the folder of the run."""
        return self._batch.event

    @property
    def questions(self) -> dict[str, OpenQuestion]:
        """The open questions by id, those first that settle most persons."""
        return self._batch.questions

    def touched_since(self, seq: int) -> list[str]:
        """Ids of the questions on which something was done after the event `seq`."""
        return self.ledger.touched(seq)

    def refresh(self, *, verify: bool = False) -> None:
        """Take in what another process wrote: events, and a batch that was published since.

        `verify`: every event is verified once more. InputError where the record is not sound.
        """
        with self._mutex:
            if verify:
                self._log.forget()
            events = self._log.events()
            if events[: self.ledger.seq][-1:] and events[self.ledger.seq - 1].hash == self.ledger.hash:
                self.ledger.follow(events[self.ledger.seq :])
            else:
                self.ledger = Ledger(events, self._record.kept.value)
            if self._mark() not in ((), self._batch.mark):
                self._batch = self._open()  # the one before is closed when the last who reads it has gone

    def question(self, actor: Actor, identity: str) -> OpenQuestion:
        """A question that he may see.

        Raises:
            InputError: it is not open (any more), or of a place that is not his.

        """
        found = self.questions.get(identity)
        if found is None:
            raise refuse(
                "question_closed",
                Bilingual("这个问题已不在待查之列", "the question is not open any more"),
                Bilingual("从清单另选一个", "choose another from the list"),
            )
        if not actor.sees(found.places) and not found.answerable(actor):
            raise out_of_scope()
        return found

    def check_answerable(self, actor: Actor, question: OpenQuestion) -> None:
        """Raise InputError where no body of his may answer the question."""
        if not question.answerable(actor):
            raise out_of_scope()

    def is_done(self, act: str) -> bool:
        """Whether an act of this id is in the record."""
        return bool(self.ledger.act(act))

    def question_page(self, actor: Actor, identity: str) -> QuestionPage:
        """A question with its papers, the persons who wait, and what was done; InputError as `question`."""
        found = self.question(actor, identity)
        facts = self._facts(self._batch, found)
        persons = [one for one in facts.persons if actor.sees([one.community, found.street])]
        return QuestionPage(
            found,
            self.ledger.state(identity),
            self.ledger.version(identity),
            facts.sheets,
            facts.links,
            persons,
            facts.related,
            facts.households,
            [answer for one in self.ledger.standing(identity) for answer in one.answers],
            self.ledger.history(identity),
        )

    def case(self, actor: Actor, batch: int, row: int) -> CasePage:
        """A person's case by the number of its row in a batch.

        Raises:
            InputError: of another batch, nobody, or of a place that is not his.

        """
        with self._reading() as con:
            where = "SELECT street, community FROM decision.persons WHERE row_id = ?"
            place = con.execute(where, [row]).fetchone() if batch == self.batch.seq else None
            if place is None:
                raise refuse(
                    "case_gone",
                    Bilingual("这一页属于已被取代的判定", "the page belongs to a batch that was superseded"),
                    Bilingual("从清单重新进入", "enter from the list again"),
                )
            if not actor.sees(name for name in place if name):
                raise out_of_scope()
            return _remembered(self._batch.cases, row, lambda: self._case(con, row))

    def find(self, actor: Actor, text: str) -> list[PersonLine]:
        """The persons whom he may mean by a name, a household or a part of an id, of those whom he may see."""
        with self._reading() as con:
            ids = [one.resident_id for one in find_persons(con, text[:64])][:MOST_PERSONS]
            if not ids:
                return []
            rows = con.execute(query("found"), [ids]).fetchall()
        lines = [(row[-1], person_line(row)) for row in rows]
        return [line for street, line in lines if actor.sees([street, line.community])]

    def answer(self, actor: Actor, act: str, identity: str, typed: TypedAnswer, version: int) -> list[Event]:
        """Record an answer; the same `act` again gives the same events.

        Raises:
            ConflictError: somebody answered or took back an answer since `version` was shown.
            InputError: a field is wrong, or he may not answer.

        """
        with self._writing(actor) as writer:
            if done := self._done(actor, act):
                return done
            question = self.question(actor, identity)
            if self.ledger.version(identity) != version:
                raise ConflictError(identity)
            made = checked_answer(actor, question, self._batch.asked[identity], typed, self.policy, self.ledger)
            acts = answer_acts(actor, act, made, self.batch.seq, len(writer.events))
            return self._append(writer, *acts)

    def check_answer(self, actor: Actor, identity: str, typed: TypedAnswer) -> list[dict[str, Any]]:
        """What an answer would be recorded as, without recording it; InputError as `answer`."""
        question = self.question(actor, identity)
        return checked_answer(actor, question, self._batch.asked[identity], typed, self.policy, self.ledger)

    def withdraw(self, actor: Actor, act: str, seq: int) -> list[Event]:
        """Take back one's answer that is the event `seq`; InputError where that cannot be."""
        with self._writing(actor) as writer:
            if done := self._done(actor, act):
                return done
            answer = writer.events[seq - 1] if 0 < seq <= len(writer.events) else None
            return self._append(writer, withdrawal(actor, act, answer, self.ledger))

    def comment(self, actor: Actor, act: str, identity: str, text: str, *, waits: bool) -> list[Event]:
        """Write a remark on a question; `waits`: for papers that were asked for. InputError where it is blank or too long."""
        with self._writing(actor) as writer:
            if done := self._done(actor, act):
                return done
            question = self.question(actor, identity)
            if waits and not question.answerable(actor):
                raise out_of_scope()
            return self._append(writer, remark(actor, act, identity, text, waits=waits))

    def answers_of(self, actor: Actor, most: int) -> list[tuple[Event, OpenQuestion | None, bool]]:
        """His last answers that stand, the latest first: the event, its question (None: settled since), whether it can be taken back."""
        mine = self.ledger.by(actor.name)[-most:]
        return [
            (one, self.questions.get(one.body["question"]), one.seq not in self.ledger.used) for one in reversed(mine)
        ]

    def preview_signature(self, actor: Actor, stage: str, place: str) -> SignPreview:
        """The cases of a place (community, street, "" all that are his) that he can sign now at a stage.

        Raises:
            InputError: no role of his signs the stage there, or nothing is ready.

        """
        with self._mutex:
            return self._signing(actor, stage, place, self._log.events())[1]

    def sign(self, actor: Actor, act: str, stage: str, place: str, token: str) -> list[Event]:
        """Sign exactly the cases that were shown.

        Raises:
            InputError: as `preview_signature`, or the cases or decisions are not those that were shown.

        """
        with self._writing(actor) as writer:
            if done := self._done(actor, act):
                return done
            body, shown = self._signing(actor, stage, place, tuple(writer.events))
            if shown.token != token:
                raise refuse(
                    "preview_changed",
                    Bilingual(
                        "预览之后案件有变化，未签", "the cases changed since they were shown; nothing was signed"
                    ),
                    Bilingual("核对新的预览后再签", "look at the new preview and sign again"),
                )
            return self._append(writer, _with(body, {"act": act, "channel": actor.channel}))

    def places(self) -> dict[str, list[str]]:
        """Communities by street."""
        with self._reading() as con:
            found = con.execute(query("places")).fetchall()
        places: dict[str, list[str]] = {}
        for street, community in found:
            places.setdefault(street, []).append(community)
        return places

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """The run laid out for figures of progress, on a connection of its own."""
        with self._mutex:
            events = self._log.events()
            with new_connection(self._batch.con) as con:
                lay_out(con, self.policy, events, self._record.kept.value)
                yield Opened(con, self.policy, self._record, self.batch, events)

    def _signing(self, actor: Actor, stage: str, place: str, events: tuple[Event, ...]) -> tuple[Act, SignPreview]:
        found = self.policy.stages.get(stage)
        parts = found.signatures if found else ()
        role = next((role for part in parts for role in part.roles if actor.has(role, [place] if place else ())), None)
        if role is None:
            raise refuse(
                "role_not_allowed",
                Bilingual("您的职务不签这个环节", "none of your roles signs this stage"),
                Bilingual("由规则（stages.yaml）所列职务签", "a role of stages.yaml signs it"),
            )
        mine = [one.place for one in actor.grants if one.role == role]
        with new_connection(self._batch.con) as con:
            lay_out(con, self.policy, events, self._record.kept.value)
            opened = Opened(con, self.policy, self._record, self.batch, events)
            check_latest(opened)
            con.execute(query("choose"), {"place": place, "mine": [] if "" in mine else mine, "every": "" in mine})
            act = sign(con, self.policy, Pen(stage, actor.name, role), self.batch.seq, ready_only="yes")
            chosen = con.execute("SELECT count(*) FROM chosen").fetchall()[0][0]
            cases = con.execute(query("found"), [[case[0] for case in act.body["cases"]]]).fetchall()
        token = hashlib.sha256(canonical([act.body["cases"], act.body["batch"], stage, role])).hexdigest()
        lines = [person_line(row) for row in cases]
        return act, SignPreview(stage, act.body["body"], role, place, lines, chosen, token)

    def _facts(self, batch: _Batch, question: OpenQuestion) -> _Facts:
        """What the run says of a question, which stays the same until the next batch."""

        def read() -> _Facts:
            with new_connection(batch.con) as con:
                persons = person_lines(con, "waiting_persons", question.id, MOST_PERSONS)
                near = [row[0] for row in con.execute(query("related"), [question.id, MOST_RELATED]).fetchall()]
                return _Facts(
                    evidence(con, question),
                    self._links(con, question, persons),
                    persons,
                    [batch.questions[one] for one in near if one in batch.questions],
                    con.execute(query("shares"), [question.id]).fetchall() if question.asks == "roll" else [],
                )

        return _remembered(batch.facts, question.id, read)

    def _case(self, con: duckdb.DuckDBPyConnection, row: int) -> CasePage:
        (explanation,) = self._explainer(con).of_rows([row])
        household = [one for one in person_lines(con, "household", row) if one.ref != row]
        waits = "SELECT question_id FROM decision.person_questions WHERE row_id = ?"
        mine = {identity for (identity,) in con.execute(waits, [row]).fetchall()}
        explanation = replace(explanation, resident_id=mask(explanation.resident_id))
        return CasePage(explanation, household, [one for key, one in self.questions.items() if key in mine])

    def _explainer(self, con: duckdb.DuckDBPyConnection) -> Explainer:
        """An explainer that shares the common parts of profiles with all others of the batch."""
        made = Explainer(con, self.policy)
        made.profiles = self._batch.profiles
        return made

    def _links(
        self, con: duckdb.DuckDBPyConnection, question: OpenQuestion, persons: list[PersonLine]
    ) -> list[LinkReading]:
        """The agreement against its rival approvals with the evidence, as the explanation of someone who waits tells it."""
        if question.subject_kind not in ("agreement", "approval") or not persons:
            return []
        (explanation,) = self._explainer(con).of_rows([persons[0].ref])
        if question.subject_kind == "agreement":
            return [one for one in explanation.links if one.agreement_no == question.subject]
        rivals = ((link, {rival.approval_no for rival in link.approvals}) for link in explanation.links)
        return [link for link, numbers in rivals if question.subject in numbers]

    def _done(self, actor: Actor, act: str) -> list[Event]:
        done = self.ledger.act(act)
        if done and done[0].body["by"] != actor.name:
            raise refuse(
                "act_used",
                Bilingual("这一操作编号属于他人", "the id of this act is another officer's"),
                Bilingual("刷新页面后重做", "load the page again"),
            )
        return done

    def _append(self, writer: Writer, *acts: Act) -> list[Event]:
        made = writer.append(*acts)
        self.ledger.follow(made)
        return made

    @contextmanager
    def _writing(self, actor: Actor) -> Iterator[Writer]:
        with self._mutex, self._log.writing(actor.at.isoformat(timespec="seconds")) as writer:
            if len(writer.events) > self.ledger.seq:
                self.ledger.follow(writer.events[self.ledger.seq :])
            yield writer

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own to the tables of the batch; many read at once."""
        with new_connection(self._batch.con) as con:
            yield con

    def _open(self) -> _Batch:
        mark = self._mark()
        events = self._log.events()
        manifest = manifest_of_run(self.run)
        number = manifest["batch"]
        con, policy = open_run(self.run, again=False)
        if sum(manifest["outcomes"].values()) <= MOST_IN_MEMORY:
            hold_in_memory(con)
        event = events[number - 1]
        opened = Opened(con, policy, self._record, event, events[:number])
        return _Batch(
            con, policy, event, asked(opened), open_questions(con, first_asked(opened)), mark, Profiles(policy)
        )

    def _mark(self) -> tuple[int, ...]:
        """What the system says of the manifest; () in the moment in which a run is replaced."""
        try:
            found = (self.run / "manifest.json").stat()
        except OSError:
            return ()
        return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _with(act: Act, further: dict[str, Any]) -> Act:
    return Act(act.kind, {**act.body, **further})


def out_of_scope() -> InputError:
    """The refusal of what is of a place or body that is not the officer's."""
    return refuse(
        "out_of_scope",
        Bilingual("不在您的职责范围内", "not within your duties"),
        Bilingual("由管理员用 eligibility users roles 授权", "an administrator grants it with eligibility users roles"),
    )


def _remembered(known: dict[_Key, _Page], key: _Key, make: Callable[[], _Page]) -> _Page:
    """What was made under the key before, else what is made now."""
    if (page := known.get(key)) is None:
        page = make()
        if len(known) >= _REMEMBERED:
            known.clear()
        known[key] = page
    return page
