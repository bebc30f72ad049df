"""Resident identity numbers (GB 11643-1999): 18 digits with an ISO 7064 MOD 11-2 check, 15-digit ones upgraded.

Region codes gate nobody: the published county tables miss codes that were in force when many living people were born.
Calling a valid number invalid is much worse than the reverse.
"""

from __future__ import annotations

import re
from datetime import date

from eligibility.model.names import squeeze

_SHAPE = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHOWN = 4


def normal_form(text: str) -> str | None:
    """The number in 18 characters, or None when length, date or checksum is wrong.

    >>> normal_form("５３０１２１ 19490101 ００１x")
    >>> normal_form("11010519491231002x")
    '11010519491231002X'
    """
    compact = squeeze(text).upper()
    if not _SHAPE.fullmatch(compact):
        return None
    if len(compact) == 15:
        compact = compact[:6] + "19" + compact[6:]
        compact += check_character(compact)
    if compact[-1] != check_character(compact[:17]) or _day(compact[6:14]) is None:
        return None
    return compact


def known_as(text: str) -> str:
    """The one form under which an id is kept and looked up: the normal form, or, of a wrong number, what is written, plainly.

    >>> known_as("110105491231002"), known_as("11010519491231002x")
    ('11010519491231002X', '11010519491231002X')
    >>> known_as("５301 2119490101001x"), known_as(" 不详 ")
    ('53012119490101001X', '不详')
    """
    return normal_form(text) or squeeze(text).upper()


def birth_date(number: str) -> date:
    """Day of birth in a number of normal form; ValueError for any other text.

    >>> birth_date("11010519491231002X")
    datetime.date(1949, 12, 31)
    """
    day = _day(number[6:14])
    if day is None:
        raise ValueError(mask(number))
    return day


def check_character(first_seventeen: str) -> str:
    """The eighteenth character that belongs to seventeen digits (ISO 7064 MOD 11-2).

    >>> check_character("11010519491231002")
    'X'
    """
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_seventeen, strict=True))
    return _CHECKS[total % 11]


def mask(text: str) -> str:
    """The number as it may be shown: the first and last four characters; nothing of a text of eight or fewer.

    >>> mask("530121199001011234")
    '5301**********1234'
    """
    hidden = len(text) - 2 * _SHOWN
    return "*" * len(text) if hidden <= 0 else text[:_SHOWN] + "*" * hidden + text[-_SHOWN:]


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
