"""The sentences of feature files, executed by pytest-bdd; their meaning is in `eligibility.specification`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from eligibility.specification.case import RulebookLoader, ScenarioState
from eligibility.specification.case_result import CaseResult
from eligibility.specification.case_runner import CaseRunner
from eligibility.specification.features import Step, StepType
from eligibility.specification.run import run_specification
from eligibility.specification.sentences import apply_step, expectation

ROOT = Path(__file__).parents[2]
WHOLE_SENTENCE = parsers.re("(?P<text>.+)")


@cache
def runner_of(rulebook: str) -> CaseRunner:
    """All cases of a regime evaluated in one batch, because one by one they would take most of the time of the suite."""
    rules, features = ROOT / "rules" / rulebook, ROOT / "features"
    if (features / rulebook).is_dir():
        return run_specification(rules, features).runner
    return CaseRunner(RulebookLoader(rules, features / rulebook))


@pytest.fixture
def scenario() -> ScenarioState:
    """State of this scenario after the steps so far."""
    return ScenarioState()


@pytest.fixture
def datatable() -> list[list[str]]:
    """The table of a step that has none."""
    return []


@given(WHOLE_SENTENCE)
def state(scenario: ScenarioState, text: str, datatable: list[list[str]]) -> None:
    apply_step(scenario, Step(StepType.GIVEN, text, tuple(tuple(row) for row in datatable)))


@when(WHOLE_SENTENCE, target_fixture="case_result")
def ask(scenario: ScenarioState, text: str) -> CaseResult | None:
    apply_step(scenario, Step(StepType.WHEN, text))
    return runner_of(scenario.rulebook).run_case(scenario)


@then(WHOLE_SENTENCE)
def expect(case_result: CaseResult | None, text: str) -> None:
    check = expectation(text)(case_result)
    assert check.holds, f"{check.says}：应为 {check.expected}，实为 {check.actual}"
