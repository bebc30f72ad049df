# language: zh-CN
@confirmations_complete
功能: 联审意见齐备
  任何一个环节要求补充材料，都转人工核查。

  背景:
    假如 其余条件均已成立

  规则: 只转人工核查，绝不因此拒绝

    场景大纲: 联审有待补意见为<值>
      假如 申请人的"联审有待补意见"为"<值>"
      当 按"guyuan-2016"于"2022-10-31"审核
      那么 条款"confirmations_complete"应为"<条款>"
      并且 结论应为"<结论>"
      并且 理由应恰为"<理由>"

      例子:
        | 值   | 条款   | 结论       | 理由                    |
        | 否   | 成立   | 符合       | 无                      |
        | 是   | 不成立 | 待人工核查 | confirmation_incomplete |
        | 不详 | 待核   | 待人工核查 | confirmation_incomplete |
