"""In which ways a sheet of a known kind is read: as which table, and which of its class columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from eligibility.intake.bureau.lookup import index_of
from eligibility.intake.bureau.survey import Paper
from eligibility.model.names import squeeze
from eligibility.model.tables import Table, table
from eligibility.sources import AGRICULTURAL, AGRICULTURAL_TOTAL, Catalogue, Column, Kind, Reading, counted_once

_PROPORTION = "@"
_TOTALS = ("area", "area_mu", "area_ha", "area_m2")


@dataclass(frozen=True, slots=True)
class Shaped:
    """One way to read a sheet: the table, and how its columns are made."""

    paper: Paper
    kind: Kind
    reading: Reading
    area: int | None = None
    """Of a sheet with a column for each class: the index of the one that is read."""
    land: str = ""
    parts: tuple[int, ...] = ()
    """Columns that are a part of this one (其中) and are read beside it: it counts without them."""
    blank_too: tuple[int, ...] = ()
    """Of the first class column: every class column. A row in which all are blank is read with it, for it is a row."""
    sums: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """Columns that sum up others of the row, each with the columns that it sums up."""
    first: bool = True
    """The first way to read this sheet, which tells what is hidden in it."""

    @property
    def header_of_area(self) -> str:
        """The header of the class column that is read; "" where there is none."""
        header = self.paper.proposal.header
        return "／".join(header.columns[self.area]) if header is not None and self.area is not None else ""

    @property
    def table(self) -> Table:
        """The table that the rows become."""
        return table(self.reading.table)


def ways(paper: Paper, catalogue: Catalogue) -> Iterator[Shaped]:
    """Every way in which a sheet is read; none where its kind is left aside or lacks what a reading needs."""
    if paper.kind not in catalogue.kinds:
        return
    kind = catalogue.kinds[paper.kind]
    there = index_of(paper).keys() | paper.proposal.constants.keys()
    number = 0
    # a sheet that is one of the nine tables under another name is read where a clerk said so
    own = (Reading(table=kind.table),) if kind.table and paper.mapped_by_hand else ()
    for reading in (*kind.readings, *own):
        if not set(reading.needs) <= there or lacking(paper, reading) or not _has_some(paper, reading):
            continue
        every = _every_class(paper, reading) if reading.by_class else ()
        for index, land, parts in _classes(paper, reading) if reading.by_class else ((None, "", ()),):
            sums = row_sums(paper) if reading.by_class == "area" else ()
            yield Shaped(paper, kind, reading, index, land, parts, every, sums, number == 0)
            number, every = number + 1, ()


def row_sums(paper: Paper) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The columns that sum up classes of the row, each with the columns that it sums up; only where all are of one unit."""
    columns = [one for one in paper.proposal.columns if one.sure]
    whole = counted_once(columns)
    unclear = any(one.meaning.startswith("area@") and not one.sure for one in paper.proposal.columns)
    found = []
    for one in columns:
        if one.meaning == AGRICULTURAL_TOTAL:
            parts = [part for part in whole if part.meaning.partition(_PROPORTION)[2] in AGRICULTURAL]
        elif one.meaning in _TOTALS and not unclear:
            parts = whole
        else:
            continue
        if parts and all(part.unit == one.unit for part in parts):
            found.append((one.index, tuple(part.index for part in parts)))
    return tuple(found)


def _has_some(paper: Paper, reading: Reading) -> bool:
    """Whether a sheet of which only some rows are read has such a row: without one nothing of it would be read."""
    places = index_of(paper)
    wanted = {places[key]: set(map(squeeze, words)) for key, words in reading.keep.items() if key in places}
    return not wanted or any(
        all(at < len(cells) and squeeze(cells[at]) in words for at, words in wanted.items())
        for _, cells in paper.grid().rows
    )


def lacking(paper: Paper, reading: Reading) -> list[str]:
    """The required columns of the table that a sheet has in no way: its rows would all be set aside."""
    there = index_of(paper).keys() | paper.proposal.constants.keys()
    there |= {key for key, spec in reading.columns.items() if _can_be_made(spec, index_of(paper).keys())}
    by_class = {"area", "land_class"} if reading.by_class and list(_classes(paper, reading)) else set()
    return [
        column.key
        for column in table(reading.table).columns
        if column.required and column.key != "unit" and column.key not in there | by_class
    ]


def _can_be_made(spec: Column, there: Collection[str]) -> bool:
    """Whether a sheet has anything of which a column is made."""
    if spec.value or spec.titles or spec.otherwise or spec.household or spec.by_title:
        return True
    either = (spec.either.of, spec.either.otherwise) if spec.either else ()
    made_of = {
        *spec.of,
        *either,
        *spec.stand_ins,
        *(one.key for one in spec.look),
        *(key for case in spec.cases for key in case.filled),
    }
    return bool(made_of & set(there))


def _every_class(paper: Paper, reading: Reading) -> tuple[int, ...]:
    return tuple(
        one.index for one in paper.proposal.columns if one.meaning.startswith(f"{reading.by_class}{_PROPORTION}")
    )


def _classes(paper: Paper, reading: Reading) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """The columns of classes to read, each with its parts; where one sums up others of its class, that one alone.

    Nothing where a part (其中永久基本农田) stands beside several columns of its whole: of which one it is a part is not printed.
    """
    columns = [one for one in paper.proposal.columns if one.sure and one.meaning.startswith(f"{reading.by_class}@")]
    sums = {one.meaning for one in columns if one.subtotal}
    read = [one for one in columns if one.subtotal or one.meaning not in sums]
    for part in read:
        if part.within and sum(one.meaning == f"{reading.by_class}@{part.within}" for one in read) > 1:
            return
    for one in read:
        land = one.meaning.partition(_PROPORTION)[2]
        if not reading.classes or land in reading.classes:
            yield one.index, land, tuple(part.index for part in read if part.within == land)
