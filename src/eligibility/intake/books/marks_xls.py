"""Marks of the sheets of an xls (BIFF8): error cells, hidden rows and the epoch of its dates, from its records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from eligibility.intake.books.ole_stream import ole_stream
from eligibility.intake.books.reader import PasswordError
from eligibility.intake.books.sheet_marks import ERRORS, Marks

_EOF, _FORMULA, _DATE_MODE, _BOUND_SHEET, _BOOL_ERR, _ROW = 0x0A, 0x06, 0x22, 0x85, 0x205, 0x208
_CELLS = frozenset({_FORMULA, _BOOL_ERR, 0xFD, 0x203, 0x27E, 0xBD, 0x204})
_FILE_PASS = 0x2F
_EXTENT, _LONG_EXTENT, _ROWS, _COLUMNS = 0x200, 14, 1 << 16, 1 << 8
_SHARED_TEXTS, _LEAST_TEXT = 0xFC, 3
_WORKSHEET = 0
_HIDDEN = 0x20


def xls_marks(path: Path, sheet: str, index: int) -> Marks:  # noqa: ARG001 (names may be in any code page)
    """The marks of the worksheet of that index. Raises ValueError or struct.error for a broken file."""
    stream = _workbook(path)
    begins = [
        struct.unpack_from("<I", body)[0]
        for record, body in _records(stream, 0)
        if record == _BOUND_SHEET and body[5] == _WORKSHEET
    ]
    marks, filled = Marks(), set[int]()
    if index >= len(begins):
        return marks
    hidden = []
    for record, body in _records(stream, begins[index]):
        if record == _ROW and body[12] & _HIDDEN:
            hidden.append(struct.unpack_from("<H", body)[0])
        elif record in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            filled.add(row)
            code = _error(record, body)
            if code is not None:
                marks.errors[row, column] = ERRORS.get(code, "#错误")
    marks.hidden = [row + 1 for row in hidden if row in filled]
    return marks


def xls_dates_from_1904(path: Path) -> bool:
    """Whether serial numbers of days count from 1904, as old Macintosh workbooks do."""
    return any(record == _DATE_MODE and body[:1] == b"\1" for record, body in _records(_workbook(path), 0))


def check_xls(path: Path) -> None:
    """Look at a workbook before it goes to the reader.

    Raises:
        PasswordError: it is encrypted: its records stand there, but their content is unreadable.
        ValueError: a sheet states an extent or a place, or the workbook a number of texts, that cannot be. The reader
            makes room for what is stated, and memory that cannot be had ends the whole program.

    """
    stream = _workbook(path)
    if any(record == _FILE_PASS for record, _ in _records(stream, 0)):
        raise PasswordError
    for record, body in _records(stream, 0):
        if record == _SHARED_TEXTS and struct.unpack_from("<I", body, 4)[0] * _LEAST_TEXT > len(stream):
            raise ValueError("more texts are stated than the workbook holds")
        if record == _BOUND_SHEET:
            for inner, content in _records(stream, struct.unpack_from("<I", body)[0]):
                if inner == _EXTENT:
                    _check_extent(content)
                elif inner in _CELLS and struct.unpack_from("<H", content, 2)[0] >= _COLUMNS:
                    raise ValueError("a cell stands beyond the last column of an xls")


def _check_extent(body: bytes) -> None:
    first, end, left, right = struct.unpack_from("<IIHH" if len(body) >= _LONG_EXTENT else "<HHHH", body)
    if end > _ROWS or right > _COLUMNS or (end and right and (first >= end or left >= right)):
        raise ValueError("the extent of a sheet ends before it begins, or beyond what an xls can hold")


def _workbook(path: Path) -> bytes:
    return ole_stream(path, ("Workbook", "Book"))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, up to its end."""
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        if record == _EOF:
            return
        yield record, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _error(record: int, body: bytes) -> int | None:
    if record == _BOOL_ERR and body[7]:
        return body[6]
    if record == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
        return body[8]
    return None
