"""Papers spoilt as offices spoil them: every defect can be switched on alone, stands in the truth, and changes no truth."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest

from eligibility.model.diagnostic import InputError
from eligibility.model.tables import TABLES
from eligibility.simulation import Defects, Rates, chosen_rates, simulate

ALL = [field.name for field in fields(Defects)]
Rows = list[dict[str, str]]


class Spoilt:
    """A spoilt district read back: its tables under their Chinese headers, and what was planted where."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables = {table.key: read(folder / f"{table.key}.csv") for table in TABLES}
        self.defects = read(folder / "truth" / "defects.csv")

    def cells(self, table: str, header: str) -> list[str]:
        return [row.get(header) or "" for row in self.tables[table]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if not (len(line) == 1 and "单位" in line[0])]
    return [dict(zip(lines[0], line, strict=False)) for line in lines[1:]]


def make(folder: Path, *, rates: Rates | None = None, persons: int = 900, seed: int = 3, **defects: float) -> Spoilt:
    simulate(folder, persons=persons, seed=seed, rates=rates or Rates.none(), defects=Defects(**defects))
    return Spoilt(folder)


def texts(papers: Spoilt, table: str, header: str, pattern: str) -> int:
    return sum(bool(re.search(pattern, cell)) for cell in papers.cells(table, header))


def twice(papers: Spoilt, table: str, *headers: str) -> int:
    keys = [tuple(row.get(header) for header in headers) for row in papers.tables[table]]
    return len(keys) - len(set(keys))


def first_line(papers: Spoilt, table: str) -> str:
    return (papers.folder / f"{table}.csv").read_text(encoding="utf-8-sig").splitlines()[0]


def letter(papers: Spoilt) -> int:
    path = papers.folder / "补充协议.docx"
    if not path.exists():
        return 0
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode().count("<w:p>") - 1


def groups_of_a_household(papers: Spoilt) -> int:
    homes: dict[str, set[str]] = {}
    for row in papers.tables["persons"]:
        homes.setdefault(row["户号"], set()).add(row["村民小组"])
    return sum(len(groups) > 1 for groups in homes.values())


def short_lines(papers: Spoilt) -> int:
    with (papers.folder / "persons.csv").open(encoding="utf-8-sig", newline="") as file:
        return sum(
            len(line) < len(next(table for table in TABLES if table.key == "persons").columns)
            for line in csv.reader(file)
        )


def above(papers: Spoilt, factor: float) -> int:
    """Roll lines above the whole household's land."""
    own = {row["household_id"]: float(row["own_mu"]) for row in read(papers.folder / "truth" / "households.csv")}
    return sum(float(row["面积"] or 0) > factor * own[row["户号"]] for row in papers.tables["payouts"])


SEEN: dict[str, Callable[[Spoilt], int]] = {
    "group_spelling": lambda p: sum(not re.fullmatch(r"\d+组", cell) for cell in p.cells("persons", "村民小组")),
    "group_with_community": lambda p: texts(p, "agreements", "社区", r"村委会\d+组"),
    "community_spelling": lambda p: texts(p, "agreements", "社区", "乡|镇|村委会|村民委员会|行政村"),
    "household_restart": lambda p: texts(p, "persons", "户号", r"^\d{1,3}$"),
    "subtotals": lambda p: sum("小计" in row.values() for rows in p.tables.values() for row in rows),
    "missing_columns": lambda p: sum(len(t.columns) - first_line(p, t.key).count(",") - 1 for t in TABLES),
    "unit_in_title": lambda p: sum("（单位：" in first_line(p, table.key) for table in TABLES),
    "unread_agreements": letter,
    "over_claimed": lambda p: sum(row["defect"] == "over_claimed" for row in p.defects),
    "roll_in_m2": lambda p: above(p, 20),
    "household_over_groups": groups_of_a_household,
    "certificate_reissued": lambda p: texts(p, "title_certificates", "证书编号", "^换"),
    "certificate_twice": lambda p: texts(p, "title_certificates", "证书编号", "^第|号号|号-1|（补）"),
    "person_twice": lambda p: twice(p, "persons", "姓名", "户号", "成员起始日"),
    "death_remark": lambda p: texts(p, "persons", "备注", "死亡|去世|病故"),
    "plots": lambda p: twice(p, "title_certificates", "证书编号"),
    "merged_area": lambda p: p.cells("title_certificates", "承包耕地面积").count(""),
    "group_total_slip": lambda p: sum(row["defect"] == "group_total_slip" for row in p.defects),
    "roll_slip": lambda p: above(p, 1),
    "area_zero": lambda p: sum(float(cell or 1) == 0 for cell in p.cells("title_certificates", "承包耕地面积")),
    "wrong_date": lambda p: texts(p, "agreements", "签订日期", "2103|2031|1900|02-30|13-01|0213"),
    "date_spelling": lambda p: sum(
        not re.fullmatch(r"\d{4}-\d\d-\d\d", cell) for cell in p.cells("agreements", "签订日期")
    ),
    "row_twice": lambda p: twice(p, "persons", "身份证号"),
    "row_cut": short_lines,
}
"""What to look for in the papers of each defect."""


@pytest.fixture(scope="module")
def unspoilt(tmp_path_factory: pytest.TempPathFactory) -> Spoilt:
    """A district with hardly any defect, so that there is a list of them."""
    return make(tmp_path_factory.mktemp("unspoilt") / "d", row_twice=1e-9)


def test_every_defect_is_watched() -> None:
    assert set(SEEN) == set(ALL)


@pytest.mark.parametrize("name", [name for name in ALL if name not in ("over_claimed", "group_total_slip")])
def test_a_rate_of_zero_plants_none(unspoilt: Spoilt, name: str) -> None:
    assert SEEN[name](unspoilt) == 0


@pytest.mark.parametrize("name", ALL)
def test_a_rate_of_one_plants_many_and_the_truth_names_each(tmp_path: Path, name: str) -> None:
    papers = make(tmp_path / "d", rates=Rates(cell_noise=0, unreadable=0, vague_date=0), **{name: 1.0})
    assert SEEN[name](papers) >= 3
    assert len([row for row in papers.defects if row["defect"] == name]) >= 3


def test_no_defect_is_the_default_and_changes_no_file(tmp_path: Path) -> None:
    simulate(tmp_path / "a", persons=300, seed=1)
    simulate(tmp_path / "b", persons=300, seed=1, defects=Defects())
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert not (tmp_path / "a" / "truth" / "defects.csv").exists()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_defects_change_the_papers_and_never_the_truth(tmp_path: Path) -> None:
    simulate(tmp_path / "a", persons=900, seed=5)
    simulate(tmp_path / "b", persons=900, seed=5, defects=Defects.office())
    for name in ("persons", "households", "takings", "links"):
        assert (tmp_path / "a/truth" / f"{name}.csv").read_bytes() == (
            tmp_path / "b/truth" / f"{name}.csv"
        ).read_bytes()
    assert (tmp_path / "a/persons.csv").read_bytes() != (tmp_path / "b/persons.csv").read_bytes()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    for name in ("a", "b"):
        simulate(tmp_path / name, persons=600, seed=2, defects=Defects.office(), format=form)
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_what_the_truth_says_of_a_cell_stands_in_the_papers(tmp_path: Path) -> None:
    papers = make(tmp_path / "d", community_spelling=0.5, wrong_date=0.2)
    headers = {(table.key, column.key): column.zh for table in TABLES for column in table.columns}
    assert papers.defects
    for row in papers.defects:
        assert row["written"] in papers.cells(row["table"], headers[row["table"], row["column"]])


def test_plots_add_up_to_the_area_they_were(tmp_path: Path) -> None:
    before, after = make(tmp_path / "a", row_twice=1e-9), make(tmp_path / "b", plots=1.0)
    for table, header in (("title_certificates", "承包耕地面积"), ("agreements", "补偿款")):
        sums = [round(sum(float(cell or 0) for cell in papers.cells(table, header)), 2) for papers in (before, after)]
        assert sums[0] == sums[1]


def test_areas_are_one_merged_cell_in_a_workbook(tmp_path: Path) -> None:
    simulate(tmp_path / "d", persons=300, seed=1, rates=Rates.none(), defects=Defects(merged_area=0.3), format="xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "d" / "title_certificates.xlsx").active
    merged = sheet.merged_cells.ranges
    assert merged
    assert all(isinstance(sheet.cell(area.min_row, area.min_col).value, (int, float)) for area in merged)


def test_the_office_has_every_defect_and_options_change_it() -> None:
    rates, defects = chosen_rates(["lease=0.3", "plots=0.5"], "office")
    assert (rates.lease, defects.plots) == (0.3, 0.5)
    assert all(getattr(Defects.office(), name) > 0 for name in ALL)
    assert not chosen_rates([])[1].any


@pytest.mark.parametrize(
    ("options", "profile", "said"),
    [(["plot=0.1"], "usual", "plots=0.1"), (["plots=2"], "usual", "0 到 1"), ([], "offices", "office")],
)
def test_a_wrong_option_is_told_with_a_right_one(options: list[str], profile: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        chosen_rates(options, profile)
    assert said in str(raised.value)


def test_the_documentation_lists_every_defect_with_its_rate_at_an_office() -> None:
    page = (Path(__file__).parents[2] / "docs" / "simulation.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| \D.* \| ([0-9.]+) \|$", page, flags=re.MULTILINE))
    assert listed == {name: str(getattr(Defects.office(), name)) for name in ALL}
