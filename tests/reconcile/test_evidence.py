"""Evidence is itemised, adds up, and is explained: by name on its page, by version in the manifest."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from eligibility.reconcile import evidence_items
from eligibility.reconcile.evidence import collect_evidence
from eligibility.reconcile.papers import Approval, Line, Parcel

ROOT = Path(__file__).parents[2]
DAY = date(2013, 5, 1)
NUMBER = "云国土资复〔2013〕120号"
GOOD = {"cited": NUMBER, "project": "大学城道路一期", "signed_lo": date(2013, 8, 1), "signed_hi": date(2013, 8, 1)}


def items(line: dict[str, object], approval: dict[str, object] | None = None, area: int = 20) -> set[str]:
    told = {"project": "大学城道路一期", "batch": "2013年度第十批次"} | (approval or {})
    said = Line(0, "协1", "协1", "乌龙", frozenset({"1"}), DAY, DAY, "", "expropriation", "farmland", 20, 0, "", False)
    said = Line(**{name: line.get(name, getattr(said, name)) for name in said.__slots__})
    given = Approval(NUMBER, NUMBER, "province", DAY, DAY, told["project"], told["batch"], False, False)
    parcel = Parcel(0, NUMBER, "乌龙", frozenset({"1"}), "collective", "farmland", area, 0)
    return {name for name, _ in collect_evidence(said, given, [parcel]).items}


@pytest.mark.parametrize(
    ("line", "area", "expected"),
    [
        (GOOD, 20, {"citation_equal", "project_equal", "area_equal", "signed_after"}),
        (GOOD | {"cited": "云国土资复〔2013〕121号"}, 19, {"citation_other", "project_equal", "signed_after"}),
        (GOOD | {"cited": "云国土资复〔2013〕12?号"}, 19, {"citation_near", "project_equal", "signed_after"}),
        (GOOD | {"cited": "", "project": "大学城道路二期"}, 19, {"project_other_phase", "signed_after"}),
        (GOOD | {"cited": "", "project": "环湖公路"}, 19, {"project_other", "signed_after"}),
        (GOOD | {"cited": "", "project": "呈贡区2013年第10批次"}, 19, {"batch_equal", "signed_after"}),
        (GOOD | {"cited": "", "project": "呈贡区2013年第11批次"}, 19, {"batch_other", "signed_after"}),
        ({"cited": "", "signed_lo": date(2012, 1, 1), "signed_hi": date(2012, 1, 2)}, 19, {"signed_before"}),
        ({"cited": "", "signed_lo": date(2012, 1, 1), "signed_hi": date(2014, 1, 1)}, 19, set()),
    ],
)
def test_what_two_papers_say_of_each_other(line: dict[str, object], area: int, expected: set[str]) -> None:
    assert items(line, area=area) - {"group_named", "class_named"} == expected


def test_the_score_is_the_sum_of_what_is_listed() -> None:
    said = Line(0, "协1", "协1", "乌龙", frozenset(), DAY, DAY, "", "expropriation", "garden", 20, 0, NUMBER, False)
    given = Approval(NUMBER, NUMBER, "province", DAY, DAY, "", "", False, False)
    found = collect_evidence(said, given, [Parcel(0, NUMBER, "乌龙", frozenset({"1"}), "collective", "farmland", 5, 0)])
    listed = [int(weight) for weight in re.findall(r":([+-][0-9]+)", str(found))]
    assert found.score == sum(listed)
    assert len(listed) == len(found.items) == 3  # cited number, community only, signed on the day of approval


def test_every_item_says_what_it_means_and_where_its_weight_is_from() -> None:
    for item in evidence_items.ITEMS.values():
        assert item.weight != 0
        assert all(text.zh and text.en for text in (item.title, item.meaning, item.source))


def test_a_number_read_completely_outweighs_any_other_item() -> None:
    others = [abs(item.weight) for name, item in evidence_items.ITEMS.items() if name != "citation_equal"]
    assert evidence_items.ITEMS["citation_equal"].weight > max(others)


def test_the_page_is_fresh() -> None:
    assert (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8") == evidence_items.page()
