"""What a specification lacks is written as scenarios; filled in by a person, they run, and then nothing is missing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from eligibility.cli.rules_scenarios import show_scenarios
from eligibility.specification import run_specification
from eligibility.specification.missing import TO_FILL, missing_scenarios

ROOT = Path(__file__).parents[2]
RULES, FEATURES = ROOT / "rules" / "nanan", ROOT / "features" / "nanan"


@pytest.fixture
def thin(tmp_path: Path) -> Path:
    """The features of a rulebook but for its lines: every scenario about the land is gone."""
    folder = tmp_path / "features" / "nanan"
    shutil.copytree(FEATURES, folder)
    (folder / "land_lost.feature").unlink()
    return folder


def test_a_side_of_a_line_is_missing_until_a_scenario_stands_there(thin: Path) -> None:
    def sides() -> set[str]:
        return {each.title for each in missing_scenarios(RULES, thin)[1] if each.kind == "boundary"}

    below = "“人均剩余面积”略低于界线"
    assert below in sides()
    feature = """# language: zh-CN
@land_lost
功能: 低于界线
  背景:
    假如 其余条件均已成立
  场景: 低于界线
    假如 申请人的"人均剩余面积"为"0.05亩"
    当 按"nanan"于"2022-10-31"审核
    那么 结论应为"符合"
"""
    (thin / "below.feature").write_text(feature, encoding="utf-8")
    assert below not in sides()


def filled(text: str, outcomes: Iterator[str]) -> str:
    return re.sub('结论应为".*?"', lambda _: f'结论应为"{next(outcomes)}"', text)


def test_filled_in_they_pass_and_leave_nothing_missing(thin: Path, tmp_path: Path) -> None:
    """The person's answers are played by the rulebook itself: what is tested is that the files can be run at all."""
    out = tmp_path / "proposed"
    show_scenarios(RULES, thin, out=out, seconds=30, lang="zh", json=False)
    specification, lacking = missing_scenarios(RULES, thin)
    for path in sorted(out.glob("*.feature")):
        target = thin / f"更多-{path.name}"
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    todo = [trial for trial in run_specification(RULES, thin).trials if "待确认" in trial.feature.name]
    assert len(todo) == len(lacking)
    for path in thin.glob("更多-*.feature"):
        text = path.read_text(encoding="utf-8")
        trials = [trial for trial in todo if trial.feature.path == path.name]
        outcomes = iter([specification.policy.outcomes[str(t.case_result.outcome)] for t in trials if t.case_result])
        path.write_text(filled(text, outcomes), encoding="utf-8")
    assert run_specification(RULES, thin).holds
    assert missing_scenarios(RULES, thin)[1] == []


def test_an_outcome_of_an_article_that_nobody_has_read_is_left_to_a_person() -> None:
    specification, lacking = missing_scenarios(ROOT / "rules" / "km-2007", ROOT / "features")
    clauses = specification.policy.clauses
    assert lacking
    for each in lacking:
        if not clauses[each.clause].citation.quote:
            assert each.outcome == TO_FILL
