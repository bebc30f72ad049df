"""Cells merged down several rows: the value of the first holds for each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from eligibility.intake.books.sheet_marks import Place


class MergedFill:
    """Fills merged cells while the rows of a sheet go by; `filled` then has, for each column, the rows it filled."""

    def __init__(self, merges: Sequence[tuple[Place, Place]]) -> None:
        self.filled: dict[int, list[int]] = defaultdict(list)
        self._begins: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (top, left), (bottom, _) in merges:
            if bottom > top:
                self._begins[top].append((left, bottom))

    def spans(self) -> dict[int, list[tuple[int, int]]]:
        """For each column the first and the last row, from 1, of every cell merged downward."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for top, begins in self._begins.items():
            for left, bottom in begins:
                found[left].append((top + 1, bottom + 1))
        return dict(found)

    def rows(self, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """The rows with their merged cells filled in; a row that holds nothing of its own stays blank."""
        if not self._begins:
            return rows
        return self._filling(rows)

    def _filling(self, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        open_cells: dict[int, tuple[int, str]] = {}
        for number, cells in rows:
            index = number - 1
            if open_cells and any(map(str.strip, cells)):
                for column, (bottom, text) in list(open_cells.items()):
                    if index <= bottom:
                        cells.extend([""] * (column + 1 - len(cells)))
                        cells[column] = text
                        self.filled[column].append(number)
                    else:
                        del open_cells[column]
            for column, bottom in self._begins.get(index, ()):
                if column < len(cells) and cells[column].strip():
                    open_cells[column] = bottom, cells[column]
            yield number, cells
