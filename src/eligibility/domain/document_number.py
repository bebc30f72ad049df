"""Numbers of approvals, read by their structure: 云国土资复〔2012〕665号 is an agency, a year and a serial.

Similar texts are different approvals (第十批 and 第十一批, 665号 and 66号), so a number counts as read only when
nothing of the text is left over.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from eligibility.domain.names import numeral, squeeze


class DocumentNumber(NamedTuple):
    """The three parts of a document number."""

    agency: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.agency}〔{self.year}〕{self.number}号"


_BRACKETS = str.maketrans("[(【〖〈《{])】〗〉》}", "〔" * 7 + "〕" * 7)
_YEAR = r"〔((?:19|20)[0-9]{2})〕"
_SERIAL = r"第?([0-9]{1,6})号?(?:(?:[-~—–至到]+)第?([0-9]{1,6})号?)?"
_AGENCY = r"([\u3400-\u9fff]{2,15})"
_ITEM = re.compile(rf"(?:{_AGENCY}?{_YEAR})?{_SERIAL}")
_BATCH = re.compile(
    r"((?:19|20)[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})年度?[^第0-9年]{0,20}第?([0-9]{1,3}|[一二三四五六七八九十]{1,3})批"
)
_YEAR_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_LONGEST_RANGE = 50


def parse(text: str) -> DocumentNumber | None:
    """The one number the text is, in any bracket style or width, 号 or no 号; None unless it is read completely.

    >>> parse("云国土资复（２０１２）665 号")
    DocumentNumber(agency='云国土资复', year=2012, number=665)
    >>> parse("云国土资复〔2012〕6?5号")
    """
    numbers = parse_citation(text)
    return numbers[0] if len(numbers) == 1 else None


def normal_form(text: str) -> str:
    """The form by which approvals join: rebuilt from the parts where they can be read, else the folded text.

    >>> normal_form("云国土资复[2012]0665") == normal_form("云国土资复【2012】第665号")
    True
    """
    number = parse(text)
    return str(number) if number else _folded(text)


def parse_citation(text: str) -> tuple[DocumentNumber, ...]:
    """Every number a citation names, lists and ranges written out; nothing unless all of the text is read.

    A later item may leave out the agency, or agency and year, of the item before it.

    >>> [str(number) for number in parse_citation("云国土资复〔2012〕123、124号，〔2013〕7-8号")]
    ['云国土资复〔2012〕123号', '云国土资复〔2012〕124号', '云国土资复〔2013〕7号', '云国土资复〔2013〕8号']
    >>> parse_citation("云国土资复〔2012〕123号等")
    ()
    """
    agency, year = "", 0
    found: list[DocumentNumber] = []
    for part in re.split(r"[、,;和及与]", _folded(text)):
        item = _ITEM.fullmatch(part)
        if item is None:
            return ()
        agency, year = item[1] or agency, int(item[2] or year)
        serials = _serials(int(item[3]), item[4])
        if not (agency and year and serials):
            return ()
        found += [DocumentNumber(agency, year, serial) for serial in serials]
    return tuple(dict.fromkeys(found))


def batch_of(text: str) -> tuple[int, int] | None:
    """Year and ordinal of the batch a title names; None when it names none, or two that differ.

    >>> batch_of("呈贡县2012年度第十批次城镇建设用地"), batch_of("2012年第11批"), batch_of("2012年度第十一批次")
    ((2012, 10), (2012, 11), (2012, 11))
    >>> batch_of("第十批次")
    """
    named = {(int(year.translate(_YEAR_DIGITS)), numeral(ordinal)) for year, ordinal in _BATCH.findall(squeeze(text))}
    if len(named) != 1:
        return None
    year, ordinal = named.pop()
    return None if ordinal is None else (year, ordinal)


def _folded(text: str) -> str:
    return squeeze(text).translate(_BRACKETS)


def _serials(first: int, last: str | None) -> tuple[int, ...]:
    """One serial, or a range; nothing when the range runs backwards or is too long to be one."""
    if last is None:
        return (first,)
    return tuple(range(first, int(last) + 1)) if first < int(last) < first + _LONGEST_RANGE else ()
