"""A registered place is believed where the text is an address, and left open where words beside it say more than a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.facts import named_place

GAZETTEER = {"呈贡区": ("呈贡区", "呈贡县"), "五华区": ("五华区",)}
SAYS_MORE = (
    "学生集体户", "人才市场集体户", "空挂", "挂户", "待核实", "曾在", "2014年", "二〇一四年起", "原籍", "云南农业大学",
    "暂住", "已注销", "婚后", "未迁出", "→上海", "不详",
)  # fmt: skip


@given(st.sampled_from(["呈贡区", "昆明市呈贡区", "呈贡县", "五华区"]), st.sampled_from(SAYS_MORE), st.integers(0, 2))
def test_words_that_say_more_than_a_place_leave_it_open(place: str, words: str, where: int) -> None:
    text = (f"{words}{place}", f"{place}{words}", f"{place}（{words}）")[where]
    assert named_place(text, GAZETTEER) is None


@pytest.mark.parametrize(
    "address",
    [
        "呈贡区",
        "云南省昆明市呈贡县",
        "昆明市呈贡区乌龙街道样溪社区一组12号",
        "呈贡区（城镇居民）",
        "呈贡区大学城",
        "呈贡区 农业户口",
    ],
)
def test_an_address_names_its_district(address: str) -> None:
    assert named_place(address, GAZETTEER) == "呈贡区"
