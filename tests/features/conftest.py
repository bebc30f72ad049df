"""The sentences of feature files, executed by pytest-bdd. What they mean is said in `eligibility.specification`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from eligibility.specification.bench import Bench
from eligibility.specification.case import Said, Shelf
from eligibility.specification.features import Step, Voice
from eligibility.specification.heard import Heard
from eligibility.specification.run import run_specification
from eligibility.specification.sentences import expectation, hear

ROOT = Path(__file__).parents[2]
WHOLE_SENTENCE = parsers.re("(?P<text>.+)")


@cache
def bench_of(rulebook: str) -> Bench:
    """All cases of a regime judged in one batch, for one by one they would take most of the suite's time."""
    rules, features = ROOT / "rules" / rulebook, ROOT / "features"
    if (features / rulebook).is_dir():
        return run_specification(rules, features).bench
    return Bench(Shelf(rules, features / rulebook))


@pytest.fixture
def said() -> Said:
    """What this scenario has said so far."""
    return Said()


@pytest.fixture
def datatable() -> list[list[str]]:
    """The table of a step that has none."""
    return []


@given(WHOLE_SENTENCE)
def state(said: Said, text: str, datatable: list[list[str]]) -> None:
    hear(said, Step(Voice.GIVEN, text, tuple(tuple(row) for row in datatable)))


@when(WHOLE_SENTENCE, target_fixture="heard")
def ask(said: Said, text: str) -> Heard | None:
    hear(said, Step(Voice.WHEN, text))
    return bench_of(said.rulebook).hear(said)


@then(WHOLE_SENTENCE)
def expect(heard: Heard | None, text: str) -> None:
    check = expectation(text)(heard)
    assert check.holds, f"{check.says}：应为 {check.expected}，实为 {check.actual}"
