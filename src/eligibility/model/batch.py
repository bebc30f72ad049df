"""Batches (批次) that titles name: 呈贡县2012年度第十批次城镇建设用地 is the tenth of 2012; 第三批次（二） is a part of the third."""

from __future__ import annotations

import re
from typing import NamedTuple

from eligibility.model.names import numeral, squeeze
from eligibility.model.numerals import CHARACTERS, DIGITS


class Batch(NamedTuple):
    """A batch of one year, and the part of it that was approved by itself (blank: no part is named)."""

    year: int
    ordinal: int
    part: str = ""

    def may_be(self, other: Batch) -> bool:
        """Whether both can be one: where only one of them names a part, the other may be that part or the whole."""
        return self[:2] == other[:2] and (self.part == other.part or not (self.part and other.part))

    def __str__(self) -> str:
        """The words by which findings name it."""
        return f"{self.year}年度第{self.ordinal}批次" + (f"（{self.part}）" if self.part else "")


_COUNTING = f"0-9{CHARACTERS}"
_JOINING = "、,;/和及与至到~—–-"
_ORDINAL = rf"第?([0-9]{{1,3}}|[{CHARACTERS}]{{1,6}})批"
_YEAR = r"((?:19|20)[0-9]{2}|二[〇○零0][〇○零一二三四五六七八九0-9]{2})年度?"
# between year and ordinal words only: a numeral or a joining mark there would be part of another number
_NAMED = re.compile(rf"(?<![0-9]){_YEAR}[^第年{_COUNTING}{_JOINING}]{{0,20}}{_ORDINAL}")
_EVERY_ORDINAL = re.compile(rf"(?<![{_COUNTING}]){_ORDINAL}")
_SEVERAL = re.compile(
    rf"[{_COUNTING}](?:批次?)?[{_JOINING}]+{_ORDINAL}|(?:19|20)[0-9]{{2}}(?:年度?)?[{_JOINING}]+(?:19|20)[0-9]{{2}}年"
)
_PART_WORD = r"(?:部分|部份|分项|分批|子项|标段|片区?|块|期|次)"
_NUMBER = rf"[0-9]{{1,2}}|[{CHARACTERS}]{{1,3}}"
_FURTHER = "补充|增补|追加|调整|续报?"
_BEHIND = re.compile(rf"{_ORDINAL}次?(.*)")
_SIGN = rf"{_NUMBER}|[A-Za-z]|[甲乙丙丁]|{_FURTHER}"
_PART = re.compile(
    rf"[(（〔\[【]第?(?:之)?((?:{_SIGN})(?:[{_JOINING}](?:{_SIGN}))*){_PART_WORD}?(?:报批)?[)）〕\]】]"
    rf"|^(?:之|[-—–])({_NUMBER}|[A-Za-z])|第({_NUMBER}){_PART_WORD}|^({_FURTHER})|^({_NUMBER})$|^([A-Za-z])(?![A-Za-z])"
)
_YEAR_DIGITS = str.maketrans("〇○" + DIGITS, "00" + "0123456789")


def without_batch(text: str) -> str:
    """The title without a batch in brackets behind the project.

    >>> without_batch("大学城道路一期（2012年度第十批次）")
    '大学城道路一期'
    """
    return re.sub(r"[(（〔][^()（）〔〕]*批次?[)）〕]", "", text)


def batch_of(text: str) -> tuple[int, int] | None:
    """Year and ordinal of the batch a title names; None when it names none, several, or one without its year.

    >>> batch_of("呈贡县2012年度第十批次城镇建设用地"), batch_of("2012年第11批"), batch_of("2012年度第一百零一批次")
    ((2012, 10), (2012, 11), (2012, 101))
    >>> batch_of("第十批次"), batch_of("2012年度第十、十一批次"), batch_of("2012年度第十批次和第十一批次")
    (None, None, None)
    """
    plain = squeeze(text)
    named = {(int(year.translate(_YEAR_DIGITS)), numeral(ordinal)) for year, ordinal in _NAMED.findall(plain)}
    if len(named) != 1 or _SEVERAL.search(plain):
        return None
    ((year, ordinal),) = named
    if not ordinal or {numeral(other) for other in _EVERY_ORDINAL.findall(plain)} != {ordinal}:
        return None
    return year, ordinal


def part_of(text: str) -> str:
    """The part of its batch that a title names, approved by itself; blank where it names none.

    >>> [part_of(f"呈贡区2013年度第三批次{rest}") for rest in ("（二）城市建设用地", "城市建设用地(2)", "之二", "第二部分", "（A）")]
    ['2', '2', '2', '2', 'a']
    >>> part_of("呈贡区2013年度第三批次一般建设用地"), part_of("大学城道路二期（2012年度第十批次）")
    ('', '')
    """
    behind = _BEHIND.search(squeeze(text))
    named = [next(filter(None, parts)) for parts in _PART.findall(behind[2])] if behind else []
    numbers = [numeral(part) for part in named]
    return "、".join(part.lower() if n is None else str(n) for part, n in zip(named, numbers, strict=True))


def named_batch(text: str) -> Batch | None:
    """The batch a title names, with its part; None where `batch_of` reads none.

    >>> str(named_batch("呈贡区2013年度第三批次（二）城市建设用地"))
    '2013年度第3批次（2）'
    """
    named = batch_of(text)
    return Batch(*named, part_of(text)) if named else None
