"""Days as ranges: a full date is one day, 2012年3月 and 2012年 are all their days, an unknown day is any day."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from eligibility.domain.names import numeral, squeeze


class DayRange(NamedTuple):
    """From `lo` to `hi`, both included."""

    lo: date
    hi: date


UNKNOWN = DayRange(date(1, 1, 1), date(9999, 12, 31))
"""Not known: any day."""
NEVER = DayRange(date(9999, 12, 31), date(9999, 12, 31))
"""It has not happened: the day that never comes."""

_YEARS = range(1800, 2200)
_SEPARATED = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_CHINESE = re.compile(r"([0-9]{4}|[零〇○一二三四五六七八九]{4})年(?:([^年月日]{1,3})月(?:([^年月日]{1,3})[日号])?)?")
_COMPACT = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2})?)?")
_TIME = re.compile(r"(?<=[0-9])[T ]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$")
_ISO = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)  # most cells; years that no other form may mean
_SERIAL = re.compile(r"([0-9]{5})(\.[0-9]+)?")
_SERIALS = range(10_000, 100_000)  # 1927-05-18 to 2173-10-13; smaller numbers are more likely years, larger ones months
_SERIAL_ZERO = date(1899, 12, 30)
_NONE_WORDS = frozenset({"无", "否", "没有", "9999-12-31", "9999/12/31"})
_YEAR_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")


def parse_day(text: str) -> DayRange | None:
    """The days a cell means; None when it is no date or an impossible one; NEVER for 无, 否, 没有 and 9999-12-31.

    Excel serials have five digits. 2012-03 and 201203 are a month, 2012 is a year.

    >>> parse_day("2012年2月")
    DayRange(lo=datetime.date(2012, 2, 1), hi=datetime.date(2012, 2, 29))
    >>> parse_day("40973") == parse_day("2012.3.5") == parse_day("２０１２年３月５日")
    True
    >>> parse_day("2012-02-30")
    """
    if _ISO.fullmatch(text) and (day := _calendar_day(text)) is not None:
        return DayRange(day, day)
    compact = squeeze(_TIME.sub("", text.strip()))
    if compact in _NONE_WORDS:
        return NEVER
    serial = _SERIAL.fullmatch(compact)
    if serial:
        return _from_serial(int(serial[1]))
    return _from_parts(*_parts(compact))


def _calendar_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _parts(compact: str) -> tuple[str | None, str | None, str | None]:
    """Year, month and day as written; no year when the text has none of the forms."""
    if match := _SEPARATED.fullmatch(compact):
        return match[1], match[3], match[4]
    if match := _CHINESE.fullmatch(compact):
        return match[1].translate(_YEAR_DIGITS), match[2], match[3]
    if match := _COMPACT.fullmatch(compact):
        return match[1], match[2], match[3]
    return None, None, None


def _from_parts(year: str | None, month: str | None, day: str | None) -> DayRange | None:
    if year is None or int(year) not in _YEARS:
        return None
    if month is None:
        return DayRange(date(int(year), 1, 1), date(int(year), 12, 31))
    in_year = numeral(month)
    if in_year is None or not 1 <= in_year <= 12:
        return None
    length = calendar.monthrange(int(year), in_year)[1]
    if day is None:
        return DayRange(date(int(year), in_year, 1), date(int(year), in_year, length))
    in_month = numeral(day)
    if in_month is None or not 1 <= in_month <= length:
        return None
    exact = date(int(year), in_year, in_month)
    return DayRange(exact, exact)


def _from_serial(serial: int) -> DayRange | None:
    if serial not in _SERIALS:
        return None
    day = _SERIAL_ZERO + timedelta(days=serial)
    return DayRange(day, day)
