"""Finds cells that hold an Excel error (#N/A, #REF!): the reader gives them as blank, and a blank may mean "no"."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_UNCOMPUTED = "#公式未计算"


def error_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """The error, or a mark for a formula without a value, at each (row, column), both from 0.

    Raises what zipfile and ElementTree raise for a broken file.
    """
    with zipfile.ZipFile(path) as package:
        part = _part(package, sheet)
        if part is None or part not in package.namelist():
            return {}
        body = package.read(part)
    if b't="e"' not in body and b"<f" not in body:
        return {}
    return dict(_errors(body))


def _part(package: zipfile.ZipFile, sheet: str) -> str | None:
    if "xl/workbook.xml" not in package.namelist() or "xl/_rels/workbook.xml.rels" not in package.namelist():
        return None
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter(f"{_PACKAGE}Relationship")}
    for entry in book.iter(f"{_MAIN}sheet"):
        target = targets.get(entry.get(_RELATION))
        if entry.get("name") == sheet and target:
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _errors(body: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in ElementTree.fromstring(body).iter(f"{_MAIN}c"):
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        value = cell.findtext(f"{_MAIN}v")
        if place is None:
            continue
        if cell.get("t") == "e":
            yield _index(place[1], place[2]), value or "#错误"
        elif cell.find(f"{_MAIN}f") is not None and not value and cell.get("t") != "str":
            yield _index(place[1], place[2]), _UNCOMPUTED


def _index(letters: str, row: str) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row) - 1, column - 1
