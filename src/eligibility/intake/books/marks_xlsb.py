"""Marks of the sheets of an xlsb package: error cells, hidden rows, merged cells and extent, from its records."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from eligibility.intake.books.sheet_marks import ERRORS, Marks

_ROW, _CELL_ERROR, _FORMULA_ERROR, _MERGE, _BOOK, _SHEET = 0, 3, 11, 176, 153, 156
_CELLS = range(2, 12)
_HIDDEN = 0x10
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def xlsb_marks(path: Path, sheet: str, index: int) -> Marks:  # noqa: ARG001 (the other kinds go by the index)
    """The marks of a sheet. Raises what zipfile raises for a broken package, struct.error for a broken record."""
    marks, row, hidden = Marks(), 0, set[int]()
    with zipfile.ZipFile(path) as package:
        part = _part(package, sheet)
        body = package.read(part) if part in package.namelist() else b""
    for record, content in _records(body):
        if record == _ROW:
            row = struct.unpack_from("<I", content)[0]
            if content[11] & _HIDDEN:
                hidden.add(row + 1)
        elif record in _CELLS:
            column = struct.unpack_from("<I", content)[0]
            marks.reach(row, column)
            if record in (_CELL_ERROR, _FORMULA_ERROR):
                marks.errors[row, column] = ERRORS.get(content[8], "#错误")
            if row + 1 in hidden and row + 1 not in marks.hidden[-1:]:
                marks.hidden.append(row + 1)
        elif record == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", content)
            marks.merges.append(((top, left), (bottom, right)))
    return marks


def xlsb_dates_from_1904(path: Path) -> bool:
    """Whether serial numbers of days count from 1904, as old Macintosh workbooks do."""
    with zipfile.ZipFile(path) as package:
        return any(record == _BOOK and body[0] & 1 for record, body in _records(package.read("xl/workbook.bin")))


def _part(package: zipfile.ZipFile, sheet: str) -> str:
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.bin.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter(f"{_PACKAGE}Relationship")}
    for record, body in _records(package.read("xl/workbook.bin")):
        if record == _SHEET:
            link, behind = _text(body, 8)
            if _text(body, behind)[0] == sheet:
                target = targets.get(link, "")
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _text(body: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", body, at)[0]
    return body[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace"), at + 4 + 2 * length


def _records(body: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(body):
        record, at = _varying(body, at, 2)
        length, at = _varying(body, at, 4)
        yield record, body[at : at + length]
        at += length


def _varying(body: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first; and where it ends."""
    value = 0
    for step in range(most):
        byte = body[at + step] if at + step < len(body) else 0
        value |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            return value, at + step + 1
    return value, at + most
