"""A policy small enough to read, with everything the outputs give a title to. Its numbers are made up."""

from __future__ import annotations

from datetime import date

from eligibility.model.policy import (
    AllOf,
    Citation,
    Clause,
    Condition,
    Dated,
    FactRef,
    Holds,
    Kind,
    Named,
    Parameter,
    Policy,
    Reason,
    Status,
)

AS_OF = date(2022, 10, 31)

CONDITIONS = {
    "approval_exists": "土地有征地批文",
    "most_land_lost": "失去大部分土地",
    "contract_right": "享有土地承包经营权",
    "registered_member": "征地时为在册成员",
    "adult": "征地时年满十六周岁",
    "not_public_staff": "非财政供养人员",
}
KINDS = {"adult": Kind.REGISTER, "not_public_staff": Kind.EXCLUSION}
SENTENCES = {"most_land_lost": "没有失去大部分土地"}
REASONS = {
    "missing_title_certificate": ("缺少土地承包经营权证", ("title_certificate",), ("agriculture",)),
    "substitute_title_only": ("只有承包台账，没有权证", ("title_certificate", "contract"), ("agriculture",)),
    "approval_ambiguous": ("征地批文不唯一", ("approval",), ("natural_resources",)),
    "shared_compensation": ("补偿款均分，各户失地面积不明", ("payout_roll",), ("community", "natural_resources")),
    "status_unknown": ("身份状况不详", ("status_proof",), ("human_resources",)),
    "membership_disputed": ("成员资格有争议", ("membership_proof",), ("community",)),
    "identity_invalid": ("身份证号无效", ("identity_card",), ("police",)),
}
DOCUMENTS = {
    "title_certificate": "土地承包经营权证",
    "contract": "二轮承包合同",
    "approval": "征地批文",
    "payout_roll": "补偿分配花名册",
    "status_proof": "在编在册情况证明",
    "membership_proof": "成员资格证明",
    "identity_card": "居民身份证",
}
BODIES = {
    "agriculture": "农业农村局",
    "natural_resources": "自然资源局",
    "community": "社区居委会",
    "human_resources": "人力资源和社会保障局",
    "police": "公安派出所",
}
OUTCOMES = {"eligible": "符合", "not_eligible": "不符合", "register": "备案登记", "manual_review": "待人工核查"}


def a_policy() -> Policy:
    """The policy of the made-up district."""
    return Policy(
        id="km-reform",
        title="昆明市改革完善被征地人员基本养老保障实施意见",
        instrument="km-reform",
        as_of=AS_OF,
        in_force_from=date(2019, 1, 1),
        sha256="c0ffee" * 10 + "beef",
        outcomes=dict(OUTCOMES),
        facts={},
        parameters=_parameters(),
        conditions={key: Condition(key, zh, Holds(FactRef(key)), (key,)) for key, zh in CONDITIONS.items()},
        clauses={key: _clause(key, zh) for key, zh in CONDITIONS.items()},
        reasons={key: Reason(key, *rest) for key, rest in REASONS.items()},
        documents=dict(DOCUMENTS),
        bodies=dict(BODIES),
        gazetteer={},
    )


def _clause(key: str, zh: str) -> Clause:
    cited = Citation("km-reform", "第三条", "", Status.SEEN)
    return Clause(
        key, f"{zh}条款", KINDS.get(key, Kind.REQUIREMENT), cited, AllOf((Named(key),)), SENTENCES.get(key, "")
    )


def _parameters() -> dict[str, Parameter]:
    made = (
        ("most_land_line", "大部分土地的界线", "area_per_head", "亩", 30_000_000, Status.ASSUMED),
        ("minimum_age", "最低年龄", "years", "岁", 16, Status.ASSUMED),
        ("agreements_complete", "征地协议登记齐全", "truth", "", True, Status.ASSUMED),
        ("start_date", "起算日", "date", "", date(2009, 1, 1), Status.SEEN),
        ("subsidy_yuan", "年补助标准", "money", "元", None, Status.UNSET),
    )
    return {
        key: Parameter(
            key, zh, kind, unit, (Dated(date(2009, 1, 1), None, value, Citation("km-reform", "", "", status)),)
        )
        for key, zh, kind, unit, value, status in made
    }
