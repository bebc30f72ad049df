"""Marks of the sheets of an xls (BIFF8): error cells, hidden rows and the epoch of its dates, from its records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from eligibility.intake.books.ole_stream import ole_stream
from eligibility.intake.books.sheet_marks import ERRORS, Marks

_EOF, _FORMULA, _DATE_MODE, _BOUND_SHEET, _BOOL_ERR, _ROW = 0x0A, 0x06, 0x22, 0x85, 0x205, 0x208
_FILE_PASS = 0x2F
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
        elif record in (_FORMULA, _BOOL_ERR, 0xFD, 0x203, 0x27E, 0xBD, 0x204):
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


def xls_locked(path: Path) -> bool:
    """Whether the workbook is encrypted: its records stand there, but their content is unreadable."""
    return any(record == _FILE_PASS for record, _ in _records(_workbook(path), 0))


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
