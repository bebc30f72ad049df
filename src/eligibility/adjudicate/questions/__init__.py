"""Derives the open questions of a batch, ordered by the number of persons that each would settle."""

from eligibility.adjudicate.questions.derive import derive_questions

__all__ = ["derive_questions"]
