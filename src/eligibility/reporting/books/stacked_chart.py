"""The native chart of a summary sheet: one stacked bar a street."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eligibility.labels.states import COLOURS
from eligibility.reporting.books.sheets import Book

SHEET = "汇总"
ROW_PIXELS = 20
"""Height of a row that nobody set."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A table on the sheet 汇总 to be drawn: `header` is its row from 0, `rows` follow it, streets in column 0.

    `series` are outcome and name of each column from 1; the chart is put `gap` rows below the table.
    """

    title: str
    description: str
    header: int
    rows: int
    series: Sequence[tuple[str, str]]
    gap: int = 3


def insert_stack(book: Book, sheet: Any, stack: Stack) -> int:
    """Draw the table below itself; how many rows of a sheet the chart covers."""
    chart, first, last = book.bar_chart(), stack.header + 1, stack.header + stack.rows
    for column, (outcome, name) in enumerate(stack.series, start=1):
        chart.add_series(
            {
                "name": name,
                "categories": [SHEET, first, 0, last, 0],
                "values": [SHEET, first, column, last, column],
                "fill": {"color": COLOURS[outcome].chart if outcome in COLOURS else "#8A949B"},
                "gap": 45,
            }
        )
    chart.set_title({"name": stack.title, "name_font": {"size": 13, "bold": True}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"reverse": True, "line": {"none": True}})
    chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#E3E6E8"}}, "num_format": "#,##0"})
    height = 160 + 44 * stack.rows
    chart.set_size({"width": 860, "height": height})
    sheet.insert_chart(last + stack.gap, 0, chart, {"description": stack.description})
    return -(-height // ROW_PIXELS)
