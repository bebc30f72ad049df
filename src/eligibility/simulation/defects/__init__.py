"""Papers rewritten as offices rewrite them: small defects over rows that are already written, each with its rate."""

from eligibility.simulation.defects.rates import Defects, chosen_rates

__all__ = ["Defects", "chosen_rates"]
