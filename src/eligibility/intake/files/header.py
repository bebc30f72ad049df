"""Where the header of a sheet is, in one row or in two, and which contract column stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from eligibility.domain.finding import Source
from eligibility.domain.names import squeeze
from eligibility.domain.tables import CellType, Column, Table
from eligibility.intake.files.grid import Row, column_letter
from eligibility.intake.files.near_header import lacking, nearest

_UNIT_BEHIND = {CellType.AREA_MU: ("(亩)", "亩"), CellType.MONEY: ("(元)", "元")}
_BETWEEN = "／"
"""Stands between the upper and the lower word of a header in two rows."""


class Aside(NamedTuple):
    """A header that is not used, and why: the issue, and what the message adds to it."""

    header: str
    issue: str = "unknown_column"
    other: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header is and which contract column stands at which index.

    `row` is the (lower) row of the header, `cells` its words, of two rows joined; `printed` the rows as they stand.
    """

    row: int
    cells: tuple[str, ...]
    places: Mapping[str, int]
    printed: tuple[tuple[str, ...], ...]
    twice: Mapping[str, tuple[int, ...]]
    """Contract columns whose header stands over several columns: none of them is used."""

    def header(self, key: str) -> str:
        """The header of a column as the sheet writes it."""
        return self.cells[self.places[key]].strip()


def locate(head: Iterable[Row], table: Table, at: Source) -> Layout:
    """The layout by the row, or two rows, that know most headers; Unusable when a required column is missing."""
    best = max(_layouts(head, table), key=lambda layout: len(layout.places) + len(layout.twice), default=None)
    missing = [column for column in table.columns if column.required and (not best or column.key not in best.places)]
    if best is None or missing:
        raise lacking(table, missing, at, _unused(best) if best else [], best.twice if best else {})
    return best


def has_header(head: Iterable[Row], table: Table) -> bool:
    """Whether some row holds every required header of the table."""
    required = {column.key for column in table.columns if column.required}
    return any(required <= layout.places.keys() for layout in _layouts(head, table))


def nearly_has_header(head: Iterable[Row], table: Table) -> bool:
    """Whether some row holds more than half of the required headers: a sheet of the table with a header miswritten."""
    required = {column.key for column in table.columns if column.required}
    return any(2 * len(required & layout.places.keys()) > len(required) for layout in _layouts(head, table))


def aside(layout: Layout, table: Table) -> Iterator[Aside]:
    """The headers that are not used, each with the nearest word that would have been."""
    absent = [column for column in table.columns if column.key not in layout.places]
    for index, header in _unused(layout):
        folded = _folded(header)
        column = next((column for column in table.columns if folded in set(_words(column))), None)
        if column is None:
            near = nearest(header, absent)
            yield Aside(header, "near_column", near) if near else Aside(header)
        elif index in layout.twice.get(column.key, ()):
            letters = "、".join(map(column_letter, layout.twice[column.key]))
            yield Aside(header, "ambiguous_column", letters)
        else:
            yield Aside(header, "repeated_column", column_letter(layout.places[column.key]))


def printed_again(layout: Layout, row: Sequence[str]) -> bool:
    """Whether a row behind the header is one of its rows once more, as at the head of a further page."""
    cells = [cell.strip() for cell in row]
    return any(cells == [cell.strip() for cell in one] for one in layout.printed)


def _layouts(head: Iterable[Row], table: Table) -> Iterator[Layout]:
    """Every row as the header alone, then every row under the one before: of equals the first is taken."""
    rows = [(number, tuple(cells)) for number, cells in head]
    for number, cells in rows:
        yield _layout(number, cells, [(cell,) for cell in cells], (cells,), table)
    for (_, upper), (number, lower) in pairwise(rows):
        joined = _joined(upper, lower)
        shown = tuple(_BETWEEN.join(words) for words in joined)
        spellings = [("".join(words), words[-1]) for words in joined]
        yield _layout(number, shown, spellings, (upper, lower), table)


def _layout(
    row: int,
    cells: tuple[str, ...],
    spellings: Sequence[Sequence[str]],
    printed: tuple[tuple[str, ...], ...],
    table: Table,
) -> Layout:
    known: dict[str, list[int]] = {}
    for rank in range(max(map(len, spellings), default=0)):
        rising: dict[str, list[int]] = {}
        for index, words in enumerate(spellings):
            if rank < len(words) and (folded := _folded(words[rank])):
                rising.setdefault(folded, []).append(index)
        known = rising | known  # the fuller spelling wins
    places: dict[str, int] = {}
    twice: dict[str, tuple[int, ...]] = {}
    for column in table.columns:
        found = next((known[word] for word in _words(column) if word in known), [])
        if len(found) > 1:
            twice[column.key] = tuple(found)
        elif found and found[0] not in places.values():
            places[column.key] = found[0]
    return Layout(row, cells, places, printed, twice)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """For each column the upper and the lower word of its header, or the only one."""
    found: list[tuple[str, ...]] = []
    above = ""
    for index in range(max(len(upper), len(lower))):
        high = upper[index].strip() if index < len(upper) else ""
        low = lower[index].strip() if index < len(lower) else ""
        above = high or above  # a word over several columns stands in the first of them
        if not low or squeeze(low) == squeeze(high):
            found.append((high,))
        elif above:
            found.append((above, low))
        else:
            found.append((low,))
    return found


def _words(column: Column) -> Iterator[str]:
    """Every spelling of a header, the key first: a sheet with two of them means the earlier."""
    for word in (column.key, *column.headers):
        yield word
        yield word + "*"
        yield from (word + unit for unit in _UNIT_BEHIND.get(column.type, ()))


def _folded(cell: str) -> str:
    return re.sub(r"^\*", "", squeeze(cell)).lower() if cell else ""


def _unused(layout: Layout) -> list[tuple[int, str]]:
    used = set(layout.places.values())
    return [(index, cell.strip()) for index, cell in enumerate(layout.cells) if index not in used and cell.strip()]
