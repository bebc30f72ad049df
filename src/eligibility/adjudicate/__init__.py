"""Verdicts → decisions with reasons, missing evidence, and explanations. Opens no file."""

from eligibility.adjudicate.decide import Unaccounted, account, decide
from eligibility.adjudicate.explain import Explanation, explain, explain_case

__all__ = ["Explanation", "Unaccounted", "account", "decide", "explain", "explain_case"]
