"""Words of payment rosters: kinds of lines, why something is held, what is wrong with what was paid."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Policy

KINDS: Mapping[str, Bilingual] = {
    "current": Bilingual("当期", "current"),
    "arrears": Bilingual("补发", "arrears"),
    "refund": Bilingual("应退", "refund"),
    "shift": Bilingual("出资调整", "between payers"),
}
"""What a line of a roster is."""

HELD: Mapping[str, Bilingual] = {
    "not_complete": Bilingual("审核环节未办结", "review is not complete"),
    "contested": Bilingual("有申诉未答复，或原判定已认定有误", "an appeal is open, or the decision was found wrong"),
    "several_decisions": Bilingual("同一号码有几个判定", "several decisions under one id"),
    "not_in_run": Bilingual("本次判定中没有此人", "not in this run"),
    "entitlement_open": Bilingual("是否可得待核", "open whether it is due"),
    "parameter_unset": Bilingual("法定数值未设定", "a number of the law is not set"),
    "no_figure": Bilingual("算不出金额（事实不详）", "no figure: a fact is not known"),
    "amount_range": Bilingual("金额只是一个区间", "the amount is a range"),
    "start_unknown": Bilingual("起始日不详", "the first day is not known"),
    "less_open": Bilingual("应扣除的已付金额未定", "what is to be taken off is open"),
    "died": Bilingual("已死亡，死亡以前的不再改动", "died: what was paid in life stays"),
    "moved": Bilingual("已迁出，暂停待核", "moved away: stopped until it is looked into"),
    "no_account": Bilingual("没有可用的账号", "no usable account"),
}
"""Why something is not paid now."""

UNKNOWN_PAYER = Bilingual("出资方未见", "payer not known")


def payer_title(policy: Policy, code: str) -> str:
    """The name of a payer, as the first benefit that it bears a part of has it."""
    shares = (share for benefit in policy.benefits.values() for share in benefit.shares)
    return next((share.title for share in shares if share.payer == code), code or UNKNOWN_PAYER.zh)


PAID_WORDS: Mapping[str, Bilingual] = {
    "unpaid": Bilingual("名册上有，未见付款", "on a roster, no payment seen"),
    "partly": Bilingual("只付了一部分", "paid in part"),
    "possible": Bilingual("付了多少取决于付款属于哪一期", "how much is paid depends on the period a payment is for"),
    "paid_too_much": Bilingual("付款多于名册", "paid more than the rosters say"),
    "not_on_roster": Bilingual("付了款，不在任何现行名册上", "paid, on no roster in force"),
    "paid_after_death": Bilingual("死亡以后仍付款", "paid after the day of death"),
}
"""Differences between rosters and payments."""

PAID_REMEDIES: Mapping[str, Bilingual] = {
    "unpaid": Bilingual("向银行查明是否退票，更正账号后重发", "ask the bank whether it came back; correct the account"),
    "partly": Bilingual("查明差额，补付后再核对", "find out about the rest, pay it and match again"),
    "possible": Bilingual("请银行在付款文件中写明期间", "have the bank name the period in its file"),
    "paid_too_much": Bilingual(
        "通知退回，或查明名册是否已被取代", "ask for it back, or see whether the roster was superseded"
    ),
    "not_on_roster": Bilingual("查明凭什么付款", "find out on what ground it was paid"),
    "paid_after_death": Bilingual("查明死亡日期，通知退回", "confirm the day of death and ask for it back"),
}
"""What to do about each."""
