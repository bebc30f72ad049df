"""Two rulebooks are compared by what they mean, not by how they are written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rules_tools_runs import copied_rules, edit, refused, said

from eligibility.reporting.pages.impact_words import PARTS
from eligibility.rulebook.difference import read_side
from eligibility.rulebook.difference_lines import lines_of
from support.paper_folder import RULES


def differences(new: Path) -> list[dict[str, Any]]:
    return json.loads(said("diff", RULES, new, "--json"))


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return copied_rules(tmp_path)


def test_a_copy_is_no_difference(rules: Path) -> None:
    assert differences(rules) == []
    assert "相同" in said("diff", RULES, rules)


def test_order_comments_notes_and_layout_are_no_difference(rules: Path) -> None:
    clause = rules / "clauses" / "adult.yaml"
    lines = clause.read_text(encoding="utf-8").splitlines()
    title = next(line for line in lines if line.startswith("title:"))
    lines.remove(title)
    clause.write_text("\n".join(["# 改过的说明", *lines, title, ""]), encoding="utf-8")
    edit(rules / "conditions.yaml", "lawful_loss > 0 and remaining_area = 0", "剩余承包耕地 = 0 and (依法征收面积 > 0)")
    edit(rules / "parameters" / "most_land_line.yaml", "value: 0.3\n", 'value: "0.30 亩"\n')
    edit(
        rules / "clauses" / "most_land_lost.yaml",
        "{any: [all_land_lost, most_land_lost]}",
        "most_land_lost or 失去全部土地",
    )
    assert differences(rules) == []


def test_a_number_is_said_before_and_after(rules: Path) -> None:
    edit(rules / "parameters" / "most_land_line.yaml", "value: 0.3\n", "value: 0.35\n")
    (only,) = differences(rules)
    assert (only["part"], only["id"], only["change"]) == ("parameter", "most_land_line", "changed")
    assert ("0.3 亩" in only["old"]["zh"], "0.35 亩" in only["new"]["zh"]) == (True, True)


def test_a_date_is_a_difference(rules: Path) -> None:
    edit(rules / "parameters" / "most_land_line.yaml", "since: 2019-01-01", "since: 2020-01-01")
    (only,) = [one for one in differences(rules) if one["what"] == "values"]
    assert "2020-01-01" in only["new"]["zh"]


def test_a_kind_and_a_formula_are_differences_in_words(rules: Path) -> None:
    edit(rules / "clauses" / "alive.yaml", "when: alive", "when: alive and adult")
    edit(rules / "clauses" / "not_in_school.yaml", "kind: register", "kind: requirement")
    edit(rules / "conditions.yaml", "age_at_approval >= adult_age", "age_at_approval > adult_age")
    found = {(one["part"], one["id"]): (one["old"]["zh"], one["new"]["zh"]) for one in differences(rules)}
    assert found == {
        ("condition", "adult"): ("批准日年龄不低于“参保年龄下限”", "批准日年龄高于“参保年龄下限”"),
        ("clause", "alive"): ("「审核日健在」", "「审核日健在」，且「批准日已满年龄」"),
        ("clause", "not_in_school"): ("备案", "要求"),
    }


def test_a_clause_dropped_and_one_added(rules: Path) -> None:
    edit(rules / "rulebook.yaml", "  - imprisoned\n", "  - pensioner\n")
    text = (rules / "clauses" / "imprisoned.yaml").read_text(encoding="utf-8")
    (rules / "clauses" / "imprisoned.yaml").unlink()
    (rules / "clauses" / "pensioner.yaml").write_text(text.replace("id: imprisoned", "id: pensioner"), encoding="utf-8")
    found = {(one["id"], one["change"]) for one in differences(rules) if one["part"] == "clause"}
    assert found == {("imprisoned", "dropped"), ("pensioner", "added")}


@pytest.mark.parametrize(
    ("old", "part"),
    [("  while_unset: most_land_compare\n", "condition"), ("  comparison: most_land_compare\n", "condition")],
)
def test_what_only_another_day_would_show_is_a_difference_too(rules: Path, old: str, part: str) -> None:
    edit(rules / "conditions.yaml", old, "")
    assert [one["part"] for one in differences(rules)] == [part]


def test_a_status_that_becomes_seen_is_a_difference(rules: Path) -> None:
    edit(rules / "parameters" / "most_land_line.yaml", "status: assumed", "status: seen")
    (only,) = differences(rules)
    assert (only["what"], "推定" in only["old"]["zh"], "见原文" in only["new"]["zh"]) == ("source", True, True)


def test_rules_that_cannot_be_used_are_told(rules: Path) -> None:
    edit(rules / "clauses" / "alive.yaml", "kind: requirement", "kind: requirment")
    assert "alive.yaml" in refused("diff", RULES, rules)


def test_every_part_of_a_rulebook_has_a_name_to_be_shown_under() -> None:
    side = read_side(RULES, date(2022, 10, 31))
    assert set(lines_of(side)) <= set(PARTS)
