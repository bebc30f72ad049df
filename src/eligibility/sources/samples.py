"""Samples of a column for people to look at, with persons unrecognisable."""

from __future__ import annotations

import re
from collections.abc import Iterable

from eligibility.model.resident_id import mask

_DIGITS = re.compile(r"[0-9]{9,}[0-9Xx]?")
_NAMES = re.compile(r"name|payee|_by$|surveyor|head$|witness|member_list|signature|clerk")
_ADDRESS = re.compile(r"address|hukou|_to_text|place|birthplace")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LONGEST = 24
MOST = 3
"""Samples of a column."""


def masked(text: str, meaning: str) -> str:
    """A cell without the middle of long numbers, without given names, without the end of addresses.

    >>> masked("530199197001010018", "resident_id"), masked("欧阳样一", "name"), masked("12.30", "area_mu")
    ('5301**********0018', '欧***', '12.30')
    """
    plain = " ".join(text.split())
    found = _DIGITS.sub(lambda number: _middle(number[0]), plain)
    if _NAMES.search(meaning) or not meaning:
        found = found[:1] + _CHINESE.sub("*", found[1:])
    elif _ADDRESS.search(meaning):
        found = found[:6] + ("…" if len(found) > 6 else "")
    return found if len(found) <= _LONGEST else found[: _LONGEST - 1] + "…"


def _middle(number: str) -> str:
    return mask(number) if len(number) > 12 else number[:3] + "*" * (len(number) - 3)


def samples(cells: Iterable[str], meaning: str) -> tuple[str, ...]:
    """The first few different cells of a column, masked."""
    found: dict[str, None] = {}
    for cell in cells:
        if cell.strip():
            found.setdefault(masked(cell, meaning))
        if len(found) == MOST:
            break
    return tuple(found)
