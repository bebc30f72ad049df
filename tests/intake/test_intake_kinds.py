"""Workbooks of every kind, whatever their names say: the same rows, the same warnings, the same refusals."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from eligibility.intake import read_dossier
from eligibility.model.diagnostic import InputError
from intake.intake_papers import LI, PERSONS, ROW_LI, ROW_WANG, ROW_ZHANG, ZHANG, Dossier, write_csv, write_xlsx
from intake.intake_wps import book

MAIN = "from eligibility.cli import main; main()"
FIXTURES = Path(__file__).parent / "fixtures"


def with_file(dossier: Dossier, fixture: str, name: str) -> Dossier:
    """The dossier whose persons are a fixture under another name."""
    (dossier.folder / "persons.csv").unlink()
    shutil.copy(FIXTURES / fixture, dossier.folder / name)
    return dossier


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        read_dossier(path, duckdb.connect())
    return caught.value.findings[0].code, caught.value.findings[0].at.file


@pytest.mark.parametrize(
    ("fixture", "name"),
    [("papers.xls", "人员名册.xls"), ("papers.ods", "人员名册.ods"), ("papers.xls", "人员名册.xlsx"),
     ("papers.ods", "人员名册.xls"), ("papers.xls", "人员名册.csv")],
)  # fmt: skip
def test_the_content_says_what_kind_a_file_is(dossier: Dossier, fixture: str, name: str) -> None:
    with_file(dossier, fixture, name).read()
    columns = "row, name, household_id, community_key, group_key, member_from_lo, deceased_on_lo, officer"
    assert dossier.rows("persons", columns) == [
        (3, "张一", "H1", "乌龙", "1", date(1990, 5, 1), date(9999, 12, 31), False),
        (4, "李二", "H1", "乌龙", "1", date(1991, 6, 2), date(9999, 12, 31), True),
        (5, "王三", "H2", "乌龙", "2", date(2001, 1, 1), date(9999, 12, 31), False),
    ]
    assert {(row, code) for row, _, _, code, _ in dossier.findings()} >= {(5, "merged_value"), (4, "hidden_rows")}


@pytest.mark.parametrize("name", ["papers.xls", "papers.ods"])
def test_one_workbook_as_the_dossier_with_a_hidden_sheet(tmp_path: Path, name: str) -> None:
    dossier = Dossier(tmp_path / "unused").read(FIXTURES / name)
    assert dossier.column("agreements", "area_umu") == [12_500_000]
    assert [code for *_, code, _ in dossier.findings("agreements")] == ["hidden_sheet"]


@pytest.mark.parametrize("name", ["errors.xls", "errors.ods"])
def test_an_error_cell_is_not_a_blank_cell_in_any_kind(dossier: Dossier, name: str) -> None:
    with_file(dossier, name, name.replace("errors", "persons")).read()
    assert dossier.column("persons", "deceased_on_lo") == [date(1, 1, 1), date(1, 1, 1), date(9999, 12, 31)]
    bad = [(row, value) for row, _, value, code, _ in dossier.findings() if code == "error_cell"]
    assert bad == [(3, "#N/A"), (4, "#DIV/0!")]


@pytest.mark.parametrize("kind", ["xls", "xlsx"])
def test_a_bare_serial_number_of_a_1904_workbook_has_two_readings(dossier: Dossier, kind: str) -> None:
    if kind == "xls":
        with_file(dossier, "mac1904.xls", "persons.xls").read()
    else:
        (dossier.folder / "persons.csv").unlink()
        book = openpyxl.Workbook()
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active.append([*PERSONS, "成员起始日", "死亡日期"])
        book.active.append([*ROW_ZHANG, date(1990, 5, 1), 31532])
        book.save(dossier.folder / "persons.xlsx")
        dossier.read()
    # a cell formatted as a day is that day; only the naked number may mean 1986 or 1990
    assert dossier.rows("persons", "member_from_lo, deceased_on_lo, deceased_on_hi") == [
        (date(1990, 5, 1), date(1, 1, 1), date(9999, 12, 31))
    ]
    assert [(value, code) for _, _, value, code, _ in dossier.findings()] == [("31532（1904日期系统）", "bad_date")]


def test_a_password_is_said_to_be_the_trouble(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    # what Excel makes of an xlsx with a password: a compound file with a stream of this name
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000_000) + "EncryptedPackage".encode("utf-16-le")
    (dossier.folder / "persons.xlsx").write_bytes(body + bytes(400))
    assert refusal(dossier.folder) == ("password_protected", "persons.xlsx")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_workbook_that_was_really_locked_is_refused_with_what_to_do(dossier: Dossier, kind: str) -> None:
    with_file(dossier, f"locked.{kind}", f"人员名册.{kind}")
    for lang, words in (
        ("zh", ("设有打开密码", "去掉密码后重新保存")),
        ("en", ("needs a password", "remove the password")),
    ):
        command = [sys.executable, "-c", MAIN, "--lang", lang, "intake", "check", str(dossier.folder)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"[password_protected] 人员名册.{kind}" in done.stderr
        assert all(word in done.stderr for word in words)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_what_libreoffice_writes_is_read_like_what_was_given_to_it(tmp_path: Path, dossier: Dossier, kind: str) -> None:
    given = with_file(Dossier(tmp_path / "given"), "office_generated.xlsx", "人员名册.xlsx").read()
    with_file(dossier, f"office.{kind}", f"人员名册.{kind}").read()
    columns = (
        '"row", name, household_id, street, community_key, group_key, member_from_lo, member_from_hi, deceased_on_lo'
    )
    assert dossier.rows("persons", columns) == given.rows("persons", columns)
    assert dossier.rows("persons", '"row", name, household_id, member_from_lo') == [
        (3, "张一", "H1", date(1990, 5, 1)),
        (4, "李二", "H1", date(1991, 5, 2)),
        (5, "王三", "H2", date(1992, 5, 3)),
    ]
    assert sorted(map(str, dossier.findings())) == sorted(map(str, given.findings()))
    told = {(row, code) for row, _, _, code, _ in dossier.findings()}
    assert told > {(2, "unknown_column"), (4, "merged_value"), (4, "hidden_rows"), (6, "total_row"), (7, "note_row")}


def test_a_password_on_an_ods(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    with zipfile.ZipFile(dossier.folder / "persons.ods", "w") as out:
        out.writestr("content.xml", b"\x8f\x01")
        out.writestr("META-INF/manifest.xml", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    assert refusal(dossier.folder) == ("password_protected", "persons.ods")


def test_a_package_whose_list_of_parts_cannot_be_unpacked_is_named_as_broken(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    path = dossier.folder / "persons.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("content.xml", "<office/>")
        out.writestr("META-INF/manifest.xml", "<manifest:file-entry/>" * 50)
    body = bytearray(path.read_bytes())
    begin = body.index(b"META-INF/manifest.xml") + len(b"META-INF/manifest.xml")
    body[begin : begin + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(body)
    assert refusal(dossier.folder) == ("broken_file", "persons.ods")


def test_a_web_page_under_the_name_of_a_workbook(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    (dossier.folder / "persons.xls").write_text("<html><table><tr><td>身份证号</td></tr></table></html>")
    assert refusal(dossier.folder) == ("unknown_kind", "persons.xls")


def test_a_workbook_with_the_habits_of_wps(tmp_path: Path) -> None:
    path = FIXTURES / "wps_habits.xlsx"
    assert path.read_bytes()[:2] == b"PK"
    dossier = Dossier(tmp_path / "unused").read(path)
    assert dossier.rows("persons", "row, resident_id, name, group_key, member_from_lo") == [
        (3, ZHANG, "张一", "1", date(1990, 5, 1)),
        (4, LI, "李二", "1", date(1, 1, 1)),
        (6, "000001199912310034", "王三", "1", date(1, 1, 1)),
    ]
    assert {(row, code) for row, _, _, code, _ in dossier.findings()} == {
        (2, "unknown_column"),
        (4, "hidden_rows"),
        (4, "formula_uncomputed"),
        (8, "note_row"),
    }


def test_that_fixture_is_what_its_maker_makes() -> None:
    def parts(body: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            return {name: package.read(name) for name in package.namelist()}

    assert parts((FIXTURES / "wps_habits.xlsx").read_bytes()) == parts(book())


def test_tabs_between_cells(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    lines = ["\t".join(row) for row in (PERSONS, ROW_ZHANG, [LI, "李,二", *ROW_LI[2:]])]
    (dossier.folder / "persons.tsv").write_text("\n".join(lines), encoding="gb18030")
    assert dossier.read().column("persons", "name") == ["张一", "李,二"]


def test_a_binary_workbook(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    write_xlsb(dossier.folder / "persons.xlsb", [[*PERSONS, "死亡日期"], [*ROW_ZHANG, None], [*ROW_LI, ""]])
    dossier.read()
    assert dossier.rows("persons", "row, name, deceased_on_lo") == [
        (2, "张一", date(1, 1, 1)),
        (3, "李二", date(9999, 12, 31)),
    ]
    told = [(row, value, code) for row, _, value, code, _ in dossier.findings()]
    assert sorted(told) == [(2, "#N/A", "error_cell"), (3, "", "hidden_rows")]


def write_xlsb(path: Path, rows: list[list[str | None]]) -> None:
    """As little of [MS-XLSB] as makes a sheet; None is the error #N/A; the last row is hidden."""
    head, links = '<?xml version="1.0"?>', "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + record(145)
    for number, row in enumerate(rows):
        hidden = 0x10 if number == len(rows) - 1 else 0
        sheet += record(0, struct.pack("<IIHBBB", number, 0, 300, 0, hidden, 0) + struct.pack("<I", 0))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            sheet += record(3, place + b"\x2a") if cell is None else record(6, place + wide(cell)) if cell else b""
    book = (
        record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Sheet1")) + record(144)
    )
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("xl/workbook.bin", book + record(132))
        relation = f'<Relationship Id="rId1" Type="{links}/worksheet" Target="worksheets/sheet1.bin"/>'
        out.writestr("xl/_rels/workbook.bin.rels", f'{head}<Relationships xmlns="{package}">{relation}</Relationships>')
        out.writestr("xl/worksheets/sheet1.bin", sheet + record(146) + record(130))


def record(kind: int, body: bytes = b"") -> bytes:
    name = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = bytes([len(body)]) if len(body) < 128 else bytes([len(body) & 0x7F | 0x80, len(body) >> 7])
    return name + length + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def test_several_files_of_one_table_in_the_order_of_their_names(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    write_csv(dossier.folder / "人员名册_雨花.csv", [["雨花街道名册"], PERSONS, ROW_WANG])
    write_csv(dossier.folder / "人员名册-乌龙街道.csv", [PERSONS, ROW_ZHANG, ["坏", *ROW_LI[1:]]])
    dossier.read()
    joined = "SELECT s.file, p.row, p.name FROM paper.persons p JOIN paper.sources s USING (source) ORDER BY p.row_id"
    assert dossier.con.execute(joined).fetchall() == [
        ("人员名册-乌龙街道.csv", 2, "张一"),
        ("人员名册-乌龙街道.csv", 3, "李二"),
        ("人员名册_雨花.csv", 3, "王三"),
    ]
    sql = 'SELECT file, "row", code FROM paper.quarantine'
    assert dossier.con.execute(sql).fetchall() == [("人员名册-乌龙街道.csv", 3, "identity_invalid")]


def test_parts_of_a_table_in_a_folder_of_its_own(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    write_xlsx(dossier.folder / "人员名册" / "乌龙.xlsx", {"Sheet1": [PERSONS, ROW_ZHANG, ["合计", "1人"]]})
    write_xlsx(dossier.folder / "人员名册" / "雨花.xlsx", {"Sheet1": [PERSONS, ROW_WANG]})
    (dossier.folder / "人员名册" / "说明.docx").write_bytes(b"PK")
    dossier.read()
    assert dossier.column("persons", "name") == ["张一", "王三"]
    files = dossier.con.execute("SELECT file FROM paper.sources ORDER BY source").fetchall()
    assert files == [("人员名册/乌龙.xlsx",), ("人员名册/雨花.xlsx",)]
    told = dossier.con.execute("SELECT file, code FROM paper.quarantine ORDER BY file").fetchall()
    assert told == [("人员名册/乌龙.xlsx", "total_row"), ("人员名册/说明.docx", "unknown_file")]


@pytest.mark.parametrize(
    ("first", "second", "row"),
    [
        ("人员名册-乌龙.csv", "人员名册-雨花.parquet", ROW_WANG),  # of different kinds
        ("人员名册.csv", "人员名册-雨花.csv", ROW_WANG),  # the whole and a part, or a part and the rest?
        ("人员名册-乌龙.csv", "人员名册-乌龙 副本.csv", ROW_ZHANG),  # a copy would count its rows twice
        ("人员名册.csv", "人员名册/乌龙.csv", ROW_WANG),
    ],
)
def test_parts_that_may_repeat_each_other_are_refused(
    dossier: Dossier, first: str, second: str, row: list[str]
) -> None:
    (dossier.folder / "persons.csv").unlink()
    write_csv(dossier.folder / first, [PERSONS, ROW_ZHANG])
    write_csv(dossier.folder / second, [PERSONS, row])
    assert refusal(dossier.folder)[0] == "table_twice"


def test_the_same_name_saved_as_two_kinds_of_workbook_is_one_paper_twice(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    write_xlsx(dossier.folder / "人员名册-乌龙.xlsx", {"Sheet1": [PERSONS, ROW_ZHANG]})
    shutil.copy(FIXTURES / "papers.xls", dossier.folder / "人员名册-乌龙.xls")
    assert refusal(dossier.folder)[0] == "table_twice"


def test_xls_and_xlsx_of_two_streets_go_together(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    other = [[f"{ZHANG[:6]}19650101001X", "赵四", "H9", "雨花街道", "雨花社区", "一组"]]
    write_xlsx(dossier.folder / "人员名册-雨花.xlsx", {"Sheet1": [PERSONS, *other]})
    shutil.copy(FIXTURES / "papers.xls", dossier.folder / "人员名册-乌龙.xls")
    assert dossier.read().column("persons", "name") == ["张一", "李二", "王三", "赵四"]


def test_a_village_whose_header_is_miswritten_is_not_left_out(tmp_path: Path) -> None:
    sheets = {
        "乌龙社区": [PERSONS, ROW_ZHANG],
        "雨花社区": [["身份证", *PERSONS[1:]], ROW_LI],
        "草稿": [PERSONS[:3], ROW_WANG],
    }
    path = write_xlsx(tmp_path / "卷宗" / "人员名册.xlsx", sheets)
    with pytest.raises(InputError) as refused:
        read_dossier(path.parent, duckdb.connect())
    finding = refused.value.findings[0]
    assert (finding.code, finding.at.sheet) == ("missing_column", "雨花社区")
    assert "身份证" in finding.problem.zh
    write_xlsx(path, sheets | {"雨花社区": [PERSONS, ROW_LI]})
    dossier = Dossier(tmp_path / "unused").read(path.parent)
    assert dossier.column("persons", "name") == ["张一", "李二"]
    # the draft has the headers of a roster, so it may hold persons
    assert [code for *_, code, _ in dossier.findings()] == ["unread_paper"]
