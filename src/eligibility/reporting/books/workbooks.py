"""The two workbooks that people open: all decisions, and the review work list."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.model.policy import Policy
from eligibility.reporting.books.decisions_book import write_decisions_book
from eligibility.reporting.books.review_book import Part, write_review_book
from eligibility.reporting.books.sheets import EXCEL_ROWS
from eligibility.reporting.counts import Summary, summary


def write_workbooks(con: DuckDBPyConnection, policy: Policy, out: Path, *, sheet_rows: int = EXCEL_ROWS) -> None:
    """Write `decisions.xlsx` and `review_queue.xlsx` into `out`.

    Codes appear as Chinese titles, ids and every other string as text, never as a formula or a link. A list longer
    than `sheet_rows` (header counted) goes on in a further sheet. Dated by the policy's day, so that bytes repeat.
    """
    found = summary(con, policy)
    write_decisions(con, policy, out, found, sheet_rows=sheet_rows)
    write_review(con, policy, out, found, sheet_rows=sheet_rows)


def write_decisions(
    con: DuckDBPyConnection, policy: Policy, out: Path, found: Summary, *, sheet_rows: int = EXCEL_ROWS
) -> None:
    """The first of them alone."""
    write_decisions_book(con, policy, out / "decisions.xlsx", found=found, sheet_rows=sheet_rows)


def write_review(
    con: DuckDBPyConnection, policy: Policy, out: Path, found: Summary, *, sheet_rows: int = EXCEL_ROWS
) -> None:
    """The second of them alone."""
    write_review_book(con, policy, out / "review_queue.xlsx", found=found, sheet_rows=sheet_rows)


def write_review_part(con: DuckDBPyConnection, policy: Policy, path: Path, found: Summary, part: Part) -> None:
    """A part of the second of them, as a workbook of its own at `path`."""
    write_review_book(con, policy, path, found=found, sheet_rows=EXCEL_ROWS, part=part)
