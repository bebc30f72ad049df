"""Marks of the sheets of an ods package: errors, hidden rows, merged cells and extent, repeats counted out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from eligibility.intake.books.sheet_marks import UNCOMPUTED, Marks, Place

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_REPEATED = 1 << 20
_PROLOGUE = 2048


@dataclass(slots=True)
class _Walk:
    """Where the walk through one sheet stands."""

    marks: Marks = field(default_factory=Marks)
    row: int = 0


def ods_marks(path: Path, sheet: str, index: int) -> Marks:  # noqa: ARG001 (the other kinds go by the index)
    """The marks of a sheet. Raises what zipfile and ElementTree raise for a broken file."""
    return next((marks for name, marks in _sheets(path) if name == sheet), Marks())


def ods_extents(path: Path) -> dict[str, Place]:
    """The extent of every sheet, to be known before a reader counts out the repeats. Raises as `ods_marks` does."""
    return {name: marks.extent for name, marks in _sheets(path)}


def _sheets(path: Path) -> Iterator[tuple[str, Marks]]:
    walk = _Walk()
    with zipfile.ZipFile(path) as package, package.open("content.xml") as body:
        if any(mark in body.read(_PROLOGUE) for mark in (b"<!DOCTYPE", b"<!ENTITY")):
            raise ValueError("an honest ods declares no entities")
        body.seek(0)
        for event, element in ElementTree.iterparse(body, events=("start", "end")):
            if element.tag == f"{_TABLE}table":
                if event == "start":
                    walk = _Walk()
                else:
                    yield element.get(f"{_TABLE}name", ""), walk.marks
                    element.clear()
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                _row(element, walk)
                element.clear()


def _row(row: ElementTree.Element, walk: _Walk) -> None:
    repeated = _count(row, "number-rows-repeated")
    column = -1
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        times = _count(cell, "number-columns-repeated")
        column += times
        if len(cell) or cell.get(f"{_OFFICE}value-type"):
            walk.marks.reach(walk.row + repeated - 1, column)
            _cell(cell, walk, range(walk.row, walk.row + repeated), range(column - times + 1, column + 1))
    filled = walk.marks.extent[0] == walk.row + repeated
    if filled and row.get(f"{_TABLE}visibility") in ("collapse", "filter"):
        walk.marks.hidden += range(walk.row + 1, walk.row + min(repeated, _MOST_REPEATED) + 1)
    walk.row += repeated


def _cell(cell: ElementTree.Element, walk: _Walk, rows: range, columns: range) -> None:
    down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
    if down > 1 or right > 1:
        walk.marks.merges.append(((rows[0], columns[0]), (rows[0] + down - 1, columns[0] + right - 1)))
    error = _error(cell)
    if error:
        if len(rows) * len(columns) > _MOST_REPEATED:
            raise ValueError("errors without end")
        walk.marks.errors |= {(row, column): error for row in rows for column in columns}


def _error(cell: ElementTree.Element) -> str:
    if cell.get(f"{_CALCEXT}value-type") == "error":
        return "".join(cell.itertext()).strip() or "#错误"
    uncomputed = cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type")
    return UNCOMPUTED if uncomputed else ""


def _count(element: ElementTree.Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return max(int(text), 1) if text.isdigit() else 1
