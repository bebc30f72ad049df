"""A csv file in blocks: one whose rows are all regular is taken by columns, and never apart cell by cell.

A block is regular when no quote, lone carriage return or NUL stands in it and each of its rows has as many cells as the
header: then its lines are its rows, and every reader of csv agrees about its cells. Any other block is read row by row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
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
            text = block.decode(encoding)
            columns = _columns(text, delimiter, width)
            rows = _rows(text, delimiter, number) if columns is None else []
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


def _columns(text: str, delimiter: str, width: int) -> pa.Table | None:
    """The cells of a regular block by column; None of any other."""
    if '"' in text or "\0" in text or text.count("\r") != text.count("\r\n"):
        return None
    names = [str(index) for index in range(width)]
    bytes_of_text = text.encode()
    try:
        return arrow_csv.read_csv(
            pa.py_buffer(bytes_of_text),
            arrow_csv.ReadOptions(column_names=names, block_size=len(bytes_of_text) + 1, use_threads=False),
            arrow_csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None


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
