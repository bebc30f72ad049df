"""A made-up district: papers as bad as real ones, and the truth beside them."""

from eligibility.simulation.defects import Defects, chosen_rates
from eligibility.simulation.district import Summary, simulate
from eligibility.simulation.rates import Rates

__all__ = ["Defects", "Rates", "Summary", "chosen_rates", "simulate"]
