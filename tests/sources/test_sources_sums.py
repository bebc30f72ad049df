"""Tables with a column for each class of land: totals and zeros among them, and whether a row adds up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.intake import read_dossier
from eligibility.intake.bureau.sums import Agreement, agreement
from eligibility.sources import SheetRows, propose, shipped
from eligibility.sources.named import named
from eligibility.store.database import connect
from sources.database import write_book, write_database

NUMBER = "云国土资复〔2012〕665号"
PARCELS = [
    ["样路工程土地分类权属面积汇总表"],
    [f"批准文号：{NUMBER}", "", "", "单位：公顷"],
    ["序号", "权属单位", "", "合计", "农用地", "", "", "", "建设用地"],
    ["", "村", "组", "", "小计", "耕地", "", "园地", ""],
    ["", "", "", "", "", "小计", "其中基本农田", "", ""],
    ["1", "样溪社区", "第一村民小组", "1.5333", "1.4333", "1.3000", "0.3000", "0.1333", "0.1000"],
    ["2", "样溪社区", "第二村民小组", "0.5000", "0.5000", "0.5000", "", "0", ""],
]


def parcels(folder: Path, rows: Sequence[Sequence[str]]) -> tuple[list[tuple[Any, ...]], list[str]]:
    """The parcels that are kept, in micro-mu, and the codes of what was found in the file."""
    write_database(folder)
    write_book(
        folder / "批次台账.xlsx", {"Sheet1": [["批次号", "省批复文号", "批复日期"], ["一", NUMBER, "2012-05-01"]]}
    )
    write_book(folder / "面积表.xlsx", {"Sheet1": rows})
    with connect() as con:
        read_dossier(folder, con)
        found = con.execute(
            "SELECT group_name, land_class, area_umu FROM paper.approval_parcels WHERE state = 'kept' ORDER BY ALL"
        ).fetchall()
        codes = con.execute("SELECT code FROM paper.quarantine WHERE file = '面积表.xlsx'").fetchall()
    return found, [code for (code,) in codes]


def test_subtotals_of_classes_and_parts_of_them_are_counted_once_and_a_zero_is_no_land(tmp_path: Path) -> None:
    found, codes = parcels(tmp_path, PARCELS)
    assert [one[1:] for one in found] == [
        ("basic_farmland", 4_500_000),
        ("construction", 1_500_000),
        ("farmland", 15_000_000),
        ("garden", 1_999_500),
        ("farmland", 7_500_000),
    ]
    assert not {"row_sum_differs", "required_blank", "unread_paper"} & set(codes)


@pytest.mark.parametrize("wrong", [{3: "1.6333"}, {4: "1.5333"}, {7: "0.2333"}, {3: "约1.5"}])
def test_a_row_whose_classes_do_not_add_up_has_no_area_and_says_so(tmp_path: Path, wrong: dict[int, str]) -> None:
    row = [wrong.get(index, cell) for index, cell in enumerate(PARCELS[5])]
    found, codes = parcels(tmp_path, [*PARCELS[:5], row, PARCELS[6]])
    kept = [one for one in found if one[2] == 15_000_000]
    assert kept == []
    assert "row_sum_differs" in codes
    assert ("farmland", 7_500_000) in [one[1:] for one in found]  # the other row is as it was


@given(
    st.lists(st.decimals(0, 1000, places=4, allow_nan=False), min_size=1, max_size=6),
    st.decimals(Decimal("0.001"), 10, places=4),
)
def test_a_sum_fits_however_it_is_rounded_and_not_when_it_is_off_by_more(parts: list[Decimal], off: Decimal) -> None:
    cells = [format(part.quantize(Decimal("0.0001")), "f") for part in parts]
    total = sum(map(Decimal, cells))
    sums = [(0, tuple(range(1, len(cells) + 1)))]
    for way in ("ROUND_UP", "ROUND_DOWN"):
        printed = format(total.quantize(Decimal("0.0001"), rounding=way), "f")
        assert agreement([printed, *cells], sums, 1) is Agreement.FITS
    assert agreement([format(total + off, "f"), *cells], sums, 1) is Agreement.DIFFERS


def test_words_below_field_codes_are_a_header_and_no_person() -> None:
    rows = [
        (1, ["CBFBM", "CYXM", "CYZJHM", "YHZGX"]),
        (2, ["承包方代码", "成员姓名", "成员证件号码", "与户主关系"]),
        (3, ["530114001001010001", "甲一", "530199197003070014", "02"]),
    ]
    found = propose(SheetRows("导出.xlsx", "Sheet1", rows), shipped())
    assert (found.kind, found.sure) == ("cbf_jtcy", True)
    assert found.header is not None
    assert (found.header.first, found.header.last) == (1, 2)
    one = propose(SheetRows("导出.xlsx", "Sheet1", [rows[0], rows[2]]), shipped())
    assert one.header is not None
    assert one.header.last == 1  # a row of data is none


PENSIONERS = [
    (1, ["人员编码", "社会保障号码", "姓名", "证件号码", "个人身份", "离退休日期"]),
    (2, ["8", "530199197003070014", "甲一", "530199197003070014", "干部", "20110101"]),
]


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("机关事业养老_202210.xlsx", "match_public_pension"),
        ("企业职工养老_202210.xlsx", "match_employee_pension"),
        ("机关事业养老/02个人基本信息表.xlsx", "match_public_pension"),
        ("企业职工养老/02个人基本信息表.xlsx", "match_employee_pension"),
        ("02个人基本信息表.xlsx", ""),
    ],
)
def test_a_pension_of_public_bodies_is_none_of_employees_and_an_unnamed_one_is_asked(file: str, kind: str) -> None:
    found = propose(SheetRows(file, "Sheet1", PENSIONERS), shipped())
    assert (found.kind if found.sure else "") == kind


@pytest.mark.parametrize("works", ["样路工程", "样溪公路改扩建项目", "环湖道路二期", "样河水库"])
def test_the_works_before_a_place_are_no_part_of_its_name(works: str) -> None:
    wanted = ["community", "group"]
    place = {"community": "样溪社区", "group": "一组"}
    assert named("表.xlsx", "", [f"{works}样溪社区一组补偿款兑付花名册"], wanted) in (place, {})
    assert named("表.xlsx", "", ["样路工程样溪社区一组补偿款兑付花名册"], wanted) == place
