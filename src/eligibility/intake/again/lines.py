"""A csv file as its lines, byte for byte, where each line is a row: what two readings of a file are compared by."""

from __future__ import annotations

import csv
from mmap import ACCESS_READ, mmap
from pathlib import Path

import numpy as np
import pyarrow as pa

from eligibility.intake.files.grid import Writing

_BLOCK = 1 << 24
_QUOTED = 20_000
"""Lines with a quote that are looked at one by one; of more, the file is read as if it were new."""
_FEED, _RETURN, _QUOTE = b"\n"[0], b"\r"[0], b'"'[0]
_END = "\x04"


def lines_of(path: Path, writing: Writing) -> pa.Table | None:
    """The lines: their rows from 1, and their bytes with the line feed. None where a line may be no row, or several.

    That is where a quote stays open beyond its line, or a carriage return stands alone.
    """
    if not path.stat().st_size:
        return None
    with path.open("rb") as file:
        held = mmap(file.fileno(), 0, access=ACCESS_READ)
    data = np.frombuffer(held, np.uint8)
    ends = _places(data, _FEED) + 1
    if not ends.size or ends[-1] != data.size:
        ends = np.append(ends, data.size)
    if (held.find(b"\r") >= 0 and _lone_returns(data)) or (held.find(b'"') >= 0 and not _closed(data, ends, writing)):
        return None
    offsets = np.concatenate(([0], ends)).astype(np.int64)
    texts = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), ends.size, [None, pa.py_buffer(offsets), pa.py_buffer(held)]
    )
    return pa.table({"row": pa.array(np.arange(1, ends.size + 1, dtype=np.int32)), "line": texts})


def row_of(line: bytes, writing: Writing) -> list[str]:
    """The cells of one line."""
    text = line.decode(writing.encoding)
    return next(csv.reader([text], delimiter=writing.delimiter), [])


def _places(data: np.ndarray, byte: int) -> np.ndarray:
    """Where the byte stands, found in blocks, so that no copy of the file is held."""
    found = [np.flatnonzero(data[at : at + _BLOCK] == byte) + at for at in range(0, data.size, _BLOCK)]
    return np.concatenate(found)


def _lone_returns(data: np.ndarray) -> bool:
    places = _places(data, _RETURN)
    if not places.size:
        return False
    return bool(places[-1] == data.size - 1 or (data[places + 1] != _FEED).any())


def _closed(data: np.ndarray, ends: np.ndarray, writing: Writing) -> bool:
    """Whether every line with a quote is a whole row of its own."""
    quoted = np.unique(np.searchsorted(ends, _places(data, _QUOTE), side="right"))
    if quoted.size > _QUOTED:
        return False
    begins = np.where(quoted > 0, ends[quoted - 1], 0)
    return all(
        _is_row(data[begin:end].tobytes().decode(writing.encoding), writing)
        for begin, end in zip(begins.tolist(), ends[quoted].tolist(), strict=True)
    )


def _is_row(line: str, writing: Writing) -> bool:
    """A line put behind it comes out as a record of its own."""
    return list(csv.reader([line.rstrip("\r\n") + "\n", _END], delimiter=writing.delimiter))[1:] == [[_END]]
