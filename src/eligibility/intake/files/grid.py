"""A sheet as rows of text, whatever kind of file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from eligibility.intake.notices import Notice

if TYPE_CHECKING:
    from eligibility.intake.files.layout import Layout

Row = tuple[int, Sequence[str]]
"""The row of the sheet, from 1, and its cells as text."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows that follow one another, by column: each has as many cells as the header; `first` is the row of the first."""

    first: int
    cells: pa.Table


Stretch = Columns | Iterator[Row]
"""A part of a sheet: by columns where that is as good as row by row."""

HEADER_WITHIN = 15
"""The header stands within the first so many rows."""
HEAD = HEADER_WITHIN + 3
"""So many rows tell all of a header: rows of units and of field codes may follow it."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How the lines of a csv file are written."""

    encoding: str
    delimiter: str


class Referred(NamedTuple):
    """What told of which household a row is: the meaning of the cell, its text, and by what it was found.

    `by` is the meaning of the cell of another sheet that holds the same, or one of the words of `paper.referred`.
    """

    row: int
    meaning: str
    value: str
    by: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `counted_cells`: a row longer than the header means that its cells may be shifted (csv).

    `merged` has, for each column index that merged cells run down through, the filled rows, `spans` their first and last
    rows; `name` is the file as
    messages call it; `from_1904`: a bare serial number of a day may count from 1904.
    """

    path: Path
    sheet: str
    rows: Iterator[Row]
    counted_cells: bool = False
    merged: Mapping[int, Sequence[int]] = field(default_factory=dict)
    spans: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    name: str = ""
    hidden_sheet: bool = False
    hidden_rows: Sequence[int] = ()
    from_1904: bool = False
    stretches: Callable[[int], Iterator[Stretch]] | None = None
    """All rows once more, given the number of cells of the header, in stretches; None where rows come singly."""
    layout: Layout | None = None
    """Where the header is and what stands in which column, where that is known already."""
    plain: Callable[[], Iterator[Row]] | None = None
    """The rows once more as the file has them, where `rows` were made from them."""
    after: Callable[[], list[Notice]] | None = None
    """What is to be told of the sheet when its rows have gone by."""
    referred: Sequence[Referred] = ()
    """What told of the households of its rows, where no column does; filled while the rows go by."""
    writing: Writing | None = None
    """Of a csv file; None of any other."""

    @property
    def file(self) -> str:
        """The file as messages call it: its path inside the dossier."""
        return self.name or self.path.name


def column_letter(index: int) -> str:
    """The letters over the column of that index, from 0, as Excel and WPS show them.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(16_383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
