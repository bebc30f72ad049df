"""Executes the specification: Chinese scenarios against a rulebook, the living document, and mutation testing."""

from eligibility.specification.run import Result, Specification, Trial, run_specification

__all__ = ["Result", "Specification", "Trial", "run_specification"]
