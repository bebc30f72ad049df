"""A made-up district: papers as bad as real ones, and the truth beside them."""

from eligibility.simulate.defects import Defects, chosen_rates
from eligibility.simulate.district import Summary, simulate
from eligibility.simulate.rates import Rates

__all__ = ["Defects", "Rates", "Summary", "chosen_rates", "simulate"]
