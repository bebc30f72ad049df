"""Words to make a district of: streets, communities, names of persons and projects. Nobody real is meant."""

from __future__ import annotations

from itertools import product
from random import Random

STREETS = ("龙城", "斗南", "洛龙", "吴家营", "雨花", "乌龙", "大渔", "马金铺")
"""The streets of Chenggong; communities below them are made up."""

REVIEWED_STREETS = ("吴家营", "乌龙", "马金铺")
"""Streets whose joint review was complete by October 2022: every stage has said its opinion."""

COLLECTING_STREETS = ("洛龙", "斗南")
"""Streets that were still collecting papers: no opinions yet."""

_SURNAMES = "李王张杨赵刘陈段马周徐朱郭普毕吴何罗高梁宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹常武乔贺赖龚文"
_MALE = "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆林波荣贵福兴旺忠良顺保应国安德祥云春生光荣学文有发"
_FEMALE = "芳娜敏静丽艳娟霞秀英兰凤琼仙芬珍翠美玲桂花莲琴菊香萍红燕彩云慧琳梅雪莹倩蕊会焕"
_FIRST = "大小上下中新老前后东西南北回"
_SECOND = "庄营村河冲坡箐塘桥井坝街场屯哨沟湾山林田松柏柳梨桃梅竹石沙龙凤白"
_TAIL = ("社区", "家社区", "头社区", "园社区", "口社区", "心社区", "岗社区", "地社区")
_WORKS = (
    "片区土地一级开发",
    "大学城配套",
    "环湖公路",
    "轨道交通车辆段",
    "花卉市场扩建",
    "物流园",
    "城市更新",
    "变电站",
    "中学新建",
    "污水处理厂",
    "安置房",
    "综合管廊",
)
_WATER = ("水库扩容", "水电站", "水利枢纽")
_PHASES = ("一期", "二期", "三期", "四期")
_DIGITS = "零一二三四五六七八九"


def person_name(rng: Random, *, male: bool, surname: str = "") -> str:
    """A made-up name of two or three characters."""
    given = _MALE if male else _FEMALE
    tail = rng.choice(given) if rng.random() < 0.35 else rng.choice(given) + rng.choice(given)
    return (surname or rng.choice(_SURNAMES)) + tail


def community_name(index: int) -> str:
    """The made-up name of the community of that index; no two are equal.

    >>> community_name(0) != community_name(1)
    True
    """
    first, second, tail = _COMMUNITIES[index % len(_COMMUNITIES)]
    again = index // len(_COMMUNITIES)
    return f"{first}{second}{chinese_number(again) if again else ''}{tail}"


def project_names(rng: Random, community: str, count: int, *, water: frozenset[int]) -> list[str]:
    """`count` different project names about a community; those at the indexes in `water` are water works."""
    place = community.removesuffix("社区")
    plain = rng.sample([f"{place}{work}项目{phase}" for work in _WORKS for phase in _PHASES], count)
    wet = rng.sample(
        [f"{place}{work}工程{phase}" for work in _WATER for phase in (*_PHASES, "五期", "六期")], len(water)
    )
    return [wet.pop() if index in water else plain[index] for index in range(count)]


def chinese_number(number: int) -> str:
    """A number below one hundred as it is said; digits above.

    >>> [chinese_number(n) for n in (3, 10, 12, 40, 57)]
    ['三', '十', '十二', '四十', '五十七']
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def _shuffled() -> tuple[tuple[str, str, str], ...]:
    names = list(product(_FIRST, _SECOND, _TAIL))
    Random("communities").shuffle(names)
    return tuple(names)


_COMMUNITIES = _shuffled()
