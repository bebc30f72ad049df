"""Rule files × date → policy. Sees rule files and cases written by hand, never a person's papers."""

from eligibility.rulebook.case import example_case, read_case
from eligibility.rulebook.loading import load_policy, rulebooks

__all__ = ["example_case", "load_policy", "read_case", "rulebooks"]
