"""Decisions + a person's act → events. Never edits a decision: it adds an act, and the next batch decides anew."""

from eligibility.review.signing.appeal import Answer, appeal, correct
from eligibility.review.signing.cases import case_digest, changed_cases, opinions
from eligibility.review.signing.sign import Pen, sign
from eligibility.review.signing.standing import contested, lay_out

__all__ = [
    "Answer",
    "Pen",
    "appeal",
    "case_digest",
    "changed_cases",
    "contested",
    "correct",
    "lay_out",
    "opinions",
    "sign",
]
