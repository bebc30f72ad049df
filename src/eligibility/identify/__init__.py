"""Identifies places and households across papers, before anything is derived from them.

What is known to be the same gets one key; what may be several is a set of candidates; nothing is guessed. The result is
written into the keys of schema `paper` and into schema `place`: `place.candidates` (a written community that may be any
of several), `place.households` (where each household stands), `place.lines` (roll lines that may be of another household) and
`place.identities` (under which numbers, codes and names each household stands in which paper).
"""

from eligibility.identify.run import identify

__all__ = ["identify"]
