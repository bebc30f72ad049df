"""Takes one named stream out of an OLE compound file, such as the workbook of an xls."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_ENTRY = 128
_SMALL = 4096
_IN_HEADER = 109
_SECTOR = 512
_KIND, _HOLDING = 66, (2, 5)
"""Where an entry says what it is; streams, and the root with the pool of small ones, hold bytes."""


def ole_stream(path: Path, names: tuple[str, ...]) -> bytes:
    """The first of the named streams; b"" when there is none.

    Raises:
        ValueError, struct.error: the file is no whole compound file.

    """
    file = _Compound(path.read_bytes())
    return next((content for name in names if (content := file.stream(name)) is not None), b"")


class _Compound:
    """The sectors of a compound file and their chains (MS-CFB 2).

    A count or a length that the file is too short for is refused: the reader of workbooks makes room for what is stated,
    and memory that cannot be had ends the whole program.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
        self._mini_size = 1 << min(struct.unpack_from("<H", data, 32)[0], 16)
        directory, _, _, mini, minis, further, furthers = struct.unpack_from("<IIIIIII", data, 48)
        self._check_fits(self._size * max(*struct.unpack_from("<II", data, 40), minis, furthers))
        self._fat = self._numbers(chain(struct.unpack_from(f"<{_IN_HEADER}I", data, 76), self._further(further)))
        self._mini_fat = self._numbers(self._chain(mini))
        entries = self._chained(directory)
        self._entries = [entries[at : at + _ENTRY] for at in range(0, len(entries) - _ENTRY + 1, _ENTRY)]
        for entry in self._entries:
            if entry[_KIND] in _HOLDING:
                self._check_fits(struct.unpack_from("<I" if self._size == _SECTOR else "<Q", entry, 120)[0])

    def _check_fits(self, stated: int) -> None:
        if stated > len(self._data):
            raise ValueError("more is stated than the file holds")

    def stream(self, name: str) -> bytes | None:
        """The content of the stream; None when there is none of that name."""
        for entry in self._entries:
            length = struct.unpack_from("<H", entry, 64)[0]
            if entry[: max(length - 2, 0)].decode("utf-16-le", "replace").lower() == name.lower():
                start, size = struct.unpack_from("<II", entry, 116)
                return self._small(start, size) if size < _SMALL else self._chained(start)[:size]
        return None

    def _small(self, start: int, size: int) -> bytes:
        pool = self._chained(struct.unpack_from("<I", self._entries[0], 116)[0])
        step, parts, seen = self._mini_size, [], 0
        while start < _END and seen <= len(self._mini_fat):
            parts.append(pool[start * step : (start + 1) * step])
            start, seen = self._mini_fat[start], seen + 1
        return b"".join(parts)[:size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _numbers(self, sectors: Iterable[int]) -> list[int]:
        body = b"".join(self._sector(number) for number in sectors if number < _END)
        return list(struct.unpack(f"<{len(body) // 4}I", body[: len(body) // 4 * 4]))

    def _further(self, sector: int) -> list[int]:
        found: list[int] = []
        while sector < _END and len(found) < len(self._data) // self._size:
            numbers = self._numbers([sector])
            if not numbers:
                raise ValueError("sector beyond the end")
            found += numbers[:-1]
            sector = numbers[-1]
        return found

    def _chain(self, start: int) -> list[int]:
        sectors: list[int] = []
        while start < _END:
            if start >= len(self._fat) or len(sectors) > len(self._fat):
                raise ValueError("chain of sectors is broken")
            sectors.append(start)
            start = self._fat[start]
        return sectors

    def _chained(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(start))
