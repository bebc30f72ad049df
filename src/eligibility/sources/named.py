"""What the name of a file, its folders, a sheet or a title says once for all rows without a label: a place, the number of a paper.

Only what stands there whole: a sheet called 上坡岗社区 is of that community, a title that begins with a place and goes on with words
that name no other is of that place. What two of them say differently is not taken, nor a number that words run into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from eligibility.model.names import group_key, place_key, squeeze
from eligibility.sources.places import Place, place_of

_NUMBER = re.compile(
    r"(?<![\u3400-\u9fff])(?P<agency>[\u3400-\u9fff]{2,6})[〔\[(【]((?:19|20)[0-9]{2})[〕\])】]第?([0-9]{1,5})号(?!至|[-—~])"
)
"""A number of a document before whose agency no other word stands: behind 样路工程 it could not be told where it begins."""
_NOTICE = re.compile("告|公示|通知|听证|协")
_ANOTHER_PLACE = re.compile("社区|村委会|村民委员会|居委会|街道|乡|镇|小组|组|社|队|[一-龥]村(?!民|集体|合作)")
_SEVERAL = re.compile("[、，,和及与等各至]|其他|全部|[0-9一二三四五六七八九十]+个")
_GROUP = re.compile(r"(?:[\u3400-\u9fff]{1,8}?)?第?[0-9一二三四五六七八九十]{1,3}(?:村民小组|居民小组|小组|组|社)")
_STREET = re.compile(r"[\u3400-\u9fff]{1,6}(?:街道|镇|乡)")
_OF_COLLECTIVE = re.compile(
    "(?:农村)?(?:集体)?(?:股份)?(?:经济)?(?:合作)?(?:组织|联?社)(?=成员|股权|股东|名册)|农村(?!社区)"
)
_WORKS = re.compile(
    "^.{1,30}(?:工程|项目|公路|高速|铁路|道路|水库|输变电|管线|园区|片区|地块)(?:改扩建|建设)?(?:[一二三四五六]期)?"
    "(?=[\u3400-\u9fff]{2,12}?(?:街道|镇|乡|社区|村委会|村民委员会|居委会))"
)
"""Works for which land is taken, before the place: 样路工程样溪社区."""
_LONGEST_PLACE = 40
_ANNEX = re.compile("^附件[0-9一二三四五六七八九十-]{0,5}:")
_NO_NAME = re.compile("征|农民|资格|审核|补偿|协议|名册|登记|情况|意见|工程|项目|公路|铁路")
"""Words that stand in no name of a community: before them the words of the paper have begun."""


def named(file: str, sheet: str, titles: Sequence[str], columns: Iterable[str]) -> dict[str, str]:
    """The values for columns of a table that names and titles state; none for a column of which they say two.

    >>> wanted = ["street", "community", "group", "approval_no"]
    >>> named("街道/成员名册.xlsx", "上坡岗社区", ["龙城街道上坡岗社区农村集体经济组织成员名册"], wanted)
    {'street': '龙城街道', 'community': '上坡岗社区'}
    >>> named("批文/云国土资复〔2012〕665号.xlsx", "Sheet1", [], wanted)
    {'approval_no': '云国土资复〔2012〕665号'}
    >>> named("成员名册.xlsx", "", ["样溪社区、别溪社区成员名册"], wanted), named("成员名册.xlsx", "", ["样溪社区等成员名册"], wanted)
    ({}, {})
    >>> named("龙城街道/一组.xlsx", "二组", [], wanted), named("样路工程云国土资复〔2012〕665号.xlsx", "", [], wanted)
    ({'street': '龙城街道'}, {})
    >>> named("表.xlsx", "", ["样路工程样溪社区一组土地补偿款兑付花名册"], wanted)
    {'community': '样溪社区', 'group': '一组'}
    """
    *folders, name = file.split("/")
    stem = name.rpartition(".")[0] or name
    texts = [_ANNEX.sub("", squeeze(text)) for text in (*folders, stem, sheet, *titles) if text.strip()]
    found: dict[str, set[str]] = {}
    for place in (place for text in texts for place in _places(text)):
        for key in ("street", "community", "group"):
            if getattr(place, key):
                found.setdefault(key, set()).add(getattr(place, key))
    for text in texts:
        for match in _NUMBER.finditer(text):
            key = "agreement_no" if "协" in match["agency"] else "approval_no"
            if key == "agreement_no" or not _NOTICE.search(match["agency"]):
                found.setdefault(key, set()).add(re.sub(r"[\[(【]", "〔", re.sub(r"[\])】]", "〕", match[0])))
    return {
        key: min(found[key]) for key in columns if key in found and len({_same(key, one) for one in found[key]}) == 1
    }


def _same(key: str, text: str) -> str:
    """A place in the form in which two spellings of it are one; anything else as it is."""
    if key == "community":
        return place_key(text) or text
    return group_key(text) or text if key == "group" else text


def _places(text: str) -> Iterator[Place]:
    """The place that a text is, or begins with and goes on as a paper of it."""
    if ":" in text:
        return  # a label and its value, which are read as such
    text = _WORKS.sub("", text)
    if _STREET.fullmatch(text):
        yield Place(street=text)
    elif _GROUP.fullmatch(text) and not place_of(text).community:
        yield Place(group=text)
    elif (
        (whole := place_of(text)).community
        and not _SEVERAL.search(text)
        and text.count("社区") < 2
        and not _NO_NAME.search(text)
    ):
        yield whole
    else:
        yield from _beginning(text)


def _beginning(text: str) -> Iterator[Place]:
    """The place that a text begins with, the longest one, where what follows names no other place and not several."""
    plain = _OF_COLLECTIVE.sub("", text)
    for end in range(min(len(plain) - 1, _LONGEST_PLACE), 2, -1):
        place, rest = place_of(plain[:end]), plain[end:]
        if (place.group and not _GROUP.fullmatch(place.group)) or _NO_NAME.search(place.community):
            continue
        if place.community and (_SEVERAL.search(plain[:end]) or plain[:end].count("社区") > 1):
            return
        if place.community or _STREET.fullmatch(plain[:end]):
            if not _ANOTHER_PLACE.search(rest) and not _SEVERAL.search(rest):
                yield place if place.community else Place(street=plain[:end])
            return
