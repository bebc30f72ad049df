"""Nouns of the record: an act of somebody or of the program, said once and never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Body = Mapping[str, Any]
"""What an event says: texts, whole numbers, truths, nothing, and lists and mappings of these. No fractions."""


class Kind(StrEnum):
    """What happened."""

    DECIDED = "decided"
    """A batch was decided; it supersedes the batch before it."""
    SUPERSEDED = "superseded"
    """Decisions that the batch just recorded changed, of those of the batch before."""
    CONFIRMED = "confirmed"
    """Opinions of one stage, as the papers of a dossier give them (联审意见)."""
    ANSWERED = "answered"
    """A reviewer answered a question."""
    WITHDRAWN = "withdrawn"
    """A reviewer took back an answer that no batch has used."""
    COMMENTED = "commented"
    """A reviewer wrote a remark on a question, or that it waits for papers."""
    SIGNED = "signed"
    """A person signed a stage for some cases."""
    APPEALED = "appealed"
    """A person appealed against a decision."""
    CORRECTED = "corrected"
    """A decision was found to be wrong; the next batch decides it anew."""
    APPROVED = "approved"
    """A person approved a rulebook for use, after proof, specification and impact were run."""
    RELEASED = "released"
    """The persons whom a rulebook asks for have approved it: it is released."""
    PAYMENTS = "payments"
    """A payment roster was made; it may supersede an earlier one."""
    PAID = "paid"
    """What a bank or treasury says was paid was matched with rosters."""
    RECOVERED = "recovered"
    """The rest of an interrupted write was put aside."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be recorded: kind and content, not yet in its place in the chain."""

    kind: Kind
    body: Body


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the record. `seq` counts from 1; `prev` is the hash of the event before it; `at` an ISO time with zone."""

    seq: int
    at: str
    kind: str
    body: Body
    prev: str
    hash: str
