"""Words of payment rosters: kinds of lines, why something is held, what is wrong with what was paid."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.model.diagnostic import Bilingual

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
