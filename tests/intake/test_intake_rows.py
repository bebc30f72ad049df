"""What becomes of every row: kept, set aside with its reason, or a repetition."""

from __future__ import annotations

from datetime import date

import pytest

from eligibility.model.tables import TABLES
from intake.intake_papers import LI, PERSONS, ROW_LI, ROW_WANG, ROW_ZHANG, WANG, ZHANG, Dossier

ANY = (date(1, 1, 1), date(9999, 12, 31))
NEVER = (date(9999, 12, 31), date(9999, 12, 31))
WRONG = "000001197001010016"


def test_good_rows_are_kept_in_their_order(dossier: Dossier) -> None:
    dossier.read()
    assert dossier.rows(
        "persons", "row_id, row, state, resident_id, id_valid, born, name, community_key, group_key"
    ) == [
        (0, 2, "kept", ZHANG, True, date(1970, 1, 1), "张一", "乌龙", "1"),
        (1, 3, "kept", LI, True, date(1980, 2, 29), "李二", "乌龙", "1"),
        (2, 4, "kept", WANG, True, date(1999, 12, 31), "王三", "乌龙", "2"),
    ]
    assert dossier.findings() == []


def test_blank_means_no_only_where_the_contract_says_so(dossier: Dossier) -> None:
    headers = ["成员终止日", "死亡日期", "服刑", "成员资格争议", "成员起始日", "军官", "职工养老", "征地时户籍地"]
    dossier.persons(headers, [""] * 8).read()
    columns = "member_to_lo, member_to_hi, deceased_on_lo, deceased_on_hi, imprisoned, membership_dispute"
    assert dossier.rows("persons", columns) == [(*NEVER, *NEVER, False, "")]
    assert dossier.rows("persons", "member_from_lo, member_from_hi, officer, employee_pension, hukou_place") == [
        (*ANY, None, None, None)
    ]


def test_an_absent_column_tells_nothing(dossier: Dossier) -> None:
    dossier.read()
    columns = "member_to_lo, member_to_hi, deceased_on_lo, deceased_on_hi, imprisoned, membership_dispute"
    assert set(dossier.rows("persons", columns)) == {(*ANY, *ANY, None, None)}


def test_unreadable_optional_cells_are_not_known_and_reported(dossier: Dossier) -> None:
    headers = ["死亡日期", "服刑", "成员起始日", "职工养老"]
    dossier.persons(headers, ["2012-02-30", "也许", "很久以前", "退休"]).read()
    columns = "state, deceased_on_lo, deceased_on_hi, imprisoned, member_from_lo, member_from_hi, employee_pension"
    assert dossier.rows("persons", columns) == [("kept", *ANY, None, *ANY, None)]
    assert set(dossier.findings()) == {
        (2, "死亡日期", "2012-02-30", "bad_date", True),
        (2, "服刑", "也许", "bad_enum", True),
        (2, "成员起始日", "很久以前", "bad_date", True),
        (2, "职工养老", "退休", "bad_enum", True),
    }


def test_a_day_that_never_comes_is_no_day_of_joining(dossier: Dossier) -> None:
    dossier.persons(["成员起始日", "成员终止日"], ["9999-12-31", "9999-12-31"]).read()
    assert dossier.rows("persons", "member_from_lo, member_from_hi, member_to_lo, member_to_hi") == [(*ANY, *NEVER)]
    assert dossier.findings() == [(2, "成员起始日", "9999-12-31", "bad_date", True)]


@pytest.mark.parametrize(("text", "told"), [("无", ""), ("否", ""), ("没有", ""), ("外嫁女", "外嫁女"), (" ", "")])
def test_words_for_no_dispute(dossier: Dossier, text: str, told: str) -> None:
    assert dossier.persons(["成员资格争议"], [text]).read().column("persons", "membership_dispute") == [told]


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("是", True),
        ("否", False),
        ("TRUE", True),
        ("false", False),
        ("1", True),
        ("0", False),
        ("Y", True),
        ("n", False),
    ],
)
def test_words_for_yes_and_no(dossier: Dossier, text: str, truth: bool) -> None:  # noqa: FBT001
    assert dossier.persons(["军官"], [text]).read().column("persons", "officer") == [truth]


@pytest.mark.parametrize("place", range(6))
def test_a_blank_required_cell_sets_the_row_aside(dossier: Dossier, place: int) -> None:
    spoilt = [*ROW_LI]
    spoilt[place] = "　 "
    dossier.with_table("persons", PERSONS, ROW_ZHANG, spoilt, ROW_WANG).read()
    assert dossier.column("persons", "state") == ["kept", "lost", "kept"]
    assert dossier.findings() == [(3, PERSONS[place], "", "required_blank", False)]


def test_an_invalid_id_keeps_its_person_under_the_text_as_read(dossier: Dossier) -> None:
    dossier.with_table("persons", PERSONS, [WRONG, *ROW_ZHANG[1:]]).read()
    assert dossier.rows("persons", "state, resident_id, id_valid, born") == [("kept", WRONG, False, None)]
    assert dossier.findings() == [(2, "身份证号", WRONG, "identity_invalid", True)]


def test_an_old_id_of_15_digits_is_the_same_person(dossier: Dossier) -> None:
    old = ZHANG[:6] + ZHANG[8:17]
    dossier.with_table("persons", PERSONS, ROW_ZHANG, [old, *ROW_ZHANG[1:]]).read()
    assert dossier.rows("persons", "state, resident_id") == [("kept", ZHANG), ("duplicate", ZHANG)]


def test_the_same_row_twice_leaves_one(dossier: Dossier) -> None:
    again = [f" {ZHANG.lower()}", "张 一", "Ｈ1", "乌龙街道", "乌龙村委会", "第一村民小组"]
    dossier.with_table("persons", PERSONS, ROW_ZHANG, ROW_LI, again).read()
    assert dossier.rows("persons", "state, conflicts") == [("kept", []), ("kept", []), ("duplicate", [])]
    assert dossier.findings() == [(4, "", "", "duplicate_row", False)]


def test_the_same_person_with_other_contents_leaves_the_first_marked(dossier: Dossier) -> None:
    rows = [[*ROW_ZHANG, "是"], [*ROW_ZHANG, "否"], [*ROW_ZHANG[:2], "H9", *ROW_ZHANG[3:], "是"]]
    dossier.with_table("persons", [*PERSONS, "军官"], *rows).read()
    assert dossier.rows("persons", "state, officer, conflicts") == [
        ("kept", True, ["household_id", "officer"]),
        ("lost", False, []),
        ("lost", True, []),
    ]
    assert [code for *_, code, _ in dossier.findings()] == ["duplicate_row", "duplicate_row"]


def test_one_invalid_id_does_not_make_one_person_of_two(dossier: Dossier) -> None:
    zhang = [WRONG, *ROW_ZHANG[1:]]
    li = [WRONG, *ROW_LI[1:]]
    elsewhere = [*zhang[:5], "三组"]
    dossier.with_table("persons", PERSONS, zhang, li, zhang, elsewhere).read()
    assert dossier.rows("persons", "state, conflicts") == [
        ("kept", ["group"]),
        ("kept", []),
        ("duplicate", []),
        ("lost", []),
    ]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        pytest.param(WRONG, ["kept", "lost"], id="one mistyped number under one name is one person"),
        pytest.param("不详", ["kept", "kept"], id="a placeholder may stand for two"),
        pytest.param("530199198519143000", ["kept", "kept"], id="a number without its last digits may be two"),
    ],
)
def test_one_name_in_two_households_under_an_invalid_id(dossier: Dossier, text: str, states: list[str]) -> None:
    here = [text, *ROW_ZHANG[1:]]
    there = [text, ROW_ZHANG[1], "H9", *ROW_ZHANG[3:]]
    dossier.with_table("persons", PERSONS, here, there).read()
    assert dossier.rows("persons", "state") == [(state,) for state in states]
    conflicts = dossier.rows("persons", "conflicts")
    assert conflicts[0] == ((["household_id"],) if "lost" in states else ([],))


AGREEMENT = ["协议编号", "社区", "组", "地类", "面积", "单位"]


@pytest.mark.parametrize(
    ("area", "unit", "umu", "codes"),
    [
        ("12.5", "亩", 12_500_000, []),
        ("1.25", "公顷", 18_750_000, []),
        ("100", "平方米", 150_000, []),
        ("100", "m2", 150_000, []),
        ("12.5亩", "亩", 12_500_000, []),
        ("12.5亩", "公顷", 12_500_000, [("unit_conflict", True)]),
        ("0", "亩", 0, []),
        ("-1", "亩", None, [("bad_number", False)]),
        ("若干", "亩", None, [("bad_number", False)]),
        ("", "亩", None, [("required_blank", False)]),
        ("12.5", "", None, [("required_blank", False)]),
        ("12.5", "斤", None, [("bad_enum", False)]),
    ],
)
def test_areas_of_agreements(dossier: Dossier, area: str, unit: str, umu: int | None, codes: list[object]) -> None:
    dossier.with_table("agreements", AGREEMENT, ["A1", "乌龙", "1组", "耕地", area, unit]).read()
    assert dossier.column("agreements", "area_umu") == [umu]
    assert [found[-2:] for found in dossier.findings("agreements")] == codes
    assert dossier.column("agreements", "state") == ["kept" if all(kept for _, kept in codes) else "lost"]


def test_a_negative_area_where_none_is_required_is_not_known(dossier: Dossier) -> None:
    dossier.with_table("certificates_of_nothing").with_table(
        "title_certificates", ["证书编号", "户号", "承包耕地面积（亩）"], ["Z1", "H1", "-2"], ["Z2", "H1", "2.50"]
    ).read()
    assert dossier.rows("title_certificates", "state, area_umu, area_half_umu") == [
        ("kept", None, None),
        ("kept", 2_500_000, 5_000),
    ]
    assert dossier.findings("title_certificates") == [(2, "承包耕地面积（亩）", "-2", "bad_number", True)]


def test_agreements_that_contradict_leave_the_first_marked(dossier: Dossier) -> None:
    rows = [
        ["A1", "乌龙", "1组", "耕地", "12", "亩"],
        ["A 1", "乌龙社区", "一组", "farmland", "0.8", "公顷"],  # the same land
        ["Ａ1", "乌龙", "1组", "耕地", "13", "亩"],
        ["A1", "乌龙", "1组", "林地", "13", "亩"],  # another class is another line
    ]
    dossier.with_table("agreements", AGREEMENT, *rows).read()
    assert dossier.rows("agreements", "state, agreement_key, conflict") == [
        ("kept", "A1", True),
        ("duplicate", "A1", False),
        ("lost", "A1", False),
        ("kept", "A1", False),
    ]


def test_approvals_are_one_by_their_number(dossier: Dossier) -> None:
    rows = [
        ["云国土资复〔2012〕665号", "省政府", "2012-10-08"],
        ["云国土资复(2012)665", "province", "2012年10月8日"],
        ["云国土资复〔2012〕666号", "省政府", "2012-10-08"],
        ["云国土资复[2012]666号", "国务院", "2012-10-08"],
    ]
    dossier.with_table("征地批文", ["批文文号", "批准机关", "批准日期"], *rows).read()
    assert dossier.rows("approvals", "approval_key, state, conflict") == [
        ("云国土资复〔2012〕665号", "kept", False),
        ("云国土资复〔2012〕665号", "duplicate", False),
        ("云国土资复〔2012〕666号", "kept", True),
        ("云国土资复〔2012〕666号", "lost", False),
    ]


def test_lines_of_a_roll_that_are_alike_add_up(dossier: Dossier) -> None:
    dossier.with_table("agreements", AGREEMENT, ["A1", "乌龙", "", "", "12", "亩"])
    dossier.with_table("payouts", ["协议编号", "户号", "面积", "金额"], *[["A1", "H1", "1.5", "100.5"]] * 2).read()
    assert dossier.rows("payouts", "state, area_umu, amount_fen") == [("kept", 1_500_000, 10_050)] * 2


def test_names_that_no_paper_knows(dossier: Dossier) -> None:
    dossier.with_table("approvals", ["批文文号"], ["云国土资复〔2012〕665号"])
    parcel = ["批文文号", "社区", "村民小组", "面积", "单位"]
    dossier.with_table(
        "approval_parcels",
        parcel,
        ["云国土资复(2012)665", "乌龙", "1、2组", "1", "亩"],
        ["云国土资复〔2012〕66号", "乌龙", "", "1", "亩"],
        ["云国土资复(2012)665", "可乐", "1组", "1", "亩"],
        ["云国土资复(2012)665", "乌龙", "1、7组", "1", "亩"],
    )
    dossier.with_table(
        "agreements", AGREEMENT, ["A1", "乌龙", "1组", "", "9", "亩"], ["A2", "乌龙", "1组", "", "", "亩"]
    )
    roll = [["A1", "H1"], ["A2", "H1"], ["A3", "H1"], ["A1", "H8"]]
    dossier.with_table("payouts", ["协议编号", "户号"], *roll)
    dossier.with_table("contract_ledger", ["户号"], ["H1"], ["H8"])
    dossier.with_table(
        "confirmations", ["身份证号", "环节", "意见"], [ZHANG, "社区", "同意"], [WRONG, "社区", "不同意"]
    )
    dossier.read()
    assert dossier.column("approval_parcels", "state") == ["kept", "lost", "kept", "kept"]
    assert dossier.column("approval_parcels", "group_keys") == [["1", "2"], [], ["1"], ["1", "7"]]
    assert [found[1:] for found in dossier.findings("approval_parcels")] == [
        ("批文文号", "云国土资复〔2012〕66号", "unknown_reference", False),
        ("社区", "可乐", "unknown_reference", True),
        ("村民小组", "7", "unknown_reference", True),
    ]
    # the line of A2 stays: that the agreement itself is set aside does not make it unknown
    # and rosters list applicants, rolls list everybody: the line of H8, of whom nobody is on the roster, stays too
    assert dossier.column("payouts", "state") == ["kept", "kept", "lost", "kept"]
    assert dossier.findings("contract_ledger") == [(3, "户号", "H8", "unknown_reference", True)]
    codes = {found[-2:] for found in dossier.findings("confirmations")}
    assert codes == {("identity_invalid", True), ("unknown_reference", True)}


def test_a_total_row_is_no_row_of_data(dossier: Dossier) -> None:
    dossier.with_table("persons", PERSONS, ROW_ZHANG, ["", "", ""], ["", "合计：1人"], PERSONS, ROW_LI).read()
    assert dossier.rows("persons", "row, name") == [(2, "张一"), (6, "李二")]
    assert dossier.con.execute("SELECT rows_in FROM paper.tables WHERE table_name = 'persons'").fetchone() == (2,)
    assert {found[-2] for found in dossier.findings()} == {"total_row", "repeated_header"}


def test_a_row_longer_than_its_header_is_not_trusted(dossier: Dossier) -> None:
    dossier.with_table("agreements", AGREEMENT, ["A1", "乌龙", "1组", "耕地", "1", "234.5", "亩"]).read()
    assert dossier.column("agreements", "state") == ["lost"]
    assert ("extra_cells", False) in [found[-2:] for found in dossier.findings("agreements")]


def test_unknown_columns_and_files_are_reported_once(dossier: Dossier) -> None:
    dossier.persons(["手机"], ["甲"], ["乙"], ["丙"]).with_table("会议记录", ["议题"]).read()
    assert dossier.findings() == [(1, "手机", "", "unknown_column", True)]
    aside = dossier.con.execute("SELECT file, code FROM paper.quarantine WHERE table_name = ''").fetchall()
    assert aside == [("会议记录.csv", "unknown_file")]


def test_every_table_of_the_contract_is_there_and_no_row_is_lost(dossier: Dossier) -> None:
    dossier.with_table("persons", PERSONS, ROW_ZHANG, ROW_ZHANG, ROW_LI, ["", *ROW_WANG[1:]]).read()
    told = dossier.con.execute("SELECT table_name, present, rows_in, kept, quarantined FROM paper.tables").fetchall()
    assert told[0] == ("persons", True, 4, 2, 2)
    assert told[1:] == [(table.key, False, 0, 0, 0) for table in TABLES[1:]]
    assert all(dossier.rows(table.key, "state") == [] for table in TABLES[1:])


def test_every_value_names_its_cell(dossier: Dossier) -> None:
    dossier.with_table("contract_ledger", ["村里的备注", "面积", "户 号"], ["", "3.2", "H1"]).read()
    cell = """
        SELECT s.file, p.row, h.letter, h.header, p.area_umu FROM paper.contract_ledger AS p
        JOIN paper.sources AS s USING (source) JOIN paper.headers AS h USING (source) WHERE h.column_key = 'area_mu'
    """
    assert dossier.con.execute(cell).fetchall() == [("contract_ledger.csv", 2, "B", "面积", 3_200_000)]
    headers = dossier.con.execute("SELECT column_key, header, letter FROM paper.headers WHERE source = 1 ORDER BY ALL")
    assert headers.fetchall() == [("area_mu", "面积", "B"), ("household_id", "户 号", "C")]


@pytest.mark.parametrize("mark", ["同上", "〃", "″", "同 上", "同前。", '"', "''", "’’"])
def test_as_above_is_no_value_and_is_never_filled_in(dossier: Dossier, mark: str) -> None:
    rows = [[*ROW_ZHANG, "2012-01-01", "2020-01-01", "外嫁女"], [*ROW_LI[:2], mark, *ROW_LI[3:], "2012-01-01", "", ""]]
    rows += [
        [*ROW_WANG[:4], mark, *ROW_WANG[5:], "", "", ""],
        ["000001198505050013", "周六", "H3", *ROW_WANG[3:], mark, mark, mark],
    ]
    dossier.with_table("persons", [*PERSONS, "成员起始日", "死亡日期", "成员资格争议"], *rows).read()
    found = [(row, column, value) for row, column, value, code, _ in dossier.findings() if code == "ditto_mark"]
    said = [(5, column, mark) for column in ("成员起始日", "死亡日期", "成员资格争议")]
    assert sorted(found) == sorted([(3, "户号", mark), (4, "社区", mark), *said])
    told = dossier.rows("persons", '"row", state, deceased_on_lo, membership_dispute')
    assert told[0] == (2, "kept", date(2020, 1, 1), "外嫁女")
    assert [one[1] for one in told[1:3]] == ["lost", "lost"]
    # blank would mean no: 周六 may have died, and whether there is a dispute is open
    assert told[3] == (5, "kept", date(1, 1, 1), None)
