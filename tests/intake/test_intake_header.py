"""Headers as people lay them out: in two rows, under titles, nearly right, twice; and the rows around the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from eligibility.intake import read_dossier
from eligibility.intake.files.near_header import nearest
from eligibility.model.diagnostic import InputError
from eligibility.model.tables import TABLES, Table
from intake.intake_papers import LI, PERSONS, ROW_LI, ROW_WANG, ROW_ZHANG, ZHANG, Dossier, write_csv, write_xlsx

TWO_ROWS = [
    ["呈贡区被征地人员名册"],
    ["序号", "人员信息", "", "户号", "地址", "", "", "成员", "", "备注"],
    ["", "身份证号", "姓名", "", "街道", "社区", "组", "起始日", "终止日", ""],
    ["1", *ROW_ZHANG, "1990-01-01", "", ""],
    ["2", *ROW_LI, "1991-01-01", "2001-01-01", ""],
]
MERGES = ["A1:J1", "A2:A3", "B2:C2", "D2:D3", "E2:G2", "H2:I2", "J2:J3"]


def problems(dossier: Dossier, code: str) -> list[tuple[Any, ...]]:
    sql = 'SELECT "row", col, value, problem FROM paper.quarantine WHERE code = ?'
    return dossier.con.execute(sql, [code]).fetchall()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_in_two_rows(dossier: Dossier, kind: str) -> None:
    (dossier.folder / "persons.csv").unlink()
    if kind == "csv":
        write_csv(dossier.folder / "persons.csv", TWO_ROWS)
    else:
        write_xlsx(dossier.folder / "persons.xlsx", {"Sheet1": TWO_ROWS}, MERGES)
    dossier.read()
    assert dossier.rows(
        "persons", "row, name, household_id, community_key, member_from_lo::VARCHAR, member_to_lo::VARCHAR"
    ) == [
        (4, "张一", "H1", "乌龙", "1990-01-01", "9999-12-31"),
        (5, "李二", "H1", "乌龙", "1991-01-01", "2001-01-01"),
    ]
    headers = dict(dossier.con.execute("SELECT column_key, header || '@' || letter FROM paper.headers").fetchall())
    assert headers["member_from"] == "成员／起始日@H"
    assert headers["household_id"] == "户号@D"


def test_the_finding_names_the_joined_header_and_the_copy_can_mark_it(dossier: Dossier) -> None:
    rows = [*TWO_ROWS[:3], ["1", *ROW_ZHANG, "很久以前", "", ""]]
    dossier.with_table("persons", *rows).read()
    assert [found[:3] for found in problems(dossier, "bad_date")] == [(4, "成员／起始日", "很久以前")]


def test_a_title_row_that_is_like_a_header_does_not_make_two(dossier: Dossier) -> None:
    dossier.with_table("persons", ["社区", "乌龙社区"], PERSONS, ROW_ZHANG, ROW_WANG).read()
    assert dossier.rows("persons", "row, name") == [(3, "张一"), (4, "王三")]


def test_the_same_word_under_two_upper_words_is_two_readings(dossier: Dossier) -> None:
    upper = ["户号", "本人", "", "户主", ""]
    lower = ["", "身份证号", "姓名", "身份证号", "姓名"]
    write_csv(dossier.folder / "persons.csv", [upper, lower])
    with pytest.raises(InputError) as caught:
        read_dossier(dossier.folder, duckdb.connect())
    assert "「身份证号」（B、D列都是这个表头，不知用哪一列）" in caught.value.findings[0].problem.zh


def test_an_optional_header_twice_is_not_used_and_not_guessed(dossier: Dossier) -> None:
    dossier.with_table("contract_ledger", ["户号", "面积", "面积"], ["H1", "3", "4"]).read()
    assert dossier.column("contract_ledger", "area_umu") == [None]
    assert [told for *_, told in problems(dossier, "ambiguous_column")] == [
        "「面积」有两种读法（B、C列都是这个表头），都未采用"
    ] * 2


@pytest.mark.parametrize(
    ("header", "meant"),
    [("身份证号吗", "身份证号"), ("身份证号妈", "身份证号"), ("户号吗", "户号"), ("resident_ld", "身份证号")],
)
def test_a_near_miss_of_a_required_header_is_named_with_its_column(dossier: Dossier, header: str, meant: str) -> None:
    heads = [header if word == meant else word for word in PERSONS]
    dossier.with_table("persons", heads, ROW_ZHANG)
    with pytest.raises(InputError) as caught:
        read_dossier(dossier.folder, duckdb.connect())
    (found,) = caught.value.findings
    letter = "ABCDEF"[heads.index(header)]
    assert found.code == "missing_column"
    assert f"「{meant}」（最接近的表头：{letter}列「{header}」）" in found.problem.zh


def test_a_near_miss_of_an_optional_header_is_suggested(dossier: Dossier) -> None:
    dossier.persons(["死亡日朝", "备注"], ["2001-01-01", "x"]).read()
    assert sorted((col, told) for _, col, _, told in problems(dossier, "unknown_column")) == [
        ("备注", "「备注」不是规定的列：只查看其中有无死亡、迁出、收回、作废等说明"),
        ("死亡日朝", "未使用的列「死亡日朝」：是否为「死亡日期」？"),
    ]


@pytest.mark.parametrize("word", ["备注", "序号", "联系电话", "与户主关系", "性别"])
def test_what_is_like_nothing_is_not_suggested(word: str) -> None:
    assert nearest(word, TABLES[0].columns) == ""


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.key)
def test_every_word_of_the_data_file_is_read_and_means_one_column(tmp_path: Path, one: Table) -> None:
    words = [word for column in one.columns for word in (column.key, *column.headers)]
    shared = {word for word in words if words.count(word) > 1}
    assert shared <= {"面积", "承包耕地面积"}  # of two such columns the order of the file decides
    for column in one.columns:
        for word in column.headers:
            heads = [word if other is column else other.key for other in one.columns]
            folder = tmp_path / f"{column.key}-{len(list(tmp_path.iterdir()))}"
            write_csv(folder / "persons.csv", [PERSONS, ROW_ZHANG])
            write_csv(folder / f"{one.key}.csv", [heads, *([ROW_ZHANG] if one.key == "persons" else [])])
            con = duckdb.connect()
            read_dossier(folder, con)
            sql = "SELECT header FROM paper.headers JOIN paper.sources USING (source) WHERE table_name = ? AND column_key = ?"
            assert con.execute(sql, [one.key, column.key]).fetchall() == [(word,)]
            con.close()


NOTES = [
    ["填表人：张三", "", "审核人：李四"],
    ["备注：以上人员由村民小组核实。"],
    ["以上共两人，特此证明。"],
    ["", "（单位：亩）"],
    ["制表单位（盖章）：", "", "", "2012年3月5日"],
    ["1", "2", "3", "4", "5", "6"],
]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: "".join(note)[:8])
def test_notes_and_signatures_are_no_rows_of_data(dossier: Dossier, note: list[str]) -> None:
    dossier.with_table("persons", PERSONS, ROW_ZHANG, ROW_LI, note).read()
    assert dossier.rows("persons", "row, state") == [(2, "kept"), (3, "kept")]
    assert [row for row, *_ in problems(dossier, "note_row")] == [4]
    assert dossier.con.execute("SELECT rows_in FROM paper.tables WHERE table_name = 'persons'").fetchone() == (2,)


@pytest.mark.parametrize(
    "row",
    [
        ["", "张三", "", "", "", ""],  # a name and nothing else is a person badly written
        [ZHANG, "", "", "", "", ""],
        [ZHANG, "备注：张三", "H1", "", "", ""],
        ["注：见附页", "李二", "H1", "乌龙街道", "乌龙社区", "一组"],
    ],
)
def test_what_may_be_a_person_stays_a_row(dossier: Dossier, row: list[str]) -> None:
    dossier.with_table("persons", PERSONS, ROW_ZHANG, row).read()
    assert len(dossier.column("persons", "state")) == 2
    assert problems(dossier, "note_row") == []


@pytest.mark.parametrize("word", ["合计", "合　计", "一组小计", "总计3人", "本页合计：", "共计（户）"])
def test_words_for_a_total(dossier: Dossier, word: str) -> None:
    dossier.with_table("persons", PERSONS, ROW_ZHANG, [word, "", "", "", "", ""]).read()
    assert [row for row, *_ in problems(dossier, "total_row")] == [3]
    assert dossier.column("persons", "row") == [2]


def test_a_header_in_two_rows_printed_again_on_the_next_page(dossier: Dossier) -> None:
    dossier.with_table("persons", *TWO_ROWS[:4], *TWO_ROWS[1:3], TWO_ROWS[4]).read()
    assert dossier.column("persons", "row") == [4, 7]
    assert [row for row, *_ in problems(dossier, "repeated_header")] == [5, 6]


def test_a_sheet_of_16384_columns_names_the_first_few(dossier: Dossier) -> None:
    heads = [*PERSONS, *(f"列{n}" for n in range(16_378))]
    dossier.with_table("persons", heads, *[[*ROW_ZHANG[:1], *ROW_ZHANG[1:]]] * 3).read()
    assert dossier.column("persons", "state") == ["kept", "duplicate", "duplicate"]
    told = problems(dossier, "unknown_column")
    assert len(told) == 31
    assert "另有16348列没有使用" in [problem for *_, problem in told]


def test_errors_and_uncomputed_formulas_are_not_text(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    headers = [*PERSONS, "征地时户籍地", "成员资格争议"]
    rows = [
        [ZHANG, "张一", "#REF!", *ROW_ZHANG[3:], "呈贡区", ""],
        [LI, "#N/A", *ROW_LI[2:], "", ""],
        [*ROW_WANG, '=VLOOKUP("x",A1:B2,2,0)', "=A1"],
    ]
    write_xlsx(dossier.folder / "persons.xlsx", {"persons": [headers, *rows]})
    dossier.read()
    assert dossier.rows("persons", "state, name, household_id, hukou_place, membership_dispute") == [
        ("lost", "张一", None, "呈贡区", ""),
        ("lost", None, "H1", None, ""),
        ("kept", "王三", "H2", None, None),  # a dispute that cannot be read is not "none"
    ]
    assert [found[:2] + found[3:] for found in dossier.findings()] == [
        (2, "户号", "error_cell", False),
        (3, "姓名", "error_cell", False),
        (4, "征地时户籍地", "formula_uncomputed", True),
        (4, "成员资格争议", "formula_uncomputed", True),
    ]
