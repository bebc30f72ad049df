# language: zh-CN
@authority_competent
功能: 批准机关有权
  含永久基本农田、其他耕地超过三十五公顷、其他土地超过七十公顷的，须国务院批准；市、县政府不批准征收。
  批准权限存疑的转人工核查：可能另有合法批文。绝不因此拒绝。

  背景:
    假如 其余条件均已成立

  规则: 无权或不明的转人工核查

    场景大纲: 批准机关有权为<认定>
      假如 申请人的"批准机关有权"为"<认定>"
      当 按"km-reform"于"2022-10-31"审核
      那么 条款"authority_competent"应为"<条款>"
      并且 结论应为"<结论>"
      并且 理由应恰为"<理由>"

      例子:
        | 认定 | 条款   | 结论       | 理由              |
        | 是   | 成立   | 符合       | 无                |
        | 否   | 不成立 | 待人工核查 | approval_conflict |
        | 不详 | 待核   | 待人工核查 | approval_conflict |

    场景大纲: 权限不明是因为批文与征收对不上（收储<收储>，可能<可能>，查无<查无>，村组<村组>）
      假如 申请人的情况为
        | 事实             | 值     |
        | 批准机关有权     | 不详   |
        | 只见收储         | <收储> |
        | 有可能的批文     | <可能> |
        | 查无批文         | <查无> |
        | 只有村组协议相关 | <村组> |
      当 按"km-reform"于"2022-10-31"审核
      那么 理由应恰为"<理由>"

      例子:
        | 收储 | 可能 | 查无 | 村组 | 理由                                      |
        | 是   | 否   | 否   | 否   | reserve_land_without_approval             |
        | 是   | 是   | 否   | 否   | reserve_land_without_approval             |
        | 否   | 是   | 否   | 否   | approval_ambiguous                        |
        | 否   | 否   | 是   | 否   | approval_not_found                        |
        | 否   | 否   | 否   | 是   | group_level_agreement                     |
        | 否   | 否   | 是   | 是   | approval_not_found、group_level_agreement |
