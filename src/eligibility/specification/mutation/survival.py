"""Runs the feature files against each mutant and records which are killed; only affected cases are re-evaluated.

The rule engine (DuckDB and durable-rules) has evaluated the original rulebook. Before any mutant is run, the reference
evaluator must agree with it on every case, so that a mutant is killed by its mutation and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from eligibility.engine import DisagreementError
from eligibility.engine.reference_conditions import evaluate_condition, evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.sensitivity import Sensitivity
from eligibility.engine.verdict import RuleResult
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.model.readings import MARK, with_readings
from eligibility.model.truth import Truth
from eligibility.specification.case import EvaluationRequest, SentenceError
from eligibility.specification.case_result import CaseResult
from eligibility.specification.mutation.equivalence import equivalence
from eligibility.specification.mutation.mutant import Mutant
from eligibility.specification.run import Specification, Trial

Marks = dict[str, Truth]


@dataclass(frozen=True)
class MutantResult:
    """Result of a mutant: the row that detects it, or the proof of equivalence, or neither, in which case it survives."""

    mutant: Mutant
    killer: Trial | None
    equivalent: Bilingual | None

    @property
    def survives(self) -> bool:
        """Whether no row detects the mutant although it is not proven equivalent."""
        return self.killer is None and self.equivalent is None


@dataclass(frozen=True)
class TestedCase:
    """One case with its facts and marks, and every row that uses it."""

    facts: Mapping[str, Any]
    marks: Marks
    trials: tuple[Trial, ...]


def run_mutants(specification: Specification, mutants: Iterable[Mutant]) -> Iterator[MutantResult]:
    """Run the mutants one by one. Raises InputError if the unmutated specification fails."""
    if not specification.holds:
        problem = Bilingual("有场景未通过，不能试变体", "a scenario fails: mutants cannot be tried")
        remedy = Bilingual("请先执行 eligibility spec 并改正", "run eligibility spec and mend it first")
        raise InputError(Diagnostic("specification_fails", SourceLocation(specification.policy.id), problem, remedy))
    harness, prover = MutationHarness(specification), equivalence(specification)
    for mutant in mutants:
        killer = harness.killer(mutant)
        yield MutantResult(mutant, killer, None if killer else prover.proof(mutant))


class MutationHarness:
    """The cases of a specification by requested policy, with marks of the reference evaluator."""

    def __init__(self, specification: Specification) -> None:
        self._main = specification.policy
        self._policies: dict[EvaluationRequest, Policy | None] = {}
        self._lines: dict[EvaluationRequest, list[TestedCase]] = {}
        by_case: dict[Any, list[Trial]] = {}
        for trial in specification.trials:
            by_case.setdefault(trial.case, []).append(trial)
        for case, trials in by_case.items():
            policy = self._policies.setdefault(case.request, specification.runner.loader.policy(case.request))
            facts = dict(case.facts or ())
            marks = {} if policy is None else evaluate_conditions(policy, facts)
            self._lines.setdefault(case.request, []).append(TestedCase(facts, marks, tuple(trials)))
            _agreed(policy, marks, trials[0].case_result)

    def killer(self, mutant: Mutant) -> Trial | None:
        """Return the first row that fails under the mutant, rows of the affected clauses first."""
        for request, policy in self._policies.items():
            killer = self._late(request, mutant) if policy is None else self._among(request, policy, mutant)
            if killer is not None:
                return killer
        return None

    def _among(self, request: EvaluationRequest, policy: Policy, mutant: Mutant) -> Trial | None:
        changed = mutant.apply(policy)
        if changed is policy:
            return None
        if request.day < changed.in_force_from:
            return _first_failing(self._lines[request], None)
        changed = with_readings(changed)
        again = mutant.conditions | {name for name in changed.conditions if name.endswith(MARK)}
        runner = ReferenceRunner(changed)
        for line in sorted(self._lines[request], key=lambda line: not _concerned(line, mutant)):
            marks = line.marks | {
                c: evaluate_condition(changed.conditions[c].expression, line.facts, changed.facts) for c in again
            }
            marks = {name: marks[name] for name in changed.conditions}
            if mutant.law or marks != line.marks:
                case_result = replace(runner.run_case(marks), facts=line.facts)
                killer = next((trial for trial in line.trials if not _passes(trial, case_result)), None)
                if killer is not None:
                    return killer
        return None

    def _late(self, request: EvaluationRequest, mutant: Mutant) -> Trial | None:
        """Return a failing row requested before the rulebook was in force, if the mutation puts it in force."""
        changed = mutant.apply(self._main)
        if request.day < changed.in_force_from:
            return None
        changed = with_readings(changed)
        unknown = dict.fromkeys(changed.conditions, Truth.OPEN)
        return _first_failing(self._lines[request], ReferenceRunner(changed).run_case(unknown))


class ReferenceRunner:
    """The reference evaluator on one policy; results are cached by condition vector."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._results: dict[tuple[Truth, ...], CaseResult] = {}

    @cached_property
    def _sensitivity(self) -> Sensitivity:
        return Sensitivity(self._policy)

    def run_case(self, marks: Marks) -> CaseResult:
        """Return the result for these marks."""
        key = tuple(marks.values())
        if key not in self._results:
            result = evaluate_case(self._policy, marks)
            self._results[key] = self._case_result(marks, result)
        return self._results[key]

    def _case_result(self, marks: Marks, result: RuleResult) -> CaseResult:
        def rests() -> tuple[str, ...]:
            return self._sensitivity.assumed(marks, result.outcome, result.clauses)

        return CaseResult(self._policy, marks, result.outcome, result.reasons, result.clauses, rests)


def _agreed(policy: Policy | None, marks: Marks, case_result: CaseResult | None) -> None:
    if policy is None or case_result is None:
        return
    result = evaluate_case(policy, marks)
    first = (dict(case_result.marks), str(case_result.outcome), case_result.reasons, dict(case_result.clauses))
    second = (marks, str(result.outcome), result.reasons, result.clauses)
    if first != second:
        raise DisagreementError("specification", "verdict", first, second)


def _concerned(line: TestedCase, mutant: Mutant) -> bool:
    return any(trial.feature.clause in mutant.clauses for trial in line.trials)


def _first_failing(lines: Sequence[TestedCase], case_result: CaseResult | None) -> Trial | None:
    return next((trial for line in lines for trial in line.trials if not _passes(trial, case_result)), None)


def _passes(trial: Trial, case_result: CaseResult | None) -> bool:
    """Whether all expectations of the row still hold; an expectation on a removed clause fails."""
    try:
        return all(expect(case_result).holds for expect in trial.expectations)
    except SentenceError:
        return False
