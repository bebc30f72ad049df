"""Reads a csv file as rows of text: strict about its encoding, tolerant of everything inside a cell."""

from __future__ import annotations

import codecs
import csv
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from eligibility.intake.files.csv_blocks import MOST_LINES, csv_blocks
from eligibility.intake.files.grid import HEADER_WITHIN, Grid, Row, Stretch, Writing
from eligibility.intake.notices import refuse
from eligibility.model.diagnostic import Bilingual, SourceLocation

UTF_16 = "utf-16"
_BLOCK = 1 << 20
_LONGEST_LINE = 1 << 16
_DELIMITERS = (",", "\t", ";", "|")
_FEWEST_SIGNS = 2
_END = "\x04结束\x04"
"""A line put behind the last one: when it does not come out as a record of its own, a quote was left open."""


def read_csv(path: Path, name: str = "") -> Grid:
    """The file as a grid; InputError when it is in none of UTF-8 (with or without BOM), GB18030 and marked UTF-16.

    A file that ends in .tsv, or under the name of a workbook is no workbook, has tabs between its cells; where its first
    lines have none of the sign that is expected, but another one, that one stands between the cells.
    """
    name = name or path.name
    encoding = encoding_of(path, name)
    delimiter = _delimiter(path, encoding)

    def stretches(width: int) -> Iterator[Stretch]:
        return csv_blocks(
            path, encoding, delimiter, width, lambda lines, above: _records(lines, delimiter, name, above)
        )

    rows = _rows(path, encoding, delimiter, name)
    if encoding == UTF_16:  # a line feed is no byte of its own there
        return Grid(path, "", rows, counted_cells=True, name=name)
    writing = Writing(encoding, delimiter)
    return Grid(path, "", rows, counted_cells=True, name=name, stretches=stretches, writing=writing)


def encoding_of(path: Path, name: str) -> str:
    """The encoding of the file; InputError when it is in none that is read."""
    with path.open("rb") as file:
        mark = file.read(3)
    if mark[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        candidates: tuple[str, ...] = (UTF_16,)
    else:
        candidates = ("utf-8-sig",) if mark == codecs.BOM_UTF8 else ("utf-8", "gb18030")
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise refuse(
        "undecodable",
        SourceLocation(name),
        Bilingual("文字编码既不是 UTF-8、GB18030，也不是 UTF-16", "the text is neither UTF-8 nor GB18030 nor UTF-16"),
        Bilingual("另存为 UTF-8 编码的 csv", "save it as csv in UTF-8"),
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _rows(path: Path, encoding: str, delimiter: str, name: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        yield from _records(file, delimiter, name, 0)


def _records(lines_of_text: Iterable[str], delimiter: str, name: str, number: int) -> Iterator[Row]:
    """The rows of the lines to the end of a file; `number` is that of the row before them."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(_with_end(lines_of_text), delimiter=delimiter)
    lines = 0
    for cells in reader:
        number += 1
        if reader.line_num - lines > MOST_LINES:
            raise _open_quote(name, number)
        lines = reader.line_num
        if cells == [_END]:
            return
        yield number, cells
    raise _open_quote(name, number)


def _delimiter(path: Path, encoding: str) -> str:
    """What stands between the cells: a comma in a .csv, else a tab, unless the first lines have another sign only."""
    usual = "," if path.suffix.lower() == ".csv" else "\t"
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for line in islice(iter(lambda: file.readline(_LONGEST_LINE), ""), HEADER_WITHIN) if line.strip()]
    if any(usual in line for line in lines):
        return usual
    most = {sign: max((line.count(sign) for line in lines), default=0) for sign in _DELIMITERS}
    likely = max(most, key=lambda sign: most[sign])
    return likely if most[likely] >= _FEWEST_SIGNS else usual


def _with_end(file: Iterable[str]) -> Iterator[str]:
    last = "\n"
    for last in file:
        yield last
    if not last.endswith(("\n", "\r")):
        yield "\n"
    yield _END + "\n"


def _open_quote(name: str, row: int) -> Exception:
    return refuse(
        "broken_file",
        SourceLocation(name, row=row),
        Bilingual(
            "引号没有成对，其后的行会被并入一个单元格", "a quote is left open and would swallow the rows behind it"
        ),
        Bilingual("补上或删去该行的引号", "close or remove the quote in that row"),
    )
