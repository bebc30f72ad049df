# language: zh-CN
@moved_in_for_cause
功能: 因婚姻等迁入的不除外

  背景:
    假如 其余条件均已成立

  场景: 都不详的转人工核查，绝不因此拒绝
    假如 申请人的情况为
      | 事实 | 值 |
      | 迁入原因 | 不详 |
    当 按"songyang-2016"于"2016-12-31"审核
    那么 条款"moved_in_for_cause"应为"待核"
