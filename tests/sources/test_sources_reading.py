"""A contract-rights database, in every form in which bureaus have it, becomes the same rows of the nine tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eligibility.intake import read_dossier
from eligibility.model.diagnostic import InputError
from eligibility.store.database import connect
from sources.database import GROUP_1, GROUP_2, HOUSE_A, HOUSE_B, HOUSE_C, ID, TABLES, write_book, write_database

READ = {
    "persons": "name, resident_id, household_id, street, community, group_name, state",
    "title_certificates": "certificate_no, household_id, area_umu, issued_on_lo::VARCHAR, withdrawn_on_lo::VARCHAR, withdrawn_on_hi::VARCHAR",
    "contract_ledger": "household_id, area_umu, contract_from_lo::VARCHAR, contract_to_hi::VARCHAR, confirmed_by",
    "groups": "community, group_name, contracted_umu",
}


def read(folder: Path, *asked: str) -> list[list[tuple[Any, ...]]]:
    with connect() as con:
        read_dossier(folder, con)
        return [con.execute(sql).fetchall() for sql in asked]


def rows(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    found = read(folder, *(f"SELECT {columns} FROM paper.{table} ORDER BY row_id" for table, columns in READ.items()))
    return dict(zip(READ, found, strict=True))


@pytest.fixture(scope="module")
def by_codes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    folder = tmp_path_factory.mktemp("codes")
    write_database(folder)
    return rows(folder)


def test_every_member_is_a_person_at_the_place_of_the_code_also_without_an_id(by_codes: dict[str, Any]) -> None:
    first, second = ("乌龙街道", "样溪社区", "第一村民小组"), ("乌龙街道", "样溪社区", "第二村民小组")
    assert by_codes["persons"] == [
        ("甲一", ID["甲一"], HOUSE_A, *first, "kept"),
        ("甲二", ID["甲二"], HOUSE_A, *first, "kept"),
        ("甲三", "未登记证件号", HOUSE_A, *first, "kept"),
        ("乙一", ID["乙一"], HOUSE_B, *first, "kept"),
        ("丙一", ID["丙一"], HOUSE_C, *second, "kept"),
    ]


def test_a_certificate_has_the_area_of_its_contract_or_the_sum_of_its_parcels(by_codes: dict[str, Any]) -> None:
    never, ever, end = "9999-12-31", "0001-01-01", "9999-12-31"
    assert by_codes["title_certificates"] == [
        (f"{HOUSE_A}J", HOUSE_A, 3_000_000, "2016-05-31", never, never),
        # 1400 m² are 2.1 mu; a cancellation is no withdrawal: whether it was one is not known
        (f"{HOUSE_B}J", HOUSE_B, 2_100_000, "2016-05-31", ever, end),
        (f"{HOUSE_C}J", HOUSE_C, 1_200_000, "2016-05-31", never, never),
    ]


def test_a_contract_is_confirmed_by_standing_in_the_database(by_codes: dict[str, Any]) -> None:
    assert by_codes["contract_ledger"] == [
        (HOUSE_A, 3_000_000, "2016-03-01", "2027-08-31", "agriculture"),
        # this one says what the contract of 1997 had, which is an area of 1997
        (HOUSE_B, 2_500_000, "1997-09-01", "9999-12-31", "agriculture"),
        (HOUSE_C, None, "0001-01-01", "9999-12-31", "agriculture"),
    ]
    assert by_codes["groups"] == [("样溪社区", "第一村民小组", None), ("样溪社区", "第二村民小组", None)]


@pytest.mark.parametrize(
    ("form", "ending"),
    [
        ("chinese", "xlsx"),
        ("both", "xlsx"),
        ("below", "xlsx"),
        ("below", "csv"),
        ("codes", "csv"),
        ("both", "csv"),
        ("codes", "dbf"),
    ],
)
def test_the_form_of_header_and_file_changes_nothing(
    tmp_path: Path, by_codes: dict[str, Any], form: str, ending: str
) -> None:
    write_database(tmp_path, form=form, ending=ending)
    assert rows(tmp_path) == by_codes


def test_one_workbook_with_a_sheet_for_each_table_is_read_too(tmp_path: Path, by_codes: dict[str, Any]) -> None:
    sheets = {name: [list(codes), *data] for name, (codes, data) in TABLES.items()}
    write_book(tmp_path / "5301142016.xlsx", sheets)
    assert rows(tmp_path) == by_codes
    assert rows(tmp_path / "5301142016.xlsx") == by_codes


def test_without_withdrawals_in_the_dossier_nobody_says_that_there_were_none(tmp_path: Path) -> None:
    write_database(tmp_path, tables=[name for name in TABLES if name != "CBJYQZ_QZZX"])
    assert {found[-2:] for found in rows(tmp_path)["title_certificates"]} == {("0001-01-01", "9999-12-31")}


def test_where_no_grantor_tells_the_place_the_codes_stand_and_the_person_stays(tmp_path: Path) -> None:
    write_database(tmp_path, tables=[name for name in TABLES if name != "FBF"])
    found = rows(tmp_path)["persons"]
    assert len(found) == 5
    assert {row[3:6] for row in found} == {("530114", "530114001001", GROUP_1), ("530114", "530114001001", GROUP_2)}
    (told,) = read(
        tmp_path, "SELECT col, problem FROM paper.quarantine WHERE code = 'not_found_elsewhere' ORDER BY col"
    )
    assert [column for column, _ in told] == ["村民小组", "社区", "街道"]


def test_a_grantor_in_two_versions_tells_nothing(tmp_path: Path) -> None:
    write_database(tmp_path)
    codes, _ = TABLES["FBF"]
    write_book(tmp_path / "FBF_旧.xlsx", {"FBF": [list(codes), [GROUP_1, "呈贡区乌龙街道别溪社区第一村民小组"]]})
    found = {row[0]: row[4] for row in rows(tmp_path)["persons"]}
    assert found["丙一"] == "样溪社区"
    assert found["甲一"] == "530114001001"


def test_a_value_has_the_place_of_the_real_cell(tmp_path: Path) -> None:
    write_database(tmp_path, form="both")
    headers, sources = read(
        tmp_path,
        """SELECT column_key, h.header, letter FROM paper.headers AS h JOIN paper.sources USING (source)
           WHERE table_name = 'persons' ORDER BY column_key""",
        """SELECT file, sheet, p."row" FROM paper.persons AS p JOIN paper.sources USING (source) WHERE name = '乙一'""",
    )
    assert ("resident_id", "CYZJHM／成员证件号码", "D") in headers
    assert ("community", "CBFBM／承包方代码（查自发包方表）", "A") in headers
    assert sources == [("CBF_JTCY.xlsx", "CBF_JTCY", 6)]


def test_what_is_the_same_for_all_rows_stands_in_no_cell(tmp_path: Path) -> None:
    write_database(tmp_path)
    (found,) = read(tmp_path, "SELECT DISTINCT column_key FROM paper.headers WHERE column_key = 'confirmed_by'")
    assert found == []


AGREEMENTS = [
    ["样溪社区征地补偿协议汇总表（单位：公顷）"],
    ["协议编号", "社区", "村民小组", "签订日期", "耕地", "园地", "项目名称"],
    ["协1", "样溪社区", "第一村民小组", "2018-05-06", "0.2000", "0.1000", "样路工程"],
    ["协2", "样溪社区", "第二村民小组", "2018-05-06", "", "0.1000", "样路工程"],
]


def test_agreements_with_a_column_for_each_class_are_one_row_a_class(tmp_path: Path) -> None:
    write_database(tmp_path)
    write_book(tmp_path / "征地协议汇总.xlsx", {"Sheet1": AGREEMENTS})
    found, unread = read(
        tmp_path,
        "SELECT agreement_no, land_class, area_umu, kind, group_name FROM paper.agreements ORDER BY 1, 2",
        "SELECT * FROM paper.unread",
    )
    assert found == [
        ("协1", "farmland", 3_000_000, "expropriation", "第一村民小组"),
        ("协1", "garden", 1_500_000, "expropriation", "第一村民小组"),
        ("协2", "garden", 1_500_000, "expropriation", "第二村民小组"),
    ]
    assert unread == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("土地收储协议", "reserve"),
        ("临时用地协议", "occupation"),
        ("租地协议", "lease"),
        ("征地协议", "expropriation"),
        ("土地协议", None),
    ],
)
def test_the_kind_of_agreements_is_that_of_their_title_and_else_not_known(
    tmp_path: Path, title: str, kind: str | None
) -> None:
    write_database(tmp_path)
    write_book(tmp_path / "协议.xlsx", {"Sheet1": [[f"{title}汇总表（单位：亩）"], *AGREEMENTS[1:]]})
    (found,) = read(tmp_path, "SELECT DISTINCT kind FROM paper.agreements")
    assert found == [(kind,)]


def test_ids_that_lost_their_digits_find_nobody(tmp_path: Path) -> None:
    write_database(tmp_path)
    lost = f"{ID['甲一'][:15]}000"
    write_book(tmp_path / "CBF.xlsx", {"CBF": [["CBFBM", "CBFMC", "CBFZJHM"], [HOUSE_B, "乙一", lost]]})
    roll = [["协议编号：协1"], *ROLL[1:2], ["1", "甲一", lost, "1.50", "1000", "样溪"]]
    write_book(tmp_path / "补偿记录表.xlsx", {"Sheet1": roll})
    (found,) = read(tmp_path, "SELECT household_id FROM paper.payouts")
    assert found != [(HOUSE_B,)]


ROLL = [
    ["土地征收补偿记录表"],
    ["补偿编号", "户主名", "身份证", "征收面积（亩）", "补偿金额", "所属村"],
    ["1", "甲二", ID["甲二"], "1.50", "1000", "样溪"],
    ["2", "某某", "", "0.5", "300", "样溪"],
]


def test_a_roll_without_the_number_of_its_agreement_is_told_and_may_concern_anybody(tmp_path: Path) -> None:
    write_database(tmp_path)
    write_book(tmp_path / "补偿记录表.xlsx", {"Sheet1": ROLL})
    payouts, unread = read(tmp_path, "SELECT * FROM paper.payouts", "SELECT file, table_guess FROM paper.unread")
    assert payouts == []
    assert unread == [("补偿记录表.xlsx", "payouts")]


def refusal(folder: Path) -> InputError:
    with pytest.raises(InputError) as refused, connect() as con:
        read_dossier(folder, con)
    return refused.value


def test_a_sheet_that_may_hold_agreements_and_is_doubtful_stops_with_its_name(tmp_path: Path) -> None:
    write_database(tmp_path)
    strange = [["协议编号", "哪里", "多大", "签订日期", "耕地", "园地"], ["协1", "样溪", "大", "2018", "1", "2"]]
    write_book(tmp_path / "征地协议汇总.xlsx", {"Sheet1": strange})
    (finding,) = refusal(tmp_path).findings
    assert (finding.code, finding.at.file) == ("doubtful_source", "征地协议汇总.xlsx")
    assert "intake map" in finding.remedy.zh


def test_two_kinds_of_roster_are_never_mixed(tmp_path: Path) -> None:
    write_database(tmp_path)
    header = ["所属组", "承包方编码", "承包方代表", "发包方名称", "家庭成员姓名", "身份证号", "与承包方代表关系"]
    data = ["第一村民小组", HOUSE_A, "甲一", "呈贡区乌龙街道样溪社区第一村民小组", "甲一", ID["甲一"], "本人"]
    write_book(tmp_path / "延包表1.xlsx", {"Sheet1": [header, data]})
    (finding,) = refusal(tmp_path).findings
    assert finding.code == "two_rosters"


def test_an_access_database_is_refused_with_what_to_export(tmp_path: Path) -> None:
    (tmp_path / "5301142016.mdb").write_bytes(b"\0\1\0\0Standard Jet DB\0")
    (finding,) = refusal(tmp_path).findings
    assert (finding.code, finding.at.file) == ("database_unread", "5301142016.mdb")
    assert "CBF_JTCY" in finding.remedy.zh


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_broken_layer_is_a_finding_and_no_fault(tmp_path: Path, cut: int) -> None:
    write_database(tmp_path, ending="dbf")
    whole = (tmp_path / "CBHT.dbf").read_bytes()
    (tmp_path / "CBHT.dbf").write_bytes(whole[:-cut] if cut < 100 else whole[:cut])
    try:
        found = rows(tmp_path)
    except InputError as refused:
        assert refused.findings[0].at.file == "CBHT.dbf"
    else:
        assert len(found["contract_ledger"]) in (0, 3)


def test_a_roster_adds_those_whom_the_database_has_not_and_nobody_twice(tmp_path: Path) -> None:
    write_database(tmp_path)
    header = ["序号", "姓名", "身份证号", "街道", "村", "村民小组", "征地时间"]
    data = [
        ["1", "甲一", ID["甲一"], "乌龙街道", "样溪社区", "一组", "2018年"],
        ["2", "丁一", ID["丁一"], "乌龙街道", "样溪社区", "一组", "2018年"],
    ]
    write_book(tmp_path / "失地农民名册.xlsx", {"Sheet1": [["失地农民名册"], header, *data]})
    found = rows(tmp_path)["persons"]
    assert [row[0] for row in found] == ["甲一", "甲二", "甲三", "乙一", "丙一", "丁一"]
    assert found[-1][2] == f"名册{ID['丁一']}"


def test_a_file_named_for_a_table_in_the_form_of_a_source_is_read_as_that(tmp_path: Path) -> None:
    write_database(tmp_path)
    write_book(tmp_path / "征地协议.xlsx", {"Sheet1": AGREEMENTS})
    (found,) = read(tmp_path, "SELECT agreement_no, land_class, area_umu FROM paper.agreements ORDER BY 1, 2")
    assert found == [("协1", "farmland", 3_000_000), ("协1", "garden", 1_500_000), ("协2", "garden", 1_500_000)]


def test_a_roster_without_groups_is_asked_and_nobody_is_lost_in_silence(tmp_path: Path) -> None:
    data = [["姓名", "身份证号", "征地时间", "与户主关系"], ["甲一", ID["甲一"], "2018年", "户主"]]
    write_book(tmp_path / "失地农民名册.xlsx", {"Sheet1": [["失地农民名册"], *data]})
    (finding,) = refusal(tmp_path).findings
    assert (finding.code, finding.at.file) == ("doubtful_source", "失地农民名册.xlsx")
    assert "村民小组" in finding.problem.zh


WIDE_ROLL = [
    ["样路工程征地补偿汇总表"],
    ["协议编号：协1", "", "", "", "", ""],
    ["被征地户", "水田", "", "林地", "", "身份证号"],
    ["", "面积", "金额", "面积", "金额", ""],
    ["甲一", "1.20", "120", "", "", ID["甲一"]],
    ["乙一", "0.80", "80", "3.00", "90", ID["乙一"]],
    ["丙一", "", "", "2.00", "60", ID["丙一"]],
]


def test_a_roll_by_class_tells_of_farmland_alone_and_its_title_of_the_agreement(tmp_path: Path) -> None:
    write_database(tmp_path)
    write_book(tmp_path / "补偿汇总.xlsx", {"Sheet1": WIDE_ROLL})
    (found,) = read(tmp_path, "SELECT agreement_no, household_id, area_umu, basis FROM paper.payouts ORDER BY row_id")
    assert found == [("协1", HOUSE_A, 1_200_000, None), ("协1", HOUSE_B, 800_000, None)]


def test_a_column_of_ids_without_one_id_is_not_taken(tmp_path: Path) -> None:
    codes, data = TABLES["CBF_JTCY"]
    place = codes.index("CYZJHM")
    spoilt = [[*row[:place], "见户口册第三页", *row[place + 1 :]] for row in data]
    write_database(tmp_path)
    write_book(tmp_path / "CBF_JTCY.xlsx", {"CBF_JTCY": [list(codes), *spoilt]})
    (finding,) = refusal(tmp_path).findings
    assert (finding.code, finding.at.file) == ("doubtful_source", "CBF_JTCY.xlsx")


def test_what_two_titles_say_differently_is_not_taken(tmp_path: Path) -> None:
    write_database(tmp_path)
    write_book(tmp_path / "补偿汇总.xlsx", {"Sheet1": [["协议编号：协2", "", "", "", "", ""], *WIDE_ROLL[1:]]})
    payouts, unread = read(tmp_path, "SELECT * FROM paper.payouts", "SELECT file FROM paper.unread")
    assert (payouts, unread) == ([], [("补偿汇总.xlsx",)])


@pytest.mark.parametrize("header", ["农用地", "其他土地", "生产用地", "不知道什么面积"])
def test_land_in_a_column_that_is_not_understood_is_never_left_out_in_silence(tmp_path: Path, header: str) -> None:
    write_database(tmp_path)
    title, heads, *data = AGREEMENTS
    write_book(tmp_path / "征地协议汇总.xlsx", {"Sheet1": [title, [*heads, header], *([*row, "3.5"] for row in data)]})
    (finding,) = refusal(tmp_path).findings
    assert (finding.code, finding.at.file) == ("doubtful_source", "征地协议汇总.xlsx")
    assert header in finding.problem.zh


def test_an_agreement_without_any_area_is_set_aside_with_a_finding_and_not_lost(tmp_path: Path) -> None:
    write_database(tmp_path)
    blank = ["协3", "样溪社区", "第一村民小组", "2018-05-06", "", "", "样路工程"]
    write_book(tmp_path / "征地协议汇总.xlsx", {"Sheet1": [*AGREEMENTS, blank]})
    states, told = read(
        tmp_path,
        "SELECT state FROM paper.agreements WHERE agreement_no = '协3'",
        """SELECT "row", code, kept FROM paper.quarantine WHERE file = '征地协议汇总.xlsx' AND "row" = 5""",
    )
    assert states == [("lost",)]
    assert told == [(5, "required_blank", False)]
