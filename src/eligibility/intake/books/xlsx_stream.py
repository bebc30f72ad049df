"""The sheets of a large xlsx in blocks of rows: each block goes to the reader as a small workbook of its own.

So a cell means what it means in a small workbook, and of a sheet of a million rows one block is in memory. A cell that
points to a shared string gets a mark and its number in the place of the string, and the string is put back behind.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from eligibility.intake.books.reader import Book, Stretch
from eligibility.intake.books.shared_strings import SharedStrings
from eligibility.intake.books.xlsx_parts import frame, packed, sheet_part
from eligibility.intake.books.xml_blocks import NotPlainError, XmlList

DIRECT = 16 << 20
"""Bytes that a sheet or the shared strings may have when unpacked for the workbook to be read at once."""
_MARK = b"\x01s"
"""No XML may hold this character."""
_USUAL = b't="s"><v>', b't="str"><v>' + _MARK
_POINTS = re.compile(
    rb'\bt="s"([^<>]*)>(\s*(?:<(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?\s*)?<(?:\w+:)?v(?:\s[^<>/]*)?>)(?=[^<])'
)
_MARKED = re.compile(_MARK + rb"([0-9]+)</")
_NUMBER = re.compile(rb'\sr="([0-9]+)"')


def is_large(path: Path) -> bool:
    """Whether a workbook is better read in blocks. Raises what zipfile raises for a broken package."""
    with zipfile.ZipFile(path) as package:
        return any(part.file_size > DIRECT for part in package.infolist() if part.filename.endswith(".xml"))


class XlsxStream:
    """An xlsx whose sheets come in blocks."""

    def __init__(self, path: Path) -> None:
        """Look at the workbook without its sheets. Raises whatever a reader raises for a broken one."""
        self._path = path
        with zipfile.ZipFile(path) as package:
            self._frame = frame(package)
        self.book = Book(packed(self._frame))

    def can_cut(self, sheet: str) -> bool:
        """Whether the sheet and the shared strings are written so that they can be cut into blocks."""
        try:
            with zipfile.ZipFile(self._path) as package, package.open(self._part(package, sheet)) as body:
                XmlList(body, "sheetData", "row")
            return self._strings is not None
        except NotPlainError:
            return False

    def stretches(self, sheet: str) -> Iterator[Stretch]:
        """All rows of a sheet that can be cut. Raises whatever a reader raises for a broken one."""
        with zipfile.ZipFile(self._path) as package:
            part = self._part(package, sheet)
            with package.open(part) as body:
                rows, above = XmlList(body, "sheetData", "row"), 0
                for block in rows.blocks():
                    numbered, first, last = _numbered(rows, block, above)
                    marked = _marked(numbered)
                    found = Book(packed(self._frame, {part: rows.document(marked)})).filled(sheet)
                    if first <= above or (found.rows and found.row < first - 1):
                        raise ValueError("the rows are out of order")
                    if found.rows:
                        yield found._replace(rows=self._with_strings(found.rows, marked))
                    above = last

    @cached_property
    def _strings(self) -> SharedStrings:
        with zipfile.ZipFile(self._path) as package:
            return SharedStrings(package)

    def _with_strings(self, rows: Iterable[Sequence[object]], marked: bytes) -> Iterator[Sequence[object]]:
        said = set(_MARKED.findall(marked))
        strings = self._strings.these(map(int, said))
        shown = {(_MARK + number).decode(): strings[int(number)] for number in said} | {_MARK.decode(): ""}
        for row in rows:
            yield [shown.get(value, value) if isinstance(value, str) else value for value in row]

    @staticmethod
    def _part(package: zipfile.ZipFile, sheet: str) -> str:
        part = sheet_part(package, sheet)
        if part is None or part not in package.namelist():
            raise NotPlainError
        return part


def _numbered(rows: XmlList, block: bytes, above: int) -> tuple[bytes, int, int]:
    """The block, its first row numbered if it was not, and the numbers of its first and last row."""
    first = last = 0
    for tag in rows.start.findall(block):
        said = _NUMBER.search(tag)
        last = int(said[1]) if said else (last or above) + 1
        first = first or last
    at = block.find(rows.item) + len(rows.item)
    begin = rows.start.search(block)
    if begin is None or _NUMBER.search(begin[0]):
        return block, first, last
    return block[:at] + b' r="%d"' % first + block[at:], first, last


def _marked(block: bytes) -> bytes:
    """The block with a mark and the number in the place of every shared string."""
    if _MARK in block:
        raise ValueError("a character that no XML may hold")
    marked = block.replace(*_USUAL)
    if b't="s"' in marked:
        marked = _POINTS.sub(rb't="str"\1>\2' + _MARK, marked)
    if marked.count(_MARK) != len(_MARKED.findall(marked)) + marked.count(_MARK + b"</"):
        raise ValueError("the number of a shared string is none")
    return marked
