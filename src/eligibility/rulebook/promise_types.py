"""What a rulebook promises, and the arithmetic that always holds between facts, as compiled."""

from __future__ import annotations

from dataclasses import dataclass

from eligibility.model.policy import Formula
from eligibility.rulebook.problems import Spot


@dataclass(frozen=True, slots=True)
class Relation:
    """Arithmetic that holds between the true values of `facts` for every person; `text` is the expression as written."""

    fact: str
    text: str
    formula: Formula
    facts: tuple[str, ...]
    at: Spot


@dataclass(frozen=True, slots=True)
class Help:
    """More (or less, if not `more`) of a fact, with others that move along, never turns eligible into refused."""

    fact: str
    more: bool
    along: tuple[tuple[str, bool], ...]
    """Facts that may move with it, each with whether it grows."""
    at: Spot


@dataclass(frozen=True, slots=True)
class Independence:
    """No outcome depends on a fact; or on something of a person that is no fact, and so on none of `facts` that tell it."""

    name: str
    title: str
    facts: tuple[str, ...]
    at: Spot


ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "姓名": ("name", "申请人姓名", "被征地人员姓名"),
    "性别": ("sex",),
    "民族": ("ethnicity", "民族成分"),
    "户口性质": ("kind_of_hukou", "户口类型", "户口类别", "户籍性质", "户籍类型", "户别"),
    "籍贯": ("native_place",),
    "婚姻状况": ("marital_status", "婚姻"),
    "文化程度": ("education", "学历"),
    "政治面貌": ("political_status",),
    "宗教信仰": ("religion",),
    "住址": ("address", "家庭住址", "现住址", "地址"),
    "联系电话": ("phone", "电话", "手机号"),
}
"""What papers say of a person beside the facts, and other words for it: of this, too, it may be promised that it never decides."""


@dataclass(frozen=True, slots=True)
class Promises:
    """What a rulebook promises: facts that no outcome depends on, and what never hurts anybody."""

    never_depends_on: tuple[Independence, ...] = ()
    never_hurts: tuple[Help, ...] = ()
