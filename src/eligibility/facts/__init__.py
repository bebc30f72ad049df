"""Tables and linkage → one row of ranges a person. Knows no legal number: it asks the policy for them by name."""

from eligibility.facts.assemble import assemble
from eligibility.facts.hukou import named_place

__all__ = ["assemble", "named_place"]
