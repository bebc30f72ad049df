"""One area, amount or count that is merged over several rows: once where they are one thing, else not known of any of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from eligibility.intake.cells.errors import MERGED
from eligibility.intake.files.grid import Row
from eligibility.model.tables import CellType, Table

_MEASURED = frozenset({CellType.AREA_MU, CellType.AREA_IN_UNIT, CellType.MONEY, CellType.COUNT})
_NOTHING = "0.00"
"""What stands in a further row of one thing in the place of the value that its first row has."""


class Folded(NamedTuple):
    """A row that is one with an earlier one, whose row number is `into`."""

    row: int
    into: int


class MergedRows:
    """Looks at the rows of a sheet whose measured cells are merged downward; `spans` has their blocks of rows."""

    def __init__(self, table: Table, places: Mapping[str, int], spans: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        """`spans`: for each column index the first and last rows of cells merged down."""
        measured = {index for key, index in places.items() if table.column(key).type in _MEASURED}
        self._measured = sorted(measured)
        self._naming = sorted(index for index in places.values() if index not in measured)
        self._spans = {index: tuple(spans[index]) for index in measured if index in spans}
        self._blocks = _blocks(span for of in self._spans.values() for span in of)
        self.folded: list[Folded] = []

    def rows(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows of data, with what is merged settled."""
        return self._settling(rows) if self._blocks else rows

    def _settling(self, rows: Iterator[Row]) -> Iterator[Row]:
        blocks = iter(self._blocks)
        block, held = next(blocks), list[Row]()
        for row in rows:
            while block and row[0] > block[1]:
                yield from self._settled(held)
                block, held = next(blocks, (0, 0)), []
                if not block[1]:
                    yield row
                    yield from rows
                    return
            if row[0] >= block[0]:
                held.append(row)
            else:
                yield row
        yield from self._settled(held)

    def _settled(self, held: Sequence[Row]) -> Iterator[Row]:
        """The rows of one block: of each merged value those that are one thing are one row, else the value is not known."""
        rows = {number: list(cells) for number, cells in held}
        gone = set[int]()
        for index, spans in self._spans.items():
            for first, last in spans:
                over = [number for number in rows if first <= number <= last and number not in gone]
                if len(over) < 2:
                    continue
                if len({self._thing(rows[number]) for number in over}) > 1:
                    for number in over:
                        _put(rows[number], index, MERGED)
                    continue
                for number in over[1:]:
                    if self._tells_nothing(rows[number], rows[over[0]]):
                        gone.add(number)
                        self.folded.append(Folded(number, over[0]))
                    else:
                        _put(rows[number], index, _NOTHING)
                        self.folded.append(Folded(number, over[0]))
        yield from ((number, cells) for number, cells in rows.items() if number not in gone)

    def _thing(self, cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(_text(cells, index) for index in self._naming)

    def _tells_nothing(self, cells: Sequence[str], first: Sequence[str]) -> bool:
        """Whether every measured cell of a row is blank or what the first row of the thing has."""
        return all(_text(cells, index) in ("", _text(first, index)) for index in self._measured)


def _blocks(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans joined where they overlap, in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _text(cells: Sequence[str], index: int) -> str:
    return (cells[index] or "").strip() if index < len(cells) else ""


def _put(cells: list[str], index: int, text: str) -> None:
    cells.extend([""] * (index + 1 - len(cells)))
    cells[index] = text
