"""The specification executed: Chinese scenarios against a rulebook, the living document, and the rulebook's mutants."""

from eligibility.specification.run import Result, Specification, Trial, run_specification

__all__ = ["Result", "Specification", "Trial", "run_specification"]
