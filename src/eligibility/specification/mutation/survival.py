"""Which mutants the feature files notice. Each case is decided again by the second evaluator, only where a slip reaches.

The first evaluator (DuckDB and durable-rules) has judged the rulebook as it is; before any mutant is tried, the second
must have come to the same on every case, so that a mutant is killed by its slip and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy
from eligibility.engine import Disagreement
from eligibility.engine.reference_conditions import evaluate_condition, evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.sensitivity import Sensitivity
from eligibility.engine.verdict import RuleResult
from eligibility.specification.case import Asked, BadSentence
from eligibility.specification.heard import Heard
from eligibility.specification.mutation.equivalence import argument
from eligibility.specification.mutation.mutant import Mutant
from eligibility.specification.run import Specification, Trial

Marks = dict[str, Mark]


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: the row that noticed it, or the argument why nobody could, or neither: it survives."""

    mutant: Mutant
    killer: Trial | None
    equivalent: Text | None

    @property
    def survives(self) -> bool:
        """Whether the features leave it standing although it decides otherwise."""
        return self.killer is None and self.equivalent is None


@dataclass(frozen=True)
class _Line:
    """One case with its facts and marks, and every row that looks at it."""

    facts: Mapping[str, Any]
    marks: Marks
    trials: tuple[Trial, ...]


def fates(specification: Specification, mutants: Iterable[Mutant]) -> Iterator[Fate]:
    """Try the mutants in turn. Raises Unusable unless the specification holds to begin with."""
    if not specification.holds:
        said = Text("有场景未通过，不能试变体", "a scenario fails: mutants cannot be tried")
        remedy = Text("请先执行 eligibility spec 并改正", "run eligibility spec and mend it first")
        raise Unusable(Finding("specification_fails", Source(specification.policy.id), said, remedy))
    field = _Field(specification)
    for mutant in mutants:
        killer = field.killer(mutant)
        yield Fate(mutant, killer, None if killer else argument(mutant, specification.policy))


class _Field:
    """The cases of a specification, by the policy they ask, with marks by the second evaluator."""

    def __init__(self, specification: Specification) -> None:
        self._main = specification.policy
        self._policies: dict[Asked, Policy | None] = {}
        self._lines: dict[Asked, list[_Line]] = {}
        by_case: dict[Any, list[Trial]] = {}
        for trial in specification.trials:
            by_case.setdefault(trial.case, []).append(trial)
        for case, trials in by_case.items():
            policy = self._policies.setdefault(case.asked, specification.bench.shelf.policy(case.asked))
            facts = dict(case.facts or ())
            marks = {} if policy is None else evaluate_conditions(policy, facts)
            self._lines.setdefault(case.asked, []).append(_Line(facts, marks, tuple(trials)))
            _agreed(policy, marks, trials[0].heard)

    def killer(self, mutant: Mutant) -> Trial | None:
        """The first row that no longer comes out as expected, those of the clauses concerned first."""
        for asked, policy in self._policies.items():
            found = self._late(asked, mutant) if policy is None else self._among(asked, policy, mutant)
            if found is not None:
                return found
        return None

    def _among(self, asked: Asked, policy: Policy, mutant: Mutant) -> Trial | None:
        changed = mutant.apply(policy)
        if changed is policy:
            return None
        if asked.day < changed.in_force_from:
            return _first_failing(self._lines[asked], None)
        bar = _Bar(changed)
        for line in sorted(self._lines[asked], key=lambda line: not _concerned(line, mutant)):
            marks = line.marks | {
                c: evaluate_condition(changed.conditions[c].expression, line.facts, changed.facts)
                for c in mutant.conditions
            }
            if mutant.law or marks != line.marks:
                heard = bar.hear(marks)
                found = next((trial for trial in line.trials if not _passes(trial, heard)), None)
                if found is not None:
                    return found
        return None

    def _late(self, asked: Asked, mutant: Mutant) -> Trial | None:
        """A case asked before the rulebook was in force: noticed where the slip puts it in force."""
        changed = mutant.apply(self._main)
        if asked.day < changed.in_force_from:
            return None
        nothing = dict.fromkeys(changed.conditions, Mark.OPEN)
        return _first_failing(self._lines[asked], _Bar(changed).hear(nothing))


class _Bar:
    """The second evaluator on one policy, each vector of marks once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._heard: dict[tuple[Mark, ...], Heard] = {}

    @cached_property
    def _sensitivity(self) -> Sensitivity:
        return Sensitivity(self._policy)

    def hear(self, marks: Marks) -> Heard:
        """The verdict on these marks."""
        key = tuple(marks.values())
        if key not in self._heard:
            ruling = evaluate_case(self._policy, marks)
            self._heard[key] = self._told(marks, ruling)
        return self._heard[key]

    def _told(self, marks: Marks, ruling: RuleResult) -> Heard:
        def rests() -> tuple[str, ...]:
            return self._sensitivity.assumed(marks, ruling.outcome, ruling.clauses)

        return Heard(self._policy, marks, ruling.outcome, ruling.reasons, ruling.clauses, rests)


def _agreed(policy: Policy | None, marks: Marks, heard: Heard | None) -> None:
    if policy is None or heard is None:
        return
    ruling = evaluate_case(policy, marks)
    first = (dict(heard.marks), str(heard.outcome), heard.reasons, dict(heard.clauses))
    second = (marks, str(ruling.outcome), ruling.reasons, ruling.clauses)
    if first != second:
        raise Disagreement("specification", "verdict", first, second)


def _concerned(line: _Line, mutant: Mutant) -> bool:
    return any(trial.feature.clause in mutant.clauses for trial in line.trials)


def _first_failing(lines: Sequence[_Line], heard: Heard | None) -> Trial | None:
    return next((trial for line in lines for trial in line.trials if not _passes(trial, heard)), None)


def _passes(trial: Trial, heard: Heard | None) -> bool:
    """Whether all that the row expects still holds; a clause that is gone cannot be as expected."""
    try:
        return all(expect(heard).holds for expect in trial.expectations)
    except BadSentence:
        return False
