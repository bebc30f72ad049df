"""A row passes, fails, or cannot be executed; and the reader is told which, where, and what was found instead."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from eligibility.model.diagnostic import InputError
from eligibility.specification import Result, Specification, run_specification

ROOT = Path(__file__).parents[2]
RULES, FEATURES = ROOT / "rules" / "km-reform", ROOT / "features"
Tried = Callable[..., Specification]


def test_every_row_of_every_outline_is_one_trial(tried: Tried) -> None:
    found = tried(
        """  场景大纲: 批准日年龄<年龄>
    假如 申请人的"批准日年龄"为"<年龄>"
    当 按"km-reform"于"2022-10-31"审核
    那么 结论应为"<结论>"

    例子: 已满
      | 年龄 | 结论 |
      | 16岁 | 符合 |
    例子: 未满
      | 年龄 | 结论     |
      | 15岁 | 备案登记 |
      | 14岁 | 符合     |
"""
    )
    assert [(trial.row.cells[0], trial.result) for trial in found.trials] == [
        ("16岁", Result.PASSED),
        ("15岁", Result.PASSED),
        ("14岁", Result.FAILED),
    ]
    (wrong,) = [check for check in found.trials[2].checks if not check.holds]
    assert wrong.expected == "符合"
    assert wrong.actual.startswith("备案登记")
    assert "adult" in wrong.actual
    assert not found.holds


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ('假如 申请人的"批准日年令"为"16岁"', "是否应为“批准日年龄”"),
        ('假如 申请人的"批准日年龄"为"十六"', "十六"),
        ('假如 申请人今年"16岁"', "没有这样的句子"),
        ('那么 条款"adlut"应为"成立"', "是否应为“adult”"),
        ('那么 条件"adult"应为"通过"', "不成立"),
        ('那么 理由不应包含"at_treshold"', "是否应为“at_threshold”"),
        ('那么 不应列明推定参数"adult_aeg"', "是否应为“adult_age”"),
        ('那么 结论应为"不合格"', "没有结论“不合格”"),
        ("那么 本规则当日已经施行", "没有这样的句子"),
    ],
)
def test_a_sentence_that_cannot_be_executed_says_why(tried: Tried, sentence: str, told: str) -> None:
    given = [sentence] if sentence.startswith("假如") else []
    expected = [] if given else [sentence]
    lines = [*given, '当 按"km-reform"于"2022-10-31"审核', '那么 结论应为"符合"', *expected]
    good = '  场景: 好的\n    当 按"km-reform"于"2022-10-31"审核\n    那么 结论应为"符合"\n'
    found = tried(good + "  场景: 坏的\n" + "".join(f"    {line}\n" for line in lines))
    assert [trial.result for trial in found.trials] == [Result.PASSED, Result.BROKEN]
    assert found.trials[1].fault is not None
    assert told in found.trials[1].fault.zh


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        ('    当 按"km-reform"于"2022-10-31"审核\n', "没有“那么”"),
        ('    那么 结论应为"符合"\n', "没有“当……审核”"),
        ('    当 按"km-reform"于"2022-13-31"审核\n    那么 结论应为"符合"\n', "不是日期"),
        (
            '    当 按"km-reform"于"2022-10-31"审核\n    当 按"km-reform"于"2022-11-01"审核\n    那么 结论应为"符合"\n',
            "之后不能再",
        ),
    ],
)
def test_a_scenario_must_ask_once_and_expect_something(tried: Tried, scenario: str, told: str) -> None:
    good = '  场景: 好的\n    当 按"km-reform"于"2022-10-31"审核\n    那么 结论应为"符合"\n'
    found = tried(good + "  场景: 坏的\n" + scenario)
    assert found.trials[1].fault is not None
    assert told in found.trials[1].fault.zh


def test_titles_serve_as_well_as_ids(tried: Tried) -> None:
    found = tried(
        """  场景: 用中文名称
    假如 申请人的"人均剩余耕地"为"0.3亩"
    当 按"km-reform"于"2022-10-31"审核
    那么 条款"失去全部或大部分土地"应为"待核"
    并且 条件"失去大部分土地"应为"待核"
    并且 理由应恰为"人均剩余耕地恰为标准，政策未明确是否包含"
    并且 应列明推定参数"大部分土地标准"
"""
    )
    assert found.holds


def test_before_it_is_in_force_the_rulebook_decides_nothing(tried: Tried) -> None:
    found = tried(
        """  场景: 施行前一日
    当 按"km-reform"于"2018-12-31"审核
    那么 本规则当日应尚未施行
  场景: 施行前一日没有结论
    当 按"km-reform"于"2018-12-31"审核
    那么 结论应为"符合"
  场景: 施行首日
    当 按"km-reform"于"2019-01-01"审核
    那么 本规则当日应尚未施行
"""
    )
    assert [trial.result for trial in found.trials] == [Result.PASSED, Result.BROKEN, Result.FAILED]


def test_a_copied_rulebook_answers_to_the_features_of_its_model(tmp_path: Path) -> None:
    shutil.copytree(RULES.parent, tmp_path / "rules")
    (tmp_path / "rules" / "km-reform").rename(tmp_path / "rules" / "try-it")
    book = tmp_path / "rules" / "try-it" / "rulebook.yaml"
    book.write_text(book.read_text(encoding="utf-8").replace("id: km-reform\n", "id: try-it\n"), encoding="utf-8")
    line = tmp_path / "rules" / "try-it" / "parameters" / "most_land_line.yaml"
    line.write_text(line.read_text(encoding="utf-8").replace("value: 0.3\n", "value: 0.35\n"), encoding="utf-8")
    found = run_specification(tmp_path / "rules" / "try-it", FEATURES / "km-reform")
    line_rows = [trial for trial in found.trials if trial.scenario.name.startswith("标准两侧")]
    results = {trial.row.cells[0]: trial.result for trial in line_rows}
    assert (results["0.2999"], results["0.3001"]) == (Result.PASSED, Result.FAILED)


def test_features_that_ask_another_rulebook_test_nothing_here(tried: Tried) -> None:
    found = tried(
        """  场景: 好的
    当 按"km-reform"于"2022-10-31"审核
    那么 结论应为"符合"
  场景: 问了别的规则
    当 按"km-2007"于"2022-10-31"审核
    那么 结论应为"符合"
"""
    )
    assert found.trials[1].fault is not None
    assert "km-2007" in found.trials[1].fault.zh


def test_a_file_that_is_not_gherkin_is_named_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "km-reform"
    folder.mkdir()
    (folder / "adult.feature").write_text(
        "# language: zh-CN\n功能: 一\n  场景: 二\n    当 三\n    如果 四\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as raised:
        run_specification(RULES, tmp_path)
    (finding,) = raised.value.findings
    assert (finding.code, finding.at.row) == ("bad_feature", 5)
    assert finding.at.file.endswith("adult.feature")


def test_without_any_feature_file_nothing_is_specified(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no_features"):
        run_specification(RULES, tmp_path)


def test_km_reform_holds_and_each_clause_is_seen_both_ways(km_reform: Specification) -> None:
    assert km_reform.holds
    for clause in km_reform.policy.clauses:
        marks = {trial.case_result.clauses[clause].value for trial in km_reform.trials if trial.case_result is not None}
        refutable = clause != "contract_right"  # no paper can refute it
        assert marks == ({"proven", "refuted", "open"} if refutable else {"proven", "open"})


def test_a_background_inside_a_rule_is_executed_and_shown(tried: Tried) -> None:
    found = tried(
        """  规则: 未满年龄
    背景:
      假如 申请人的"批准日年龄"为"15岁"
    场景: 备案
      当 按"km-reform"于"2022-10-31"审核
      那么 结论应为"备案登记"
"""
    )
    assert found.holds
    assert ("假如", '申请人的"批准日年龄"为"15岁"', ()) in found.trials[0].scenario.written
