"""Decisions + a person's act → events. Never edits a decision: it adds an act, and the next batch decides anew."""

from eligibility.review.answers.apply import apply_answers, refer_contradicted
from eligibility.review.answers.check import LONGEST_NOTE, Checker, Question
from eligibility.review.answers.limits import share_limits, shares_above
from eligibility.review.answers.rest import with_rest
from eligibility.review.answers.sheet import Filled, missing_sheet, read_sheet, sheets_of
from eligibility.review.answers.standing import Standing, Words, new_answers, standing, usable
from eligibility.review.answers.words import answer_words
from eligibility.review.history import CaseEvent, history
from eligibility.review.signing.appeal import Answer, appeal, correct
from eligibility.review.signing.cases import PaperOpinions, case_digest, changed_cases, opinions
from eligibility.review.signing.names import person_key, plain_name
from eligibility.review.signing.sign import Pen, sign
from eligibility.review.signing.standing import contested, lay_out
from eligibility.review.status import BatchCount, OpenPlace, ReviewerCount, Status, by_batch, by_reviewer, status

__all__ = [
    "LONGEST_NOTE",
    "Answer",
    "BatchCount",
    "CaseEvent",
    "Checker",
    "Filled",
    "OpenPlace",
    "PaperOpinions",
    "Pen",
    "Question",
    "ReviewerCount",
    "Standing",
    "Status",
    "Words",
    "answer_words",
    "appeal",
    "apply_answers",
    "by_batch",
    "by_reviewer",
    "case_digest",
    "changed_cases",
    "contested",
    "correct",
    "history",
    "lay_out",
    "missing_sheet",
    "new_answers",
    "opinions",
    "person_key",
    "plain_name",
    "read_sheet",
    "refer_contradicted",
    "share_limits",
    "shares_above",
    "sheets_of",
    "sign",
    "standing",
    "status",
    "usable",
    "with_rest",
]
