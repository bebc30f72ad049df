"""What headers of real papers mean: all that are listed, the false friends, and most of what nobody listed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from bench.headers import held_back, kinds_right, measure, sample, without

from eligibility.sources import SheetRows, propose, shipped
from eligibility.sources.columns import Certainty, meanings
from eligibility.sources.spelling import fold

HERE = Path(__file__).parent


def test_every_header_of_the_sample_is_known_and_none_is_taken_for_another_column() -> None:
    told = measure(shipped(), lambda _: True)
    assert told["ours_right"] == told["ours_all"] > 180
    assert told["others_right"] == told["others_all"] > 900
    assert told["taken_wrongly"] == told["proposed_wrongly"] == 0


def test_three_in_four_spellings_that_nobody_listed_are_proposed_and_none_is_taken_wrongly() -> None:
    third = {fold(one.header) for one in sample() if held_back(one.header)}
    told = measure(without(shipped(), third), held_back)
    assert told["ours_right"] / told["ours_all"] >= 0.75
    assert told["taken_wrongly"] == 0


def test_the_kind_of_every_paper_is_known_by_its_headers_alone() -> None:
    right, every = kinds_right(shipped())
    assert right == every


@pytest.mark.parametrize(
    ("kind", "header", "taken_for"),
    [
        ("payment_sheet", "户号", "household_id"),
        ("hukou_residents", "户号", "household_id"),
        ("hukou_booklet", "户号", "household_id"),
        ("hukou_residents", "迁出日期", "member_to"),
        ("hukou_events", "迁出日期", "member_to"),
        ("roll_by_class", "身份证号", "resident_id"),
        ("roll_record", "身份证", "resident_id"),
        ("certificate_print", "身份证号码", "resident_id"),
        ("payment_sheet", "单位", "unit"),
        ("payment_sheet", "日期", "on"),
        ("roll_by_class", "水田/面积", "area_mu"),
        ("roll_by_class", "水田/金额", "amount_yuan"),
        ("certificate_print", "面积（亩）", "area_mu"),
        ("share_roster", "发证日期", "issued_on"),
    ],
)
def test_a_false_friend_is_not_taken(kind: str, header: str, taken_for: str) -> None:
    (found,) = meanings(shipped(), kind, [tuple(header.split("/"))])
    assert found.meaning not in ("", taken_for)
    assert found.sure


def spellings() -> list[dict[str, str]]:
    with (HERE / "spellings.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_spellings_of_the_nine_tables_are_taken_where_they_mean_one_thing_and_asked_where_they_mean_several() -> None:
    wrong = []
    for one in spellings():
        (found,) = meanings(shipped(), f"table_{one['table']}", [(one["spelling"],)])
        if found.meaning != one["column"] or found.sure is not (one["meaning"] == "one"):
            wrong.append((one["table"], one["spelling"], found.meaning, found.certainty.value))
    assert wrong == []


def test_a_batch_of_a_roll_is_no_batch_of_approvals() -> None:
    assert "batch" not in {column.key for column in shipped().table_of("roll_by_class").columns}


@pytest.mark.parametrize(
    "rows",
    [
        [["CBFBM", "CYXM", "CYZJHM", "YHZGX"]],
        [["承包方编码", "成员姓名", "成员证件号码", "与户主关系"]],
        [["承包方编码", "成员姓名", "成员证件号码", "与户主关系"], ["CBFBM", "CYXM", "CYZJHM", "YHZGX"]],
        [
            ["家庭成员信息"],
            ["填表日期：2016年5月"],
            ["承包方编码", "成员", "", ""],
            ["", "成员姓名", "成员证件号码", "与户主关系"],
        ],
    ],
    ids=["codes", "Chinese", "Chinese over codes", "titles and two levels"],
)
def test_a_header_in_one_or_more_rows(rows: list[list[str]]) -> None:
    data = ["530114001001010001", "张三", "53011419800101001X", "户主"]
    head = [(number, cells) for number, cells in enumerate([*rows, data], start=1)]
    found = propose(SheetRows("导出.xlsx", "Sheet1", head), shipped())
    assert (found.kind, found.header.last) == ("cbf_jtcy", len(rows))
    assert [one.meaning for one in found.columns] == ["household_id", "name", "resident_id", "relation_to_head"]
    assert found.sure


def test_a_sheet_of_something_else_is_of_no_kind() -> None:
    head = [(1, ["食堂菜谱", "价格"]), (2, ["红烧肉", "12元"])]
    assert not propose(SheetRows("菜谱.xlsx", "Sheet1", head), shipped()).sure


def test_what_is_only_alike_is_never_sure() -> None:
    for one in sample():
        (found,) = meanings(shipped(), one.kind, [(f"{one.header}甲乙",)])
        assert found.certainty in (Certainty.LIKE, Certainty.UNKNOWN) or found.meaning.startswith(("area@", "amount@"))
