"""The work list as a form: its columns, what each kind of question may be answered with, and the marks against slips.

Written by reporting, read back by review; neither knows the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from eligibility.model.policy import FactSpec

QUESTIONS = "核查清单"
"""Sheet of the questions."""
SHARES = "分户面积"
"""Sheet on which the land of each household in an agreement is written: the answer to a question about a roll."""

QUESTION_LOCKED = (
    *("问题编号", "社区/村", "村民小组", "核查原因", "问题", "涉及人数", "答复即可办结人数", "需补材料", "可核实单位"),
)
SHARE_LOCKED = ("问题编号", "协议编号", "社区/村", "村民小组", "户号")
ANSWER, AREA, SINCE, UNTIL = "核查结论", "面积（亩）", "起始日", "截止日"
BODY, BY, ON, NOTE = "核实单位", "核查人", "日期", "备注"
QUESTION_FILL = (ANSWER, AREA, SINCE, UNTIL, BODY, BY, ON, NOTE)
SHARE_FILL = (AREA, BODY, BY, ON, NOTE)
HIDDEN = ("键", "校验")
"""Hidden columns at the end: the question's id, and digests of the cells that nobody is to change."""

UNKNOWN = "仍不详"
"""The answer that settles nothing and contradicts nobody."""
RECORDED = "已补材料，见备注"
"""The answer to a question that only mended papers can settle: it is recorded, and the dossier must be mended."""

_CELL = 6
_SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class Form:
    """How a question may be answered: with one of `words` (Chinese → key), or, where `text`, with words of one's own.

    `needs` are the further columns that an answer must fill, by the key of the word ("" for a text).
    """

    words: dict[str, str]
    text: bool = False
    needs: tuple[tuple[str, str], ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """What the drop-down offers."""
        return (*self.words, UNKNOWN)

    def columns(self, key: str) -> tuple[str, ...]:
        """The columns to fill with the answer `key`."""
        return tuple(column for word, column in self.needs if word == key)


_YES_NO = Form({"是": "yes", "否": "no"})

FORMS: dict[str, Form] = {
    "staff": _YES_NO,
    "officer": _YES_NO,
    "school": _YES_NO,
    "imprisoned": _YES_NO,
    "works": _YES_NO,
    "pension": Form({"无": "none", "参保": "insured", "领取": "drawing"}),
    "hukou": Form({}, text=True),
    "death": Form({"健在": "alive", "已死亡": "dead"}, needs=(("dead", SINCE),)),
    "membership": Form({"在册（填起止日）": "member"}, needs=(("member", SINCE),)),
    "dispute": Form({"认定为成员": "member", "认定不是成员": "none"}),
    "disagreement": Form({"现已同意": "agree"}),
    "incomplete": Form({"现已同意": "agree"}),
    "certificate": Form(
        {"有权证": "certificate", "有二轮合同": "contract", "都没有": "none"},
        needs=(("certificate", AREA), ("certificate", SINCE), ("contract", AREA), ("contract", SINCE)),
    ),
    "roll": Form({"已填分户面积": "shares", "已填分户面积，其余农户没有": "shares_rest"}),
    "link": Form({}, text=True),
    "approval_day": Form({"批准日（填起始日）": "day"}, needs=(("day", SINCE),)),
    "competence": Form({"国务院": "state_council", "省政府": "province", "市政府": "city", "县政府": "county"}),
}
"""What may be answered, by what a question asks; a question of another kind can only be recorded."""

_ONLY_RECORDED = Form({RECORDED: "recorded"})


_OWN_WORDS = Form({}, text=True)
_ADDED = "ask_"


def asks_of(spec: FactSpec) -> str:
    """What a question about a fact that the rulebook adds asks."""
    return _ADDED + spec.id


def fact_asked(asks: str) -> str:
    """The id of the added fact that a question asks for; "" where it asks for something else.

    >>> fact_asked("ask_insured"), fact_asked("pension")
    ('insured', '')
    """
    return asks.removeprefix(_ADDED) if asks.startswith(_ADDED) else ""


def form_of(asks: str) -> Form:
    """The form of a question; an added fact is answered in words of one's own, as in a case file."""
    if fact_asked(asks):
        return _OWN_WORDS
    return FORMS.get(asks, _ONLY_RECORDED)


def key_of(question_id: str, household: str = "") -> str:
    """The hidden key of a row.

    >>> key_of("roll-1f", "H7")
    'roll-1f|H7'
    """
    return f"{question_id}|{household}" if household else question_id


def marks(key: str, cells: Sequence[str]) -> str:
    """Digests of a row: of its key with all locked cells, then of each cell, so that a changed one can be named."""
    whole = _digest("\x1f".join([key, *cells]), 2 * _CELL)
    return _SEPARATOR.join([whole, *(_digest(f"{key}\x1f{place}\x1f{cell}") for place, cell in enumerate(cells))])


def changed(key: str, cells: Sequence[str], stated: str) -> list[int] | None:
    """Places of the locked cells that are not as written; None where key or digests themselves were changed."""
    fresh, given = marks(key, cells).split(_SEPARATOR), stated.split(_SEPARATOR)
    if len(given) != len(fresh):
        return None
    places = [place for place, pair in enumerate(zip(fresh[1:], given[1:], strict=True)) if pair[0] != pair[1]]
    if not places:
        return [] if fresh[0] == given[0] else None
    return places if len(places) < len(cells) else None


def _digest(text: str, length: int = _CELL) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:length]
