"""Which village group of a community each paper means: one, several, or any.

麦冲十三组 and 十三组 are one group where the community has no other of that number; 一组 of a community with 麦冲一组 and 新桥一组
is one of the two; a name that neither roster nor group table has may be any group, unless all groups are plain numbers
and so is this one, and a parcel of an approval has it too: a number that only agreements write may be a slip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eligibility.model.names import group_name


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one community: number → the keys that may be meant by it; and the key that each spelling joins under.

    `formerly`: former key → present keys.
    """

    by_number: Mapping[str, frozenset[str]]
    keys: frozenset[str]
    formerly: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_groups(keys: Iterable[str], formerly: Mapping[str, Iterable[str]] | None = None) -> Groups:
    """The groups of a community from the keys that its roster and group table write.

    A plain number and a number with a village are one group where it is the only village with that number.
    """
    by_number: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        by_number[group_name(key).number].add(key)
    numbered = {number: _without_plain(number, several) for number, several in by_number.items()}
    former = {name: frozenset(present) for name, present in (formerly or {}).items()}
    return Groups(numbered, frozenset(key for several in numbered.values() for key in several), former)


def _without_plain(number: str, keys: set[str]) -> frozenset[str]:
    return frozenset({number} if number in keys and len(keys) == 2 else keys - {number} or keys)


def meaning_of(key: str, groups: Groups, *, lone: bool = False) -> frozenset[str]:
    """The keys of the groups that a paper may mean; empty: any group of the community. `lone`: only agreements write the key.

    >>> groups = read_groups(["麦冲1", "新桥1", "2", "上村3"])
    >>> sorted(meaning_of("1", groups)), meaning_of("麦冲1", groups), meaning_of("上村3", groups), meaning_of("3", groups)
    (['新桥1', '麦冲1'], frozenset({'麦冲1'}), frozenset({'上村3'}), frozenset({'上村3'}))
    >>> meaning_of("9", groups), meaning_of("9", read_groups(["1", "2"]))
    (frozenset(), frozenset({'9'}))
    >>> meaning_of("9", read_groups(["1", "2"]), lone=True), meaning_of("东1", read_groups(["1", "2"]))
    (frozenset(), frozenset())
    """
    village, number = group_name(key)
    present = groups.formerly.get(key, frozenset())
    if key in groups.keys:
        return present | {key} if number else present | {key} | _of_village(village, groups)
    same = groups.by_number.get(number, frozenset()) if number else _of_village(village, groups)
    plain = frozenset(one for one in same if not group_name(one).village)
    if len(village) == 1 and number:  # 东一组 is a group beside 一组; one character is no village
        return present
    if not village or plain == same:
        same = same if same or present or (lone and groups.keys) else _elsewhere(key, groups)
        return same | present
    return present


def _of_village(village: str, groups: Groups) -> frozenset[str]:
    return frozenset(key for key in groups.keys if group_name(key).village == village)


def _elsewhere(key: str, groups: Groups) -> frozenset[str]:
    """The key itself where every group of the community, and this one, is a plain number: then it is one more group."""
    plain = all(one.isdigit() for one in groups.keys)
    return frozenset({key}) if plain and key.isdigit() else frozenset()
