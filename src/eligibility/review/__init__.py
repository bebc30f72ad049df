"""Decisions + a person's act → events. Never edits a decision: it adds an act, and the next batch decides anew."""

from eligibility.review.cases import case_digest, changed_cases, opinions

__all__ = ["case_digest", "changed_cases", "opinions"]
