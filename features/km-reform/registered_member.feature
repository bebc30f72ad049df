# language: zh-CN
@registered_member
功能: 批准日为在册人员
  成员资格以征地批准日为准。空挂户、批准日以后迁入的，不是当时的在册人员。

  背景:
    假如 其余条件均已成立

  规则: 以批准日是否在册为准

    场景大纲: 批准日在册为<认定>
      假如 申请人的"批准日在册"为"<认定>"
      当 按"km-reform"于"2022-10-31"审核
      那么 条款"registered_member"应为"<条款>"
      并且 结论应为"<结论>"
      并且 理由应恰为"<理由>"

      例子:
        | 认定 | 条款   | 结论       | 理由              |
        | 是   | 成立   | 符合       | 无                |
        | 否   | 不成立 | 不符合     | registered_member |
        | 不详 | 待核   | 待人工核查 | status_unknown    |

  规则: 待核时说明为何不明

    场景大纲: <事实>
      假如 申请人的"批准日在册"为"不详"
      并且 申请人的"<事实>"为"是"
      当 按"km-reform"于"2022-10-31"审核
      那么 理由应恰为"<理由>"

      例子:
        | 事实             | 理由                          |
        | 成员资格有争议   | membership_disputed           |
        | 有可能的批文     | approval_ambiguous            |
        | 查无批文         | approval_not_found            |
        | 只见收储         | reserve_land_without_approval |
        | 只有村组协议相关 | group_level_agreement         |

    场景: 不是在册人员的结论，列明协议齐全的推定
      假如 申请人的"批准日在册"为"否"
      当 按"km-reform"于"2022-10-31"审核
      那么 结论应为"不符合"
      并且 应列明推定参数"agreements_complete"
