"""What a specification lacks is written as scenarios; filled in by a person, they run, and then nothing is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from eligibility.cli.rules_scenarios import show_scenarios
from eligibility.model.policy import Policy
from eligibility.specification import run_specification
from eligibility.specification.lacking import TO_FILL
from eligibility.specification.missing import Lack, missing_scenarios
from eligibility.specification.mutation.report import mutation_report
from eligibility.specification.run import Trial

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
        return {each.title for each in missing_scenarios(RULES, thin).scenarios if each.kind == "boundary"}

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


def answered(text: str, trials: Iterator[Trial], policy: Policy) -> str:
    """The text with the answers of the rulebook itself where a person has to fill something in."""
    made: list[str] = []
    trial = None
    for line in text.splitlines():
        filled = line
        if line.startswith("  场景:"):
            trial = next(trials)
        result = trial.case_result if trial else None
        if result is not None:
            reasons = {**policy.reasons, **policy.clauses}
            told = "、".join(reasons[code].title for code in result.reasons) or "无"
            outcome = policy.outcomes[str(result.outcome)]
            filled = line.replace('结论应为"待填"', f'结论应为"{outcome}"').replace(
                '理由应恰为"待填"', f'理由应恰为"{told}"'
            )
        made.append(filled)
    return "\n".join(made) + "\n"


@pytest.mark.parametrize("name", ["nanan", "mawei-2011"])
def test_filled_in_they_pass_and_then_every_change_of_the_rules_is_noticed(name: str, tmp_path: Path) -> None:
    """The person's answers are played by the rulebook itself: what is tested is what the scenarios notice."""
    rules, thin, out = ROOT / "rules" / name, tmp_path / "features" / name, tmp_path / "proposed"
    shutil.copytree(ROOT / "features" / name, thin)
    assert mutation_report(run_specification(rules, thin)).survivors
    show_scenarios(rules, thin, out=out, seconds=30, lang="zh", json=False)
    for path in out.glob("*.feature"):
        shutil.copy(path, thin / f"更多-{path.name}")
    specification = run_specification(rules, thin)
    assert not specification.holds  # what is to be filled in fails until it is
    for path in thin.glob("更多-*.feature"):
        trials = (trial for trial in specification.trials if trial.feature.path == path.name)
        text = path.read_text(encoding="utf-8")
        path.write_text(answered(text, trials, specification.policy), encoding="utf-8")
    done = run_specification(rules, thin)
    assert done.holds
    report = mutation_report(done)
    assert [each.mutant.question for each in report.survivors] == []
    assert report.killed > report.counted // 2
    lack = missing_scenarios(rules, thin)
    assert (lack.scenarios, lack.unnoticed) == ((), ())


@pytest.fixture(scope="module")
def whole() -> Lack:
    """What the features of a small rulebook lack."""
    return missing_scenarios(RULES, ROOT / "features")


def test_pairs_for_which_the_time_does_not_suffice_are_counted(whole: Lack, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = sum(each.kind == "pair" for each in whole.scenarios)
    assert pairs and not whole.untried
    monkeypatch.setattr("eligibility.proving.search.Search.remaining", property(lambda _: 0.0))
    hurried = missing_scenarios(RULES, ROOT / "features")
    assert len(hurried.untried) >= pairs
    assert not [each for each in hurried.scenarios if each.kind == "pair"]
    assert hurried.unnoticed  # and no change is taken for one that alters nothing


def test_an_outcome_of_an_article_that_nobody_has_read_is_left_to_a_person(whole: Lack) -> None:
    lacking, clauses = whole.scenarios, whole.specification.policy.clauses
    assert lacking
    for each in lacking:
        if not clauses[each.clause].citation.quote and each.expects != ("本规则当日应尚未施行",):
            assert each.outcome == TO_FILL
