"""Tables of the forms in which offices write ids, days, areas and money."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.model import batch, days, document_number, names, quantity, resident_id


# The first two numbers are printed in the standard GB 11643-1999; region codes in the rest are of no existing place.
@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("11010519491231002X", "11010519491231002X"),
        ("440524188001010014", "440524188001010014"),
        ("11010519491231002x", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        (" 110105 19491231 002X ", "11010519491231002X"),
        ("110105491231002", "11010519491231002X"),  # 15 digits
        ("110105194912310021", None),  # checksum
        ("110105194902310028", None),  # 31 February
        ("11010519491231002", None),  # 17 digits
        ("110105491331002", None),  # 15 digits, month 13
        ("", None),
        ("不详", None),
    ],
)
def test_resident_ids(text: str, normal: str | None) -> None:
    assert resident_id.normal_form(text) == normal


@given(st.integers(0, 999_999), st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_no_region_code_makes_an_id_invalid_and_15_digits_are_the_same_person(
    region: int, born: date, serial: int
) -> None:
    body = f"{region:06}{born:%Y%m%d}{serial:03}"
    number = body + resident_id.check_character(body)
    assert resident_id.normal_form(number) == number
    assert resident_id.normal_form(body[:6] + body[8:]) == number
    assert resident_id.birth_date(number) == born


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, shift: int) -> None:
    number = "440524188001010014"
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert resident_id.normal_form(wrong) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [("530121199001011234", "5301**********1234"), ("530121900101123", "5301*******1123"), ("12345678", "********")],
)
def test_an_id_is_shown_by_its_ends_only(text: str, shown: str) -> None:
    assert resident_id.mask(text) == shown


FIFTH = (date(2012, 3, 5), date(2012, 3, 5))
MARCH = (date(2012, 3, 1), date(2012, 3, 31))
YEAR = (date(2012, 1, 1), date(2012, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *[
            (text, FIFTH)
            for text in (
                "2012-03-05",
                "2012-3-5",
                "2012/3/5",
                "2012/03/05",
                "2012.3.5",
                "20120305",
                "2012年3月5日",
                "2012年03月05日",
                "2012 年 3 月 5 日",
                "２０１２年３月５日",
                "二〇一二年三月五日",
                "40973",
                "40973.75",
                "2012-03-05 00:00:00",
                "2012-03-05T08:30:00",
                "2012-03-05 00:00:00.000000",
            )
        ],
        *[(text, MARCH) for text in ("2012年3月", "2012年03月", "2012-03", "2012/3", "2012.3", "201203")],
        *[(text, YEAR) for text in ("2012年", "2012", "二〇一二年")],
        ("2012年2月29日", (date(2012, 2, 29), date(2012, 2, 29))),
        ("2012年2月", (date(2012, 2, 1), date(2012, 2, 29))),
        ("2012年十二月三十一日", (date(2012, 12, 31), date(2012, 12, 31))),
        ("9999-12-31", days.NEVER),
        ("无", days.NEVER),
    ],
)
def test_forms_of_a_day(text: str, expected: tuple[date, date]) -> None:
    assert days.parse_day(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2011-02-29",
            "2012-02-30",
            "2012-13-01",
            "2012-00-01",
            "2012-01-00",
            "20121301",
            "2012年13月",
            "2012年4月31日",
        ),
        *("12-3-5", "3/5/2012", "2012-3/5", "0001-01-01", "1012-03-05", "3012-03-05", "3", "123456789", "-40973", ""),
        *("今年", "2012年3月5日左右", "2012-03-05至2013-03-05", "五月", "99999999999999999999", "２０１２-02-30"),
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert days.parse_day(text) is None


# the first days of 1900, and of 1904 where days count from then, are what a spreadsheet makes of a blank
@given(st.dates(date(1900, 2, 1), date(2199, 12, 31)).filter(lambda day: day != date(1904, 1, 1)))
def test_every_day_reads_back_in_every_form(day: date) -> None:
    forms = (
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    assert {days.parse_day(form) for form in forms} == {(day, day)}


@pytest.mark.parametrize(
    ("text", "unit", "umu", "half_umu"),
    [
        ("12", "mu", 12_000_000, 500_000),
        ("12.3", "mu", 12_300_000, 50_000),
        ("12.3000", "mu", 12_300_000, 50),
        ("0.2999", "mu", 299_900, 50),
        ("0", "mu", 0, 500_000),
        ("１２．３", "mu", 12_300_000, 50_000),
        (" 12.3 ", "mu", 12_300_000, 50_000),
        ("1,234.5", "mu", 1_234_500_000, 50_000),
        ("１，２３４．５", "mu", 1_234_500_000, 50_000),
        ("12.3亩", "mu", 12_300_000, 50_000),
        ("12.3 亩", "ha", 12_300_000, 50_000),
        ("3.9847", "ha", 59_770_500, 750),
        ("2.9262公顷", "mu", 43_893_000, 750),
        ("2.9262 hm²", "mu", 43_893_000, 750),
        ("200.01", "m2", 300_015, 8),  # half of 0.01 ㎡ is 7.5 micro-亩, never understated
        ("2000㎡", "mu", 3_000_000, 750),
        ("2000平方米", "ha", 3_000_000, 750),
        ("0.30000000000000004", "mu", 300_000, 50_000),
        ("5.8935000000000001", "mu", 5_893_500, 50),
        ("1.5e-05", "mu", 15, 1),
        ("-3", "mu", -3_000_000, 500_000),
        ("3亩5分", "mu", 3_500_000, 50_000),
        ("3亩5分2厘", "ha", 3_520_000, 5_000),
        ("3 亩 0 分 2 厘", "mu", 3_020_000, 5_000),
        ("3亩2厘", "mu", 3_020_000, 5_000),
    ],
)
def test_forms_of_an_area(text: str, unit: str, umu: int, half_umu: int) -> None:
    area = quantity.parse_area(text, unit)
    assert area is not None
    assert (area.umu, area.half_umu) == (umu, half_umu)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "亩",
        "约12",
        "12亩多",
        "1 2",
        "12 5",
        "1,23",
        "12,34.5",
        "1.2.3",
        "nan",
        "inf",
        "1e99",
        "12斤",
        "十二",
        "12.5亩3分",
        "3亩12分",
        "5分",
        "3亩5",
        "12-13",
        "12.3亩/0.92公顷",
        "9" * 60,
    ],
)
def test_what_is_no_area(text: str) -> None:
    assert quantity.parse_area(text) is None


def test_printed_class_areas_add_up_to_the_printed_total() -> None:
    parts = [quantity.parse_area(text, "ha") for text in ("1.6148", "0.03", "2.1858", "0.3227")]
    total = quantity.parse_area("4.1533", "ha")
    assert total is not None
    assert sum(part.umu for part in parts if part) == total.umu


@pytest.mark.parametrize(
    ("text", "fen"),
    [("1,234.50元", 123_450), ("￥100", 10_000), ("33333.333333", 3_333_333), ("0", 0), ("-5", -500), ("多", None)],
)
def test_forms_of_money(text: str, fen: int | None) -> None:
    assert quantity.parse_money(text) == fen


@given(st.text(max_size=40))
def test_no_text_breaks_a_parser(text: str) -> None:
    days.parse_day(text)
    quantity.parse_area(text)
    quantity.parse_money(text)
    quantity.parse_count(text)
    resident_id.normal_form(text)
    names.place_key(text)
    names.group_key(text)
    names.split_groups(text)
    document_number.parse_citation(text)
    batch.batch_of(text)
