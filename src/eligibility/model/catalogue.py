"""The catalogue of findings: every code with what it means, an example, what follows from it and how to put it right.

A room that finds something keeps a file `findings.toml`. The sentences that people read stand there once, and the page
docs/findings.md is made from the same file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eligibility.model.diagnostic import Bilingual


@dataclass(frozen=True, slots=True)
class Issue:
    """One kind of issue under a code. `{column}`, `{value}`, `{other}` and `{place}` are filled in for each place."""

    id: str
    code: str
    problem: Bilingual
    remedy: Bilingual


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of the catalogue. `issues` are the sentences of findings on rows; a refusal words itself."""

    code: str
    meaning: Bilingual
    example: Bilingual
    effect: Bilingual
    remedy: Bilingual
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The findings of one part of the program, in the order of its file; `order` is its place on the page."""

    title: Bilingual
    order: int
    entries: tuple[Entry, ...]


def parse_catalogue(text: str) -> Catalogue:
    """The catalogue in a `findings.toml`; KeyError or ValueError when one of its texts is missing."""
    data = tomllib.loads(text)
    entries = tuple(_entry(code, body) for code, body in data["finding"].items())
    return Catalogue(Bilingual(*data["title"]), data["order"], entries)


def _entry(code: str, body: Mapping[str, Any]) -> Entry:
    meaning, example, effect, remedy = (Bilingual(*body[part]) for part in ("meaning", "example", "effect", "remedy"))
    issues = tuple(
        Issue(name, code, Bilingual(*sentences["problem"]), Bilingual(*sentences.get("remedy", remedy)))
        for name, sentences in body.get("issue", {}).items()
    )
    return Entry(code, meaning, example, effect, remedy, issues)
