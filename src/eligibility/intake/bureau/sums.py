"""Whether the classes of a row add up to the totals that stand beside them, and what a zero among them means."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from enum import Enum

from eligibility.model.names import squeeze

Sums = Sequence[tuple[int, Sequence[int]]]
"""Columns that sum up others of the row, each with the columns that it sums up."""
_LEAST_DECIMALS = 2


class Agreement(Enum):
    """How the totals of a row stand to its classes."""

    SILENT = "silent"  # no total is filled
    FITS = "fits"
    DIFFERS = "differs"


def amount(text: str) -> Decimal | None:
    """The figure in a cell; None where it is none."""
    try:
        found = Decimal(squeeze(text).replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def agreement(cells: Sequence[str], sums: Sums, of: int) -> Agreement:
    """How the totals that count the column `of` stand to the classes of the row, within what rounding explains.

    >>> agreement(["17", "15", "2", "0"], [(0, (1, 2, 3))], 3), agreement(["17", "15", "1", "0"], [(0, (1, 2, 3))], 1)
    (<Agreement.FITS: 'fits'>, <Agreement.DIFFERS: 'differs'>)
    >>> agreement(["", "15"], [(0, (1,))], 1)
    <Agreement.SILENT: 'silent'>
    """
    found = Agreement.SILENT
    for total_at, parts_at in sums:
        if of not in parts_at or not cells[total_at].strip():
            continue
        total = amount(cells[total_at])
        parts = [amount(cells[at]) for at in parts_at if cells[at].strip()]
        if total is None or any(part is None for part in parts):
            return Agreement.DIFFERS
        figures = [total, *(part for part in parts if part is not None)]
        decimals = max(_LEAST_DECIMALS, *(-int(figure.as_tuple().exponent) for figure in figures))
        slack = Decimal(5).scaleb(-decimals - 1) * len(figures)
        if abs(sum(figures[1:], Decimal(0)) - total) > slack:
            return Agreement.DIFFERS
        found = Agreement.FITS
    return found
