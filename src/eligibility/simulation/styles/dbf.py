"""Writes dBase III files as map programs keep their attributes: fixed-width records, text in GBK.

Source: the dBase III file format; code page mark 0x4D stands for GBK.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

_DAY = (116, 6, 30)  # of the last change, years from 1900: a fixed one keeps the bytes the same
_GBK = 0x4D


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name (at most 10 ASCII characters), how many bytes, and how many decimals (None: text)."""

    name: str
    size: int
    decimals: int | None = None

    def packed(self, value: object) -> bytes:
        """Return the value in the bytes of this field.

        Raises ValueError where it is longer: nothing is cut.
        """
        if self.decimals is None:
            raw = ("" if value is None else str(value)).encode("gbk").ljust(self.size)
        else:
            raw = ("" if value is None else f"{Decimal(str(value)):.{self.decimals}f}").encode().rjust(self.size)
        if len(raw) > self.size:
            raise ValueError(f"{self.name}: {len(raw)} > {self.size}")
        return raw


def write_dbf(path: Path, fields: Sequence[Field], rows: Sequence[Sequence[object]]) -> None:
    """Write rows, and beside them the .cpg file that names the code page.

    Raises ValueError where a value is longer than its field.
    """
    size = 1 + sum(field.size for field in fields)
    with path.open("wb") as stream:
        stream.write(struct.pack("<4BIHH17xB2x", 3, *_DAY, len(rows), 33 + 32 * len(fields), size, _GBK))
        for field in fields:
            kind = b"C" if field.decimals is None else b"N"
            name = field.name.encode("ascii")
            stream.write(struct.pack("<11sc4xBB14x", name, kind, field.size, field.decimals or 0))
        stream.write(b"\r")
        for row in rows:
            stream.write(b" " + b"".join(field.packed(value) for field, value in zip(fields, row, strict=True)))
        stream.write(b"\x1a")
    path.with_suffix(".cpg").write_text("GBK", encoding="ascii")
