"""A made-up district: papers as bad as real ones, and the truth beside them."""

from eligibility.simulate.district import Summary, simulate
from eligibility.simulate.rates import Rates

__all__ = ["Rates", "Summary", "simulate"]
