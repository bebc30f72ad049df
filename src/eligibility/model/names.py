"""Normal forms of names, so that papers of different offices meet: communities, village groups, Chinese numerals."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from eligibility.model.numerals import CHARACTERS, by_place

_PLACE_SUFFIXES = (
    "社区居民委员会",
    "社区居委会",
    "居民委员会",
    "村民委员会",
    "行政村",
    "居委会",
    "村委会",
    "社区",
    "村",
)
_SHORTEST_PLACE = 2
_NUMERAL = re.compile(rf"[0-9]{{1,4}}|[{CHARACTERS}]{{1,7}}")
_GROUP_WORD = r"(?:村民小组|居民小组|村民组|居民组|生产小组|生产队|合作社|小组|组|社|队)"
_ABOVE = r"(?:云南省)?(?:昆明市)?(?:呈贡新?区|呈贡县)?"
_TOWNSHIP = r"(?:(?P<township>[^社村]{2,6}?)(?:街道(?:办事处|办)?|镇|乡))?"
_PLACE_PREFIX = re.compile(_ABOVE + _TOWNSHIP)
_FORMERLY = re.compile(r"[(（](?:原|曾用名|曾名|旧称|又名|现)[:：]?([^()（）]+)[)）]")
_BODY = "|".join(word for word in _PLACE_SUFFIXES if word != "村")
_GROUP_BEHIND = re.compile(rf"(.+?(?:{_BODY}))((?:.{{0,6}}?)第?(?:{_NUMERAL.pattern})号?(?:村民|居民)?{_GROUP_WORD})")
_NUMBERED_GROUP = re.compile(
    rf"(?:.+?(?:社区居民委员会|社区|村民委员会|居民委员会|村委会|居委会|行政村))?"
    rf"(.*?)(?:村民|居民)?第?({_NUMERAL.pattern})(?:\.0)?号?{_GROUP_WORD}?"
)
_VILLAGE_BEHIND = re.compile(r"(.+)[(（]([^()（）]+)[)）]")
_NAMED_GROUP = re.compile(rf"(.{{2,}}?){_GROUP_WORD}")
_KEY = re.compile(r"(.*?)([0-9]*)")
_NO_VILLAGE = re.compile(
    rf"[0-9或除廿卅]|并入|划入|撤销|(?:{_NUMERAL.pattern})号?(?:村民|居民)?{_GROUP_WORD}|^[{CHARACTERS}\W]+$"
)
"""What stands before a group's number and is no natural village: a second number, group or sign (1-2组, 一组或二组, 廿一组)."""
_GROUP_RANGE = re.compile(r"(?:第)?([^\-~—–至到]+)[\-~—–至到]+(?:第)?([^\-~—–至到]+)")
_WHOLE = frozenset({
    "全体", "全村", "全社区", "整村", "各组", "全部", "所有组", "各村民小组", "全体村民小组",
    "村集体", "社区集体", "集体", "村组集体", "村委会", "居委会", "社区", "村级", "/", "-", "—", "无",
})  # fmt: skip
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


class Place(NamedTuple):
    """A community as a paper writes it: its own name, the township or street before it, the group behind it.

    `formerly`: further names that the paper gives for the same community (原…). "" where the paper has none.
    """

    name: str
    township: str = ""
    group: str = ""
    formerly: tuple[str, ...] = ()


def read_place(text: str) -> Place:
    """The parts of a community's name.

    A word of office goes only where two characters of a name remain, so that 大村 stays itself.

    >>> read_place("呈贡县吴家营乡样溪冲村委会一组")
    Place(name='样溪冲', township='吴家营', group='1', formerly=())
    >>> read_place("万溪社区居委会（原万溪冲行政村）")
    Place(name='万溪', township='', group='', formerly=('万溪冲',))
    """
    name = squeeze(text)
    formerly = tuple(read_place(former).name for former in _FORMERLY.findall(name))
    name = _FORMERLY.sub("", name) or name
    behind = _GROUP_BEHIND.fullmatch(name)
    group = group_key(behind[2]) if behind else ""
    name = behind[1] if behind else name
    prefix = _PLACE_PREFIX.match(name)
    township = ""
    behind_it = name[prefix.end() :] if prefix else ""
    if prefix and behind_it not in _PLACE_SUFFIXES and len(_bare(behind_it)) >= _SHORTEST_PLACE:
        name, township = behind_it, prefix["township"] or ""
    return Place(_bare(name), township, group, formerly)


def place_key(text: str) -> str:
    """The name of a community by which papers join: without the higher places before it and the kind of body behind it.

    >>> place_key("昆明市呈贡区吴家营街道 万溪社区居委会"), place_key("万溪村"), place_key("大村")
    ('万溪', '万溪', '大村')
    """
    return read_place(text).name


class GroupName(NamedTuple):
    """A village group: the natural village it is written with ("" without one), its number ("" where it has only a name)."""

    village: str
    number: str


def group_key(text: str) -> str:
    """The village group as one word: the natural village where it is written, and the number in digits.

    >>> [group_key(name) for name in ("一组", "第1村民小组", "一社", "1号组", "1.0", "上村小组")]
    ['1', '1', '1', '1', '1', '上村']
    >>> group_key("麦冲十三组"), group_key("一组（上村）"), group_key("红五星村11组")
    ('麦冲13', '上村1', '红五星11')

    What has more before its number than the name of a village is a name of its own, never a group of that number.

    >>> group_key("一组或二组"), group_key("廿一组"), group_key("1-2组"), group_key("二组（已并入一组）")
    ('一组或二组', '廿一组', '1-2组', '已并入一组二组')
    """
    name = _FORMERLY.sub("", squeeze(text))
    behind = _VILLAGE_BEHIND.fullmatch(name)
    if behind and _NUMBERED_GROUP.fullmatch(behind[1]):
        name = behind[2] + behind[1]
    numbered = _NUMBERED_GROUP.fullmatch(name)
    number = numeral(numbered[2]) if numbered else None
    if numbered is not None and number is not None:
        return name if _no_village(numbered[1]) else f"{_village(numbered[1])}{number}"
    named = _NAMED_GROUP.fullmatch(name)
    return named[1] if named else name


def former_groups(text: str) -> tuple[str, ...]:
    """Keys by which a group was known formerly, where its name says so.

    >>> former_groups("一组（原三组）"), former_groups("一组（上村）")
    (('3',), ())
    """
    return tuple(group_key(former) for former in _FORMERLY.findall(squeeze(text)))


def group_name(key: str) -> GroupName:
    """The parts of a group's key.

    >>> group_name("麦冲13"), group_name("1"), group_name("上村")
    (GroupName(village='麦冲', number='13'), GroupName(village='', number='1'), GroupName(village='上村', number=''))
    """
    parts = _KEY.fullmatch(key)
    return GroupName(parts[1], parts[2]) if parts and not _no_village(parts[1]) else GroupName(key, "")


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


def _bare(name: str) -> str:
    """The name without the words for the kind of body behind it."""
    while shorter := _without_suffix(name):
        name = shorter
    return name


def _no_village(name: str) -> bool:
    """Whether what stands before a number cannot be the name of a natural village; 三家 and 五里铺 can."""
    return bool(_NO_VILLAGE.search(name))


def _village(name: str) -> str:
    """A natural village without the word for one."""
    for word in ("自然村", "村"):
        if name.endswith(word) and len(name) - len(word) >= _SHORTEST_PLACE:
            return name.removesuffix(word)
    return name


def _without_suffix(name: str) -> str:
    for suffix in _PLACE_SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= _SHORTEST_PLACE:
            return name.removesuffix(suffix)
    return ""


def _groups_of(part: str) -> tuple[str, ...]:
    joined = [group_key(name) for name in re.split("[和及与]", part) if name]
    if len(joined) > 1 and all(key.isdigit() for key in joined):
        return tuple(joined)
    ends = _GROUP_RANGE.fullmatch(part)
    first, last = (group_key(ends[1]), group_key(ends[2])) if ends else ("", "")
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + _MOST_GROUPS:
        return tuple(str(number) for number in range(int(first), int(last) + 1))
    return (group_key(part),)
