"""兑付表, one sheet a household: only what is paid to the household for land is a line of the roll, and no other paper is lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from eligibility.intake import read_dossier
from eligibility.model.diagnostic import InputError
from eligibility.store.database import connect
from sources.database import HOUSE_A, ID, write_book, write_database

Line = tuple[str, str, str]
LAND: Line = ("土地补偿费（户）", "亩", "2.125")
BESIDE: tuple[Line, ...] = (
    ("土地安置补助费", "亩", "2.125"),
    ("耕地青苗费", "亩", "2.125"),
    ("村集体土地补偿费", "亩", "2.125"),
    ("有主碑坟", "座", "1"),
)


def sheet(head: str, lines: Sequence[Line], *, card: str = "") -> list[list[str]]:
    """A sheet as a village prints it: the household stands in the title, the items below."""
    top = ["户号00001", f"户主：{head}", "住址：样溪社区", "2014年3月1日", *([f"户主身份证号：{card}"] if card else [])]
    body = [[item, unit, quantity, "40000", f"{Decimal(quantity) * 40000:f}", ""] for item, unit, quantity in lines]
    return [
        ["呈贡区大学城道路征地补偿兑付表"],
        ["被征地单位：样溪社区第一村民小组"],
        top,
        ["项目", "单位", "数量", "单价", "小计", "备注"],
        *body,
        ["合计", "", "", "", "340000", ""],
        ["大写", "叁拾肆万元整", "", "", "", ""],
    ]


def dossier(folder: Path, sheets: dict[str, list[list[str]]]) -> Path:
    write_database(folder)
    ledger = [
        ["呈贡区土地征收协议台账"],
        ["协议编号", "被征地单位", "项目名称", "耕地（亩）"],
        ["协1", "样溪社区第一村民小组", "大学城道路", "3.50"],
    ]
    write_book(folder / "征地协议台账.xlsx", {"Sheet1": ledger})
    write_book(folder / "大学城道路兑付表.xlsx", sheets)
    return folder


def read(folder: Path) -> tuple[list[tuple[str, str, int, str, int]], list[tuple[str, str]]]:
    """The lines of rolls, and the sheets that may concern somebody and were not read."""
    with connect() as con:
        read_dossier(folder, con)
        lines = con.execute(
            "SELECT agreement_no, household_id, area_umu, basis, amount_fen FROM paper.payouts WHERE state = 'kept' ORDER BY row_id"
        ).fetchall()
        return lines, con.execute("SELECT file, sheet FROM paper.unread ORDER BY ALL").fetchall()


def test_the_line_for_land_alone_is_read_of_all_that_repeat_its_area(tmp_path: Path) -> None:
    lines, unread = read(dossier(tmp_path, {"00001": sheet("甲一", [LAND, *BESIDE])}))
    assert lines == [("协1", "领款人甲一", 2_125_000, "by_parcel", 8_500_000)]
    assert unread == []


def test_a_head_whose_card_is_written_is_found_among_the_members(tmp_path: Path) -> None:
    lines, _ = read(dossier(tmp_path, {"00001": sheet("甲一", [LAND], card=ID["甲一"])}))
    assert [household for _, household, *_ in lines] == [HOUSE_A]


def test_several_plots_of_a_household_are_several_lines(tmp_path: Path) -> None:
    lines, _ = read(dossier(tmp_path, {"00001": sheet("甲一", [LAND, *BESIDE, ("土地补偿费(户)", "亩", "0.75")])}))
    assert sorted(area for _, _, area, *_ in lines) == [750_000, 2_125_000]


@pytest.mark.parametrize("line", [("土地补偿费（户）", "平方米", "1416"), ("征地补偿", "亩", "2.125")])
def test_a_sheet_of_which_no_line_can_be_taken_stays_unread_and_is_named(line: Line, tmp_path: Path) -> None:
    lines, unread = read(dossier(tmp_path, {"00001": sheet("甲一", [LAND]), "00002": sheet("乙一", [line])}))
    assert len(lines) == 1
    assert unread == [("大学城道路兑付表.xlsx", "00002")]


def test_without_the_place_the_roll_belongs_to_no_agreement_for_certain(tmp_path: Path) -> None:
    rows = [row for row in sheet("甲一", [LAND]) if not row[0].startswith("被征地单位")]
    try:
        lines, unread = read(dossier(tmp_path, {"00001": rows}))
    except InputError as refused:
        assert "兑付表" in str(refused)
        return
    assert [line for line in lines if line[0] == "协1"] == []
    assert lines or unread
