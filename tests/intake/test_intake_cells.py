"""One table of forms for each type of cell: what is read, and what is a finding because it has no reading or two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.intake.cells.read import _parsed
from eligibility.intake.cells.readings import UNIT_MARK, reading_of
from eligibility.model.tables import TABLES, CellType, Column

COLUMNS = {(column.type, column.key): column for table in TABLES for column in table.columns}


def read(kind: CellType, text: str, key: str = "") -> tuple[object, ...]:
    """The fields and the issue that the reading of a type gives."""
    column = next(one for (of, name), one in COLUMNS.items() if of is kind and key in ("", name))
    reading = reading_of(column)
    assert reading is not None
    return reading.parse(text)


ID = "000001197001010015"


@pytest.mark.parametrize(
    ("text", "number", "issue"),
    [
        (ID, ID, ""),
        ("00000119700101001 5", ID, ""),
        ("０００００１１９７００１０１００１５", ID, ""),
        (f"{ID}'", ID, ""),
        ("000001700101001", ID, ""),  # 15 digits
        ("110105194912310\u200b02x", "11010519491231002X", ""),
        ("5.30199197001011E+17", "5.30199197001011E+17", "digits_lost"),
        ("530199197001011000", "530199197001011000", "digits_lost"),
        ("000001197001010016", "000001197001010016", "identity_invalid"),
        ("00000119700101001", "00000119700101001", "identity_invalid"),
        ("000001197002300015", "000001197002300015", "identity_invalid"),
    ],
)
def test_resident_ids(text: str, number: str, issue: str) -> None:
    found = read(CellType.RESIDENT_ID, text)
    assert (found[0], found[-1]) == (number, issue)


@pytest.mark.parametrize(
    ("text", "umu", "issue"),
    [
        ("12.35", 12_350_000, ""),
        ("12.3亩", 12_300_000, ""),
        ("１２．３ 亩", 12_300_000, ""),
        ("十二亩三分五厘", 12_350_000, ""),
        ("十二点三五亩", 12_350_000, ""),
        ("三分", 300_000, ""),
        ("1,234.5", 1_234_500_000, ""),
        ("1,234.5 ㎡", 1_851_750, "unit_conflict"),
        ("1,234.5m²", 1_851_750, "unit_conflict"),
        ("0.5公顷", 7_500_000, "unit_conflict"),
        ("0.5hm2", 7_500_000, "unit_conflict"),
        ("0", 0, ""),
        ("-1", None, "negative"),
        ("12 345", None, "bad_number"),  # one number or two
        ("1,2", None, "bad_number"),
        ("一百二亩", None, "bad_number"),
        ("十二", None, "bad_number"),
        ("12亩多", None, "bad_number"),
        ("约12亩", None, "bad_number"),
        ("10-12亩", None, "bad_number"),
        ("#REF", None, "bad_number"),
    ],
)
def test_areas(text: str, umu: int | None, issue: str) -> None:
    found = read(CellType.AREA_MU, text)
    assert (found[0], found[-1]) == (umu, issue)


@pytest.mark.parametrize(
    ("text", "unit", "umu", "issue"),
    [
        ("1.5", "公顷", 22_500_000, ""),
        ("1.5", "㎡", 2_250, ""),
        ("1.5亩", "ha", 1_500_000, "unit_conflict"),
        ("1.5", "斤", None, ""),
    ],
)
def test_areas_in_the_unit_of_their_row(text: str, unit: str, umu: int | None, issue: str) -> None:
    found = read(CellType.AREA_IN_UNIT, f"{text}{UNIT_MARK}{unit}")
    assert (found[0], found[-1]) == (umu, issue)


DAY = date(2012, 3, 5)


@pytest.mark.parametrize(
    ("text", "lo", "hi", "issue"),
    [
        *[(text, DAY, DAY, "") for text in (
            "2012-03-05", "2012/3/5", "2012.3.5", "20120305", "2012年3月5日", "2012年03月05号", "二〇一二年三月五日",
            "二零一二年三月五日", "２０１２年３月５日", "40973", "40973.0", "2012-03-05 00:00:00", "2012 年 3 月 5 日")],
        ("二〇一二年十二月三十一日", date(2012, 12, 31), date(2012, 12, 31), ""),
        ("2012年3月", date(2012, 3, 1), date(2012, 3, 31), ""),
        ("2012.2", date(2012, 2, 1), date(2012, 2, 29), ""),
        ("2012年", date(2012, 1, 1), date(2012, 12, 31), ""),
        ("2012", date(2012, 1, 1), date(2012, 12, 31), ""),
        ("2011-02-29", None, None, "bad_date"),
        ("2012-13-01", None, None, "bad_date"),
        ("03/04/2012", None, None, "two_days"),
        ("3-4-2012", None, None, "two_days"),
        ("12/3/5", None, None, "two_days"),
        ("31532（1904日期系统）", None, None, "two_epochs"),
        ("今年", None, None, "bad_date"),
        ("2012年春", None, None, "bad_date"),
        ("2012-03-05至2012-04-01", None, None, "bad_date"),
    ],
)  # fmt: skip
def test_days(text: str, lo: date | None, hi: date | None, issue: str) -> None:
    assert read(CellType.DAY, text, "issued_on") == (lo, hi, issue)


@settings(deadline=None)
@given(st.dates(date(1927, 5, 18), date(2173, 10, 13)))
def test_every_serial_number_is_the_day_a_spreadsheet_shows(day: date) -> None:
    serial = str((day - date(1899, 12, 30)).days)
    assert read(CellType.DAY, serial, "issued_on") == (day, day, "")


@pytest.mark.parametrize(
    ("text", "truth"),
    [("是", True), ("否", False), ("TRUE", True), ("false", False), ("1", True), ("0", False), ("1.0", True), ("Ｙ", True),
     ("n", False), ("有", True), ("无", False), ("也许", None), ("2", None), ("是否", None)],
)  # fmt: skip
def test_truths(text: str, *, truth: bool | None) -> None:
    assert read(CellType.TRUTH, text) == (truth, "" if truth is not None else "bad_enum")


@pytest.mark.parametrize(
    ("text", "fen"),
    [("1234.5", 123_450), ("¥1,234.50元", 123_450), ("12.5万元", 12_500_000), ("１２万", 12_000_000),
     ("壹拾贰万叁仟元整", 12_300_000), ("1,234,567.89", 123_456_789), ("十二点五万元", 12_500_000), ("12万3千元", None),
     ("约12万", None), ("12 34", None), ("一万二元", None), ("$12", None)],
)  # fmt: skip
def test_money(text: str, fen: int | None) -> None:
    assert read(CellType.MONEY, text) == (fen, "" if fen is not None else "bad_number")


@pytest.mark.parametrize(
    ("text", "count"), [("36户", 36), ("36", 36), ("36.0", 36), ("36.5", None), ("-1", None), ("三十六", None)]
)
def test_counts(text: str, count: int | None) -> None:
    assert read(CellType.COUNT, text) == (count, "" if count is not None else "bad_number")


@pytest.mark.parametrize(
    ("text", "key", "issue"),
    [
        ("耕地", "farmland", ""),
        (" 永久基本农田", "basic_farmland", ""),
        ("FARMLAND", "farmland", ""),
        ("荒地", None, "bad_enum"),
    ],
)
def test_choices(text: str, key: str | None, issue: str) -> None:
    assert read(CellType.CHOICE, text, "land_class") == (key, issue)


@pytest.mark.parametrize(
    ("text", "key", "issue"),
    [("H 1", "H1", ""), ("Ｈ１", "H1", ""), ("5.3E+17", None, "digits_lost"), ("007", "007", "")],
)
def test_references(text: str, key: str | None, issue: str) -> None:
    assert read(CellType.REFERENCE, text) == (key, issue)


TYPED = [column for column in COLUMNS.values() if reading_of(column)]
MARKS = "0123456789.,-+/:'eE亩分厘毫公顷㎡平方米元万亿点零一二三〇十百千壹贰年月日号组第至、和〔〕（）是否无Xx\x1f #\u3000\u200b"


@pytest.mark.parametrize("column", TYPED, ids=lambda one: f"{one.type}-{one.key}")
@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.text(min_size=1, max_size=40) | st.text(MARKS, min_size=1, max_size=40), min_size=1, max_size=5)
)
def test_no_text_is_too_much_for_a_cell(column: Column, texts: list[str]) -> None:
    """Whatever stands there: as many values as fields, of the types of the table, or an issue."""
    reading = reading_of(column)
    assert reading is not None
    parsed = _parsed(
        reading, [text for text in texts if not any("\ud800" <= mark <= "\udfff" for mark in text)] or ["0"]
    )
    assert parsed.num_columns == len(reading.fields) + 2


@pytest.mark.parametrize(
    ("marked", "told"),
    [("'000001197001010015", "张一"), ("’000001197001010015", "'张一"), ("＇000001197001010015", "‘张一")],
)
def test_the_sign_for_text_in_front_is_no_part_of_a_cell(tmp_path, marked: str, told: str) -> None:
    from intake.intake_papers import PERSONS, ROW_ZHANG, Dossier

    dossier = Dossier(tmp_path / "卷宗").with_table("persons", PERSONS, [marked, told, *ROW_ZHANG[2:]]).read()
    assert dossier.rows("persons", "resident_id, name, id_valid") == [(ID, "张一", True)]
