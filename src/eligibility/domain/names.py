"""Normal forms of names, so that papers of different offices meet: communities, village groups, Chinese numerals."""

from __future__ import annotations

import re
import unicodedata

from eligibility.domain.numerals import CHARACTERS, by_place

_PLACE_PREFIX = re.compile(r"(?:云南省)?(?:昆明市)?(?:呈贡新?区|呈贡县)?(?:[^社村]{2,6}?街道(?:办事处|办)?)?")
_PLACE_SUFFIXES = (
    "社区居民委员会",
    "社区居委会",
    "居民委员会",
    "村民委员会",
    "居委会",
    "村委会",
    "社区",
    "村",
)
_SHORTEST_PLACE = 2
_NUMERAL = re.compile(rf"[0-9]{{1,4}}|[{CHARACTERS}]{{1,7}}")
_GROUP_WORD = r"(?:村民小组|居民小组|村民组|居民组|小组|组)"
_NUMBERED_GROUP = re.compile(rf"(?:.+?(?:社区|村委会|居委会))?(?:村民|居民)?第?({_NUMERAL.pattern}){_GROUP_WORD}?")
_NAMED_GROUP = re.compile(rf"(.{{2,}}?){_GROUP_WORD}")
_GROUP_RANGE = re.compile(r"(?:第)?([^\-~—–至到]+)[\-~—–至到]+(?:第)?([^\-~—–至到]+)")
_WHOLE = frozenset({"全体", "全村", "全社区", "整村", "各组", "全部", "所有组", "各村民小组", "全体村民小组"})
_MOST_GROUPS = 60


def squeeze(text: str) -> str:
    """NFKC (full-width forms folded), without any white space or invisible format character.

    >>> squeeze("　云国土资复 〔２０１２〕\u200b665号")
    '云国土资复〔2012〕665号'
    """
    if text.isascii():
        return "".join(text.split())
    folded = unicodedata.normalize("NFKC", text)
    if folded.isprintable() and " " not in folded:  # every other blank or format character is not printable
        return folded
    return "".join(mark for mark in folded if not mark.isspace() and unicodedata.category(mark) != "Cf")


def numeral(text: str) -> int | None:
    """A number in Arabic digits, or in Chinese numerals by place; None when the text is neither.

    >>> numeral("十"), numeral("十一"), numeral("二十三"), numeral("07"), numeral("十里")
    (10, 11, 23, 7, None)
    """
    folded = squeeze(text)
    if not _NUMERAL.fullmatch(folded):
        return None
    return int(folded) if folded.isascii() else by_place(folded)


def place_key(text: str) -> str:
    """The name of a community by which papers join: without the higher places before it and the kind of body behind it.

    A suffix goes only where two characters remain, so that 大村 stays itself.

    >>> place_key("昆明市呈贡区吴家营街道 万溪社区居委会"), place_key("万溪村"), place_key("大村")
    ('万溪', '万溪', '大村')
    """
    name = squeeze(text)
    prefix = _PLACE_PREFIX.match(name)
    if prefix and len(name) - prefix.end() >= _SHORTEST_PLACE:
        name = name[prefix.end() :]
    while shorter := _without_suffix(name):
        name = shorter
    return name


def group_key(text: str) -> str:
    """The village group by which papers join: its number in digits, or its name without the word for group.

    >>> [group_key(name) for name in ("一组", "第一组", "1组", "第1村民小组", "第一村民小组", "十一组", "上村小组")]
    ['1', '1', '1', '1', '1', '11', '上村']
    """
    name = squeeze(text)
    numbered = _NUMBERED_GROUP.fullmatch(name)
    number = numeral(numbered[1]) if numbered else None
    if number is not None:
        return str(number)
    named = _NAMED_GROUP.fullmatch(name)
    return named[1] if named else name


def split_groups(text: str) -> tuple[str, ...]:
    """Keys of the groups a cell names, in order, each once; nothing means the whole community.

    和, 及, 与 and the signs of a range divide only numbered groups: a name may contain them (和平组).

    >>> split_groups("1组、第二组"), split_groups("1-3组"), split_groups("和平组"), split_groups("全体")
    (('1', '2'), ('1', '2', '3'), ('和平',), ())
    """
    name = squeeze(text)
    if not name or name in _WHOLE:
        return ()
    parts = [part for part in re.split(r"[、,;/]", name) if part]
    return tuple(dict.fromkeys(key for part in parts for key in _groups_of(part)))


def _without_suffix(name: str) -> str:
    for suffix in _PLACE_SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= _SHORTEST_PLACE:
            return name.removesuffix(suffix)
    return ""


def _groups_of(part: str) -> tuple[str, ...]:
    joined = [group_key(one) for one in re.split("[和及与]", part) if one]
    if len(joined) > 1 and all(key.isdigit() for key in joined):
        return tuple(joined)
    ends = _GROUP_RANGE.fullmatch(part)
    first, last = (group_key(ends[1]), group_key(ends[2])) if ends else ("", "")
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + _MOST_GROUPS:
        return tuple(str(number) for number in range(int(first), int(last) + 1))
    return (group_key(part),)
