"""Kinds of files: csv in two encodings, workbooks as people make them, parquet; and what cannot be worked with."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from eligibility.intake import read_dossier
from eligibility.model.diagnostic import InputError
from intake.intake_papers import LI, PERSONS, ROW_LI, ROW_WANG, ROW_ZHANG, WANG, ZHANG, Dossier, write_csv, write_xlsx


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_csv_also_for_rare_characters(dossier: Dossier, encoding: str) -> None:
    row = [ZHANG, "张𠮷㛃", *ROW_ZHANG[2:]]
    write_csv(dossier.folder / "persons.csv", [PERSONS, row], encoding)
    assert dossier.read().column("persons", "name") == ["张𠮷㛃"]


def test_row_numbers_count_title_rows_and_blank_lines(dossier: Dossier) -> None:
    text = f"呈贡区人员名册\r\n\r\n{','.join(PERSONS)}\r\n\r\n{','.join(ROW_ZHANG)}\r\n,,\r\n{','.join(ROW_LI)}"
    (dossier.folder / "persons.csv").write_bytes(text.encode())
    assert dossier.read().column("persons", "row") == [5, 7]


def test_nul_bytes_and_huge_cells_do_no_harm(dossier: Dossier) -> None:
    huge = "长" * 200_000
    dossier.with_table("persons", PERSONS, [ZHANG, huge, *ROW_ZHANG[2:]], [f"{LI}\0", "李\0二", *ROW_LI[2:]]).read()
    assert dossier.rows("persons", "state, id_valid, length(name)") == [("kept", True, 200_000), ("kept", False, 3)]


def test_a_line_break_inside_quotes_stays_one_row(dossier: Dossier) -> None:
    dossier.with_table("persons", PERSONS, [ZHANG, "张\n一", *ROW_ZHANG[2:]], ROW_LI).read()
    assert dossier.column("persons", "row") == [2, 3]


@pytest.mark.parametrize(
    "headers",
    [
        ["resident_id", "name", "household_id", "street", "community", "group"],
        ["公民身份号码", "姓 名", "户编号", "街道", "村", "村民小组"],
        ["*身份证号", "姓名*", " 户号", "街道", "社区\n", "RESIDENT".lower() and "组"],
    ],
)
def test_headers_in_every_spelling(dossier: Dossier, headers: list[str]) -> None:
    dossier.with_table("persons", headers, ROW_ZHANG).read()
    assert dossier.column("persons", "state") == ["kept"]


def test_columns_may_stand_in_any_order(dossier: Dossier) -> None:
    dossier.with_table("persons", PERSONS[::-1], ROW_ZHANG[::-1]).read()
    assert dossier.rows("persons", "resident_id, name, group_key") == [(ZHANG, "张一", "1")]


def test_a_workbook_with_a_sheet_for_each_table(tmp_path: Path) -> None:
    agreements = [["协议编号", "社区", "面积", "单位"], ["A1", "乌龙", 12.5, "亩"]]
    sheets = {"人员名册": [PERSONS, ROW_ZHANG], "agreements": agreements, "草稿": [["随手记"]], "空表": []}
    dossier = Dossier(tmp_path / "unused")
    dossier.read(write_xlsx(tmp_path / "卷宗.xlsx", sheets))
    assert dossier.column("persons", "state") == ["kept"]
    assert dossier.column("agreements", "area_umu") == [12_500_000]
    told = dossier.con.execute("SELECT file, sheet, table_name FROM paper.sources ORDER BY source").fetchall()
    assert told == [("卷宗.xlsx", "人员名册", "persons"), ("卷宗.xlsx", "agreements", "agreements")]
    aside = dossier.con.execute("SELECT sheet, code FROM paper.quarantine").fetchall()
    assert aside == [("草稿", "unknown_sheet")]


def test_title_rows_merged_cells_and_totals_of_a_sheet(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    rows = [
        ["呈贡区被征地人员名册"],
        ["填表单位：乌龙社区"],
        PERSONS,
        ROW_ZHANG,
        [LI, "李二", "", "", "", ""],
        ["", "", "", "", "", ""],
        [WANG, "王三", "H2", "", "", "2组"],
        ["合计", "3人"],
    ]
    write_xlsx(dossier.folder / "人员名册.xlsx", {"Sheet1": rows}, ["A1:F1", "C4:C5", "D4:D7", "E4:E7", "F4:F5"])
    dossier.read()
    assert dossier.rows("persons", "row, name, household_id, community, group_key") == [
        (4, "张一", "H1", "乌龙社区", "1"),
        (5, "李二", "H1", "乌龙社区", "1"),
        (7, "王三", "H2", "乌龙社区", "2"),
    ]
    assert {code for *_, code, _ in dossier.findings()} == {"merged_value", "total_row"}


def test_one_sheet_a_street(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    sheets = {"乌龙街道": [PERSONS, ROW_ZHANG], "说明": [["填表说明"]], "吴家营街道": [["名册"], PERSONS, ROW_WANG]}
    write_xlsx(dossier.folder / "persons.xlsx", sheets)
    dossier.read()
    assert dossier.rows("persons", "row_id, source, row, name") == [(0, 0, 2, "张一"), (1, 1, 3, "王三")]
    assert [code for *_, code, _ in dossier.findings()] == ["unknown_sheet"]


def test_cells_of_a_sheet_keep_their_types(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    headers = [*PERSONS, "成员起始日", "死亡日期", "军官", "服刑"]
    cells = [date(1990, 5, 1), datetime(2012, 3, 5), True, 0]
    write_xlsx(
        dossier.folder / "persons.xlsx", {"persons": [headers, [*ROW_ZHANG, *cells], [*ROW_LI, 32994, "", "", ""]]}
    )
    dossier.read()
    columns = "member_from_lo, member_from_hi, deceased_on_lo, officer, imprisoned"
    assert dossier.rows("persons", columns) == [
        (date(1990, 5, 1), date(1990, 5, 1), date(2012, 3, 5), True, False),
        (date(1990, 5, 1), date(1990, 5, 1), date(9999, 12, 31), None, False),
    ]


def test_an_id_stored_as_a_number_has_lost_digits_and_is_not_trusted(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    rows = [[float(ZHANG.replace("000001", "530121")), *ROW_ZHANG[1:]], [110105491231002, *ROW_LI[1:]]]
    write_xlsx(dossier.folder / "persons.xlsx", {"persons": [PERSONS, *rows]})
    dossier.read()
    assert dossier.rows("persons", "state, id_valid, born") == [
        ("kept", False, None),
        ("kept", True, date(1949, 12, 31)),  # 15 digits are within what a number holds
    ]
    assert [(row, code, kept) for row, _, _, code, kept in dossier.findings()] == [(2, "digits_lost", True)]


def test_an_error_cell_is_not_a_blank_cell(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    rows = [[*ROW_ZHANG, "#N/A"], [*ROW_LI, '=VLOOKUP("x",A1:B2,2,0)'], [*ROW_WANG, ""]]
    write_xlsx(dossier.folder / "persons.xlsx", {"persons": [[*PERSONS, "死亡日期"], *rows]})
    dossier.read()
    assert dossier.column("persons", "deceased_on_lo") == [date(1, 1, 1), date(1, 1, 1), date(9999, 12, 31)]
    assert [(row, code, kept) for row, _, _, code, kept in dossier.findings()] == [
        (2, "error_cell", True),
        (3, "formula_uncomputed", True),
    ]


def test_parquet_with_its_own_types(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    columns = dict(zip(PERSONS, map(list, zip(ROW_ZHANG, ROW_LI, strict=True)), strict=True))
    columns["身份证号"] = [530121197001010010 + 0, None]
    more = {"军官": [True, None], "死亡日期": [date(2012, 3, 5), None]}
    pq.write_table(pa.table(columns | more), dossier.folder / "persons.parquet")
    dossier.read()
    assert dossier.rows("persons", "row, state, resident_id, officer, deceased_on_hi") == [
        (2, "kept", "530121197001010010", True, date(2012, 3, 5)),  # every digit of a whole number is there
        (3, "lost", None, None, date(9999, 12, 31)),
    ]


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_dossier(path, duckdb.connect())
    (finding,) = caught.value.findings
    assert finding.problem.zh
    assert finding.problem.en
    assert finding.remedy.zh
    assert finding.remedy.en
    return caught.value


def code(path: Path) -> str:
    return refused(path).findings[0].code


def test_no_such_dossier(tmp_path: Path) -> None:
    assert code(tmp_path / "没有") == "missing_dossier"


def test_a_dossier_of_an_unknown_kind(tmp_path: Path) -> None:
    path = tmp_path / "卷宗.docx"
    path.write_bytes(b"PK")
    assert code(path) == "unknown_dossier"


def test_no_table_of_persons(tmp_path: Path) -> None:
    assert code(tmp_path) == "no_persons"
    assert code(write_xlsx(tmp_path / "卷宗.xlsx", {"征地协议": []})) == "no_persons"


def test_persons_without_a_row(dossier: Dossier) -> None:
    dossier.with_table("persons", PERSONS, ["合计", "0"])
    assert code(dossier.folder) == "no_persons"


def test_an_empty_file_has_no_header(dossier: Dossier) -> None:
    (dossier.folder / "payouts.csv").write_bytes(b"")
    assert code(dossier.folder) == "missing_column"


def test_a_missing_required_column_names_the_nearest_header(dossier: Dossier) -> None:
    dossier.with_table("persons", ["身份证号吗", *PERSONS[1:]], ROW_ZHANG)
    finding = refused(dossier.folder).findings[0]
    assert finding.code == "missing_column"
    assert "「身份证号」（最接近的表头：A列「身份证号吗」）" in finding.problem.zh
    assert finding.at.file == "persons.csv"


@pytest.mark.parametrize("name", ["persons.xlsx", "persons.parquet"])
def test_a_broken_file(dossier: Dossier, name: str) -> None:
    (dossier.folder / "persons.csv").unlink()
    (dossier.folder / name).write_bytes(b"PK\x03\x04 broken PAR1")
    assert code(dossier.folder) == "broken_file"


def test_a_file_in_no_known_encoding(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").write_bytes(",".join(PERSONS).encode() + b"\n\xff\xfe\x81")
    assert code(dossier.folder) == "undecodable"


def test_an_open_quote_would_swallow_rows(dossier: Dossier) -> None:
    text = ",".join(PERSONS) + "\n" + ",".join(ROW_ZHANG) + '\n"' + ",".join(ROW_LI) + "\n" + ",".join(ROW_WANG)
    (dossier.folder / "persons.csv").write_text(text)
    assert code(dossier.folder) == "broken_file"


@pytest.mark.parametrize("second", ["persons.xlsx", "人员名册.parquet", "人员名册.csv"])
def test_one_table_in_two_files(dossier: Dossier, second: str) -> None:
    (dossier.folder / second).write_bytes(b"")
    assert code(dossier.folder) == "table_twice"


def test_one_table_in_two_sheets(tmp_path: Path) -> None:
    assert code(write_xlsx(tmp_path / "卷宗.xlsx", {"persons": [PERSONS], "人员名册": [PERSONS]})) == "table_twice"
