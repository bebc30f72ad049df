"""Areas and money as people say them, and what has two readings."""

from __future__ import annotations

import pytest

from eligibility.intake.cells.spoken import spoken_number
from intake.intake_papers import Dossier

AREAS = {
    "十二亩三分五厘": 12_350_000,
    "十二畝": None,
    "3亩2分": 3_200_000,
    "３亩２分": 3_200_000,
    "3亩5厘": 3_050_000,
    "两亩半": None,
    "五分": 500_000,
    "贰拾亩": 20_000_000,
    "一百零五亩": 105_000_000,
    "一百二亩": None,  # 120 or 102
    "十二": None,  # of what?
    "3亩12分": None,  # 4.2, or a slip for 3亩1.2分
    "3.5亩2分": None,
    "3亩2.5分": 3_250_000,
    "十二亩三五": None,
    "十亩-五亩": None,
}


def test_areas_said_in_words(dossier: Dossier) -> None:
    rows = [["H1", text] for text in AREAS]
    dossier.with_table("contract_ledger", ["户号", "面积"], *rows).read()
    assert dict(zip(AREAS, dossier.column("contract_ledger", "area_umu"), strict=True)) == AREAS
    unread = [value for _, _, value, code, _ in dossier.findings("contract_ledger") if code == "bad_number"]
    assert unread == [text for text, umu in AREAS.items() if umu is None]


def test_the_last_part_said_tells_how_exact_an_area_is(dossier: Dossier) -> None:
    rows = [["H1", "十二亩"], ["H1", "十二亩三分"], ["H1", "十二亩三分五厘"]]
    dossier.with_table("contract_ledger", ["户号", "面积"], *rows).read()
    assert dossier.column("contract_ledger", "area_half_umu") == [500_000, 50_000, 5_000]


def test_a_unit_said_in_the_cell_beats_the_column(dossier: Dossier) -> None:
    head = ["协议编号", "社区", "面积", "单位"]
    dossier.with_table("agreements", head, ["A1", "乌龙", "十二亩三分", "公顷"], ["A2", "乌龙", "3亩2分", "亩"]).read()
    assert dossier.column("agreements", "area_umu") == [12_300_000, 3_200_000]
    told = [(row, code) for row, _, _, code, _ in dossier.findings("agreements")]
    assert told == [(2, "unit_conflict")]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12.5万元", 12_500_000),
        ("12.5万", 12_500_000),
        ("1,234万元", 1_234_000_000),
        ("壹拾贰万叁仟元整", 12_300_000),
        ("一亿零一万元", 10_001_000_000),
        ("十二", None),
        ("一万二元", None),
        ("约12万元", None),
        ("12-13万元", None),
    ],
)
def test_money_said_in_words(dossier: Dossier, text: str, fen: int | None) -> None:
    head = ["协议编号", "社区", "面积", "单位", "补偿款"]
    dossier.with_table("agreements", head, ["A1", "乌龙", "1", "亩", text]).read()
    assert dossier.column("agreements", "compensation_fen") == [fen]
    codes = [code for *_, code, _ in dossier.findings("agreements")]
    assert codes == ([] if fen is not None else ["bad_number"])


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("一十", 10), ("二十三", 23), ("两百零三", 203), ("一千零一十", 1010), ("一万零五", 10_005),
     ("三亿零二十", 300_000_020), ("十二万三千四百五十六", 123_456), ("一千一", None), ("百", None), ("一二三", None),
     ("十十", None), ("一千五十", None), ("零五", None), ("万", None), ("", None)],
)  # fmt: skip
def test_numbers_said_in_full_only(text: str, number: int | None) -> None:
    assert (spoken_number(text) if text else None) == number
