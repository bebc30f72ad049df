"""The possible questions (topics), and the issue types on which each fact depends, from `topics.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from eligibility.model.extra_columns import key_of
from eligibility.model.policy import FactSpec, Policy, Reason
from eligibility.model.work_list import asks_of


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of question: its kind (link, roll, document, policy), the kind of its subject, its titles.

    `asks` is the topic of which this is only another wording; `reasons` are the codes of `rules/reasons.yaml` whose
    papers and bodies answer it, restricted to `documents` and `bodies` if these are given; `cells` are the columns, in
    the row of its subject, in which the answer would stand.
    """

    id: str
    kind: str
    subject_kind: str
    title: str
    title_en: str
    asks: str
    reasons: tuple[str, ...]
    documents: tuple[str, ...]
    bodies: tuple[str, ...]
    cells: tuple[str, ...]

    def answered_by(self, policy: Policy) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the sorted codes of the documents that answer it under `policy`, and of the bodies that hold them."""
        if not self.reasons:
            return tuple(sorted(self.documents)), tuple(sorted(self.bodies))
        known = [policy.reasons[code] for code in self.reasons if code in policy.reasons]
        return _narrowed(known, "documents", self.documents), _narrowed(known, "bodies", self.bodies)


@dataclass(frozen=True, slots=True)
class FactIssues:
    """For one fact: the issue types that can leave it unknown, and those to raise when its value causes a review."""

    open: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()


@cache
def topics() -> dict[str, Topic]:
    """Return every topic by its id, in the order of the file."""
    return {
        name: Topic(
            name,
            data["kind"],
            data["subject_kind"],
            data["title"],
            data["title_en"],
            data.get("asks", name),
            *(tuple(data.get(part, ())) for part in ("reasons", "documents", "bodies", "cells")),
        )
        for name, data in _file()["topics"].items()
    }


def topics_of(policy: Policy) -> dict[str, Topic]:
    """Return every topic, and behind them one for each fact that the rulebook adds with a source."""
    declared = (_of_fact(spec) for spec in policy.facts.values() if spec.source is not None)
    return topics() | {topic.id: topic for topic in declared}


def issues_of(policy: Policy, fact: str) -> FactIssues:
    """Return the issue types of a fact; a fact that the rulebook adds is its own."""
    spec = policy.facts.get(fact)
    if spec is not None and spec.source is not None:
        return FactIssues(open=(asks_of(spec),))
    return fact_issues().get(fact, FactIssues())


SUBJECTS = {"persons": "person", "groups": "group", "title_certificates": "household", "contract_ledger": "household"}
"""Whom a question about an added fact is about, by its table; a person where another table tells it."""


def _of_fact(spec: FactSpec) -> Topic:
    asks = asks_of(spec)
    subject = SUBJECTS.get(spec.source.table if spec.source else "", "person")
    english = (spec.title_en or spec.id.replace("_", " ")).lower()
    return Topic(
        asks,
        "document",
        subject,
        f"「{{subject}}」的“{spec.title}”（{spec.day}）",
        f"“{{subject}}”: {english}?",
        asks,
        (),
        spec.papers,
        spec.bodies,
        (key_of(spec),),
    )


@cache
def fact_issues() -> dict[str, FactIssues]:
    """Return the issue types of each fact, by fact id."""
    return {
        fact: FactIssues(tuple(data.get("open", ())), tuple(data.get("refuted", ())))
        for fact, data in _file()["facts"].items()
    }


def _file() -> dict[str, Any]:
    text = files("eligibility.adjudicate.questions").joinpath("topics.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _narrowed(known: list[Reason], part: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    codes = {code for reason in known for code in getattr(reason, part)}
    return tuple(sorted(codes.intersection(chosen) if chosen else codes))
