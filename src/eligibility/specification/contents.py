"""What stands in the living document: a chapter a clause, the stories, and the matrix clause × scenario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from eligibility.domain.mark import Mark
from eligibility.domain.policy import Clause
from eligibility.specification.features import Examples, Feature, Scenario
from eligibility.specification.run import Result, Specification, Trial


@dataclass(frozen=True)
class Telling:
    """One scenario with its rows as they came out, table by table. `anchor` is its place in the page."""

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
class Part:
    """One feature file, its scenarios under the rules it names."""

    feature: Feature
    rules: tuple[tuple[str, tuple[Telling, ...]], ...]

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """Every scenario, in order."""
        return tuple(telling for _, tellings in self.rules for telling in tellings)

    @property
    def rows(self) -> int:
        """Rows in all scenarios."""
        return sum(len(telling.trials) for telling in self.tellings)

    @property
    def passed(self) -> bool:
        """Whether every row came out as expected."""
        return all(telling.passed for telling in self.tellings)


@dataclass(frozen=True)
class Chapter:
    """One clause, its own features, and the stories that bear its tag."""

    clause: Clause
    parts: tuple[Part, ...]
    told_in: tuple[Feature, ...]


@dataclass(frozen=True)
class Line:
    """One scenario in the matrix: of each clause how many of its rows found it proven, refuted and open."""

    telling: Telling
    own: str
    marks: tuple[tuple[str, Counter[Mark]], ...]


@dataclass(frozen=True)
class Matrix:
    """Clauses in reading order; feature by feature a line a scenario; and the sums of each clause."""

    clauses: tuple[Clause, ...]
    groups: tuple[tuple[Feature, tuple[Line, ...]], ...]
    sums: tuple[Counter[Mark], ...]


def chapters(specification: Specification) -> tuple[Chapter, ...]:
    """A chapter a clause, in the order of the rulebook; a clause without a feature has no parts."""
    parts = _parts(specification)
    return tuple(
        Chapter(
            clause,
            tuple(part for part in parts if part.feature.clause == clause.id),
            tuple(p.feature for p in parts if p.feature.clause != clause.id and clause.id in p.feature.tags),
        )
        for clause in specification.policy.clauses.values()
    )


def stories(specification: Specification) -> tuple[Part, ...]:
    """The features that belong to no clause alone."""
    return tuple(part for part in _parts(specification) if part.feature.clause not in specification.policy.clauses)


def matrix(specification: Specification) -> Matrix:
    """Which scenario finds which clause proven, refuted or open."""
    clauses = tuple(specification.policy.clauses.values())
    groups = tuple(
        (part.feature, tuple(_line(telling, part.feature.clause, clauses) for telling in part.tellings))
        for part in _in_order(_parts(specification), clauses)
    )
    heard = [_marks(specification.trials, clause) for clause in clauses]
    return Matrix(clauses, groups, tuple(heard))


def _parts(specification: Specification) -> tuple[Part, ...]:
    by_place: dict[tuple[str, int], list[Trial]] = {}
    for trial in specification.trials:
        by_place.setdefault((trial.feature.path, trial.scenario.line), []).append(trial)
    return tuple(_part(feature, f"f{i}", by_place) for i, feature in enumerate(specification.features))


def _part(feature: Feature, anchor: str, by_place: dict[tuple[str, int], list[Trial]]) -> Part:
    tellings = [
        Telling(scenario, f"{anchor}-{scenario.line}", tuple(_tables(scenario, by_place[feature.path, scenario.line])))
        for scenario in feature.scenarios
        if (feature.path, scenario.line) in by_place
    ]
    return Part(feature, tuple((rule, tuple(some)) for rule, some in groupby(tellings, lambda t: t.scenario.rule)))


def _tables(scenario: Scenario, trials: Sequence[Trial]) -> Iterator[tuple[Examples, tuple[Trial, ...]]]:
    done = 0
    for table in scenario.examples:
        yield table, tuple(trials[done : done + len(table.rows)])
        done += len(table.rows)


def _in_order(parts: Iterable[Part], clauses: Sequence[Clause]) -> list[Part]:
    """Features as their clauses are read, the stories last."""
    order = {clause.id: i for i, clause in enumerate(clauses)}
    return sorted(parts, key=lambda part: (order.get(part.feature.clause, len(order)), part.feature.path))


def _line(telling: Telling, own: str, clauses: Iterable[Clause]) -> Line:
    return Line(telling, own, tuple((clause.id, _marks(telling.trials, clause)) for clause in clauses))


def _marks(trials: Iterable[Trial], clause: Clause) -> Counter[Mark]:
    heard = (trial.heard for trial in trials if trial.heard is not None)
    return Counter(one.clauses[clause.id] for one in heard if clause.id in one.clauses)
