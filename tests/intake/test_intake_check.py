"""`intake check` and `intake template`: a clerk finds the cell, mends it and sends it again."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from eligibility.cli.app import app
from eligibility.intake import read_dossier
from eligibility.model.diagnostic import InputError
from eligibility.model.tables import TABLES
from intake.intake_papers import LI, PERSONS, ROW_LI, ROW_WANG, ROW_ZHANG, Dossier, write_csv, write_xlsx

RED, YELLOW = "FFF4B6AE", "FFFFE29A"


def call(*words: object) -> str:
    done = CliRunner().invoke(app, ["intake", *map(str, words)], env={"COLUMNS": "200"} | os.environ)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def spoiled(dossier: Dossier) -> Path:
    """The second row has a bad date, the third no household, a total row is one short of a name."""
    rows = [
        [*ROW_ZHANG, ""],
        [*ROW_LI, "2012-02-30"],
        [ROW_WANG[0], "王三", "", *ROW_WANG[3:], "=1+1"],
        ["合计", "3人"],
    ]
    write_csv(dossier.folder / "persons.csv", [["名册"], [*PERSONS, "死亡日期"], *rows])
    return dossier.folder


def test_the_summary_names_cell_problem_and_remedy(spoiled: Path) -> None:
    said = call("check", spoiled)
    assert "persons.csv 第4行「死亡日期」：「2012-02-30」不是有效日期" in said.replace("\n", "")
    assert "没有这些表" in said
    assert "required_blank" in said
    assert "合计" in said


def test_the_english_summary_has_no_chinese_remedy(spoiled: Path) -> None:
    done = CliRunner().invoke(app, ["--lang", "en", "intake", "check", str(spoiled)])
    assert "“2012-02-30” is no valid date" in done.output
    os.environ.pop("ELIGIBILITY_LANG", None)


def test_json_counts_every_row(spoiled: Path) -> None:
    told = json.loads(call("check", spoiled, "--json"))
    assert told["rows"]["persons"] == {"in": 3, "kept": 2, "quarantined": 1}
    assert "payouts" in told["absent"]
    counts = {(one["code"], one["kept"]): one["count"] for one in told["findings"]}
    assert counts == {
        ("required_blank", False): 1,
        ("bad_date", False): 1,
        ("bad_date", True): 1,
        ("total_row", True): 1,
    }


def test_a_resident_id_is_masked_on_the_screen(dossier: Dossier) -> None:
    dossier.with_table("confirmations", ["身份证号", "环节", "意见"], ["530199197001010018", "社区", "同意"])
    said = call("check", dossier.folder)
    assert "530199197001010018" not in said
    assert "5301**********0018" in said


def test_the_bad_cells_of_a_marked_copy(spoiled: Path, tmp_path: Path) -> None:
    call("check", spoiled, "--out", tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "marked" / "persons.xlsx")["人员名册"]
    assert (sheet["G4"].value, sheet["G4"].fill.fgColor.rgb) == ("2012-02-30", YELLOW)
    assert "不是有效日期" in sheet["G4"].comment.text
    assert (sheet["C5"].value, sheet["C5"].fill.fgColor.rgb) == (None, RED)
    assert "「户号」为空" in sheet["C5"].comment.text
    assert (sheet["G5"].value, sheet["G5"].data_type) == ("=1+1", "s")
    assert [sheet["A3"].value, sheet["A3"].number_format, sheet["A3"].comment] == [ROW_ZHANG[0], "@", None]
    rows = list(csv.reader((tmp_path / "out" / "quarantine.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 1 + 4


def test_a_marked_copy_says_the_same_until_it_is_mended_and_then_nothing(spoiled: Path, tmp_path: Path) -> None:
    call("check", spoiled, "--out", tmp_path / "out")
    path = tmp_path / "out" / "marked" / "persons.xlsx"
    (tmp_path / "again").mkdir()
    again = path.rename(tmp_path / "again" / "persons.xlsx")

    def findings(folder: Path) -> list[tuple[object, ...]]:
        con = duckdb.connect()
        read_dossier(folder, con)
        return con.execute('SELECT "row", col, value, code, kept FROM paper.quarantine').fetchall()

    assert findings(again.parent) == findings(spoiled)
    book = openpyxl.load_workbook(again)
    book["人员名册"]["G4"], book["人员名册"]["C5"], book["人员名册"]["G5"] = "2012-02-29", "H2", None
    book["人员名册"].delete_rows(6)
    book.save(again)
    assert findings(again.parent) == []


def test_parts_are_copied_together_and_clean_tables_are_not(dossier: Dossier, tmp_path: Path) -> None:
    (dossier.folder / "persons.csv").unlink()
    write_csv(dossier.folder / "人员名册" / "乌龙.csv", [PERSONS, ["坏", *ROW_ZHANG[1:]]])
    write_csv(dossier.folder / "人员名册" / "雨花.csv", [PERSONS, ROW_WANG])
    dossier.with_table("groups", ["社区", "组"], ["乌龙社区", "一组"])
    call("check", dossier.folder, "--out", tmp_path / "out")
    written = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.xlsx"))
    assert written == ["marked/人员名册/乌龙.xlsx", "marked/人员名册/雨花.xlsx"]


def test_a_workbook_with_many_sheets_is_one_marked_copy(tmp_path: Path) -> None:
    sheets = {"人员名册": [PERSONS, ROW_ZHANG, ["坏", *ROW_LI[1:]]], "村组台账": [["社区", "组"], ["乌龙社区", "一组"]]}
    call("check", write_xlsx(tmp_path / "卷宗.xlsx", sheets), "--out", tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "marked" / "卷宗.xlsx")
    assert book.sheetnames == ["人员名册", "村组台账", "填表说明"]
    assert book["人员名册"]["A3"].fill.fgColor.rgb == YELLOW


def test_checking_again_replaces_the_former_check_and_nothing_else(spoiled: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("check", spoiled, "--out", out)
    write_csv(spoiled / "persons.csv", [PERSONS, ROW_ZHANG])
    assert "未发现问题" in call("check", spoiled, "--out", out)
    assert not (out / "marked").exists()
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "paper.txt").write_text("mine")
    with pytest.raises(InputError):
        call("check", spoiled, "--out", tmp_path / "own")


GOOD = {
    "persons": [[*ROW_ZHANG, "1990年", "", "昆明市呈贡区", "否", "否", "是", "无", "", "", ""],
                [LI, *ROW_LI[1:], "1990-05", "2012-03-05", "", "否", "否", "", "参保", "否", "无", ""]],
    "title_certificates": [["证1", "H1", "十二亩三分", "2005-06-01", ""]],
    "contract_ledger": [["H1", "4.00", "1998-01-01", "2028-01-01", "农业农村局"]],
    "groups": [["乌龙社区", "一组", "100.00", "20", "60"]],
    "approvals": [["云国土资复〔2013〕120号", "省政府", "2013-05-01", "道路", "", "否"]],
    "approval_parcels": [["云国土资复〔2013〕120号", "乌龙社区", "一组", "集体", "耕地", "20", "亩"]],
    "agreements": [["协1", "乌龙社区", "一组", "2013-08-01", "道路", "征收", "耕地", "12.3", "亩", "", "12.5万元"]],
    "payouts": [["协1", "H1", "12.30", "1000", "按承包地"]],
    "confirmations": [[LI, "社区", "同意", "2022-01-01", ""]],
}  # fmt: skip


def test_a_template_filled_with_good_rows_reads_clean(tmp_path: Path) -> None:
    call("template", "--out", tmp_path / "表")
    for table in TABLES:
        path = tmp_path / "表" / f"{table.zh}.xlsx"
        book = openpyxl.load_workbook(path)
        for number, row in enumerate(GOOD[table.key], start=2):
            for column, cell in enumerate(row, start=1):
                book[table.zh].cell(number, column).value = cell or None
        book.save(path)
    con = duckdb.connect()
    read_dossier(tmp_path / "表", con)
    assert con.execute("SELECT * FROM paper.quarantine").fetchall() == []
    kept = con.execute("SELECT table_name, kept FROM paper.tables").fetchall()
    assert dict(kept) == {table.key: len(GOOD[table.key]) for table in TABLES}


def test_what_a_template_offers(tmp_path: Path) -> None:
    call("template", "--out", tmp_path / "表")
    book = openpyxl.load_workbook(tmp_path / "表" / "人员名册.xlsx")
    sheet = book["人员名册"]
    assert [sheet["A1"].value, sheet["H1"].value] == ["身份证号*", "成员终止日"]
    assert sheet.column_dimensions["A"].number_format == "@"
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists["M2"] == '"无,参保,领取"'
    assert lists["J2"] == '"是,否"'
    said = [row[0].value for row in book["填表说明"].iter_rows()]
    assert "身份证号" in said


def test_a_template_in_english_explains_chinese_headers_and_reads_the_same(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["--lang", "en", "intake", "template", "--out", str(tmp_path / "forms")])
    assert done.exit_code == 0
    call("template", "--out", tmp_path / "表")
    for table in TABLES:
        english, chinese = (openpyxl.load_workbook(tmp_path / name / f"{table.zh}.xlsx") for name in ("forms", "表"))
        assert [cell.value for cell in english[table.zh][1]] == [cell.value for cell in chinese[table.zh][1]]
        rows = list(english["填表说明"].iter_rows(values_only=True))
        assert [row[0] for row in rows[3:]] == [f"{column.zh} ({column.key})" for column in table.columns]
        page = english["填表说明"]
        # the sentence stands over all columns, and a printed page has them all
        assert (str(*page.merged_cells.ranges), page.sheet_properties.pageSetUpPr.fitToPage) == ("A2:D2", True)
        told = [text for row in rows[1:] for text in row[1:] if text] + [rows[1][0]]
        told += [rule.prompt for rule in english[table.zh].data_validations.dataValidation]
        assert all(re.search(r"[a-z]{3}", text) for text in told)
        assert not [text for text in told if re.search(r"[\u4e00-\u9fff]{9}", text)]
    persons = openpyxl.load_workbook(tmp_path / "forms" / "人员名册.xlsx")["人员名册"].data_validations.dataValidation
    pension = next(rule for rule in persons if str(rule.sqref).startswith("M2"))
    assert (pension.formula1, pension.prompt) == (
        '"无,参保,领取"',
        "choose from the list: 无 (none), 参保 (insured), 领取 (drawing)",
    )
