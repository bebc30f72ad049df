"""Verdicts → decisions with reasons, missing evidence, and explanations. Opens no file."""

from eligibility.adjudicate.decide import Unaccounted, account, decide
from eligibility.adjudicate.explain import Explanation, explain

__all__ = ["Explanation", "Unaccounted", "account", "decide", "explain"]
