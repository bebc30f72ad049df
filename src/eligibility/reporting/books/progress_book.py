"""How far the review is, as a workbook: one table a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from eligibility.model.policy import Policy
from eligibility.model.visible import visible
from eligibility.reporting.books.sheets import Book, Cell, Field

_ROOM = 1_000_000


def write_progress_book(
    path: Path, policy: Policy, tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Cell]]]]
) -> None:
    """Write each table (headers and rows) to a sheet of its name; whole numbers are numbers, all else is text."""
    with Book(path, policy, "核查进度") as book:
        for name, (headers, rows) in tables.items():
            numbers = [all(isinstance(row[place], int) for row in rows) for place in range(len(headers))]
            fields = [
                Field(header, 14, "number" if number else "text")
                for header, number in zip(headers, numbers, strict=True)
            ]
            shown = ([visible(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
            book.list(name, fields, shown, _ROOM)
