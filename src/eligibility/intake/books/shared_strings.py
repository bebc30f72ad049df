"""The shared strings of a large workbook, laid aside in a file of their own, so that a block of rows asks for its few."""

from __future__ import annotations

import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, groupby
from tempfile import SpooledTemporaryFile
from weakref import finalize

import pyarrow as pa

from eligibility.intake.books.reader import Book, text
from eligibility.intake.books.xlsx_parts import STRINGS, packed
from eligibility.intake.books.xml_blocks import XmlList

_IN_MEMORY = 32 << 20
_SCHEMA = pa.schema([("text", pa.string())])
_SHEET = "眼"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_LINK = '<Relationship Id="r1" Type="{}" Target="{}"/>'
_FRAME = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": _LINKS.format(_LINK.format(f"{_OFFICE}/officeDocument", "xl/workbook.xml")),
    "xl/_rels/workbook.xml.rels": _LINKS.format(_LINK.format(f"{_OFFICE}/worksheet", "worksheets/sheet1.xml")),
    "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
    f'<sheet name="{_SHEET}" sheetId="1" r:id="r1"/></sheets></workbook>',
}
"""A workbook of one sheet, in which each row asks for one shared string: so the reader itself says what they are."""


class SharedStrings:
    """Strings by number. At most some 32 MiB of them are in memory, the rest in a nameless temporary file."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        """Lay the strings of a package aside. ValueError when they cannot be read."""
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (it lives as long as the strings)
        finalize(self, self._file.close)
        lengths = []
        with pa.ipc.new_file(pa.PythonFile(self._file, "w"), _SCHEMA) as out:
            for strings in _read(package) if STRINGS in package.namelist() else ():
                out.write_batch(pa.record_batch([pa.array(strings, pa.string())], schema=_SCHEMA))
                lengths.append(len(strings))
        self._firsts = list(accumulate(lengths, initial=0))
        self._batches = pa.ipc.open_file(pa.PythonFile(self._file, "r"))

    def these(self, numbers: Iterable[int]) -> Mapping[int, str]:
        """The strings of these numbers. ValueError when there are not so many."""
        found: dict[int, str] = {}
        for batch, some in groupby(sorted(numbers), lambda number: bisect_right(self._firsts, number) - 1):
            if not 0 <= batch < len(self._firsts) - 1:
                raise ValueError("no shared string has such a number")
            asked = list(some)
            places = pa.array([number - self._firsts[batch] for number in asked], pa.int64())
            texts = self._batches.get_batch(batch).column(0).take(places)
            found.update(zip(asked, texts.to_pylist(), strict=True))
        return found


def _read(package: zipfile.ZipFile) -> Iterator[list[str]]:
    """All strings in order, in blocks."""
    frame = {name: part.encode() for name, part in _FRAME.items()}
    with package.open(STRINGS) as body:
        items = XmlList(body, "sst", "si")
        for block in items.blocks():
            count = len(items.start.findall(block))
            cells = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in range(count))
            sheet = f"<worksheet {_MAIN}><sheetData>{cells}</sheetData></worksheet>".encode()
            asked = {STRINGS: items.document(block), "xl/worksheets/sheet1.xml": sheet}
            found = Book(packed(frame, asked)).filled(_SHEET)
            strings = [text(row[0]) for row in found.rows]
            if len(strings) != count:
                raise ValueError("a shared string is missing")
            yield strings
