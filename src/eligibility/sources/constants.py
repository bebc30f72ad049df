"""What a title states once for all rows, as a label and a value: 项目名称：样路工程."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from eligibility.sources.spelling import fold

_PAIR = re.compile(r"^\s*([^:：]{1,12})[:：]\s*(.*)$")
_APART = re.compile(r"\s{2,}|[;；\u3000]+")
_LONGEST = 60


@cache
def labels() -> dict[str, tuple[str, ...]]:
    """For each column that titles state the labels before its value, folded."""
    text = files("eligibility.sources").joinpath("constants.toml").read_text(encoding="utf-8")
    return {key: tuple(map(fold, words)) for key, words in tomllib.loads(text).items()}


def stated(titles: Sequence[str], columns: Iterable[str]) -> dict[str, str]:
    """The values that titles state for columns of a table; none for a column for which they state two.

    >>> stated(["征地协议汇总表", "项目名称：样路工程  社区：样溪社区"], ["project", "community", "group"])
    {'project': '样路工程', 'community': '样溪社区'}
    """
    pairs: dict[str, set[str]] = {}
    for index, title in enumerate(titles):
        for part in _APART.split(title):
            match = _PAIR.match(part)
            if match:
                behind = titles[index + 1] if index + 1 < len(titles) and not _PAIR.match(titles[index + 1]) else ""
                value = match[2].strip() or behind.strip()
                if value and len(value) <= _LONGEST:
                    pairs.setdefault(fold(match[1]), set()).add(value)
    found = {key: {value for word in labels().get(key, ()) for value in pairs.get(word, ())} for key in columns}
    agreed = {key: next(iter(values)) for key, values in found.items() if len(values) == 1}
    return {key: text for key, value in agreed.items() if (text := _end(key, value))}


def _end(key: str, value: str) -> str:
    """Of a span of days (1998年1月1日至2027年12月31日) the end that a column wants; "" where a span has not two ends.

    >>> _end("contract_from", "1998年5月1日至2028年4月30日"), _end("contract_to", "三十年"), _end("project", "甲至乙公路")
    ('1998年5月1日', '', '甲至乙公路')
    """
    if key not in ("contract_from", "contract_to"):
        return value
    ends = [part.strip() for part in re.split("至|—|～|~", value)]
    return ends[0 if key == "contract_from" else 1] if len(ends) == 2 and all(ends) else ""
