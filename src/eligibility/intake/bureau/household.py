"""The place and the household of a row, by which papers without a common number join.

A household of the database has its code. Others are known by the id of their head, or within one village group by the running
number that the group's own sheet gives it: a running number means nothing beside another sheet's.
"""

from __future__ import annotations

from collections.abc import Callable

from eligibility.intake.bureau.lookup_keys import plain
from eligibility.model.names import group_key, place_key, squeeze
from eligibility.sources import Kind, place_of

Get = Callable[[str], str]
"""The cell of a meaning, or what is the same for all rows; "" where there is none."""

HEAD = "户主"
_WHOLE = frozenset({"household_id"})
_BY_ID = frozenset({"head_resident_id"})


def place_parts(get: Get) -> tuple[str, str]:
    """The community and the group of a row as they join; ("", "") where it has none.

    >>> place_parts({"community": "样溪社区第一村民小组"}.get), place_parts({"community": "样溪村委会", "group": "1组"}.get)
    (('样溪', '1'), ('样溪', '1'))
    """
    community, group = squeeze(get("community") or ""), squeeze(get("group") or "")
    place = place_of(community)
    if place.community:
        community, group = place.community, group or place.group
    return (place_key(community) or "") if community else "", (group_key(group) or "") if group else ""


def household_of(kind: Kind, get: Get) -> str:
    """The household of a row of that kind; "" where nothing of what makes one is there."""
    for parts in kind.household:
        values = {part: squeeze(get(part) or "") for part in parts}
        if set(parts) <= _WHOLE:
            if all(values.values()):
                return "".join(values.values())
        elif set(parts) <= _BY_ID:
            if found := plain(values["head_resident_id"]):
                return HEAD + found
        else:
            community, group = place_parts(get)
            number = values.get("household_no") or values.get("household_seq") or ""
            if community and group and number:
                return f"{community}{group}组第{number}户"
    return ""


def number_of(kind: Kind, get: Get) -> tuple[str, str]:
    """What a row of that kind has that makes its household: the meaning and the text of that cell; ("", "") where nothing.

    >>> from eligibility.sources import shipped
    >>> number_of(shipped().kinds["village_book"], {"community": "样溪", "group": "1组", "household_no": "3"}.get)
    ('household_no', '3')
    """
    for parts in kind.household:
        values = {part: squeeze(get(part) or "") for part in parts}
        if set(parts) <= _WHOLE | _BY_ID:
            if all(values.values()):
                return parts[-1], values[parts[-1]]
        else:
            key = next((key for key in ("household_no", "household_seq") if values.get(key)), "")
            if key and all(place_parts(get)):
                return key, values[key]
    return "", ""
