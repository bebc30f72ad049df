"""All rewritings: the modules that enter them, brought in once."""

from __future__ import annotations

from bench.metamorphic import days, filing, households, land, lines, spellings
from bench.metamorphic.rewriting import REWRITINGS

__all__ = ["REWRITINGS", "days", "filing", "households", "land", "lines", "spellings"]
