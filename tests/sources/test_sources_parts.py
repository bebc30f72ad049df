"""Tables with a column for each class of land: what is part of another column counts once, and what is not printed is asked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.intake import read_dossier
from eligibility.model.diagnostic import InputError
from eligibility.sources import place_of
from eligibility.sources.named import named
from eligibility.store.database import connect
from sources.database import ID, write_book, write_database

AREAS = st.decimals(min_value="0.01", max_value="99.99", places=2)


def areas(folder: Path) -> list[tuple[str, int]]:
    with connect() as con:
        read_dossier(folder, con)
        sql = "SELECT land_class, area_umu FROM paper.agreements WHERE state = 'kept' ORDER BY ALL"
        return con.execute(sql).fetchall()


def agreement(folder: Path, header: list[str], cells: list[str]) -> None:
    write_database(folder)
    title = ["呈贡区土地征收协议台账", *[""] * (len(header) + 1)]
    rows = [title, ["协议编号", "被征地单位", *header], ["协1", "样溪社区第一村民小组", *cells]]
    write_book(folder / "征地协议台账.xlsx", {"Sheet1": rows})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=AREAS, share=st.integers(min_value=0, max_value=100))
def test_basic_farmland_within_farmland_is_no_land_beside_it(tmp_path: Path, whole: Decimal, share: int) -> None:
    part = (whole * share / 100).quantize(Decimal("0.01"))
    agreement(tmp_path, ["耕地（亩）", "其中永久基本农田（亩）"], [str(whole), str(part) if part else ""])
    found = areas(tmp_path)
    assert sum(area for _, area in found) == whole * 1_000_000
    assert dict(found).get("basic_farmland", 0) == part * 1_000_000


def test_a_part_larger_than_its_whole_makes_nothing_certain(tmp_path: Path) -> None:
    agreement(tmp_path, ["耕地（亩）", "其中永久基本农田（亩）"], ["3.00", "4.00"])
    assert "farmland" not in dict(areas(tmp_path))


@pytest.mark.parametrize(
    "header",
    [
        ["耕地（亩）", "水田（亩）", "旱地（亩）"],  # whether the first contains the others is not printed
        ["水田（亩）", "旱地（亩）", "其中永久基本农田（亩）"],  # of which of the two it is a part neither
    ],
)
def test_a_sum_that_is_not_printed_as_one_is_asked(tmp_path: Path, header: list[str]) -> None:
    agreement(tmp_path, header, ["3.00", "2.00", "1.00"])
    try:
        found = areas(tmp_path)
    except InputError as refused:
        assert refused.findings[0].code == "doubtful_source"
    else:
        assert found == [], "read without knowing what contains what"


def test_a_second_row_of_the_header_may_have_one_word(tmp_path: Path) -> None:
    write_database(tmp_path)
    rows = [
        ["云国土资复〔2012〕665号土地分类面积表", "", "", ""],
        ["批准文号：云国土资复〔2012〕665号", "", "", ""],
        ["单位：公顷", "", "", ""],
        ["权属单位", "村组（社区）", "权属类别", "耕地"],
        ["", "", "", "耕地小计"],
        ["样溪社区", "第一村民小组", "集体", "1.2000"],
    ]
    write_book(tmp_path / "土地分类面积表.xlsx", {"Sheet1": rows})
    with connect() as con:
        read_dossier(tmp_path, con)
        found = con.execute("SELECT approval_no, land_class, area_umu FROM paper.approval_parcels").fetchall()
    assert found == [("云国土资复〔2012〕665号", "farmland", 18_000_000)]


@pytest.mark.parametrize(
    "title",
    [
        "样溪社区、别溪社区成员名册", "样溪社区等三个社区成员名册", "样溪社区和别溪社区成员名册", "样溪社区及别溪村委会名册", "填报单位：样溪社区",
        "样路工程征地补偿样溪社区兑付表", "被征地农民资格社区审核情况表",
    ],
)  # fmt: skip
def test_a_title_that_is_not_of_one_place_states_none(title: str) -> None:
    assert "community" not in named("名册.xlsx", "Sheet1", [title], ["community", "group"])


@pytest.mark.parametrize(
    ("file", "sheet"),
    [
        ("征地公告/呈政征告〔2012〕3号.xlsx", ""),  # a notice is no approval
        ("云国土资复〔2012〕665号.xlsx", "云国土资复〔2013〕1号"),  # two numbers
        ("样路工程云国土资复〔2012〕665号.xlsx", ""),  # where the number begins is not printed
        ("云国土资复〔2012〕665号至670号.xlsx", ""),
    ],
)
def test_a_name_that_does_not_bear_one_number_of_an_approval_states_none(file: str, sheet: str) -> None:
    assert "approval_no" not in named(file, sheet, [], ["approval_no"])


def test_two_communities_in_one_cell_are_no_place() -> None:
    assert not any(place_of("样溪社区、别溪社区"))
    assert not any(place_of("样溪社区别溪社区"))


def roll(folder: Path, header: list[str], *rows: list[str]) -> list[tuple[str | None, int | None]]:
    write_database(folder)
    book = [["协议编号：协1", *[""] * (len(header) - 1)], header, *rows]
    write_book(folder / "补偿款兑付花名册.xlsx", {"Sheet1": book})
    with connect() as con:
        read_dossier(folder, con)
        return con.execute("SELECT basis, area_umu FROM paper.payouts ORDER BY row_id").fetchall()


HEADER = ["户主", "户主身份证", "征收面积", "土地补偿款", "人口补偿", "总补偿"]


def test_how_a_roll_shared_follows_from_the_line_and_from_nothing_else(tmp_path: Path) -> None:
    found = roll(
        tmp_path, HEADER,
        ["甲一", ID["甲一"], "1.50", "150000", "", "150000"],
        ["乙一", ID["乙一"], "", "", "20000", "20000"],
        ["丙一", ID["丙一"], "1.00", "100000", "20000", "120000"],
    )  # fmt: skip
    assert found == [("by_parcel", 1_500_000), ("equal_share", None), (None, 1_000_000)]


def test_without_a_column_for_money_by_heads_no_line_is_by_parcel(tmp_path: Path) -> None:
    header = [one for one in HEADER if one != "人口补偿"]
    assert roll(tmp_path, header, ["甲一", ID["甲一"], "1.50", "150000", "150000"]) == [(None, 1_500_000)]
