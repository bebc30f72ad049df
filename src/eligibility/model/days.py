"""Days as ranges: a full date is one day, 2012年3月 and 2012年 are all their days, an unknown day is any day."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from eligibility.model.names import numeral, squeeze


class DayRange(NamedTuple):
    """From `lo` to `hi`, both included."""

    lo: date
    hi: date


UNKNOWN = DayRange(date(1, 1, 1), date(9999, 12, 31))
"""Not known: any day."""
NEVER = DayRange(date(9999, 12, 31), date(9999, 12, 31))
"""It has not happened: the day that never comes."""

_YEARS = range(1800, 2200)
_SEPARATED = re.compile(r"([0-9]{4})([-/.。·•・‧\\])([0-9]{1,2})(?:\2([0-9]{1,2})[日号]?)?")
_LISTED = re.compile(r"([0-9]{4})([、,\s])([0-9]{1,2})\2([0-9]{1,2})[日号]?")
_CHINESE = re.compile(
    r"([0-9零〇○Oo一二三四五六七八九]{4})年(?:([^年月日]{1,3})月(?:([^年月日]{1,3})[日号]|([0-9]{1,2}))?)?"
)
_COMPACT = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2})?)?(?:\.0+)?")
_SPLIT_DIGITS = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_TENTH = re.compile(r"([0-9]{4})\.1")
"""January, or October where a cell of numbers has lost its last zero: 2013.10 is the number 2013.1."""
_WORDS_BEHIND = re.compile(
    r"(?<=[0-9日号月年])(?:\((?P<inner>{0})\)|{0}|(?<=[0-9日号])[.。])$".format(
        "(?:批准|批复|签订|签定|签署|发证|颁发|颁证|登记|取得|生效|起|止|公历|阳历|新历|(?:星期|周|礼拜)[一二三四五六日天])"
    )
)
"""What a clerk writes behind a day without changing it; 前, 左右, 约 and 农历 do change it and are not among them."""
_TIME = re.compile(r"(?<=[0-9])[T ]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$")
_ISO = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)  # most cells; years that no other form may mean
_SERIAL = re.compile(r"([0-9]{5})(\.[0-9]+)?")
_SERIALS = range(10_000, 100_000)  # 1927-05-18 to 2173-10-13; smaller numbers are more likely years, larger ones months
_SERIAL_ZERO = date(1899, 12, 30)
_SERIAL_ZERO_1904 = date(1904, 1, 1)
_FIRST_MONTH_ENDS = date(1900, 1, 31)
_NONE_WORDS = frozenset({"无", "否", "没有", "9999-12-31", "9999/12/31"})
_YEAR_DIGITS = str.maketrans("零〇○Oo一二三四五六七八九", "00000123456789")


def parse_day(text: str) -> DayRange | None:
    """The days a cell means; None when it is no date or an impossible one; NEVER for 无, 否, 没有 and 9999-12-31.

    Excel serials have five digits. 2012-03 and 201203 are a month, 2012 is a year. What blanks part is one day only where
    they part year, month and day: 2009 1 1 is never 200911. The first days that a spreadsheet counts are no day.

    >>> parse_day("2012年2月")
    DayRange(lo=datetime.date(2012, 2, 1), hi=datetime.date(2012, 2, 29))
    >>> parse_day("40973") == parse_day("2012.3.5") == parse_day("２０１２年３月５日") == parse_day("2012 3 5")
    True
    >>> parse_day("2013.1")
    DayRange(lo=datetime.date(2013, 1, 1), hi=datetime.date(2013, 10, 31))
    >>> parse_day("2012-02-30"), parse_day("1900-01-01"), parse_day("2013年5月前")
    (None, None, None)
    """
    if _ISO.fullmatch(text) and (day := _calendar_day(text)) is not None:
        return None if _counted_first(day, day) else DayRange(day, day)
    bare = _TIME.sub("", text.strip())
    compact = _WORDS_BEHIND.sub("", squeeze(bare))
    if compact in _NONE_WORDS:
        return NEVER
    serial = _SERIAL.fullmatch(compact)
    if serial and not _SPLIT_DIGITS.search(bare):
        return _from_serial(int(serial[1]))
    days = _from_parts(*(_parted(bare) if _SPLIT_DIGITS.search(bare) else _parts(compact)))
    if days is None or _counted_first(*days):
        return None
    return days._replace(hi=date(days.lo.year, 10, 31)) if _TENTH.fullmatch(compact) else days


def is_first_of_spreadsheet(text: str) -> bool:
    """Whether a cell shows what a spreadsheet shows of a blank, a zero or a lost date: its first days.

    >>> [is_first_of_spreadsheet(text) for text in ("1900-01-00", "1899/12/30", "0", "1900-01-01", "1900-02-01")]
    [True, True, True, True, False]
    """
    compact = squeeze(_TIME.sub("", text.strip()))
    if compact in ("0", "0.0", "00:00:00"):
        return True
    parts = [int(part) for part in re.findall("[0-9]+", compact)]
    if parts[:3] == [1900, 1, 0] or parts == [1900, 0, 0]:
        return True
    days = _from_parts(*_parts(compact))
    return days is not None and _counted_first(*days)


def _counted_first(lo: date, hi: date) -> bool:
    return (lo <= _FIRST_MONTH_ENDS and hi >= _SERIAL_ZERO) or lo == hi == _SERIAL_ZERO_1904


def _calendar_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _parts(compact: str) -> tuple[str | None, str | None, str | None]:
    """Year, month and day as written; no year when the text has none of the forms."""
    if match := _COMPACT.fullmatch(compact):
        return match[1], match[2], match[3]
    if match := _SEPARATED.fullmatch(compact):
        return match[1], match[3], match[4]
    if match := _LISTED.fullmatch(compact):
        return match[1], match[3], match[4]
    if match := _CHINESE.fullmatch(compact):
        return match[1].translate(_YEAR_DIGITS), match[2], match[3] or match[4]
    return None, None, None


def _parted(text: str) -> tuple[str | None, str | None, str | None]:
    """Year, month and day where blanks part them; no year where the blanks part anything else."""
    match = _LISTED.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split()))
    return (match[1], match[3], match[4]) if match else (None, None, None)


def _from_parts(year: str | None, month: str | None, day: str | None) -> DayRange | None:
    if year is None or int(year) not in _YEARS:
        return None
    if month is None:
        return DayRange(date(int(year), 1, 1), date(int(year), 12, 31))
    in_year = 1 if month == "元" else numeral(month)
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
