"""What rows and tables say against each other: every finding names both places, and none changes a row."""

from __future__ import annotations

from typing import Any

import pytest

from intake.intake_papers import LI, PERSONS, ROW_LI, ROW_WANG, ROW_ZHANG, WANG, ZHANG, Dossier, write_csv

APPROVAL = "云国土资复〔2012〕665号"
AGREEMENT = ["协议编号", "社区", "组", "类型", "地类", "面积", "单位", "补偿款"]
ROLL = ["协议编号", "户号", "面积", "金额", "分配方式"]
SIGNED = ["A1", "乌龙", "1组", "征收", "耕地", "10", "亩", "1000"]


def told(dossier: Dossier, code: str) -> list[tuple[Any, ...]]:
    """File, row, column and sentence of every finding of a code; each is on a row that stays."""
    sql = 'SELECT file, "row", col, problem, kept FROM paper.quarantine WHERE code = ?'
    found = dossier.con.execute(sql, [code]).fetchall()
    assert all(kept for *_, kept in found)
    return [row[:4] for row in found]


def test_the_same_person_twice_names_the_other_row_also_in_another_file(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    write_csv(dossier.folder / "人员名册-乌龙.csv", [PERSONS, ROW_ZHANG, ROW_LI])
    write_csv(dossier.folder / "人员名册-雨花.csv", [PERSONS, ROW_ZHANG, [LI, "李二", "H9", *ROW_LI[3:]]])
    dossier.read()
    sql = """SELECT file, "row", problem FROM paper.quarantine WHERE code = 'duplicate_row'"""
    assert dossier.con.execute(sql).fetchall() == [
        ("人员名册-雨花.csv", 2, "与人员名册-乌龙.csv第2行完全相同"),
        ("人员名册-雨花.csv", 3, "与人员名册-乌龙.csv第3行号码相同，内容不一致：户号"),
    ]


def test_one_id_with_two_names(dossier: Dossier) -> None:
    dossier.with_table(
        "persons", PERSONS, ROW_ZHANG, [ZHANG, "章一", *ROW_ZHANG[2:]], [ZHANG, "张 一", *ROW_ZHANG[2:]]
    ).read()
    assert told(dossier, "one_id_two_names") == [("persons.csv", 2, "姓名", "姓名「张一」，同一号码在第3行为「章一」")]


def test_an_id_that_is_wrong_in_itself_on_two_names(dossier: Dossier) -> None:
    dossier.with_table("persons", PERSONS, ["1", *ROW_ZHANG[1:]], ["1", *ROW_WANG[1:]]).read()
    assert [row for _, row, *_ in told(dossier, "one_id_two_names")] == [2]
    assert dossier.column("persons", "state") == ["kept", "kept"]


def test_one_certificate_on_two_households(dossier: Dossier) -> None:
    head = ["证书编号", "户号"]
    dossier.with_table("title_certificates", head, ["Z1", "H1"], ["Z2", "H1"], ["Z 1", "H2"], ["Z2", "H1"]).read()
    assert told(dossier, "certificate_two_households") == [
        ("title_certificates.csv", 4, "证书编号", "证书「Z1」又在第2行归户「H1」")
    ]


def test_a_household_without_persons(dossier: Dossier) -> None:
    dossier.with_table("contract_ledger", ["户号"], ["H1"], ["H8"]).read()
    assert told(dossier, "unknown_reference") == [("contract_ledger.csv", 3, "户号", "户「H8」在人员名册中没有人")]


def test_an_agreement_of_a_group_that_nobody_knows(dossier: Dossier) -> None:
    dossier.with_table("agreements", AGREEMENT, [*SIGNED[:2], "7组", *SIGNED[3:]]).read()
    ((_, row, column, problem),) = told(dossier, "unknown_reference")
    assert (row, column) == (2, "组")
    assert "「7」组" in problem


@pytest.mark.parametrize(
    ("lines", "differs"),
    [
        ([("H1", "6"), ("H2", "4")], False),
        ([("H1", "6"), ("H2", "4.50")], False),  # the agreement says 10 亩: anything up to 10.5 prints so
        ([("H1", "6"), ("H2", "3")], True),
        ([("H1", "6")], True),
        ([("H1", "6"), ("H2", "")], False),  # a line without an area is no sum
    ],
)
def test_a_roll_that_does_not_add_up_to_its_agreement(
    dossier: Dossier, lines: list[tuple[str, str]], *, differs: bool
) -> None:
    dossier.with_table("agreements", AGREEMENT, SIGNED)
    dossier.with_table("payouts", ROLL, *[["A1", house, area, "", "按承包地"] for house, area in lines]).read()
    found = told(dossier, "roll_differs")
    assert bool(found) == differs
    if found:
        total = sum(float(area) for _, area in lines)
        assert found[0][3] == f"协议耕地面积10亩，花名册（payouts.csv第2行起）各行之和{total:g}亩"


def test_shares_of_money_are_no_areas(dossier: Dossier) -> None:
    dossier.with_table("agreements", AGREEMENT, SIGNED)
    dossier.with_table("payouts", ROLL, ["A1", "H1", "6", "", "均分"], ["A1", "H2", "1", "", "按承包地"]).read()
    assert told(dossier, "roll_differs") == []


@pytest.mark.parametrize(("second", "differs"), [("400", False), ("401", False), ("420", True), ("10", False)])
def test_a_roll_that_pays_out_more_than_was_paid(dossier: Dossier, second: str, *, differs: bool) -> None:
    dossier.with_table("agreements", AGREEMENT, SIGNED)
    dossier.with_table("payouts", ROLL, ["A1", "H1", "", "600", "均分"], ["A1", "H2", "", second, "均分"]).read()
    assert bool(told(dossier, "roll_money_differs")) == differs


def test_areas_beyond_the_total_of_the_group(dossier: Dossier) -> None:
    dossier.with_table("groups", ["社区", "组", "承包耕地总面积"], ["乌龙", "1组", "9"], ["乌龙", "2组", "9"])
    certificates = [
        ["Z1", "H1", "7", ""],
        ["Z2", "H1", "2.6", ""],
        ["Z3", "H2", "9", ""],
        ["Z4", "H2", "9", "2010-01-01"],
    ]
    dossier.with_table("title_certificates", ["证书编号", "户号", "承包耕地面积", "收回日期"], *certificates)
    more = ["A2", "乌龙", "2组", "征收", "林地", "90", "亩", ""]
    dossier.with_table("agreements", AGREEMENT, [*SIGNED[:2], "二组", *SIGNED[3:5], "10.50", "亩", ""], more).read()
    assert told(dossier, "group_area_exceeded") == [
        (
            "groups.csv",
            3,
            "承包耕地总面积",
            "本组承包耕地总面积9亩，征收、收储的耕地之和10.5亩（其中最大的在agreements.csv第2行）",
        )
    ]
    dossier.with_table("groups", ["社区", "组", "承包耕地总面积"], ["乌龙", "1组", "8.5"], ["乌龙", "2组", "10"]).read()
    assert told(dossier, "group_area_exceeded") == [
        (
            "groups.csv",
            2,
            "承包耕地总面积",
            "本组承包耕地总面积8.5亩，证书之和9.6亩（其中最大的在title_certificates.csv第2行）",
        )
    ]


def test_days_in_the_wrong_order(dossier: Dossier) -> None:
    headers = ["成员起始日", "成员终止日", "死亡日期"]
    dossier.persons(headers, ["2012-03-05", "2012-03-04", ""], ["2012年", "2012-03", ""], ["2000-01-01", "", "1999年"])
    dossier.with_table(
        "title_certificates", ["证书编号", "户号", "发证日期", "收回日期"], ["Z1", "H1", "2010", "2009年"]
    )
    dossier.with_table(
        "contract_ledger", ["户号", "合同起始日", "合同终止日"], ["H1", "1998-01-01", "1997-12-31"]
    ).read()
    assert told(dossier, "dates_out_of_order") == [
        ("persons.csv", 2, "成员终止日", "「成员终止日」2012-03-04，早于「成员起始日」 2012-03-05"),
        ("persons.csv", 4, "死亡日期", "「死亡日期」1999-12-31，早于「成员起始日」 2000-01-01"),
        ("title_certificates.csv", 2, "收回日期", "「收回日期」2009-12-31，早于「发证日期」 2010-01-01"),
        ("contract_ledger.csv", 2, "合同终止日", "「合同终止日」1997-12-31，早于「合同起始日」 1998-01-01"),
    ]


def test_a_member_before_birth(dossier: Dossier) -> None:
    dossier.persons(["成员起始日"], ["1969-12-31"], ["1980-02-29"]).read()
    assert told(dossier, "dates_out_of_order") == [
        ("persons.csv", 2, "成员起始日", "「成员起始日」1969-12-31，早于「身份证号」中的出生日期 1970-01-01")
    ]


def approved(dossier: Dossier) -> Dossier:
    dossier.with_table("approvals", ["批文文号", "批准日期"], [APPROVAL, "2012-10-08"])
    return dossier.with_table("approval_parcels", ["批文文号", "社区", "面积", "单位"], [APPROVAL, "乌龙", "1", "公顷"])


@pytest.mark.parametrize(
    ("left", "empty"), [("2012-10-08", True), ("2012-10-09", False), ("2012年10月", False), ("", False)]
)
def test_a_household_without_heads_on_the_day_of_every_approval(dossier: Dossier, left: str, *, empty: bool) -> None:
    gone = [["", "2005-01-01", ""], ["", "", left], ["", "", ""]]
    approved(dossier).persons(["成员起始日", "成员终止日", "死亡日期"], *gone).read()
    found = told(dossier, "no_heads")
    assert [row for _, row, *_ in found] == ([2] if empty else [])
    if found:
        assert "approvals.csv第2行" in found[0][3]


def test_a_group_of_nobody(dossier: Dossier) -> None:
    dossier.with_table("groups", ["社区", "组", "人口"], ["乌龙", "1组", "0"], ["乌龙", "5组", "0"]).read()
    assert told(dossier, "no_heads") == [
        ("groups.csv", 2, "人口", "村组台账写本组人口为0，名册persons.csv第2行有本组人员")
    ]


def test_an_approval_without_parcels(dossier: Dossier) -> None:
    approved(dossier).with_table("approvals", ["批文文号"], [APPROVAL], ["云国土资复〔2012〕666号"]).read()
    assert [row for _, row, *_ in told(dossier, "approval_without_parcels")] == [3]


def test_where_no_parcels_were_sent_at_all_nothing_is_said(dossier: Dossier) -> None:
    dossier.with_table("approvals", ["批文文号"], [APPROVAL]).read()
    assert told(dossier, "approval_without_parcels") == []


def test_papers_in_order_say_nothing(dossier: Dossier) -> None:
    approved(dossier).with_table("agreements", AGREEMENT, SIGNED)
    dossier.with_table("payouts", ROLL, ["A1", "H1", "10", "1000", "按承包地"])
    dossier.with_table(
        "groups", ["社区", "组", "承包耕地总面积", "人口"], ["乌龙", "1组", "30", "2"], ["乌龙", "2组", "20", "1"]
    )
    dossier.with_table(
        "title_certificates", ["证书编号", "户号", "承包耕地面积"], ["Z1", "H1", "30"], ["Z2", "H2", "20"]
    )
    dossier.persons(["成员起始日"], ["1990"], ["1990"], ["2000"]).read()
    assert dossier.con.execute("SELECT code, file FROM paper.quarantine").fetchall() == []
    assert WANG in dossier.column("persons", "resident_id")
