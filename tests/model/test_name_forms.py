"""Tables of the forms in which offices write places, groups, numerals and document numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.model import batch, document_number, names, numerals
from eligibility.model.document_number import DocumentNumber


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
        ("一百", 100),
        ("一百零一", 101),
        ("一百一十", 110),
        ("两百二十", 220),
        ("六百六十五", 665),
        ("一千零一", 1001),
        ("一千零一十", 1010),
        ("九千九百九十九", 9999),
    ]
    + [
        (text, None)
        for text in (
            "",
            "百",
            "十十",
            "一二",
            "二十一二",
            "一十二三",
            "组",
            "1一",
            "一百一",
            "一百十",
            "零五",
            "一零一",
            "二〇一二",
            "一千一十",
            "十百",
        )
    ],
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


def test_group_names_that_look_like_numbers() -> None:
    assert [names.group_key(name) for name in ("一百零一组", "百家组", "一二组", "三家村组")] == [
        "101",
        "百家",
        "一二",
        "三家村",
    ]


@given(st.integers(1, 99), st.sampled_from(["或", "1-", "除", "廿", "一组或", "二社", "已并入一组", "1.", "3组"]))
def test_a_number_behind_what_is_no_village_is_never_a_group_of_that_number(number: int, before: str) -> None:
    key = names.group_key(f"{before}{numerals.say(number)}组")
    assert names.group_name(key).number == ""
    assert key != str(number)


@given(st.integers(1, 99), st.sampled_from(["上村", "三家村", "五里铺", "百草村", "十里", "红星合作社"]))
def test_a_natural_village_may_have_a_numeral_in_its_name(number: int, village: str) -> None:
    assert names.group_name(names.group_key(f"{village}{number}组")).number == str(number)


@pytest.mark.parametrize(
    "agency", ["云国土资复", "云自然资复", "云政土复", "国土资函", "昆政办复", "国函", "云国土资复字"]
)
def test_an_agency_is_kept_as_it_is_written_known_or_not(agency: str) -> None:
    assert document_number.parse(f"{agency}〔2021〕51号") == DocumentNumber(agency, 2021, 51)


@given(st.integers(1, 9999))
def test_every_number_is_read_in_both_kinds_of_digits(number: int) -> None:
    said = numerals.say(number)
    assert numerals.by_place(said) == number
    assert document_number.parse(f"云国土资复〔2012〕{said}号") == DocumentNumber("云国土资复", 2012, number)


@given(st.integers(1, 400), st.integers(1, 400))
def test_different_batches_are_never_read_as_one(one: int, other: int) -> None:
    said = [
        batch.batch_of(f"呈贡县2012年度{ordinal}批次城镇建设用地")
        for ordinal in (numerals.say(one), numerals.say(other))
    ]
    assert said == [(2012, one), (2012, other)]


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
        "云国土资复﹝2012﹞665号",
        "云国土资复「2012」665号",
        "云国土资复〔2012）665号",
        "云国土资复〔2012年〕665号",
        "云国土资复〔二〇一二〕665号",
        "云国土资复〔二○一二〕六百六十五号",
        "云国土资复〔2012〕第六六五号",
        "云国土资复〔2012〕0665号",
        "云国土资复2012年第665号",
        "云国土资复〔2012〕\n665号",
        "（云国土资复〔2012〕665号）",
        "“云国土资复〔2012〕665号”",
        "云国土资复〔2012〕665号文",
        "云国土资复〔2012〕665号文件",
        "云国土资复〔2012〕665号批复",
        "云国土资复〔2012〕665号。",
        "见云国土资复〔2012〕665号",
        "批文文号：云国土资复〔2012〕665号",
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
        "云国土资复〔2012〕6 65号",  # two numbers, or one?
        "云国土资复〔2012〕66\n5号",
        "云国土资复〔2012〕123 124号",
        "云国土资复〔2012〕665号、",  # a list that breaks off
        "云国土资复〔2012〕、665号",
        "云国土资复〔2O12〕665号",  # the letter O
        "云国土资复〔12〕665号",
        "云国土资复〔1812〕665号",
        "云国土资复〔2012〕0号",
        "云国土资复〔2012〕六百十五号",
        "云国土资复〔2012〕一二号",
        "云国土资复〔2012〕-665号",
        "云国土资复〔2012〕665-1号",  # a sub-number
        "云国土资复〔2012〕665号之一",
        "云国土资复〔2012〕约665号",
        "云国土资复〔2012〕665号（第二批）",
        "云国土资复〔2012〕665、号",
        "云国土资复〔2012〕665号或666号",
        "云国土资复〔2012〕665/666号",
        "云国土资复2012年665",  # perhaps a month
        "云国土资复〔2012〕1234567号",
        "复〔2012〕665号",
        "号",
        "云国土资复〔2012〕",
    ],
)
def test_a_number_that_is_not_read_completely_is_not_read(text: str) -> None:
    assert document_number.parse(text) is None
    assert document_number.parse_citation(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "国土资函〔2012〕665号、云国土资〔2012〕700号",
        "云国土资〔2012〕700号，国土资函（2012）665号",
        "国土资函[2012]665号及云国土资[2012]700号",
        "国土资函〔2012〕665号\n云国土资〔2012〕700号",
    ],
)
def test_an_approval_of_two_numbers_is_one_approval_in_any_order(text: str) -> None:
    key = document_number.normal_form(text)
    assert document_number.numbers_of(key) == ("云国土资〔2012〕700号", "国土资函〔2012〕665号")
    assert document_number.bearers([key]) == dict.fromkeys(document_number.numbers_of(key), key)


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("云国土资复〔2012〕123、124号", [(2012, 123), (2012, 124)]),
        ("云国土资复〔2012〕123号、124号", [(2012, 123), (2012, 124)]),
        ("云国土资复〔2012〕123-125号", [(2012, 123), (2012, 124), (2012, 125)]),
        ("云国土资复〔2012〕123号至125号", [(2012, 123), (2012, 124), (2012, 125)]),
        ("云国土资复〔2012〕123号和云国土资复〔2013〕7号", [(2012, 123), (2013, 7)]),
        ("云国土资复〔2012〕123号，〔2013〕7号", [(2012, 123), (2013, 7)]),
        ("云国土资复〔2012〕123～125号", [(2012, 123), (2012, 124), (2012, 125)]),
        ("云国土资复〔2012〕第123至125号", [(2012, 123), (2012, 124), (2012, 125)]),
        ("云国土资复〔2012〕123——125号", [(2012, 123), (2012, 124), (2012, 125)]),
        ("云国土资复〔2012〕一百二十三至一百二十四号", [(2012, 123), (2012, 124)]),
        ("云国土资复〔2012〕123，124号", [(2012, 123), (2012, 124)]),
        ("云国土资复〔2012〕123号；124号", [(2012, 123), (2012, 124)]),
        ("云国土资复〔2012〕123号以及124号", [(2012, 123), (2012, 124)]),
        ("云国土资复〔2012〕123号及〔2013〕7号文", [(2012, 123), (2013, 7)]),
        ("云国土资复〔2012〕123号\n云国土资复〔2013〕7号", [(2012, 123), (2013, 7)]),
        ("云国土资复〔2012〕123、123号", [(2012, 123)]),
        ("云国土资复〔2012〕123-125、200号", [(2012, 123), (2012, 124), (2012, 125), (2012, 200)]),
        ("云国土资复〔2012〕123-123号", []),
        ("云国土资复〔2012〕123-125-127号", []),
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
    ("text", "named"),
    [
        ("呈贡县2012年度第十批次城镇建设用地", (2012, 10)),
        ("呈贡县2012年度第十一批次城镇建设用地", (2012, 11)),
        ("2012年第11批", (2012, 11)),
        ("2012年度第10批次", (2012, 10)),
        ("2012年度呈贡县第二十批次", (2012, 20)),
        ("二〇一二年度第十批次", (2012, 10)),
        ("２０１２年度第１０批次", (2012, 10)),
        ("2012年度第十批次（第二次报批2012年度第十一批次）", None),
        ("呈贡县2012年度二十批次", (2012, 20)),  # 第 left out: neither the tenth nor the first
        ("2012年度二十一批次城市建设用地", (2012, 21)),
        ("2012年度第3批次", (2012, 3)),
        ("2012年度城市建设用地第三批", (2012, 3)),
        ("2012年度第一百零一批次", (2012, 101)),
        ("二0一二年度第十批次", (2012, 10)),
        ("呈贡县２０１２年度 第十 批次", (2012, 10)),
        ("项目一期（2012年度第十批次）", (2012, 10)),
        ("2012年度第十、十一批次", None),
        ("2012年度十、十一批次", None),
        ("2012年度第十批次、第十一批次", None),
        ("2012年度第10-12批次", None),
        ("2012年度第十至十二批次", None),
        ("2012、2013年度第十批次", None),
        ("2012年度第十批次第二批", None),
        ("2012年度第一百一批次", None),
        ("2012年度第〇批次", None),
        ("2012年3月第10批次", None),
        ("12年度第十批次", None),
        ("2012年度批次", None),
        ("2012年度第?批次", None),
        ("第十批次", None),
        ("2012年度城镇建设用地", None),
        ("", None),
    ],
)
def test_batches(text: str, named: tuple[int, int] | None) -> None:
    assert batch.batch_of(text) == named


@pytest.mark.parametrize(
    ("rest", "part"),
    [
        ("", ""),
        ("城市建设用地", ""),
        ("（二）城市建设用地", "2"),
        ("(2)", "2"),
        ("城市建设用地（二）", "2"),
        ("（第二部分）", "2"),
        ("第二部分用地", "2"),
        ("之二", "2"),
        ("－2", "2"),
        ("（B）", "b"),
        ("（乙）", "乙"),
        ("（补充）", "补充"),
        ("补充用地", "补充"),
        ("（一）和（二）", "1、2"),
        ("一般建设用地", ""),
        ("三家村道路", ""),
        ("（城镇建设）", ""),
        ("（2013年）", ""),
    ],
)
def test_parts_of_a_batch(rest: str, part: str) -> None:
    named = batch.named_batch(f"呈贡区2013年度第三批次{rest}")
    assert named == batch.Batch(2013, 3, part)


@given(st.integers(1, 20), st.integers(1, 20))
def test_two_parts_of_a_batch_are_one_only_where_their_numbers_are(one: int, other: int) -> None:
    first = batch.named_batch(f"2013年度第三批次（{numerals.say(one)}）")
    second = batch.named_batch(f"2013年度第三批次城市建设用地（{other}）")
    assert first is not None and second is not None
    assert (first == second) == first.may_be(second) == (one == other)
