"""The possible questions (topics), and the issue types on which each fact depends, from `topics.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from eligibility.model.policy import Policy, Reason

RULING = "ruling"
"""The topic that asks for a policy ruling."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of question: its kind (link, roll, document, policy), the kind of its subject, its titles.

    `asks` is the topic of which this is only another wording; `reasons` are the codes of `rules/reasons.yaml` whose
    papers and bodies answer it, restricted to `documents` and `bodies` if these are given.
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

    def answered_by(self, policy: Policy) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the sorted codes of the documents that answer it under `policy`, and of the bodies that hold them."""
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
            *(tuple(data.get(part, ())) for part in ("reasons", "documents", "bodies")),
        )
        for name, data in _file()["topics"].items()
    }


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
