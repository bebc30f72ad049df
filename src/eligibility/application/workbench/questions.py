"""The open questions of a run as the workbench shows them, and the form in which each is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb

from eligibility.application.workbench.actor import Actor
from eligibility.model import work_list as form
from eligibility.model.resident_id import mask
from eligibility.model.visible import visible

MOST_PERSONS, MOST_RELATED = 60, 12


@cache
def query(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return files("eligibility.application.workbench").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An open question; `places` are the streets and communities of those who wait for it, `rank` its place in the order of worth."""

    id: str
    asks: str
    subject_kind: str
    subject: str
    name: str
    reasons: tuple[str, ...]
    street: str
    community: str
    group: str
    title: str
    title_en: str
    documents: tuple[str, ...]
    bodies: tuple[str, ...]
    touched: int
    settled: int
    places: frozenset[str]
    rank: int
    first_asked: str = ""

    def answerable(self, actor: Actor) -> tuple[str, ...]:
        """Codes of the bodies for which the actor may answer it."""
        mine = actor.bodies(self.places)
        return tuple(body for body in self.bodies if body in mine)

    def form(self) -> AnswerForm:
        """How it is answered."""
        kind = form.form_of(self.asks)
        needs: dict[str, list[str]] = {}
        for word, column in kind.needs:
            needs.setdefault(word, []).append(column)
        if kind.needs and "member" in kind.words.values():
            needs.setdefault("member", []).append(form.UNTIL)
        words = {} if self.asks == "roll" else kind.words
        return AnswerForm(
            words, kind.text, {word: tuple(columns) for word, columns in needs.items()}, self.asks == "roll"
        )


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """`words` Chinese → key, `text` whether one's own words are taken, `needs` further columns by key, `shares` one area a household."""

    words: dict[str, str]
    text: bool
    needs: dict[str, tuple[str, ...]]
    shares: bool


class PersonLine(NamedTuple):
    """A person in a list: `ref` leads to the page of the case, the id is masked, `questions` is how many the case waits for."""

    ref: int
    resident_id: str
    name: str
    community: str
    group: str
    household: str
    outcome: str
    questions: int


def open_questions(con: duckdb.DuckDBPyConnection, first_asked: dict[str, str]) -> dict[str, OpenQuestion]:
    """The open questions by id, those first that settle most persons."""
    made = {}
    for rank, row in enumerate(con.execute(query("questions")).fetchall()):
        identity, asks, kind, subject, name, reason, street, community, group, title, title_en, *rest = row
        documents, bodies, touched, settled, places = rest
        made[identity] = OpenQuestion(
            identity, asks, kind, subject, visible(name), _codes(reason), visible(street), visible(community), visible(group),
            visible(title), visible(title_en), _codes(documents), _codes(bodies), touched, settled,
            frozenset(place for place in places if place), rank, first_asked.get(identity, ""),
        )  # fmt: skip
    return made


def person_lines(con: duckdb.DuckDBPyConnection, name: str, *values: object) -> list[PersonLine]:
    """The persons of the query `sql/<name>.sql`, ids masked."""
    found = con.execute(query(name), list(values)).fetchall()
    return [person_line(row) for row in found]


def person_line(row: Sequence[Any]) -> PersonLine:
    """A person of a row of such a query, the id masked."""
    name, community, group, household = (visible(text) for text in row[2:6])
    return PersonLine(row[0], mask(row[1]), name, community, group, household, row[6], row[7])


def _codes(joined: Any) -> tuple[str, ...]:
    return tuple(code for code in str(joined or "").split(";") if code)
