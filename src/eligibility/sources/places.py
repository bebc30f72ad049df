"""The street, community and group in the name of a grantor: 呈贡区乌龙街道大渔社区第一村民小组."""

from __future__ import annotations

import re
from typing import NamedTuple

from eligibility.model.names import squeeze

_STREET = "(?:街道办事处|街道|镇|民族乡|乡)"
_VILLAGE = "(?:社区居民委员会|居民委员会|社区居委会|社区|村民委员会|村委会|居委会|行政村)"
_GROUP = "(?:村民小组|居民小组|生产队|经济合作社|合作社|小组|组|社|队)"
_SEVERAL = re.compile("[、，,；;和及与]")
_COLLECTIVE = re.compile("(?:集体经济组织|股份经济合作联?社|经济合作联社|经济联合社|农民集体|集体)$")
_NAME = re.compile(
    rf"(?:[^省]{{2,8}}省)?(?:[^市州]{{2,8}}[市州])?(?:[^县区]{{1,6}}(?<!社)[县区])?"
    rf"(?P<street>[^县区]{{1,8}}?{_STREET})?"
    rf"(?P<community>.{{1,16}}?{_VILLAGE}|[^组社队]{{1,10}}?村(?!民))?"
    rf"(?P<group>.{{1,20}}?{_GROUP})?"
)


class Place(NamedTuple):
    """The parts of a place's name; "" for one that the name does not have."""

    street: str = ""
    community: str = ""
    group: str = ""


def place_of(name: str) -> Place:
    """The parts of the name of a grantor; all blank where it cannot be read as a whole.

    >>> place_of("呈贡区乌龙街道大渔社区第一村民小组")
    Place(street='乌龙街道', community='大渔社区', group='第一村民小组')
    >>> place_of("上村一组"), place_of("大渔街道新村村民小组")
    (Place(street='', community='', group=''), Place(street='', community='', group=''))
    >>> place_of("昆明市呈贡区吴家营街道前卫村民委员会上村三组"), place_of("前卫")
    (Place(street='吴家营街道', community='前卫村民委员会', group='上村三组'), Place(street='', community='', group=''))
    >>> place_of("样溪社区1组"), place_of("样溪社区、别溪社区")
    (Place(street='', community='样溪社区', group='1组'), Place(street='', community='', group=''))
    """
    plain = _COLLECTIVE.sub("", squeeze(name))
    match = _NAME.fullmatch(plain)
    if match is None or not match["community"] or (match["group"] and re.fullmatch(f"村民?{_GROUP}", match["group"])):
        return Place()
    if _SEVERAL.search(match["community"]) or match["community"].count("社区") > 1:
        return Place()
    if not re.search(f"{_VILLAGE}$", match["community"]) and not (match["street"] and match["group"]):
        return Place()  # 上村一组 may as well be a group of a community that is not named
    return Place(match["street"] or "", match["community"], match["group"] or "")
