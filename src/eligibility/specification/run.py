"""Executes a specification: evaluates the case of every row of every scenario, and checks its expectations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.specification.case import Case, RulebookLoader, ScenarioState, SentenceError
from eligibility.specification.case_result import CaseResult
from eligibility.specification.case_runner import CaseRunner
from eligibility.specification.features import Feature, Row, Scenario, read_features
from eligibility.specification.sentences import Check, Expectation, apply_step


class Result(StrEnum):
    """Result of a row: as expected, not as expected, or not executable."""

    PASSED = "passed"
    FAILED = "failed"
    BROKEN = "broken"


@dataclass(frozen=True)
class Trial:
    """One row of a scenario with its case, its expectations, the result of the case, and the checks.

    `fault` is the reason why the row could not be executed; there are no checks in that case.
    """

    feature: Feature
    scenario: Scenario
    row: Row
    case: Case | None
    expectations: tuple[Expectation, ...]
    case_result: CaseResult | None
    checks: tuple[Check, ...]
    fault: Bilingual | None

    @property
    def result(self) -> Result:
        """Result of the row."""
        if self.fault is not None:
            return Result.BROKEN
        return Result.PASSED if all(check.holds for check in self.checks) else Result.FAILED


@dataclass(frozen=True)
class Specification:
    """A rulebook with its executed features. `policy` is the rulebook on the last day that a scenario requests."""

    policy: Policy
    features: tuple[Feature, ...]
    trials: tuple[Trial, ...]
    runner: CaseRunner

    def count(self, result: Result) -> int:
        """Return the number of rows with this result."""
        return sum(trial.result is result for trial in self.trials)

    @property
    def holds(self) -> bool:
        """Whether every row passed."""
        return self.count(Result.PASSED) == len(self.trials)


def run_specification(rules: Path, features: Path) -> Specification:
    """Execute the features of the rulebook in folder `rules`.

    `features` is the folder of all regimes' features, or that of this regime. Raises InputError if the rule files or the
    feature files cannot be read, or if no scenario requests this rulebook on a day on which it is in force.
    """
    folder = features_of(rules, features)
    read = read_features(folder)
    runner = CaseRunner(RulebookLoader(rules, folder))
    prepared = list(_prepared(read, runner.loader))
    verdicts = runner.run_all(trial.case for trial in prepared if trial.case is not None)
    trials = tuple(_checked(trial, verdicts) for trial in prepared)
    return Specification(_main_policy(trials, rules), read, trials, runner)


def features_of(rules: Path, features: Path) -> Path:
    """Return the folder of a rulebook's features: the one with its name, or `features` if it contains feature files."""
    own = features / rules.resolve().name
    if own.is_dir():
        return own
    if any(features.glob("*.feature")):
        return features
    problem = Bilingual(
        f"没有本规则的场景（{own.as_posix()}）", f"there are no features of this rulebook ({own.as_posix()})"
    )
    remedy = Bilingual(
        "请为本规则写场景，或用 --features 指明另一规则的场景目录，如 features/km-reform",
        "write features for it, or name those of another rulebook with --features, such as features/km-reform",
    )
    raise InputError(Diagnostic("no_features", SourceLocation(features.as_posix()), problem, remedy))


def prepare(row: Row, loader: RulebookLoader) -> tuple[Case, tuple[Expectation, ...]]:
    """Return the case that a row states, and its expectations. Raises SentenceError."""
    state = ScenarioState()
    steps = [apply_step(state, step) for step in row.steps]
    expected = tuple(expectation for expectation in steps if expectation is not None)
    case = loader.case(state)
    if not expected:
        raise SentenceError(Bilingual("场景没有“那么”一句，什么也没有检验", "the scenario expects nothing"))
    return case, expected


def _prepared(features: Iterable[Feature], loader: RulebookLoader) -> Iterator[Trial]:
    for feature in features:
        for scenario in feature.scenarios:
            for row in scenario.rows:
                try:
                    case, expected = prepare(row, loader)
                    yield Trial(feature, scenario, row, case, expected, None, (), None)
                except SentenceError as bad:
                    yield Trial(feature, scenario, row, None, (), None, (), bad.problem)


def _checked(trial: Trial, verdicts: Mapping[Case, CaseResult | None]) -> Trial:
    if trial.case is None:
        return trial
    case_result = verdicts[trial.case]
    whole = (trial.feature, trial.scenario, trial.row, trial.case, trial.expectations, case_result)
    try:
        return Trial(*whole, tuple(expect(case_result) for expect in trial.expectations), None)
    except SentenceError as bad:
        return Trial(*whole, (), bad.problem)


def _main_policy(trials: Iterable[Trial], rules: Path) -> Policy:
    """Return the rulebook on the last requested day, preferably without trial values of parameters."""
    policies = [(trial.case.request, trial.case_result.policy) for trial in trials if trial.case and trial.case_result]
    if policies:
        return max(policies, key=lambda pair: (not pair[0].trying, pair[0].day))[1]
    faults = [f"{trial.feature.path}:{trial.row.line} {trial.fault.zh}" for trial in trials if trial.fault][:3]
    problem = Bilingual(f"没有一个场景得出结论。{'；'.join(faults)}", "no scenario came to a verdict")
    remedy = Bilingual("请先改正场景中的句子", "mend the sentences of the scenarios first")
    raise InputError(Diagnostic("no_verdict", SourceLocation(rules.as_posix()), problem, remedy))
