"""A csv file in blocks: one whose rows are all regular is taken by columns, and never apart cell by cell.

A block is regular when no lone carriage return or NUL stands in it, quotes only around whole cells of one line, and each of its
rows has as many cells as the header: then its lines are its rows, and every reader of csv agrees about its cells. Any other block is read row by row.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv

from eligibility.intake.files.grid import Columns, Row, Stretch

MOST_LINES = 200
"""Lines that one record may span; beyond it a stray quote has swallowed rows."""

_BLOCK = 1 << 21
_END = "\x04"
"""A line put behind a block: when it does not come out as a record of its own, a quote was left open."""

Reader = Callable[[Iterable[str], int], Iterator[Row]]
"""Lines and the number of the row before them → their rows, to the end of the file."""


def csv_blocks(path: Path, encoding: str, delimiter: str, width: int, read: Reader) -> Iterator[Stretch]:
    """All rows of the file, in order; `width` is the number of cells of its header."""
    number, begin = 0, 0
    with path.open("rb") as file:
        for block in _blocks(file):
            columns = _columns(_in_utf8(block, encoding), delimiter, width)
            rows = _rows(block.decode(encoding), delimiter, number) if columns is None else []
            if rows is None:
                # a quoted cell runs on beyond the block: what is left of the file is read row by row
                file.seek(begin)
                yield read(io.TextIOWrapper(file, encoding, newline=""), number)
                return
            yield iter(rows) if columns is None else Columns(number + 1, columns)
            number += len(rows) if columns is None else columns.num_rows
            begin += len(block)
            encoding = encoding.removesuffix("-sig")


def _blocks(file: io.BufferedReader) -> Iterator[bytes]:
    """The file in whole lines; a line ends with a line feed in every encoding that is read."""
    rest = b""
    while block := file.read(_BLOCK):
        end = block.rfind(b"\n") + 1
        if end:
            yield rest + block[:end]
            rest = b""
        rest += block[end:]
    if rest:
        yield rest


def _in_utf8(block: bytes, encoding: str) -> bytes:
    """The block as UTF-8 without a mark; the file is known to be in its encoding."""
    if encoding == "utf-8":
        return block
    return block.removeprefix(BOM_UTF8) if encoding == "utf-8-sig" else block.decode(encoding).encode()


def _columns(text: bytes, delimiter: str, width: int) -> pa.Table | None:
    """The cells of a regular block by column; None of any other."""
    quoted = b'"' in text
    if b"\0" in text or text.count(b"\r") != text.count(b"\r\n") or (quoted and not _plainly_quoted(text, delimiter)):
        return None
    names = [str(index) for index in range(width)]
    try:
        return arrow_csv.read_csv(
            pa.py_buffer(text),
            arrow_csv.ReadOptions(column_names=names, block_size=len(text) + 1, use_threads=False),
            arrow_csv.ParseOptions(delimiter=delimiter, quote_char='"' if quoted else False, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None


def _plainly_quoted(text: bytes, delimiter: str) -> bool:
    """Whether each line with a quote is a whole row, in which quotes stand around cells, and doubled within them."""
    row = _quoted_row(delimiter)
    at = text.find(b'"')
    while at >= 0:
        end = text.find(b"\n", at) + 1 or len(text)
        if not row.fullmatch(text, text.rfind(b"\n", 0, at) + 1, end):
            return False
        at = text.find(b'"', end)
    return True


@cache
def _quoted_row(delimiter: str) -> re.Pattern[bytes]:
    cell = rf'(?:"(?:[^"\r\n]|"")*+"|[^"{delimiter}\r\n]*+)'
    return re.compile(rf"{cell}(?:{delimiter}{cell})*+\r?\n?".encode())


def _rows(text: str, delimiter: str, number: int) -> list[Row] | None:
    """The rows of a block behind which no quote is left open; None where one is."""
    ended = text if text.endswith(("\n", "\r")) else text + "\n"
    reader = csv.reader(io.StringIO(ended + _END, newline=""), delimiter=delimiter)
    rows, lines = [], 0
    for cells in reader:
        if reader.line_num - lines > MOST_LINES:
            return None
        lines = reader.line_num
        rows.append(cells)
    return list(enumerate(rows[:-1], number + 1)) if rows[-1] == [_END] else None
