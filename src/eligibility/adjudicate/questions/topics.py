"""What can be asked, and on which papers each fact hangs: `topics.toml`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from eligibility.domain.policy import Policy, Reason

RULING = "ruling"
"""The topic that asks for a policy ruling."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to ask: its kind (link, roll, document, policy), what it is about, its words.

    `asks` is the topic of which this is only another wording; `reasons` the codes of `rules/reasons.yaml` whose papers
    and bodies answer it, narrowed by `documents` and `bodies` where these are given.
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
        """Sorted codes of the documents that answer it under `policy`, and of the bodies that hold them."""
        known = [policy.reasons[code] for code in self.reasons if code in policy.reasons]
        return _narrowed(known, "documents", self.documents), _narrowed(known, "bodies", self.bodies)


@dataclass(frozen=True, slots=True)
class Strands:
    """What a fact hangs on while it is open, and what to ask where it refers somebody by being as it is."""

    open: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()


@cache
def topics() -> dict[str, Topic]:
    """Every topic by its id, in the order of the file."""
    return {
        name: Topic(
            name,
            said["kind"],
            said["subject_kind"],
            said["title"],
            said["title_en"],
            said.get("asks", name),
            *(tuple(said.get(part, ())) for part in ("reasons", "documents", "bodies")),
        )
        for name, said in _file()["topics"].items()
    }


@cache
def strands() -> dict[str, Strands]:
    """Fact id → what it hangs on."""
    return {
        fact: Strands(tuple(said.get("open", ())), tuple(said.get("refuted", ())))
        for fact, said in _file()["facts"].items()
    }


def _file() -> dict[str, Any]:
    text = files("eligibility.adjudicate.questions").joinpath("topics.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _narrowed(known: list[Reason], part: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    given = {code for reason in known for code in getattr(reason, part)}
    return tuple(sorted(given.intersection(chosen) if chosen else given))
