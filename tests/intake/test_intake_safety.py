"""Files made to do harm, or by accident as large: refused with a clear word, quickly, and in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest

from eligibility.intake import read_dossier
from eligibility.model.diagnostic import Diagnostic, InputError
from intake.intake_papers import PERSONS, ROW_ZHANG, Dossier, write_csv, write_xlsx

GIB = 1 << 30
FIXTURES = Path(__file__).parent / "fixtures"
ROOT = Path(__file__).parents[2]


def refusal(path: Path) -> Diagnostic:
    with pytest.raises(InputError) as caught:
        read_dossier(path, duckdb.connect())
    return caught.value.findings[0]


def rewritten(path: Path, part: str, body: bytes) -> Path:
    """The workbook with one part of its package replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | {part: body}).items():
            package.writestr(name, content)
    return path


@pytest.fixture
def workbook(dossier: Dossier) -> Path:
    (dossier.folder / "persons.csv").unlink()
    return write_xlsx(dossier.folder / "人员名册.xlsx", {"Sheet1": [PERSONS, ROW_ZHANG]})


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/media/image1.png"])
def test_a_zip_bomb_is_not_opened(workbook: Path, part: str) -> None:
    found = refusal(rewritten(workbook, part, bytes(80 << 20)).parent)
    assert (found.code, found.at.file) == ("too_large", "人员名册.xlsx")
    assert "压缩" in found.problem.zh


@pytest.mark.parametrize(("name", "size"), [("persons.csv", 9 * GIB), ("persons.xlsx", GIB)])
def test_a_file_beyond_the_stated_size(dossier: Dossier, name: str, size: int) -> None:
    (dossier.folder / "persons.csv").unlink()
    with (dossier.folder / name).open("wb") as file:
        file.write(b"PK\x03\x04" if name.endswith("xlsx") else b"a,b\n")
        file.truncate(size)  # a hole: no byte of it is on the disk
    found = refusal(dossier.folder)
    assert (found.code, found.at.file) == ("too_large", name)
    assert "上限" in found.problem.zh


def test_one_cell_at_the_far_corner_would_fill_the_memory_with_blanks(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["Sheet1"]["XFD1048576"] = "零星"
    book.save(workbook)
    found = refusal(workbook.parent)
    assert (found.code, found.at.sheet) == ("too_large", "Sheet1")
    assert "1048576" in found.problem.zh


def test_a_far_corner_that_is_only_formatted_does_no_harm(dossier: Dossier, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["Sheet1"]["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    book.save(workbook)
    assert dossier.read().column("persons", "name") == ["张一"]


def test_cells_of_an_ods_repeated_without_end(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    names = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16000"/>'
    row = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    table = f'<table:table table:name="人员名册">{row}</table:table>'
    space = f'xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0"'
    with zipfile.ZipFile(dossier.folder / "persons.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", f"<office:document-content {space}>{table}</office:document-content>")
    assert refusal(dossier.folder).code == "too_large"


def test_entities_that_multiply_are_not_expanded(workbook: Path) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cell = '<row r="1"><c r="A1" t="str"><f>1</f><v>&a9;</v></c></row>'
    body = f'<!DOCTYPE x [{entities}]><worksheet xmlns="{main}"><sheetData>{cell}</sheetData></worksheet>'
    assert refusal(rewritten(workbook, "xl/worksheets/sheet1.xml", body.encode()).parent).code == "broken_file"


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_link_out_of_the_dossier_is_not_followed(dossier: Dossier, tmp_path: Path, kind: str) -> None:
    (dossier.folder / "persons.csv").unlink()
    write_csv(tmp_path / "别处" / "persons.csv", [PERSONS, ROW_ZHANG])
    if kind == "file":
        (dossier.folder / "persons.csv").symlink_to(tmp_path / "别处" / "persons.csv")
    else:
        (dossier.folder / "人员名册").symlink_to(tmp_path / "别处")
    found = refusal(dossier.folder)
    assert found.code == "leaves_folder"
    assert found.at.file in ("persons.csv", "人员名册")


def test_a_link_inside_a_subfolder_that_climbs_out(dossier: Dossier, tmp_path: Path) -> None:
    (dossier.folder / "persons.csv").unlink()
    (dossier.folder / "人员名册").mkdir()
    secret = write_csv(tmp_path / "secret.csv", [PERSONS, ROW_ZHANG])
    (dossier.folder / "人员名册" / "乌龙.csv").symlink_to(os.path.relpath(secret, dossier.folder / "人员名册"))
    assert refusal(dossier.folder).at.file == "人员名册/乌龙.csv"


def test_a_link_within_the_dossier_is_a_file_like_another(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").rename(dossier.folder / "名单原件.csv")
    (dossier.folder / "persons.csv").symlink_to("名单原件.csv")
    assert len(dossier.read().column("persons", "name")) == 3


def test_a_pipe_under_the_name_of_a_table_is_not_waited_for(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    os.mkfifo(dossier.folder / "persons.csv")
    assert refusal(dossier.folder).code == "no_persons"


def sheet_of(rows: str, before: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{before}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def test_a_sheet_of_two_gib_is_not_opened(workbook: Path) -> None:
    body = workbook.read_bytes()
    # the size that the package states, of the sheet alone, in both of its places
    with zipfile.ZipFile(workbook) as package:
        part = package.getinfo("xl/worksheets/sheet1.xml")
    said, claimed = part.file_size.to_bytes(4, "little"), (2 * GIB).to_bytes(4, "little")
    packed = part.compress_size.to_bytes(4, "little")
    workbook.write_bytes(body.replace(packed + said, packed + claimed))
    found = refusal(workbook.parent)
    assert found.code == "too_large"
    assert "2.0 GiB" in found.problem.zh


def test_a_package_that_lies_about_its_size_is_not_unpacked(workbook: Path) -> None:
    rewritten(workbook, "xl/sharedStrings.xml", bytes(70 << 20))
    with zipfile.ZipFile(workbook) as package:
        part = package.getinfo("xl/sharedStrings.xml")
    packed, said = part.compress_size.to_bytes(4, "little"), part.file_size.to_bytes(4, "little")
    workbook.write_bytes(workbook.read_bytes().replace(packed + said, packed + (1000).to_bytes(4, "little")))
    assert refusal(workbook.parent).code == "broken_file"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cell_of_a_megabyte_is_read_and_shown_short(dossier: Dossier, workbook: Path, kind: str) -> None:
    name = "长" * 350_000
    if kind == "csv":
        workbook.unlink()
        dossier.with_table("persons", [*PERSONS, "死亡日期"], [*ROW_ZHANG[:1], name, *ROW_ZHANG[2:], name])
    else:
        words = [*PERSONS, "死亡日期"], [*ROW_ZHANG[:1], name, *ROW_ZHANG[2:], name]
        rows = "".join(
            "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
            for row in words
        )
        rewritten(workbook, "xl/worksheets/sheet1.xml", sheet_of(rows))
    dossier.read()
    assert dossier.rows("persons", "length(name)") == [(350_000,)]
    ((value, problem),) = dossier.con.execute("SELECT length(value), length(problem) FROM paper.quarantine").fetchall()
    assert value == 1000
    assert problem < 100


def test_an_entity_from_another_file_is_not_fetched(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密")
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{tmp_path}/secret.txt">]>'
    row = '<row r="1"><c r="A1" t="str"><f>1</f><v>&a;</v></c></row>'
    rewritten(workbook, "xl/worksheets/sheet1.xml", sheet_of(row, outside))
    assert refusal(workbook.parent).code == "broken_file"


def test_a_part_of_a_workbook_cannot_be_a_file_outside(workbook: Path, dossier: Dossier) -> None:
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    target = f'<Relationship Id="rId1" Type="{kind}" Target="../../../../../../etc/passwd"/>'
    rewritten(
        workbook, "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{links}">{target}</Relationships>'.encode()
    )
    assert refusal(workbook.parent).code in ("broken_file", "missing_column")


def test_links_that_run_in_a_circle(dossier: Dossier) -> None:
    (dossier.folder / "payouts.csv").symlink_to(dossier.folder / "payouts.csv")
    assert refusal(dossier.folder).code == "leaves_folder"


def test_formulas_give_their_value_and_text_like_formulas_stays_text(dossier: Dossier, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["Sheet1"].append(["000001198002290025", '=HYPERLINK("http://x")', "H1", "乌龙街道", "乌龙社区", "一组"])
    book["Sheet1"]["B3"].data_type = "s"
    book.save(workbook)
    assert dossier.read().column("persons", "name") == ["张一", '=HYPERLINK("http://x")']


def _at(record: bytes, place: int) -> int:
    """Where a byte of the record of papers.xls that begins so stands."""
    return (FIXTURES / "papers.xls").read_bytes().index(record) + place


@pytest.mark.parametrize(
    ("place", "stated"),
    [
        pytest.param(_at(b"\x00\x02\x0e\x00", 6), b"\x0a", id="a sheet that begins behind its end"),
        pytest.param(_at(b"\x00\x02\x0e\x00", 8), b"\xff\xff\xff\xff", id="rows without end"),
        pytest.param(_at(b"\xfd\x00\x0a\x00", 4), b"\xff\xff\xff\xff", id="a cell in the farthest corner"),
        pytest.param(_at(b"\xfc\x00", 8), b"\xff\xff\xff\x7f", id="two thousand million texts"),
        pytest.param(40, b"\xff\xff\xff\x00", id="a directory of eight gigabytes"),
        pytest.param(64, b"\xff\xff\xff\x7f", id="small sectors without end"),
        pytest.param(0x1800 + 120, b"\xff\xff\xff\x7f", id="a pool of two gigabytes"),
    ],
)
def test_an_xls_that_states_more_than_it_holds_is_broken_and_ends_nothing(
    tmp_path: Path, place: int, stated: bytes
) -> None:
    body = bytearray((FIXTURES / "papers.xls").read_bytes())
    body[place : place + len(stated)] = stated
    (tmp_path / "人员名册.xls").write_bytes(body)
    command = [sys.executable, str(ROOT / "cli.py"), "intake", "check", str(tmp_path)]
    # memory that cannot be had would end the process from within the reader: so in one of its own
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "[broken_file] 人员名册.xls" in done.stderr) == (2, True), done.stderr[-300:]
