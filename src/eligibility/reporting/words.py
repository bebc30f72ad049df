"""Words for codes: titles from the policy, and the fixed words of the data contract."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from eligibility.domain.finding import Text
from eligibility.domain.policy import FactType, Parameter, Policy, Value
from eligibility.domain.tables import TABLES

STATUSES: Mapping[str, Text] = {
    "covered": Text("确定对应", "covered"),
    "partly": Text("部分对应", "partly covered"),
    "ambiguous": Text("对应不唯一", "ambiguous"),
    "uncovered": Text("无批文对应", "uncovered"),
    "not_expropriation": Text("非征收", "not expropriation"),
}
QUARANTINE: Mapping[str, Text] = {
    "required_blank": Text("必填项空缺", "required cell blank"),
    "duplicate_row": Text("重复行", "duplicate row"),
    "bad_number": Text("数字无法识别", "unreadable number"),
    "bad_date": Text("日期无法识别", "unreadable date"),
    "bad_enum": Text("选项无法识别", "unknown word in a list"),
    "unknown_reference": Text("引用对象不存在", "refers to nothing in the dossier"),
    "identity_invalid": Text("身份证号无效", "invalid resident id"),
    "digits_lost": Text("号码位数丢失", "digits lost"),
    "unit_conflict": Text("单位矛盾", "units contradict"),
}
UNITS: Mapping[str, tuple[int, str, str]] = {
    FactType.AREA: (10**6, "亩", "mu"),
    FactType.AREA_PER_HEAD: (10**8, "亩/人", "mu a head"),
    FactType.MONEY: (100, "元", "yuan"),
}
"""Scale and unit of a legal value that is kept as a whole number."""
CHOICES: Mapping[str, Text] = {
    "documented_only": Text("以书面材料为准", "what is documented, as a range"),
    "group_ratio": Text("按小组征地比例", "by the group's share taken"),
    "per_capita": Text("按人口平均", "by heads"),
}
"""Ways to attribute shared land (`shared_land_attribution`), as the data contract names them."""
COUNTED: Mapping[str, str] = {"岁": "years", "年": "years", "人": "persons", "天": "days", "个月": "months"}


class Family(StrEnum):
    """What a code stands for. Codes are unique within a family only: a clause and a reason may share theirs."""

    OUTCOME = "outcome"
    REASON = "reason"
    CLAUSE = "clause"
    REFUSAL = "refusal"  # a clause that refuses, in its own sentence: its title says what would be required
    CONDITION = "condition"
    DOCUMENT = "document"
    BODY = "body"
    PARAMETER = "parameter"


class Titles:
    """Titles of a policy's codes. A code that the policy does not name is shown as it stands, never dropped."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._lists: dict[tuple[Family, str], str] = {}
        self._zh: dict[Family, Mapping[str, str]] = {
            Family.OUTCOME: policy.outcomes,
            Family.REASON: {key: one.title for key, one in policy.reasons.items()},
            Family.CLAUSE: {key: one.title for key, one in policy.clauses.items()},
            Family.REFUSAL: {key: one.text or f"不成立：{one.title}" for key, one in policy.clauses.items()},
            Family.CONDITION: {key: one.title for key, one in policy.conditions.items()},
            Family.DOCUMENT: policy.documents,
            Family.BODY: policy.bodies,
            Family.PARAMETER: {key: one.title for key, one in policy.parameters.items()},
        }
        self._en: dict[Family, Mapping[str, str]] = {
            Family.OUTCOME: policy.english.outcomes,
            Family.REASON: {key: one.title_en for key, one in policy.reasons.items()},
            Family.CLAUSE: {key: one.title_en for key, one in policy.clauses.items()},
            Family.REFUSAL: {key: one.text_en for key, one in policy.clauses.items()},
            Family.CONDITION: {key: one.title_en for key, one in policy.conditions.items()},
            Family.DOCUMENT: policy.english.documents,
            Family.BODY: policy.english.bodies,
            Family.PARAMETER: {key: one.title_en for key, one in policy.parameters.items()},
        }

    def zh(self, family: Family, code: str) -> str:
        """The Chinese title of a code."""
        return self._zh[family].get(code, code)

    def text(self, family: Family, code: str) -> Text:
        """The title in both languages; where a rule file gives no English, it is the code made readable."""
        english = f"Refuted: {readable(code).lower()}" if family is Family.REFUSAL else readable(code)
        return Text(self.zh(family, code), self._en[family].get(code) or english)

    def listed(self, family: Family, codes: str | None) -> str:
        """Chinese titles of codes joined by `;`, joined by `；`. Remembers lists: a million persons have few."""
        if not codes:
            return ""
        if (family, codes) not in self._lists:
            self._lists[family, codes] = "；".join(self.zh(family, code) for code in codes.split(";"))
        return self._lists[family, codes]


def why(outcome: str) -> Family:
    """What the column `reasons` holds: reasons for review, or the ids of the clauses that refuse."""
    return Family.REASON if outcome == "manual_review" else Family.REFUSAL


def readable(code: str) -> str:
    """A code as English words.

    >>> readable("missing_title_certificate")
    'Missing title certificate'
    """
    return code.replace("_", " ").replace("-", " ").capitalize() if code.islower() else code


def table_text(key: str) -> Text:
    """The name of a dossier table; "" is the dossier as a whole."""
    if not key:
        return Text("卷宗", "Dossier")
    return Text(next((table.zh for table in TABLES if table.key == key), key), readable(key))


def value_text(parameter: Parameter, value: Value | None) -> Text:
    """A legal value with its unit; an unset one says so."""
    if value is None:
        return Text("未定", "not set")
    if isinstance(value, bool):
        return Text("是" if value else "否", "yes" if value else "no")
    if isinstance(value, tuple):
        return Text("、".join(value), ", ".join(value))
    if isinstance(value, int):
        return _number_text(parameter, value)
    if isinstance(value, str):
        return CHOICES.get(value, Text(value, readable(value)))
    return Text(value.isoformat(), value.isoformat())


def scaled(value: int, scale: int) -> str:
    """An exact decimal of a scaled whole number, without trailing zeros.

    >>> scaled(30_000_000, 10**8)
    '0.3'
    """
    digits = len(str(scale)) - 1
    sign, whole, part = "-" * (value < 0), *divmod(abs(value), scale)
    decimals = f"{part:0{digits}d}".rstrip("0") if digits else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def _number_text(parameter: Parameter, value: int) -> Text:
    scale, zh, en = UNITS.get(parameter.type, (1, parameter.unit, COUNTED.get(parameter.unit, parameter.unit)))
    number = scaled(value, scale)
    return Text(f"{number} {zh}".strip(), f"{number} {en}".strip())
