"""Verdicts → decisions with reasons, missing evidence, and explanations. Opens no file.

Explanations stand in `adjudicate.explain` and are imported from there: a batch does not wait for them.
"""

from eligibility.adjudicate.decide import Unaccounted, account, decide

__all__ = ["Unaccounted", "account", "decide"]
