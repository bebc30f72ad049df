"""What a question is about, in a word or two, for counts of questions and answers."""

from __future__ import annotations

from eligibility.model.diagnostic import Bilingual

_ABOUT = {
    "link": Bilingual("协议的批文", "approval of an agreement"),
    "roll": Bilingual("分户面积", "areas by household"),
    "agreement": Bilingual("协议的类型和地类", "kind and class of an agreement"),
    "unread": Bilingual("没有读的文件", "files that were not read"),
    "misplaced": Bilingual("协议占了哪里的地", "whose land an agreement took"),
    "place": Bilingual("户属于哪里", "place of a household"),
    "lost_agreement": Bilingual("读不出的协议行", "unreadable rows of agreements"),
    "lost_in_group": Bilingual("读不出的行", "unreadable rows"),
    "unlisted": Bilingual("社区有哪些协议", "agreements of a community"),
    "competence": Bilingual("批准机关", "approving authority"),
    "approval_day": Bilingual("批准日期", "day of approval"),
    "before_start": Bilingual("实施之前的批文", "approvals before the scheme"),
    "works": Bilingual("水利水电工程", "water works"),
    "works_of_agreement": Bilingual("协议的工程", "works of an agreement"),
    "contradiction": Bilingual("批文的两种说法", "contradictory approvals"),
    "certificate": Bilingual("权证或合同", "certificate or contract"),
    "printed_area": Bilingual("印得粗的面积", "coarsely printed areas"),
    "household_roll": Bilingual("户的花名册", "roll of a household"),
    "lost_persons": Bilingual("读不出的人口", "unreadable members"),
    "membership": Bilingual("成员起止日", "days of membership"),
    "dispute": Bilingual("成员资格争议", "disputed membership"),
    "between": Bilingual("两处人口", "membership between households"),
    "death": Bilingual("死亡", "death"),
    "identity": Bilingual("身份", "identity"),
    "school": Bilingual("在校", "school"),
    "staff": Bilingual("财政供养", "public staff"),
    "officer": Bilingual("军官", "officer"),
    "pension": Bilingual("职工养老", "employee pension"),
    "hukou": Bilingual("户籍地", "place of registration"),
    "imprisoned": Bilingual("服刑", "imprisonment"),
    "disagreement": Bilingual("不同意的意见", "opinions against"),
    "incomplete": Bilingual("未出具的意见", "opinions not given"),
    "conflict": Bilingual("矛盾的材料", "contradictory papers"),
    "comparison": Bilingual("比对名单", "lists to compare with"),
    "ruling": Bilingual("政策", "policy"),
    "other": Bilingual("其他", "other"),
}
_ADDED = Bilingual("规则增加的事实", "facts that the rulebook adds")


def asked_about(asks: str) -> Bilingual:
    """The words for what a question asks.

    >>> asked_about("roll").zh
    '分户面积'
    """
    return _ABOUT.get(asks, _ADDED)
