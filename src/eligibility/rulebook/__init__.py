"""Rule files × date → policy. Sees rule files and cases written by hand, never a person's papers."""

from eligibility.rulebook.case import example_case, read_case
from eligibility.rulebook.loading import load_policy, rulebooks
from eligibility.rulebook.regime import Regime, choose, other_regimes
from eligibility.rulebook.regimes import read_regimes

__all__ = ["Regime", "choose", "example_case", "load_policy", "other_regimes", "read_case", "read_regimes", "rulebooks"]
