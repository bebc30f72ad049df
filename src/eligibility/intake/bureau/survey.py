"""Looks into every file of a dossier: which kind of source each sheet probably is, as a mapping says or as its headers do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eligibility.intake.books.workbook import Workbook
from eligibility.intake.files.csv_file import read_csv
from eligibility.intake.files.dbf_file import looks_like_dbf, read_dbf
from eligibility.intake.files.grid import HEADER_WITHIN, Grid, Row
from eligibility.intake.files.kinds import BOOK_SUFFIXES, TEXT_SUFFIXES, Kind, kind_of
from eligibility.intake.files.limits import check_size
from eligibility.intake.files.titles import INSTRUCTIONS
from eligibility.model.diagnostic import InputError
from eligibility.model.names import squeeze
from eligibility.sources import Catalogue, Mapping, SheetProposal, SheetRows, added, mapped, propose

_MOST_FILES = 2_000
"""Files of a dossier that are looked into."""


Sheet = tuple[Workbook | None, str, Sequence[Row]]
"""The workbook that a sheet stands in, if any, its name, and its first rows."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet of one file (or a text, or the attributes of a layer), with what it probably is."""

    path: Path
    name: str
    sheet: str
    head: Sequence[Row]
    proposal: SheetProposal
    book: Workbook | None = None
    mapped_by_hand: bool = False

    def grid(self) -> Grid:
        """The whole sheet, as it stands; InputError when it cannot be read."""
        if self.book is not None:
            return self.book.grid(self.sheet)
        return read_dbf(self.path, self.name) if looks_like_dbf(self.path) else read_csv(self.path, self.name)

    @property
    def kind(self) -> str:
        """The kind of source that it is taken for; "" where that is not certain."""
        return self.proposal.kind if self.proposal.sure else ""


def survey(files: Iterable[tuple[Path, str]], catalogue: Catalogue, mapping: Mapping | None = None) -> list[Paper]:
    """Every sheet of the files that can be opened as a table; others are left to whoever asks why."""
    return [paper for path, name in islice(files, _MOST_FILES) for paper in papers_of(path, name, catalogue, mapping)]


def papers_of(
    path: Path, name: str, catalogue: Catalogue, mapping: Mapping | None, opened: Workbook | None = None
) -> Iterator[Paper]:
    """The sheets of one file; none where it cannot be opened as a table. `opened`: the workbook, where it is open already."""
    for book, sheet, head in sheets_of(path, name, opened):
        rows = SheetRows(name, sheet, head)
        by_hand = mapped(rows, mapping) if mapping else None
        proposal = by_hand or propose(rows, catalogue)
        if mapping and by_hand is None:
            proposal = added(proposal, rows, mapping)
        yield Paper(path, name, sheet, head, proposal, book, by_hand is not None)


def sheets_of(path: Path, name: str, opened: Workbook | None = None) -> list[Sheet]:
    """The sheets of one file that hold anything but instructions; none where it cannot be opened as a table."""
    try:
        sheets = list(_sheets(path, name, opened))
    except InputError:
        return []
    return [(book, sheet, head) for book, sheet, head in sheets if head and squeeze(sheet) != INSTRUCTIONS]


def _sheets(path: Path, name: str, opened: Workbook | None) -> Iterator[Sheet]:
    if opened is not None:
        yield from ((opened, sheet, opened.head(sheet)) for sheet in opened.sheets)
        return
    check_size(path, name)
    if looks_like_dbf(path):
        yield None, "", list(islice(read_dbf(path, name).rows, HEADER_WITHIN))
        return
    kind = kind_of(path, name)
    suffix = path.suffix.lower()
    if kind.book and suffix in (*BOOK_SUFFIXES, *TEXT_SUFFIXES, ".et", ".xlt", ".xltx"):
        book = Workbook(path, kind, name)
        for sheet in book.sheets:
            yield book, sheet, book.head(sheet)
    elif kind is Kind.TEXT and suffix in TEXT_SUFFIXES:
        yield None, "", list(islice(read_csv(path, name).rows, HEADER_WITHIN))
