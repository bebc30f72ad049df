"""Warnings at an entry of a rule file, unless its author has accepted them there with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.model.diagnostic import Bilingual
from eligibility.rulebook.draft import Entry
from eligibility.rulebook.problems import RuleFinding, warning


def noted(entry: Entry[Any], code: str, key: str, problem: Bilingual, remedy: Bilingual) -> Iterator[RuleFinding]:
    """The warning at `key` of the entry; none where the entry says why it is accepted (`accepted: {code: 理由}`)."""
    if code not in getattr(entry.body, "accepted", {}):
        yield warning(code, entry.at(key) if key else entry.at(), problem, remedy)
