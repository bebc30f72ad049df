"""Condition vectors as columns of small integers: 0 open, 1 proven, 2 refuted, as in the packed keys of a profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from eligibility.model.truth import Truth

Codes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
RowNumbers = npt.NDArray[np.intp]

WORDS = ("open", "proven", "refuted")
OPEN, PROVEN, REFUTED = 0, 1, 2
MARKS = (Truth.OPEN, Truth.PROVEN, Truth.REFUTED)
_MAX_PACKED = 39
"""Number of three-valued columns that fit into one 64-bit integer."""


def distinct(columns: Sequence[Codes], size: int) -> tuple[list[tuple[int, ...]], RowNumbers]:
    """Return the distinct rows of the columns (values 0 to 2), and for each of `size` rows the index of its distinct row."""
    if not columns:
        return [()], np.zeros(size, np.intp)
    if len(columns) > _MAX_PACKED:
        rows, row_numbers = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
        return [tuple(map(int, row)) for row in rows], row_numbers.reshape(-1)
    packed = np.zeros(size, np.int64)
    for column in columns:
        packed = packed * 3 + column
    _, first, row_numbers = np.unique(packed, return_index=True, return_inverse=True)
    return list(zip(*(column[first].tolist() for column in columns), strict=True)), row_numbers.reshape(-1)


def listed(size: int, codes: Mapping[str, Flags]) -> pa.Array:
    """Return for each of `size` rows the codes whose flag is set, in the given order, joined by `;`."""
    parts = [
        pc.if_else(pa.array(flags), pa.scalar(code, pa.string()), pa.scalar(None, pa.string()))
        for code, flags in codes.items()
    ]
    return joined(size, parts)


def joined(size: int, parts: Sequence[pa.Array]) -> pa.Array:
    """Return the texts of each row joined by `;`, nulls skipped."""
    # pyarrow 26 drops a row in which every part is null, so the first part is never null
    first = pa.array([""] * size, pa.string())
    return pc.utf8_ltrim(pc.binary_join_element_wise(first, *parts, ";", null_handling="skip"), characters=";")
