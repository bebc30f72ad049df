"""The files of a new rulebook: one clause, everything of the law marked to be filled, and a feature that already holds."""

from __future__ import annotations

from datetime import date

from eligibility.rulebook.filling import TO_BE_FILLED

_CITATION = f"{{instrument: {{name}}, article: {TO_BE_FILLED}, quote: {TO_BE_FILLED}, status: assumed}}"

_FILES = {
    "rules/{name}/rulebook.yaml": f"""\
# 一套规则：名称、依据、施行期、四种结论的叫法、条款次序。标着“{TO_BE_FILLED}”的都要照文件填写。
id: {{name}}
title: {TO_BE_FILLED}
instrument: {{name}}
in_force: {{since: {{since}}, status: assumed, note: 施行日{TO_BE_FILLED}}}
outcomes:
  eligible: 符合
  not_eligible: 不符合
  register: 备案登记
  manual_review: 待人工核查
clauses: # 每加一个条款文件，在这里列一行
  - of_age
""",
    "rules/{name}/instruments.yaml": f"""\
{{name}}:
  title: {TO_BE_FILLED}
  number: {TO_BE_FILLED}
  known: {TO_BE_FILLED}
""",
    "rules/{name}/facts.yaml": """\
# 本规则自己加的事实，每个都写明卷宗哪张表的哪一列告诉它（不写 table 即人员名册）。出生日期、性别由身份证号得出，不必写。
notice_day:
  title: 征地公告日
  type: date
  day: 公告之日
  confirmed_by: [natural_resources]
  proves: [notice]
  source: {table: groups, headers: [征地公告日]}
""",
    "rules/{name}/parameters/lowest_age.yaml": f"""\
id: lowest_age
title: 最低年龄
type: years
unit: 岁
values:
  - since: {{since}}
    value: 16
    citation: {_CITATION}
""",
    "rules/{name}/conditions.yaml": """\
# 条件：对事实的一句判断。条款的 when 用条件的代码或中文名。
of_age:
  title: 公告时已满最低年龄
  expression: 年龄(征地公告日) >= 最低年龄
""",
    "rules/{name}/clauses/of_age.yaml": f"""\
id: of_age
title: 公告时已满最低年龄
kind: requirement # 要求；exclusion 排除、exception 例外、register 登记、elsewhere 另按其他办法、refer 转核
citation: {_CITATION}
when: of_age
text: 征地公告时未满最低年龄
otherwise: [identity_invalid]
""",
    "features/{name}/其余条件.yaml": """\
# “其余条件均已成立”指的就是这个人：每加一个事实，在这里写上它通常的值。
征地公告日: 2020-01-01
出生日期: 1980-01-01
""",
    "features/{name}/of_age.feature": """\
# language: zh-CN
@of_age
功能: 公告时已满最低年龄

  背景:
    假如 其余条件均已成立

  场景: 已满
    当 按"{name}"于"{as_of}"审核
    那么 条款"of_age"应为"成立"
    并且 结论应为"符合"

  场景: 差一天
    假如 申请人的情况为
      | 事实 | 值 |
      | 出生日期 | 2004-01-02 |
    当 按"{name}"于"{as_of}"审核
    那么 条款"of_age"应为"不成立"
    并且 结论应为"不符合"

  场景: 不详的转人工核查，绝不因此拒绝
    假如 申请人的情况为
      | 事实 | 值 |
      | 征地公告日 | 不详 |
    当 按"{name}"于"{as_of}"审核
    那么 条款"of_age"应为"待核"
    并且 结论应为"待人工核查"
""",
}


def new_rulebook(name: str, as_of: date) -> dict[str, str]:
    """The files of a new rulebook by their path below the folder that holds `rules` and `features`.

    `as_of`: the day on which its scenarios decide; it is in force from the first of January before.
    """
    words = {"{name}": name, "{since}": date(as_of.year, 1, 1).isoformat(), "{as_of}": as_of.isoformat()}
    return {_worded(path, words): _worded(text, words) for path, text in _FILES.items()}


def _worded(text: str, words: dict[str, str]) -> str:
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
