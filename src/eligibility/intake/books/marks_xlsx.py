"""Marks of the sheets of an xlsx package, read as a stream: a sheet may have a GiB of XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from eligibility.intake.books.sheet_marks import UNCOMPUTED, Marks, Place
from eligibility.intake.books.xlsx_parts import local, sheet_part
from eligibility.intake.books.xml_blocks import is_plain

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^/>])?>(?!</(?:\w+:)?c>)')
_WIDE = re.compile(rb'r="[A-Z]{2,3}[0-9]')
_ROW = re.compile(rb'<(?:\w+:)?row\s(?:[^>]*?\s)?r="([0-9]{1,7})"')
_UNNUMBERED = re.compile(rb'<(?:\w+:)?row(?:\s(?![^>]*\br=")[^>]*)?>')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^>]*hidden="(?:1|true)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_1904 = re.compile(rb'date1904="(?:1|true)"')
_CHUNK = 4 << 20
_TAIL = 1 << 10
_NARROW = 26


def xlsx_marks(path: Path, sheet: str, index: int) -> Marks:  # noqa: ARG001 (the other kinds go by the index)
    """The marks of a sheet. Raises what zipfile and ElementTree raise for a broken file."""
    marks = Marks()
    with zipfile.ZipFile(path) as package:
        part = sheet_part(package, sheet)
        if part is None or part not in package.namelist():
            return marks
        if _scan(package, part, marks):
            with package.open(part) as body:
                number = 0
                for element in _elements(body):
                    # a row without a number is the next one
                    number = int(said) if (said := element.get("r", "")).isdigit() else number + 1
                    _mark(element, number, marks)
    return marks


def xlsx_dates_from_1904(path: Path) -> bool:
    """Whether serial numbers of days count from 1904, as old Macintosh workbooks do."""
    with zipfile.ZipFile(path) as package:
        return "xl/workbook.xml" in package.namelist() and bool(_1904.search(package.read("xl/workbook.xml")))


def _scan(package: zipfile.ZipFile, part: str, marks: Marks) -> bool:
    """Find the extent without parsing; whether there is anything that only parsing tells."""
    telling = False
    rows, unnumbered, wide = 0, 0, False
    for chunk in _chunks(package, part):
        if b"<!ENTITY" in chunk or b"<!DOCTYPE" in chunk:
            raise ValueError("an honest sheet declares no entities")
        marks.plain = marks.plain and is_plain(chunk)
        marks.merges += [_corners(*found) for found in _MERGE.findall(chunk)] if b"mergeCell " in chunk else []
        telling = telling or b't="e"' in chunk or b"<f" in chunk or bool(_HIDDEN.search(chunk))
        wide = wide or bool(_WIDE.search(chunk))
        rows = max(rows, *map(int, _ROW.findall(chunk)), 0)
        unnumbered += len(_UNNUMBERED.findall(chunk))
    marks.merges = list(dict.fromkeys(marks.merges))  # a chunk overlaps the one before
    marks.extent = (max(rows, unnumbered), _NARROW)
    if wide:
        marks.extent = (0, 0)
        for chunk in _chunks(package, part):
            for letters, row in _CELL.findall(chunk):
                marks.reach(*_index(letters.decode(), row))
    return telling


def _corners(left: bytes, top: bytes, right: bytes, bottom: bytes) -> tuple[Place, Place]:
    return _index(left.decode(), top), _index(right.decode(), bottom)


def _chunks(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that overlap, so that no tag is cut in two unseen."""
    tail = b""
    with package.open(part) as body:
        while block := body.read(_CHUNK):
            yield tail + block
            tail = block[-_TAIL:]


def _elements(body: IO[bytes]) -> Iterator[ElementTree.Element]:
    """Rows as they close; nothing of them is kept behind us."""
    above: list[ElementTree.Element] = []
    for event, element in ElementTree.iterparse(body, events=("start", "end")):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if local(element.tag) == "row":
            yield element
            above[-1].clear()


def _mark(row: ElementTree.Element, number: int, marks: Marks) -> None:
    """Marks of one row, the `number`-th from 1; cells without a reference stand behind the cell before them."""
    if row.get("hidden") in ("1", "true") and len(row):
        marks.hidden.append(number)
    column = -1
    for cell in row:
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _index(place[1], place[2])[1] if place else column + 1
        if cell.get("t") == "e":
            marks.errors[number - 1, column] = _child(cell, "v") or "#错误"
        elif _child(cell, "f") is not None and not _child(cell, "v") and cell.get("t") != "str":
            marks.errors[number - 1, column] = UNCOMPUTED


def _child(cell: ElementTree.Element, name: str) -> str | None:
    """The text of a child; None when there is no such child."""
    return next((child.text or "" for child in cell if local(child.tag) == name), None)


def _index(letters: str, row: str | bytes) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row) - 1, column - 1
