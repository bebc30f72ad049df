"""A large xlsx, read in blocks of rows, tells what it tells when it is read at once; broken ones are refused alike."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.intake.books import workbook, xlsx_stream, xml_blocks
from eligibility.intake.books.workbook import Workbook
from eligibility.model.diagnostic import InputError
from intake.intake_papers import PERSONS, ROW_LI, ROW_WANG, ROW_ZHANG, Dossier, write_xlsx
from intake.intake_wps import book

FIXTURES = Path(__file__).parent / "fixtures"
CELL = st.one_of(
    st.none(),
    st.text(st.sampled_from("一张ab 　\n_x000D_<&'=\ue000"), max_size=5),
    st.integers(-5, 10**18),
    st.floats(-1e6, 1e6),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2090, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    st.sampled_from(["=1/0", "=A1", "#N/A"]),
)
TABLE = st.lists(st.lists(CELL, max_size=4), min_size=1, max_size=12)


@pytest.fixture
def in_blocks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every workbook counts as large, a block has few rows, and no workbook may be read at once."""
    monkeypatch.setattr(xlsx_stream, "DIRECT", 0)
    monkeypatch.setattr(xml_blocks, "BLOCK", 300)
    monkeypatch.setattr(workbook.Workbook, "_book", property(lambda _: pytest.fail("read at once")))
    yield


def told(path: Path) -> list[Any]:
    """All that a workbook tells of its sheets; blank cells at the end of a row tell nothing."""
    found: list[Any] = []
    opened = Workbook(path)
    for sheet in opened.sheets:
        grid = opened.grid(sheet)
        rows = [(number, "\0".join(cells).rstrip("\0")) for number, cells in grid.rows]
        found += [sheet, grid.hidden_sheet, grid.hidden_rows, [row for row in rows if row[1]], dict(grid.merged)]
    return found


def told_in_blocks(path: Path, size: int) -> list[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx_stream, "DIRECT", 0)
        patch.setattr(xml_blocks, "BLOCK", size)
        return told(path)


def package(path: Path, rows: str, strings: str = "<si><t>甲</t></si><si><t>乙</t></si>") -> Path:
    """The workbook after the habits of WPS with other rows and shared strings."""
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/sharedStrings.xml":
                text = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + strings + "</sst>"
            elif name.startswith("xl/worksheets/sheet"):
                text = text[: text.index("<sheetData>")] + f"<sheetData>{rows}</sheetData></worksheet>"
            new.writestr(name, text)
    return path


@settings(deadline=None, max_examples=60)
@given(TABLE, TABLE, st.tuples(st.integers(1, 10), st.integers(1, 12), st.integers(120, 2000)))
def test_blocks_tell_the_sheet_that_a_whole_reading_tells(tmp_path_factory, one, two, numbers):
    top, gap, size = numbers
    made = openpyxl.Workbook()
    for name, table in (("人员名册", one), ("二", two)):
        sheet = made.create_sheet(name)
        for number, row in enumerate(table):
            for column, value in enumerate(row):
                sheet.cell(number * gap + 1, column + 2, value)
        sheet.merge_cells(start_row=top, end_row=top + gap, start_column=2, end_column=3)
        sheet.row_dimensions[top].hidden = True
    path = tmp_path_factory.mktemp("stream") / "persons.xlsx"
    made.save(path)
    assert told_in_blocks(path, size) == told(path)


def test_the_habits_of_wps_are_read_in_blocks_too(tmp_path: Path) -> None:
    path = tmp_path / "人员名册.xlsx"
    path.write_bytes(book())
    assert told_in_blocks(path, 200) == told(path)


@pytest.mark.usefixtures("in_blocks")
def test_a_dossier_is_read_in_blocks_and_every_place_is_right(tmp_path: Path) -> None:
    blank = [None] * len(PERSONS)
    rows = [
        ["呈贡区名册"],
        PERSONS,
        ROW_ZHANG,
        blank,
        blank,
        ROW_LI,
        [*ROW_WANG[:3], None, None, None],
        ["合计", "3人"],
    ]
    path = write_xlsx(tmp_path / "d" / "人员名册.xlsx", {"人员名册": rows}, ["D6:D7", "E6:E7", "F6:F7"])
    dossier = Dossier(tmp_path / "unused").read(path.parent)
    assert dossier.rows("persons", '"row", name, group_name') == [
        (3, "张一", "一组"),
        (6, "李二", "一组"),
        (7, "王三", "一组"),
    ]
    assert {(row, code) for row, _, _, code, _ in dossier.findings()} == {(7, "merged_value"), (8, "total_row")}


@pytest.mark.usefixtures("in_blocks")
def test_a_formula_without_a_value_in_the_last_column_is_not_blank_far_below_the_header(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="D{n}"><f>A1</f></c></row>' for n in range(1, 40))
    grid = Workbook(package(tmp_path / "a.xlsx", rows)).grid("人员名册")
    assert {tuple(cells) for _, cells in grid.rows} == {("甲", "", "", "#公式未计算")}


@pytest.mark.parametrize("direct", [0, 1 << 24])
def test_a_last_row_of_formulas_without_values_is_there(tmp_path: Path, monkeypatch, direct: int) -> None:
    monkeypatch.setattr(xlsx_stream, "DIRECT", direct)
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c r="B3"><f>A1</f></c></row>'
    grid = Workbook(package(tmp_path / "a.xlsx", rows)).grid("人员名册")
    assert list(grid.rows)[-1] == (3, ["", "#公式未计算"])


@pytest.mark.usefixtures("in_blocks")
@pytest.mark.parametrize(
    "cell",
    ['<c r="A1" t="s" s="1"><v>1</v></c>', '<c t="s" r="A1"><f>B1</f><v>1</v></c>', '<c r="A1" t="s"><v >01</v></c>'],
)
def test_a_shared_string_is_found_however_its_cell_is_written(tmp_path: Path, cell: str) -> None:
    rows = f'<row r="1">{cell}<c r="B1" t="s"/><c r="C1" t="s"><v></v></c></row>'
    assert told(package(tmp_path / "a.xlsx", rows))[3] == [(1, "乙")]


@pytest.mark.usefixtures("in_blocks")
@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>\x01s1</v></c></row>',
        "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in (*range(1, 30), *range(1, 30))),
    ],
    ids=["no such string", "no number", "our own mark", "rows twice"],
)
def test_what_cannot_be_told_is_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(InputError) as refused:
        told(package(tmp_path / "a.xlsx", rows))
    assert refused.value.findings[0].code == "broken_file"
    assert refused.value.findings[0].at.sheet == "人员名册"


@pytest.mark.parametrize("hiding", ["<!-- <row> -->", "<?x?>", "<f>'二'!A1='二'!B1</f>"])
def test_a_sheet_that_cannot_be_cut_is_read_at_once(tmp_path: Path, hiding: str) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}">{hiding}<v>1</v></c></row>' for n in range(1, 30))
    path = package(tmp_path / "a.xlsx", rows)
    assert told_in_blocks(path, 200) == told(path)


EARLY = """
import gc, sys
from itertools import islice
from pathlib import Path
from eligibility.intake.books import xlsx_stream, xml_blocks
from eligibility.intake.books.workbook import Workbook
from eligibility.intake.files.kinds import kind_of
xlsx_stream.DIRECT, xml_blocks.BLOCK = int(sys.argv[1]), 300
for path in map(Path, sys.argv[2:]):
    for rows in (0, 1, 3):
        book = Workbook(path, kind_of(path, path.name))
        grid = book.grid(book.sheets[0])
        print(len(list(islice(grid.rows, rows))))
        del grid, book
        gc.collect()
last = Workbook(path, kind_of(path, path.name)).grid("人员名册").rows
next(last)
"""


@pytest.mark.parametrize("direct", [0, 1 << 24])
def test_a_reader_that_is_left_before_the_end_prints_nothing(tmp_path: Path, direct: int) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n // 30}</v></c></row>' for n in range(1, 200))
    broken = package(tmp_path / "broken_below.xlsx", rows) if direct == 0 else FIXTURES / "papers.ods"
    files = [broken, FIXTURES / "papers.xls", FIXTURES / "papers.ods", FIXTURES / "wps_habits.xlsx"]
    command = [sys.executable, "-X", "dev", "-c", EARLY, str(direct), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["0", "1", "3"] * len(files)


def test_strings_that_cannot_be_cut_are_read_at_once(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    path = package(tmp_path / "a.xlsx", cells, "<!-- <si> --><si><t>甲</t></si>")
    assert told_in_blocks(path, 200)[3] == [(1, "甲")]
