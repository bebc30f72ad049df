"""Tables of the forms in which offices write places, groups, numerals and document numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.domain import document_number, names
from eligibility.domain.document_number import DocumentNumber


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("九", 9),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十一", 21),
        ("九十九", 99),
        ("〇", 0),
        ("12", 12),
    ]
    + [(text, None) for text in ("", "百", "十十", "一二", "二十一二", "一十二三", "组", "1一")],
)
def test_numerals(text: str, number: int | None) -> None:
    assert names.numeral(text) == number


@pytest.mark.parametrize(
    "spelling",
    [
        "一组",
        "第一组",
        "1组",
        "第1村民小组",
        "第一村民小组",
        "１组",
        "1",
        "01组",
        "第一居民小组",
        "一 组",
        "万溪社区1组",
    ],
)
def test_spellings_of_the_first_group(spelling: str) -> None:
    assert names.group_key(spelling) == "1"


def test_groups_that_are_not_one() -> None:
    keys = [
        names.group_key(name)
        for name in ("一组", "十组", "十一组", "二十一组", "上村组", "下村组", "十里铺组", "和平组")
    ]
    assert keys == ["1", "10", "11", "21", "上村", "下村", "十里铺", "和平"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1组、2组", ("1", "2")),
        ("1、2、3组", ("1", "2", "3")),
        ("第一组，第二村民小组；3组", ("1", "2", "3")),
        ("1组和2组", ("1", "2")),
        ("一至三组", ("1", "2", "3")),
        ("2组、2组", ("2",)),
        ("上村组、和平组", ("上村", "和平")),
        ("", ()),
        ("全体", ()),
    ],
)
def test_groups_that_own_jointly(text: str, keys: tuple[str, ...]) -> None:
    assert names.split_groups(text) == keys


@pytest.mark.parametrize(
    "spelling",
    [
        "万溪",
        "万溪社区",
        "万溪村",
        "万溪村委会",
        "万溪社区居委会",
        "万溪社区居民委员会",
        "万溪村民委员会",
        "呈贡区万溪社区",
        "昆明市呈贡区吴家营街道万溪社区",
        "呈贡县吴家营街道办事处万溪村委会",
        "吴家营街道 万溪社区",
        "云南省昆明市呈贡区万溪社区",
    ],
)
def test_spellings_of_one_community(spelling: str) -> None:
    assert names.place_key(spelling) == "万溪"


@pytest.mark.parametrize("name", ["大村", "村", "社区", "呈贡区", "上村", "吴家营街道"])
def test_short_names_stay_themselves(name: str) -> None:
    assert names.place_key(name) == name


@given(st.text(alphabet="万溪大小新上下村社区组一二12委会昆明市呈贡县街道 ", max_size=14))
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    assert names.place_key(names.place_key(text)) == names.place_key(text)
    assert document_number.normal_form(document_number.normal_form(text)) == document_number.normal_form(text)


NUMBER = DocumentNumber("云国土资复", 2012, 665)


@pytest.mark.parametrize(
    "text",
    [
        "云国土资复〔2012〕665号",
        "云国土资复[2012]665号",
        "云国土资复（2012）665号",
        "云国土资复(2012)665号",
        "云国土资复【2012】665号",
        "云国土资复［2012］665号",
        "云国土资复〔２０１２〕６６５号",
        "云国土资复 〔2012〕 665 号",
        "云国土资复〔2012〕665",
        "云国土资复〔2012〕第665号",
    ],
)
def test_spellings_of_one_document_number(text: str) -> None:
    assert document_number.parse(text) == NUMBER
    assert document_number.normal_form(text) == "云国土资复〔2012〕665号"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "665号",
        "〔2012〕665号",
        "云国土资复〔2012〕号",
        "云国土资复〔2012〕6?5号",
        "云国土资复2012665号",
        "云国土资复〔201〕665号",
        "云国土资复〔2012〕665号等",
        "云国土资复〔2012〕66X号",
        "云国土资复〔2012〕665号附件",
        "见附件",
        "云国土资复〔2012665号",
    ],
)
def test_a_number_that_is_not_read_completely_is_not_read(text: str) -> None:
    assert document_number.parse(text) is None
    assert document_number.parse_citation(text) == ()


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("云国土资复〔2012〕123、124号", [(2012, 123), (2012, 124)]),
        ("云国土资复〔2012〕123号、124号", [(2012, 123), (2012, 124)]),
        ("云国土资复〔2012〕123-125号", [(2012, 123), (2012, 124), (2012, 125)]),
        ("云国土资复〔2012〕123号至125号", [(2012, 123), (2012, 124), (2012, 125)]),
        ("云国土资复〔2012〕123号和云国土资复〔2013〕7号", [(2012, 123), (2013, 7)]),
        ("云国土资复〔2012〕123号，〔2013〕7号", [(2012, 123), (2013, 7)]),
        ("云国土资复〔2012〕125-123号", []),
        ("云国土资复〔2012〕1-9999号", []),
        ("123号、云国土资复〔2012〕124号", []),
        ("云国土资复〔2012〕123号、若干", []),
    ],
)
def test_citations(text: str, serials: list[tuple[int, int]]) -> None:
    expected = tuple(DocumentNumber("云国土资复", year, number) for year, number in serials)
    assert document_number.parse_citation(text) == expected


@pytest.mark.parametrize(
    ("text", "batch"),
    [
        ("呈贡县2012年度第十批次城镇建设用地", (2012, 10)),
        ("呈贡县2012年度第十一批次城镇建设用地", (2012, 11)),
        ("2012年第11批", (2012, 11)),
        ("2012年度第10批次", (2012, 10)),
        ("2012年度呈贡县第二十批次", (2012, 20)),
        ("二〇一二年度第十批次", (2012, 10)),
        ("２０１２年度第１０批次", (2012, 10)),
        ("2012年度第十批次（第二次报批2012年度第十一批次）", None),
        ("第十批次", None),
        ("2012年度城镇建设用地", None),
        ("", None),
    ],
)
def test_batches(text: str, batch: tuple[int, int] | None) -> None:
    assert document_number.batch_of(text) == batch
