"""Books and rolls of villages: persons and plots side by side, a survey with three header rows, rolls of payees, moves and deaths."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eligibility.intake import read_dossier
from eligibility.model.diagnostic import InputError
from eligibility.store.database import connect
from sources.database import ID, write_book, write_database

TITLE = "乌龙街道样溪社区{group}农村土地承包清册"
BOOK = [
    ["户编号", "户主姓名", "家庭成员", "", "", "", "承包地块", "", "", "", "", "", "合计面积", "", "备注"],
    ["", "", "姓名", "性别", "与户主关系", "身份证号码", "地块名称", "面积", "其中：基本农田", "四至", "", "", "实测", "合同", ""],
    ["", "", "", "", "", "", "", "", "", "东", "南", "西", "", "", ""],
]  # fmt: skip


def member(number: str, head: str, name: str, *, plot: str = "") -> list[str]:
    return [number, head, name, "男", "子", ID[name], plot, "1.5" if plot else "", "", "", "", "", "", "", ""]


def book(group: str, rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    return [[TITLE.format(group=group)], ["单位：亩"], *BOOK, *rows]


ONE = [member("1", "甲一", "甲一", plot="长田"), member("1", "甲一", "甲二"), member("2", "乙一", "乙一")]
TWO = [member("1", "丙一", "丙一", plot="短田")]
TOTAL = ["合计", "", "3", "", "", "", "", "3.0", "", "", "", "", "", "", ""]


def read(folder: Path, *asked: str) -> list[list[tuple[Any, ...]]]:
    with connect() as con:
        read_dossier(folder, con)
        return [con.execute(sql).fetchall() for sql in asked]


def test_a_land_book_gives_the_persons_of_each_household_and_a_number_means_nothing_beside_another_group(
    tmp_path: Path,
) -> None:
    write_book(tmp_path / "土地承包清册.xlsx", {"一组": book("一组", [*ONE, TOTAL]), "二组": book("二组", TWO)})
    (persons,) = read(tmp_path, "SELECT name, household_id, community, group_name FROM paper.persons ORDER BY row_id")
    assert [one[0] for one in persons] == ["甲一", "甲二", "乙一", "丙一"]  # and the total is nobody
    assert {one[2] for one in persons} == {"样溪社区"}
    households = [one[1] for one in persons]
    assert households[0] == households[1]
    assert len(set(households)) == 3
    assert [one[3] for one in persons] == ["一组", "一组", "一组", "二组"]


def test_a_land_book_without_running_numbers_is_asked_for_two_heads_may_have_one_name(tmp_path: Path) -> None:
    without = [[cell for index, cell in enumerate(row) if index] for row in [*BOOK, *ONE]]
    write_book(tmp_path / "土地承包清册.xlsx", {"一组": [[TITLE.format(group="一组")], ["单位：亩"], *without]})
    with pytest.raises(InputError) as refused, connect() as con:
        read_dossier(tmp_path, con)
    assert [one.code for one in refused.value.findings] == ["doubtful_source"]


SURVEY = [
    ["农村土地二轮承包到期后再延长三十年摸底核实表"],
    ["样溪社区一组", "单位：亩"],
    ["承包方编号", "承包方名称", "家庭成员情况", "", "", "", "", "宗地情况", "", "", "二轮承包情况", ""],
    [
        "",
        "",
        "姓名",
        "性别",
        "证件号码",
        "家庭关系",
        "是否共有人",
        "地块名称",
        "四至",
        "",
        "二轮承包人数",
        "二轮延包面积",
    ],
    ["", "", "", "", "", "", "", "", "东", "南", "", ""],
]


def test_a_survey_with_three_header_rows_gives_its_persons_by_the_number_of_the_contractor(tmp_path: Path) -> None:
    code = "530114001001010001"
    rows = [[code, "甲一", name, "男", ID[name], "子", "是", "长田", "路", "沟", "2", "3"] for name in ("甲一", "甲二")]
    write_book(tmp_path / "摸底核实表.xlsx", {"一组": [*SURVEY, *rows]})
    (persons,) = read(tmp_path, "SELECT name, household_id, community, group_name FROM paper.persons ORDER BY row_id")
    assert persons == [("甲一", code, "样溪社区", "一组"), ("甲二", code, "样溪社区", "一组")]


def test_two_books_of_one_village_stop_and_name_both_and_no_roster_that_only_adds_to_them(tmp_path: Path) -> None:
    write_book(tmp_path / "土地承包清册.xlsx", {"一组": book("一组", ONE)})
    row = ["530114001001010001", "甲一", "甲一", "男", ID["甲一"], "户主", "是", "长田", "路", "沟", "2", "3"]
    write_book(tmp_path / "摸底核实表.xlsx", {"一组": [*SURVEY, row]})
    roster = [
        ["村", "村民小组", "姓名", "身份证号码", "户主身份证号"],
        ["样溪社区", "一组", "丁一", ID["丁一"], ID["甲一"]],
    ]
    write_book(tmp_path / "被征地农民名册.xlsx", {"Sheet1": roster})
    with pytest.raises(InputError) as refused, connect() as con:
        read_dossier(tmp_path, con)
    (finding,) = refused.value.findings
    assert finding.code == "two_rosters"
    assert "土地承包清册" in finding.problem.zh
    assert "摸底核实表" in finding.problem.zh
    assert "被征地农民" not in finding.problem.zh


def test_who_stands_in_the_book_is_not_read_twice_and_who_does_not_joins_the_household_of_his_head(
    tmp_path: Path,
) -> None:
    write_book(tmp_path / "土地承包清册.xlsx", {"一组": book("一组", ONE)})
    roster = [
        ["村", "村民小组", "姓名", "身份证号码", "户主身份证号"],
        ["样溪社区", "一组", "甲二", ID["甲二"], ID["甲一"]],
        ["样溪社区", "一组", "丁一", ID["丁一"], ID["甲一"]],
    ]
    write_book(tmp_path / "被征地农民名册.xlsx", {"Sheet1": roster})
    (persons,) = read(tmp_path, "SELECT name, household_id FROM paper.persons WHERE state = 'kept'")
    assert sorted(name for name, _ in persons) == ["丁一", "乙一", "甲一", "甲二"]
    households = dict(persons)
    assert households["丁一"] == households["甲一"] != households["乙一"]


def test_a_roll_of_payees_is_read_by_the_payee_and_does_not_say_how_it_was_shared(tmp_path: Path) -> None:
    write_book(tmp_path / "土地承包清册.xlsx", {"一组": book("一组", ONE)})
    roll = [
        ["样溪社区一组征地补偿款领款花名册"],
        ["协议编号：征协字〔2018〕1号"],
        ["序号", "领款人", "身份证号", "征地面积（亩）", "补偿标准", "补偿金额", "账号", "领款人签字（手印）"],
        ["1", "甲一", ID["甲一"], "1.5", "40000", "60000", "62", ""],
        ["2", "无名氏", "", "0.5", "40000", "20000", "62", ""],
    ]
    write_book(tmp_path / "领款花名册.xlsx", {"Sheet1": roll})
    persons, lines = read(
        tmp_path,
        "SELECT household_id FROM paper.persons WHERE name = '甲一'",
        "SELECT household_id, area_umu, basis FROM paper.payouts ORDER BY row_id",
    )
    assert lines == [(persons[0][0], 1_500_000, None), ("领款人无名氏", 500_000, None)]


@pytest.mark.parametrize(
    ("title", "header", "said"),
    [
        ("死亡注销人员登记表", "死亡日期", "deceased_on"),
        ("迁出注销人员登记表", "迁出日期", ""),
        ("迁入登记人员登记表", "迁入日期", ""),
    ],
)
def test_a_register_of_deaths_tells_of_deaths_and_one_of_moves_tells_of_none(
    tmp_path: Path, title: str, header: str, said: str
) -> None:
    day = "2012-11-30"
    write_database(tmp_path)
    rows = [[title], ["姓名", "公民身份号码", header], ["甲一", ID["甲一"], day]]
    write_book(tmp_path / f"{title}.xlsx", {"Sheet1": rows})
    (listed,) = read(
        tmp_path, "SELECT kind, since_lo::VARCHAR, since_hi::VARCHAR FROM paper.listed WHERE name = '甲一'"
    )
    assert listed == [("deceased_on", day, day) if said else ("", None, None)]
