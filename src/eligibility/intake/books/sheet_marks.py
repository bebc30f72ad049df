"""What the reader of workbooks does not tell of a sheet, and a right reading needs: errors, hidden rows, extent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, both from 0."""

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Codes of error cells in the binary formats."""
UNCOMPUTED = "#公式未计算"
"""Stands in a cell whose formula was never computed."""


@dataclass(slots=True)
class Marks:
    """Marks of one sheet.

    `errors`: what stands in cells that hold an error or a formula never computed: the reader gives them as blank, and
    a blank may mean "no". `hidden`: rows from 1. `merges`: first and last corner; `extent`: the cells it spans; `plain`: an xlsx
    whose rows can be told apart without parsing.
    """

    errors: dict[Place, str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    extent: Place = (0, 0)
    plain: bool = True

    def reach(self, row: int, column: int) -> None:
        """Widen the extent by a cell that holds something."""
        self.extent = (max(self.extent[0], row + 1), max(self.extent[1], column + 1))

    def errors_by_row(self) -> dict[int, list[tuple[int, str]]]:
        """For each row from 0 the columns that hold an error, and what it is."""
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (row, column), word in self.errors.items():
            found[row].append((column, word))
        return found
