"""`eligibility spec` as a person runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eligibility.cli.app import app
from eligibility.model.diagnostic import InputError

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules" / "km-reform"


def small(tmp_path: Path, outcome: str) -> Path:
    folder = tmp_path / "km-reform"
    folder.mkdir()
    shutil.copy(ROOT / "features" / "km-reform" / "其余条件.yaml", folder)
    (folder / "adult.feature").write_text(
        f"""# language: zh-CN
功能: 年龄
  场景: 未满
    假如 其余条件均已成立
    并且 申请人的"批准日年龄"为"15岁"
    当 按"km-reform"于"2022-10-31"审核
    那么 结论应为"{outcome}"
""",
        encoding="utf-8",
    )
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    result = CliRunner(env={"ELIGIBILITY_LANG": "zh"}).invoke(app, list(words))
    if isinstance(result.exception, InputError):
        raise result.exception
    return result.exit_code, result.output


def test_what_holds_is_said_and_written(tmp_path: Path) -> None:
    page = tmp_path / "out" / "spec.html"
    features = str(small(tmp_path, "备案登记"))
    code, said = run("spec", "--rules", str(RULES), "--features", features, "--html", str(page))
    assert code == 0
    assert "1 个案例，1 个通过" in said
    assert "✓ 批准日已满十六周岁 adult  1 例" in said
    assert "✗ 审核日健在 alive  没有场景" in said
    assert "1 个案例全部通过" in page.read_text(encoding="utf-8")


def test_what_fails_is_told_with_its_line_and_ends_with_status_2(tmp_path: Path) -> None:
    page = tmp_path / "spec.html"
    code, said = run(
        "spec", "--rules", str(RULES), "--features", str(small(tmp_path, "不符合")), "--html", str(page), "--mutants"
    )
    assert code == 2
    assert "adult.feature:3" in said
    assert "应为：不符合" in said
    assert "实为：备案登记" in said
    assert "先不试变体" in said
    assert "1 个案例中 1 个未通过" in page.read_text(encoding="utf-8")


def test_json_says_the_same_and_lists_the_questions(tmp_path: Path) -> None:
    features = str(small(tmp_path, "备案登记"))
    code, said = run("spec", "--rules", str(RULES), "--features", features, "--json", "--mutants")
    told = json.loads(said)
    assert code == 0
    assert told["counts"] == {"passed": 1, "failed": 0, "broken": 0}
    assert told["results"][0]["clauses"]["adult"] == "refuted"
    mutants = told["mutants"]
    assert mutants["killed"] + len(mutants["survivors"]) == mutants["counted"]
    assert all("是否有意？" in one["question"] for one in mutants["survivors"])
    assert all(one["why"] for one in mutants["equivalent"])


def test_features_that_are_not_there_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no_features"):
        run("spec", "--rules", str(RULES), "--features", str(tmp_path))
