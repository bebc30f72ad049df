"""Many vectors of marks in columns of small numbers: 0 open, 1 proven, 2 refuted, as in the packed keys of a profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from eligibility.domain.mark import Mark

Codes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

WORDS = ("open", "proven", "refuted")
OPEN, PROVEN, REFUTED = 0, 1, 2
MARKS = (Mark.OPEN, Mark.PROVEN, Mark.REFUTED)
_TOGETHER = 39
"""Columns of three values that fit one whole number of 64 bits."""


def distinct(columns: Sequence[Codes], size: int) -> tuple[list[tuple[int, ...]], Places]:
    """The different rows of the columns (values 0 to 2), and for each of `size` rows which of them it is."""
    if not columns:
        return [()], np.zeros(size, np.intp)
    if len(columns) > _TOGETHER:
        rows, places = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
        return [tuple(map(int, row)) for row in rows], places.reshape(-1)
    packed = np.zeros(size, np.int64)
    for column in columns:
        packed = packed * 3 + column
    _, first, places = np.unique(packed, return_index=True, return_inverse=True)
    return list(zip(*(column[first].tolist() for column in columns), strict=True)), places.reshape(-1)


def listed(size: int, codes: Mapping[str, Flags]) -> pa.Array:
    """For each of `size` rows the codes whose flag is set, in the order given, joined by `;`."""
    parts = [
        pc.if_else(pa.array(flags), pa.scalar(code, pa.string()), pa.scalar(None, pa.string()))
        for code, flags in codes.items()
    ]
    return joined(size, parts)


def joined(size: int, parts: Sequence[pa.Array]) -> pa.Array:
    """Texts of each row joined by `;`, leaving out those that are null."""
    # a row in which every part is null would be left out of the result (pyarrow 26), so one part is never null
    begin = pa.array([""] * size, pa.string())
    return pc.utf8_ltrim(pc.binary_join_element_wise(begin, *parts, ";", null_handling="skip"), characters=";")
