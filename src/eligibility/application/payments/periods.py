"""Periods as people type them."""

from __future__ import annotations

import re
from datetime import date

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

_MONTH = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


def months_of(text: str, option: str) -> tuple[date, date]:
    """The first days of the first and the last month of a period: a month, a year, or two of these joined by ~.

    Raises:
        InputError: it is none.

    >>> months_of("2022", "--period")
    (datetime.date(2022, 1, 1), datetime.date(2022, 12, 1))

    """
    parts = [_MONTH.fullmatch(part.strip()) for part in text.split("~")]
    try:
        ends = [
            (date(int(one[1]), int(one[2] or 1), 1), date(int(one[1]), int(one[2] or 12), 1)) for one in parts if one
        ]
        if len(ends) == len(parts) <= 2:
            return ends[0][0], ends[-1][1]
    except ValueError:
        pass
    problem = Bilingual(f"“{text}”不是期间", f"“{text}” is no period")
    remedy = Bilingual("写成 2022-10、2022 或 2022-01~2022-06", "write 2022-10, 2022 or 2022-01~2022-06")
    raise InputError(Diagnostic("bad_period", SourceLocation(option), problem, remedy))
