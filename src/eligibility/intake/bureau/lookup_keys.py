"""Cells of other sheets as they are compared: codes, ids and numbers of approvals in one form, areas in mu."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from eligibility.model import document_number, resident_id
from eligibility.model.names import squeeze

_MU_OF_M2 = Decimal("0.0015")
"""One square metre in mu, exactly."""
_PRINTED = Decimal("0.01")
"""The last digit of mu on contracts and certificates; the database keeps square metres that come from it, rounded."""
_LOST_DIGITS = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,}|[0-9]{15}0{3,5}")
"""What a spreadsheet leaves of a long number: many different ones look alike then."""


def key_of(meaning: str, text: str) -> str:
    """A cell as it is looked up by: an approval by the form of its number, everything else as `plain` has it."""
    return document_number.normal_form(text) if meaning.startswith("approval_no") and text.strip() else plain(text)


def plain(text: str) -> str:
    """A code or an id as it is compared, an id of fifteen digits as one of eighteen; "" where a spreadsheet lost its digits."""
    found = squeeze(text).lstrip("'’").rstrip("'’").upper()
    if _LOST_DIGITS.fullmatch(found):
        return ""
    return resident_id.normal_form(found) or found if len(found) in (15, 18) else found


def in_mu(text: str) -> str:
    """Square metres in mu with two decimals, as contract and certificate print them; text that is no number stays as it is.

    >>> in_mu("1400.00"), in_mu("1633.33"), in_mu("一块")
    ('2.10', '2.45', '一块')
    """
    try:
        return format((Decimal(squeeze(text).replace(",", "")) * _MU_OF_M2).quantize(_PRINTED, ROUND_HALF_UP), "f")
    except InvalidOperation:
        return text
