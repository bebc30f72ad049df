"""A specification executed: every row of every scenario, its case judged in a batch, its expectations held against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.policy import Policy
from eligibility.specification.bench import Bench
from eligibility.specification.case import BadSentence, Case, Said, Shelf
from eligibility.specification.features import Feature, Row, Scenario, read_features
from eligibility.specification.heard import Heard
from eligibility.specification.sentences import Check, Expectation, hear


class Result(StrEnum):
    """How a row came out: as expected, otherwise, or it could not be executed."""

    PASSED = "passed"
    FAILED = "failed"
    BROKEN = "broken"


@dataclass(frozen=True)
class Trial:
    """One row of a scenario with its case, its expectations, the verdict, and what came of them.

    `fault` says why the row could not be executed; then there are no checks.
    """

    feature: Feature
    scenario: Scenario
    row: Row
    case: Case | None
    expectations: tuple[Expectation, ...]
    heard: Heard | None
    checks: tuple[Check, ...]
    fault: Text | None

    @property
    def result(self) -> Result:
        """How the row came out."""
        if self.fault is not None:
            return Result.BROKEN
        return Result.PASSED if all(check.holds for check in self.checks) else Result.FAILED


@dataclass(frozen=True)
class Specification:
    """A rulebook with its features, executed. `policy` is the rulebook on the last day that a scenario asked."""

    policy: Policy
    features: tuple[Feature, ...]
    trials: tuple[Trial, ...]
    bench: Bench

    def count(self, result: Result) -> int:
        """Rows that came out so."""
        return sum(trial.result is result for trial in self.trials)

    @property
    def holds(self) -> bool:
        """Whether every row came out as expected."""
        return self.count(Result.PASSED) == len(self.trials)


def run_specification(rules: Path, features: Path) -> Specification:
    """Execute the features of the rulebook in folder `rules`.

    `features` is the folder of all regimes' features, or that of this regime alone. Raises Unusable where the rule
    files or the feature files cannot be read, or where no scenario asks this rulebook on a day it is in force.
    """
    folder = features_of(rules, features)
    read = read_features(folder)
    bench = Bench(Shelf(rules, folder))
    prepared = list(_prepared(read, bench.shelf))
    verdicts = bench.hear_all(trial.case for trial in prepared if trial.case is not None)
    trials = tuple(_held(trial, verdicts) for trial in prepared)
    return Specification(_main_policy(trials, rules), read, trials, bench)


def features_of(rules: Path, features: Path) -> Path:
    """The folder of a rulebook's features: that of its name, or `features` itself where feature files stand in it."""
    own = features / rules.resolve().name
    if own.is_dir():
        return own
    if any(features.glob("*.feature")):
        return features
    said = Text(f"没有本规则的场景（{own.as_posix()}）", f"there are no features of this rulebook ({own.as_posix()})")
    remedy = Text(
        "请为本规则写场景，或用 --features 指明另一规则的场景目录，如 features/km-reform",
        "write features for it, or name those of another rulebook with --features, such as features/km-reform",
    )
    raise Unusable(Finding("no_features", Source(features.as_posix()), said, remedy))


def prepare(row: Row, shelf: Shelf) -> tuple[Case, tuple[Expectation, ...]]:
    """The case that a row states, and what it expects. Raises BadSentence."""
    said = Said()
    heard = [hear(said, step) for step in row.steps]
    expected = tuple(one for one in heard if one is not None)
    case = shelf.case(said)
    if not expected:
        raise BadSentence(Text("场景没有“那么”一句，什么也没有检验", "the scenario expects nothing"))
    return case, expected


def _prepared(features: Iterable[Feature], shelf: Shelf) -> Iterator[Trial]:
    for feature in features:
        for scenario in feature.scenarios:
            for row in scenario.rows:
                try:
                    case, expected = prepare(row, shelf)
                    yield Trial(feature, scenario, row, case, expected, None, (), None)
                except BadSentence as bad:
                    yield Trial(feature, scenario, row, None, (), None, (), bad.said)


def _held(trial: Trial, verdicts: Mapping[Case, Heard | None]) -> Trial:
    if trial.case is None:
        return trial
    heard = verdicts[trial.case]
    whole = (trial.feature, trial.scenario, trial.row, trial.case, trial.expectations, heard)
    try:
        return Trial(*whole, tuple(expect(heard) for expect in trial.expectations), None)
    except BadSentence as bad:
        return Trial(*whole, (), bad.said)


def _main_policy(trials: Iterable[Trial], rules: Path) -> Policy:
    """The rulebook on the last day asked, as it is rather than with a parameter tried."""
    heard = [(trial.case.asked, trial.heard.policy) for trial in trials if trial.case and trial.heard]
    if heard:
        return max(heard, key=lambda pair: (not pair[0].trying, pair[0].day))[1]
    faults = [f"{trial.feature.path}:{trial.row.line} {trial.fault.zh}" for trial in trials if trial.fault][:3]
    said = Text(f"没有一个场景得出结论。{'；'.join(faults)}", "no scenario came to a verdict")
    remedy = Text("请先改正场景中的句子", "mend the sentences of the scenarios first")
    raise Unusable(Finding("no_verdict", Source(rules.as_posix()), said, remedy))
