"""What comes out of a batch: tables, workbooks, page, manifest. Computes no verdict; reads only what others decided."""

from eligibility.reporting.books.review_book import Part
from eligibility.reporting.books.workbooks import write_review_part, write_workbooks
from eligibility.reporting.counts import Comparison, Summary, UnheededAnswer, summary, unheeded_answers
from eligibility.reporting.manifest import write_manifest
from eligibility.reporting.pages.report import write_report
from eligibility.reporting.tables import write_tables

__all__ = [
    "Comparison",
    "Part",
    "Summary",
    "UnheededAnswer",
    "summary",
    "unheeded_answers",
    "write_manifest",
    "write_report",
    "write_review_part",
    "write_tables",
    "write_workbooks",
]
