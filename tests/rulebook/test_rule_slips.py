"""Slips of the hand in a rule file are told by their cause, in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.rulebook import load_policy
from rulebook.rule_copy import AS_OF, RuleCopy

LINE = "km-reform/parameters/most_land_line.yaml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: most_land_line", "id：most_land_line", "全角冒号"),
        ("type: area_per_head\n", "type：area_per_head\n", "全角冒号"),
        ("    value: 0.3\n", "\tvalue: 0.3\n", "制表符"),
    ],
)
def test_a_slip_is_told_by_its_cause(tmp_path: Path, old: str, new: str, says: str) -> None:
    rules = RuleCopy.at(tmp_path)
    row = rules.edit(LINE, old, new)
    (found, *_) = [one for one in rules.findings() if one.code == "bad_yaml"]
    assert says in found.problem.zh
    assert found.at.row == row


@pytest.mark.parametrize("word", ["低于", "lt"])
def test_a_parameter_is_tried_by_its_chinese_name_and_words(word: str) -> None:
    for name in ("most_land_compare", "人均耕地恰为标准时是否算失去大部分土地"):
        rules = RuleCopy(Path(__file__).parents[2] / "rules").root / "km-reform"
        assert load_policy(rules, as_of=AS_OF, trying={name: word}).value("most_land_compare") == "lt"


def test_a_clause_that_refuses_may_not_bear_the_code_of_a_reason(tmp_path: Path) -> None:
    """A refusal would read as the reason of a review, and the evaluators would differ."""
    rules = RuleCopy.at(tmp_path)
    file = rules.root / "louxing-2016" / "clauses" / "imprisoned.yaml"
    text = (
        file.read_text("utf-8")
        .replace("kind: refer", "kind: exclusion")
        .replace("when: {not: imprisoned}", "when: imprisoned")
    )
    file.write_text(
        "".join(line for line in text.splitlines(keepends=True) if not line.startswith("on_refuted")), "utf-8"
    )
    codes = [one.code for one in rules.findings(regime="louxing-2016")]
    assert codes == ["duplicate_id"]


def test_an_open_exception_waits_with_the_reason_of_the_clause_it_lifts() -> None:
    policy = load_policy(Path(__file__).parents[2] / "rules" / "louxing-2016", as_of=AS_OF)
    for clause in policy.clauses.values():
        if clause.excepts:
            assert clause.otherwise or clause.on_open
