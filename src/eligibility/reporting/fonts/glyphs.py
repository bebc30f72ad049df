"""Which characters a font file can print: the `cmap` table of TrueType and OpenType, formats 4 and 12.

Source: OpenType specification, chapter cmap. A name printed as empty boxes is a wrong name, so it must be noticed.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from struct import unpack_from

_COLLECTION = b"ttcf"


@cache
def characters(font: Path) -> frozenset[int]:
    """Code points that the font (of a collection: its first) has a glyph for; none if the file is no font.

    >>> from eligibility.reporting.fonts import chinese_font
    >>> ord("龚") in characters(chinese_font())
    True
    """
    data = font.read_bytes()
    try:
        start = unpack_from(">L", data, 12)[0] if data[:4] == _COLLECTION else 0
        return frozenset(_mapped(data, _table(data, start)))
    except (IndexError, ValueError, OSError, struct.error):
        return frozenset()


def _table(data: bytes, start: int) -> int:
    """Where the table `cmap` begins."""
    count = unpack_from(">H", data, start + 4)[0]
    for record in range(start + 12, start + 12 + 16 * count, 16):
        if data[record : record + 4] == b"cmap":
            return int(unpack_from(">L", data, record + 8)[0])
    raise ValueError("no cmap")


def _mapped(data: bytes, cmap: int) -> set[int]:
    found: set[int] = set()
    for number in range(unpack_from(">H", data, cmap + 2)[0]):
        platform, _, offset = unpack_from(">HHL", data, cmap + 4 + 8 * number)
        part = cmap + offset
        form = unpack_from(">H", data, part)[0]
        if platform in (0, 3) and form in (4, 12):
            found |= _format_12(data, part) if form == 12 else _format_4(data, part)
    return found


def _format_12(data: bytes, part: int) -> set[int]:
    groups = unpack_from(">L", data, part + 12)[0]
    spans = (unpack_from(">LL", data, part + 16 + 12 * group) for group in range(groups))
    return {code for first, last in spans for code in range(first, last + 1)}


def _format_4(data: bytes, part: int) -> set[int]:
    """Segments of code points; a glyph number of 0 means "none"."""
    count = unpack_from(">H", data, part + 6)[0] // 2
    ends, starts = part + 14, part + 16 + 2 * count
    found = set()
    for segment in range(count):
        last, first = unpack_from(">H", data, ends + 2 * segment)[0], unpack_from(">H", data, starts + 2 * segment)[0]
        delta = unpack_from(">H", data, starts + 2 * count + 2 * segment)[0]
        where = starts + 4 * count + 2 * segment
        jump = unpack_from(">H", data, where)[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code if not jump else unpack_from(">H", data, where + jump + 2 * (code - first))[0]
            if glyph and (glyph + delta) % 65536:
                found.add(code)
    return found
