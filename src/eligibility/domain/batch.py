"""Batches (批次) that titles name: 呈贡县2012年度第十批次城镇建设用地 is the tenth of 2012."""

from __future__ import annotations

import re

from eligibility.domain.names import numeral, squeeze
from eligibility.domain.numerals import CHARACTERS, DIGITS

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
