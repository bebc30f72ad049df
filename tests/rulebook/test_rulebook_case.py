"""A case written by hand: what is stated becomes a range, what is not stated is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eligibility.model.diagnostic import InputError
from eligibility.model.policy import FactType, Policy
from eligibility.rulebook import example_case, load_policy, read_case
from rulebook.rule_copy import AS_OF, RULES


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy(RULES / "km-reform", as_of=AS_OF)


def case(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "CASE.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        ("own_area: 4亩", 4_000_000, 4_000_000),
        ("承包耕地面积: 0.3 公顷", 4_500_000, 4_500_000),
        ("承包耕地面积: 4", 4_000_000, 4_000_000),
        ("own_area: 0.2亩 至 0.4亩", 200_000, 400_000),
        ("own_area: 0.2 至 0.4", 200_000, 400_000),
        ("own_area: 0.2亩 至 不详", 200_000, None),
        ("own_area: 不详 至 0.4亩", None, 400_000),
        ("own_area: 不详", None, None),
        ("own_area:", None, None),
    ],
)
def test_an_area(policy: Policy, tmp_path: Path, line: str, low: int | None, high: int | None) -> None:
    row = read_case(case(tmp_path, line), policy)
    assert (row["own_area_lo"], row["own_area_hi"]) == (low, high)


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        ("征地批准日: 2013-05-01", date(2013, 5, 1), date(2013, 5, 1)),
        ("征地批准日: 2013年5月1日", date(2013, 5, 1), date(2013, 5, 1)),
        ("征地批准日: 2012年2月", date(2012, 2, 1), date(2012, 2, 29)),
        ("征地批准日: 2012年", date(2012, 1, 1), date(2012, 12, 31)),
        ("征地批准日: 2012年2月 至 2013-05-01", date(2012, 2, 1), date(2013, 5, 1)),
    ],
)
def test_a_day(policy: Policy, tmp_path: Path, line: str, low: date, high: date) -> None:
    row = read_case(case(tmp_path, line), policy)
    assert (row["approval_date_lo"], row["approval_date_hi"]) == (low, high)


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("军官: 是", "officer", True),
        ("officer: false", "officer", False),
        ("军官: 不详", "officer", None),
        ("职工养老保险: 参保", "employee_pension", "insured"),
        ("employee_pension: none", "employee_pension", "none"),
        ("征地时户籍所在区县: 呈贡县", "hukou_district", "呈贡区"),
        ("人均剩余耕地: 0.30000001", "remaining_per_head_lo", 30_000_001),
        ("在册人口: 4人", "heads_hi", 4),
        ("批准日年龄: 16岁", "age_at_approval_lo", 16),
    ],
)
def test_other_kinds_of_facts(policy: Policy, tmp_path: Path, line: str, column: str, value: object) -> None:
    assert read_case(case(tmp_path, line), policy)[column] == value


def test_what_is_not_stated_is_not_known_and_every_column_is_there(policy: Policy, tmp_path: Path) -> None:
    row = read_case(case(tmp_path, "军官: 否"), policy)
    assert set(row) == {column for spec in policy.facts.values() for column in spec.columns}
    assert {column for column, value in row.items() if value is not None} == {"officer"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("军官: 否\n承包耕地面机: 4亩\n", 2, "是否应为“承包耕地面积”"),
        ("ofificer: 否\n", 1, "是否应为“officer”"),
        ("军官: 否\nofficer: 否\n", 2, "说了两次"),
        ("军官: 也许\n", 1, "“是”或“否”"),
        ("own_area: 4岁\n", 1, "亩"),
        ("own_area: 0.0000001亩\n", 1, "精度"),
        ("own_area: -1亩\n", 1, "负"),
        ("own_area: 0.4亩 至 0.2亩\n", 1, "下限高于上限"),
        ("own_area: 1 至 2 至 3\n", 1, "区间"),
        ("own_area: [1]\n", 1, "列表"),
        ("征地批准日: 2013-02-30\n", 1, "日期"),
        ("征地时户籍所在区县: 月球\n", 1, "可选值"),
        ("职工养老保险: 有\n", 1, "参保"),
        ("- 军官\n", 1, "事实: 值"),
        ("a: [\n", 2, "语法"),
    ],
)
def test_a_wrong_line_is_named(policy: Policy, tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(InputError) as unusable:
        read_case(case(tmp_path, text), policy)
    [finding] = unusable.value.findings
    assert finding.at.row == line
    assert says in finding.problem.zh + finding.remedy.zh


def test_all_wrong_lines_are_named_at_once(policy: Policy, tmp_path: Path) -> None:
    with pytest.raises(InputError) as unusable:
        read_case(case(tmp_path, "军官: 也许\nown_area: 4岁\n月亮: 1\n"), policy)
    assert [finding.at.row for finding in unusable.value.findings] == [1, 2, 3]


def test_a_file_that_is_not_there(policy: Policy, tmp_path: Path) -> None:
    with pytest.raises(InputError) as unusable:
        read_case(tmp_path / "none.yaml", policy)
    assert [finding.code for finding in unusable.value.findings] == ["unreadable_file"]


def test_the_template_lists_every_fact_and_can_be_read_back(policy: Policy, tmp_path: Path) -> None:
    template = example_case(policy)
    row = read_case(case(tmp_path, template), policy)
    assert all(f"\n{spec.title}: " in template for spec in policy.facts.values())
    known = {column: value for column, value in row.items() if value is not None}
    gaps = {s.id: False for s in policy.facts.values() if s.id.startswith("gap_") and s.type is FactType.TRUTH}
    assert known == gaps
