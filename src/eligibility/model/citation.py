"""Where the law says it, and how surely that is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How well a legal number is known: read in its own text, through another paper, inferred, or not known.

    QUOTED: another paper tells it (转引), or the text was seen and its words were not noted (未录原文).
    """

    SEEN = "seen"
    QUOTED = "quoted"
    ASSUMED = "assumed"
    UNSET = "unset"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the law says it: instrument, article, its own words ("" when not seen), and how surely it is known."""

    instrument: str
    article: str
    quote: str
    status: Status
    instrument_en: str = ""
