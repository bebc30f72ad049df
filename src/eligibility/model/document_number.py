"""Numbers of approvals, read by their structure: 云国土资复〔2012〕665号 is an agency, a year and a serial.

Similar texts are different approvals (第十批 and 第十一批, 665号 and 66号), so a number counts as read only when
nothing of the text is left over. What may be read two ways (a space inside digits, a list that breaks off) is not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from eligibility.model.names import squeeze
from eligibility.model.numerals import CHARACTERS, by_digit, by_place


class DocumentNumber(NamedTuple):
    """The three parts of a document number; the agency as it is written, known or not."""

    agency: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.agency}〔{self.year}〕{self.number}号"


_BRACKETS = str.maketrans("[(【〖〈《{「『❲⟦])】〗〉》}」』❳⟧", "〔" * 11 + "〕" * 11)
_QUOTES = str.maketrans("", "", "“”\"'‘’")
_BROKEN_DIGITS = re.compile(r"[0-9]\s+[0-9]")
_NEXT_LINE = re.compile(r"号\s*[\r\n]\s*")
_LEAD = re.compile(r"(?:批准文号|批文文号|批文号|文号|批文|详见|见|根据|依据|按照)[:：]?")
_TAIL = re.compile(r"(?<=号)(?:文件|批复|批文|文)?。?")
_SEPARATOR = re.compile(r"以及|[、,;和及与]")
_NUMBER = rf"([0-9]{{1,6}}|[{CHARACTERS}]{{1,7}})"
_YEAR = r"((?:19|20)[0-9]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_RANGE = r"[-~—–至到]{1,2}"
_SERIAL = rf"第?{_NUMBER}号?(?:{_RANGE}第?{_NUMBER}号?)?"
_AGENCY = r"([\u3400-\u9fff]{2,15})"
_ITEM = re.compile(rf"(?:{_AGENCY}?〔{_YEAR}年?度?〕)?{_SERIAL}")
_WITHOUT_BRACKETS = re.compile(rf"([\u3400-\u9fff]{{2,15}}?){_YEAR}年第?{_NUMBER}()号")
_LONGEST_RANGE = 50
_BETWEEN = "、"


def parse(text: str) -> DocumentNumber | None:
    """The one number the text is, in any bracket style or width, 号 or no 号; None unless it is read completely.

    >>> parse("云国土资复（２０１２）665 号")
    DocumentNumber(agency='云国土资复', year=2012, number=665)
    >>> parse("云国土资复〔二〇一二〕六百六十五号")
    DocumentNumber(agency='云国土资复', year=2012, number=665)
    >>> parse("云国土资复〔2012〕6?5号")
    """
    numbers = parse_citation(text)
    return numbers[0] if len(numbers) == 1 else None


def normal_form(text: str) -> str:
    """The form by which approvals join: rebuilt from the parts where they can be read, else the folded text.

    An approval may bear several numbers (of the ministry and of the province): all of them, in one order.

    >>> normal_form("云国土资复[2012]0665") == normal_form("云国土资复【2012】第665号")
    True
    >>> normal_form("云国土资〔2012〕700号 及 国土资函（2012）665号")
    '云国土资〔2012〕700号、国土资函〔2012〕665号'
    """
    numbers = parse_citation(text)
    return _BETWEEN.join(sorted(map(str, numbers))) if numbers else squeeze(text).translate(_BRACKETS)


def numbers_of(key: str) -> tuple[str, ...]:
    """Every number that an approval of this normal form bears; the form itself where it is no number.

    >>> numbers_of("云国土资〔2012〕700号、国土资函〔2012〕665号")
    ('云国土资〔2012〕700号', '国土资函〔2012〕665号')
    >>> numbers_of("云国土资复〔2012〕6?5号、")
    ('云国土资复〔2012〕6?5号、',)
    """
    parts = key.split(_BETWEEN)
    return tuple(parts) if all(map(parse, parts)) else (key,)


def bearers(keys: Iterable[str]) -> dict[str, str]:
    """Each number → the one approval, of those `keys`, that bears it among several; a number of two approvals is neither's.

    >>> bearers(["国土资函〔2012〕665号", "云国土资〔2012〕7号、国土资函〔2012〕665号"])
    {'云国土资〔2012〕7号': '云国土资〔2012〕7号、国土资函〔2012〕665号'}
    """
    borne: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        for number in numbers_of(key):
            borne[number].add(key)
    return {number: min(of) for number, of in borne.items() if len(of) == 1 and number not in of}


def parse_citation(text: str) -> tuple[DocumentNumber, ...]:
    """Every number a citation names, lists and ranges written out; nothing unless all of the text is read.

    A later item may leave out the agency, or agency and year, of the item before it. A line of a cell is an item.

    >>> [str(number) for number in parse_citation("云国土资复〔2012〕123、124号，〔2013〕7-8号")]
    ['云国土资复〔2012〕123号', '云国土资复〔2012〕124号', '云国土资复〔2013〕7号', '云国土资复〔2013〕8号']
    >>> parse_citation("云国土资复〔2012〕123号等"), parse_citation("云国土资复〔2012〕12 3号")
    ((), ())
    """
    agency, year = "", 0
    numbers: list[DocumentNumber] = []
    for part in _items(text):
        item = _ITEM.fullmatch(part) or _WITHOUT_BRACKETS.fullmatch(part)
        if item is None:
            return ()
        agency, year = item[1] or agency, _year(item[2]) if item[2] else year
        serials = _serials(_number(item[3]), _number(item[4]) if item[4] else None)
        if not (agency and year and serials):
            return ()
        numbers += [DocumentNumber(agency, year, serial) for serial in serials]
    return tuple(dict.fromkeys(numbers))


def _items(text: str) -> list[str]:
    """The parts of a citation, without quotes, words before (见, 文号：) and behind (文, 批复); none where digits break."""
    spaced = unicodedata.normalize("NFKC", text).strip()
    if _BROKEN_DIGITS.search(spaced):
        return [""]
    plain = squeeze(_NEXT_LINE.sub("号、", spaced)).translate(_BRACKETS).translate(_QUOTES)
    if plain.startswith("〔") and plain.endswith("〕") and plain.count("〔") == plain.count("〕"):
        plain = plain[1:-1]
    plain = _LEAD.sub("", plain, count=1) if _LEAD.match(plain) else plain
    parts = _SEPARATOR.split(plain)
    return [*parts[:-1], re.sub(rf"{_TAIL.pattern}$", "", parts[-1])]


def _year(text: str) -> int:
    return int(text) if text.isascii() else by_digit(text) or 0


def _number(text: str) -> int:
    """The serial in either kind of digits; 0 for what is none."""
    if text.isascii():
        return int(text)
    value = by_place(text)
    return (value if value is not None else by_digit(text)) or 0


def _serials(first: int, last: int | None) -> tuple[int, ...]:
    """One serial, or a range; nothing when there is none, or the range runs backwards or is too long to be one."""
    if last is None:
        return (first,) if first else ()
    return tuple(range(first, last + 1)) if 0 < first < last < first + _LONGEST_RANGE else ()
