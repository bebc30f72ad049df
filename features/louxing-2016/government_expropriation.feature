# language: zh-CN
@government_expropriation
功能: 由政府统一征收
  征收由政府统一进行，以批文为准。租用、村组占用、私下转让不算。

  背景:
    假如 其余条件均已成立

  规则: 有确凿材料才成立，有确凿反证才不成立

    场景大纲: 承包耕地确由批文征收为<值>
      假如 申请人的"承包耕地确由批文征收"为"<值>"
      当 按"louxing-2016"于"2022-10-31"审核
      那么 条款"government_expropriation"应为"<条款>"
      并且 结论应为"<结论>"
      并且 理由应恰为"<理由>"

      例子:
        | 值   | 条款   | 结论       | 理由                     |
        | 是   | 成立   | 符合       | 无                       |
        | 否   | 不成立 | 不符合     | government_expropriation |
        | 不详 | 待核   | 待人工核查 | approval_not_found       |

  规则: 待核时说明为何不明

    场景大纲: <事实>
      假如 申请人的"承包耕地确由批文征收"为"不详"
      并且 申请人的"<事实>"为"是"
      当 按"louxing-2016"于"2022-10-31"审核
      那么 条款"government_expropriation"应为"待核"
      并且 理由应恰为"<理由>"

      例子:
        | 事实             | 理由                          |
        | 只见收储         | reserve_land_without_approval |
        | 有可能的批文     | approval_ambiguous            |
        | 只有村组协议相关 | group_level_agreement         |
