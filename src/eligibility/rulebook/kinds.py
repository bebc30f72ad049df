"""Titles of the types of facts and parameters."""

from __future__ import annotations

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import FactSpec, FactType, Parameter

KINDS = {
    FactType.AREA: Bilingual("面积（亩）", "an area"),
    FactType.AREA_PER_HEAD: Bilingual("人均面积（亩）", "an area per head"),
    FactType.YEARS: Bilingual("年龄（岁）", "an age in years"),
    FactType.COUNT: Bilingual("个数", "a count"),
    FactType.PERCENT: Bilingual("百分比", "a percentage"),
    FactType.MONEY: Bilingual("金额（元）", "an amount of money"),
    FactType.DATE: Bilingual("日期", "a day"),
    FactType.TRUTH: Bilingual("是/否", "a yes or no"),
    FactType.CHOICE: Bilingual("选项", "a choice"),
}
"""Title of each type of fact."""

COMPARED_BY = {
    FactType.TRUTH: Bilingual(
        "是/否的事实直接写名称，或写 not 名称", "write a yes or no as its name, or not and its name"
    ),
    FactType.CHOICE: Bilingual("选项只用 =、!= 或 in", "compare a choice by =, != or in"),
}
"""How to write a comparison of the two types that have no order."""


def typed_name(term: FactSpec | Parameter) -> Bilingual:
    """Return the title of a fact or parameter, followed by its type."""
    kind = next((item for known, item in KINDS.items() if known.value == str(term.type)), None)
    zh, en = (kind.zh, kind.en) if kind else (str(term.type), str(term.type))
    return Bilingual(f"“{term.title}”（{zh}）", f"{term.id} ({en})")
