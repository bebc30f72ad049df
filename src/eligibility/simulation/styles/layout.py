"""Lays records out as the cells of a sheet: title, header rows, merged cells, subtotals, notes under the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from string import Formatter

from eligibility.simulation.styles.description import Heading, Paper
from eligibility.simulation.styles.records import Record

Cell = str | Decimal | int | date | None
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells row by row, which are one cell, and which rows are what (counted from 1, as a person does)."""

    name: str
    kind: str
    headings: list[Heading]
    cells: list[list[Cell]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    title_rows: int = 0
    header_rows: tuple[int, int] = (0, 0)
    records: int = 0
    body_rows: tuple[int, int] = (0, 0)


def sort_out(paper: Paper, records: Sequence[Record]) -> dict[str, dict[str, list[Record]]]:
    """Return the records by file and sheet, in the order of their first appearance."""
    sorted_out: dict[str, dict[str, list[Record]]] = {}
    sheet = paper.sheet if paper.form == "xlsx" else ""
    for record in records:
        if not paper.only or record.get(paper.only) not in (None, ""):
            sheets = sorted_out.setdefault(filled(paper.file, record), {})
            sheets.setdefault(filled(sheet, record), []).append(record)
    return sorted_out


def filled(text: str, record: Record) -> str:
    """Return the text with the values of the keys that it names in braces; a key without value is blank."""
    keys = {key for _, key, _, _ in Formatter().parse(text) if key}
    return text.format_map({key: _text(record.get(key)) for key in keys})


def _text(value: object) -> str:
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)


def lay_out(paper: Paper, name: str, records: Sequence[Record]) -> Sheet:
    """Return a sheet with these records under the headers of the paper."""
    sample = records[0] if records else {}
    headings = [
        replace(heading, levels=tuple(filled(level, sample) for level in heading.levels))
        for heading in paper.columns
        if not (paper.sparse and heading.key.startswith(paper.sparse.split()[0]))
        or any(record.get(heading.key) not in (None, "") for record in records)
    ]
    sheet = Sheet(name, paper.kind, headings)
    _titles(sheet, paper, records)
    _headers(sheet, paper)
    first = len(sheet.cells)
    _body(sheet, paper, records)
    sheet.records, sheet.body_rows = len(records), (first + 1, len(sheet.cells))
    for note in paper.notes:
        sheet.cells.append([filled(note, sample), *[None] * (len(headings) - 1)])
        _merge(sheet, (len(sheet.cells) - 1, 0, len(sheet.cells) - 1, len(headings) - 1))
    return sheet


def _titles(sheet: Sheet, paper: Paper, records: Sequence[Record]) -> None:
    wide = len(sheet.headings)
    for turn, text in enumerate(paper.title):
        keys = {key for _, key, _, _ in Formatter().parse(text) if key}
        sample = next((record for record in records if all(record.get(key) not in (None, "") for key in keys)), None)
        if sample is not None or turn == 0:
            sheet.cells.append([filled(text, sample or (records[0] if records else {})), *[None] * (wide - 1)])
            _merge(sheet, (len(sheet.cells) - 1, 0, len(sheet.cells) - 1, wide - 1))
    sheet.title_rows = len(sheet.cells)


def _headers(sheet: Sheet, paper: Paper) -> None:
    top, headings = len(sheet.cells), sheet.headings
    paths = [heading.levels for heading in headings]
    deep = max(map(len, paths)) if paper.headers != "codes" else 0
    for level in range(deep):
        sheet.cells.append([path[level] if level < len(path) else None for path in paths])
        # columns that share the words above and here, each of them with more below, are under one cell
        shared = [path[: level + 1] if level < len(path) - 1 else (at,) for at, path in enumerate(paths)]
        for _, columns in groupby(range(len(paths)), key=shared.__getitem__):
            first, *others = columns
            for at in others:
                sheet.cells[-1][at] = None
            last = others[-1] if others else first
            lowest = top + deep - 1 if level == len(paths[first]) - 1 else top + level
            if level < len(paths[first]):
                _merge(sheet, (top + level, first, lowest, last))
    if paper.headers != "names":
        sheet.cells.append([heading.code or heading.levels[-1] for heading in headings])
    sheet.header_rows = (top + 1, len(sheet.cells))


def _body(sheet: Sheet, paper: Paper, records: Sequence[Record]) -> None:
    summed: list[Record] = []
    for _, part in groupby(records, key=lambda record: record.get(paper.subtotal) if paper.subtotal else None):
        counted: list[Record] = []
        for _, household in groupby(part, key=lambda record: record.get("household")):
            counted += _household(sheet, paper, list(household))
        if paper.subtotal:
            sheet.cells.append(_sum("小计", sheet, paper, counted))
        summed += counted
    if paper.total:
        sheet.cells.append(_sum("合计", sheet, paper, summed))


def _household(sheet: Sheet, paper: Paper, records: list[Record]) -> Iterator[Record]:
    """Write the rows of a household, and return the values that count towards sums: merged ones once."""
    top = len(sheet.cells)
    for turn, record in enumerate(records):
        own = [not (turn and heading.key in paper.merge) for heading in sheet.headings]
        cells = [_cell(h, paper, record) if counts else None for h, counts in zip(sheet.headings, own, strict=True)]
        sheet.cells.append(cells)
        yield {heading.key: cell for heading, cell in zip(sheet.headings, cells, strict=True)}
    for at, heading in enumerate(sheet.headings):
        if heading.key in paper.merge and len(records) > 1:
            _merge(sheet, (top, at, top + len(records) - 1, at))


def _cell(heading: Heading, paper: Paper, record: Record) -> Cell:
    value = record.get(heading.key, paper.fixed.get(heading.key))
    if isinstance(value, date) and paper.days:
        return value.strftime(paper.days)
    if value is None or value == "":
        return paper.blank or None
    return value if isinstance(value, str | Decimal | int | date) else str(value)


def _sum(word: str, sheet: Sheet, paper: Paper, counted: list[Record]) -> list[Cell]:
    row: list[Cell] = [None] * len(sheet.headings)
    for at, heading in enumerate(sheet.headings):
        if heading.key in paper.sums:
            numbers = [value for one in counted if isinstance(value := one.get(heading.key), Decimal)]
            row[at] = sum(numbers, Decimal(0)) if numbers else None
    row[0] = word
    return row


def _merge(sheet: Sheet, area: Area) -> None:
    if area[:2] != area[2:]:
        sheet.merged.append(area)
