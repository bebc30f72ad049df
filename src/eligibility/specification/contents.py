"""Contents of the living document: a chapter per clause, the stories, and the matrix of clauses and scenarios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from eligibility.model.policy import Clause
from eligibility.model.truth import Truth
from eligibility.specification.features import Examples, Feature, Scenario
from eligibility.specification.run import Result, Specification, Trial


@dataclass(frozen=True)
class ScenarioResult:
    """One scenario with the results of its rows, table by table. `anchor` is its HTML anchor."""

    scenario: Scenario
    anchor: str
    tables: tuple[tuple[Examples, tuple[Trial, ...]], ...]

    @property
    def trials(self) -> tuple[Trial, ...]:
        """Every row, in order."""
        return tuple(trial for _, rows in self.tables for trial in rows)

    @property
    def passed(self) -> bool:
        """Whether every row came out as expected."""
        return all(trial.result is Result.PASSED for trial in self.trials)


@dataclass(frozen=True)
class FeatureResult:
    """One feature file, its scenario results grouped by rule."""

    feature: Feature
    rules: tuple[tuple[str, tuple[ScenarioResult, ...]], ...]

    @property
    def scenario_results(self) -> tuple[ScenarioResult, ...]:
        """Every scenario, in order."""
        return tuple(scenario_result for _, scenario_results in self.rules for scenario_result in scenario_results)

    @property
    def rows(self) -> int:
        """Rows in all scenarios."""
        return sum(len(scenario_result.trials) for scenario_result in self.scenario_results)

    @property
    def passed(self) -> bool:
        """Whether every row came out as expected."""
        return all(scenario_result.passed for scenario_result in self.scenario_results)


@dataclass(frozen=True)
class Chapter:
    """One clause, its own features, and the stories with its tag."""

    clause: Clause
    parts: tuple[FeatureResult, ...]
    mentioned_in: tuple[Feature, ...]


@dataclass(frozen=True)
class MatrixRow:
    """One scenario in the matrix: for each clause the number of rows in which it is proven, refuted and open."""

    scenario_result: ScenarioResult
    own: str
    marks: tuple[tuple[str, Counter[Truth]], ...]


@dataclass(frozen=True)
class Matrix:
    """Clauses in order; rows of scenarios grouped by feature; and the sums of each clause."""

    clauses: tuple[Clause, ...]
    groups: tuple[tuple[Feature, tuple[MatrixRow, ...]], ...]
    sums: tuple[Counter[Truth], ...]


def chapters(specification: Specification) -> tuple[Chapter, ...]:
    """Return a chapter per clause, in the order of the rulebook; a clause without a feature has no parts."""
    parts = _parts(specification)
    return tuple(
        Chapter(
            clause,
            tuple(part for part in parts if part.feature.clause == clause.id),
            tuple(p.feature for p in parts if p.feature.clause != clause.id and clause.id in p.feature.tags),
        )
        for clause in specification.policy.clauses.values()
    )


def stories(specification: Specification) -> tuple[FeatureResult, ...]:
    """Return the features that do not belong to a single clause."""
    return tuple(part for part in _parts(specification) if part.feature.clause not in specification.policy.clauses)


def matrix(specification: Specification) -> Matrix:
    """Return the matrix of the marks of all clauses in all scenarios."""
    clauses = tuple(specification.policy.clauses.values())
    groups = tuple(
        (
            part.feature,
            tuple(_line(scenario_result, part.feature.clause, clauses) for scenario_result in part.scenario_results),
        )
        for part in _in_order(_parts(specification), clauses)
    )
    sums = [_marks(specification.trials, clause) for clause in clauses]
    return Matrix(clauses, groups, tuple(sums))


def _parts(specification: Specification) -> tuple[FeatureResult, ...]:
    by_place: dict[tuple[str, int], list[Trial]] = {}
    for trial in specification.trials:
        by_place.setdefault((trial.feature.path, trial.scenario.line), []).append(trial)
    return tuple(_part(feature, f"f{i}", by_place) for i, feature in enumerate(specification.features))


def _part(feature: Feature, anchor: str, by_place: dict[tuple[str, int], list[Trial]]) -> FeatureResult:
    scenario_results = [
        ScenarioResult(
            scenario, f"{anchor}-{scenario.line}", tuple(_tables(scenario, by_place[feature.path, scenario.line]))
        )
        for scenario in feature.scenarios
        if (feature.path, scenario.line) in by_place
    ]
    return FeatureResult(
        feature, tuple((rule, tuple(some)) for rule, some in groupby(scenario_results, lambda t: t.scenario.rule))
    )


def _tables(scenario: Scenario, trials: Sequence[Trial]) -> Iterator[tuple[Examples, tuple[Trial, ...]]]:
    done = 0
    for table in scenario.examples:
        yield table, tuple(trials[done : done + len(table.rows)])
        done += len(table.rows)


def _in_order(parts: Iterable[FeatureResult], clauses: Sequence[Clause]) -> list[FeatureResult]:
    """Return the features in the order of their clauses, the stories last."""
    order = {clause.id: i for i, clause in enumerate(clauses)}
    return sorted(parts, key=lambda part: (order.get(part.feature.clause, len(order)), part.feature.path))


def _line(scenario_result: ScenarioResult, own: str, clauses: Iterable[Clause]) -> MatrixRow:
    return MatrixRow(
        scenario_result, own, tuple((clause.id, _marks(scenario_result.trials, clause)) for clause in clauses)
    )


def _marks(trials: Iterable[Trial], clause: Clause) -> Counter[Truth]:
    results = (trial.case_result for trial in trials if trial.case_result is not None)
    return Counter(result.clauses[clause.id] for result in results if clause.id in result.clauses)
