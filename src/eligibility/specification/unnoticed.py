"""Scenarios that notice what no scenario notices yet: for each mutant that survives, a person who is told otherwise.

The person is found by the solver, as like the household as can be; a mutant that alters nothing for anybody needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.labels.states import MARKS
from eligibility.model.policy import Clause, Policy
from eligibility.model.readings import with_readings
from eligibility.proving import Altered, Verdict, Versions, resting_on
from eligibility.specification.case_result import CaseResult
from eligibility.specification.lacking import TO_FILL, Ground, Missing, Row, Trying, law_is_known
from eligibility.specification.mutation.mutant import Mutant
from eligibility.specification.mutation.mutants import mutants_of
from eligibility.specification.mutation.survival import MutationHarness, ReferenceRunner
from eligibility.specification.run import Specification


def unnoticed(
    specification: Specification, ground: Ground, rules: Path, others: Sequence[Missing], seconds: float
) -> tuple[list[Missing], list[Mutant]]:
    """The scenarios that notice the surviving mutants, and the mutants for which none was found or the time did not suffice.

    `others` are scenarios that are missing for another reason: what they notice needs no further one.
    """
    search = _Scenarios(ground, Versions(rules, ground.policy.as_of, 10 * seconds, near=ground.base), list(others))
    harness = MutationHarness(specification)
    left = [
        mutant
        for mutant in mutants_of(ground.policy)
        if harness.killer(mutant) is None and not search.notices(mutant) and not search.add(mutant)
    ]
    return search.made, left


@dataclass
class _Scenarios:
    ground: Ground
    versions: Versions
    others: list[Missing]
    made: list[Missing] = field(default_factory=list)

    def notices(self, mutant: Mutant) -> bool:
        """Whether a scenario that is already missing would fail under the mutant."""
        return any(self._fails(each, mutant) for each in (*self.made, *self.others))

    def add(self, mutant: Mutant) -> bool:
        """Write a scenario that notices the mutant; False where none was found. None is needed where nothing is altered."""
        altered = self.versions.altered(mutant.apply)
        if altered.verdict is Verdict.PROVED:
            return True
        scenario = next(iter(self._scenarios(altered, mutant)), None)
        if scenario is not None:
            self.made.append(scenario)
        return scenario is not None

    def _scenarios(self, altered: Altered, mutant: Mutant) -> Iterator[Missing]:
        day = altered.day or self.ground.policy.as_of
        match altered.what:
            case "start":
                if day < self.ground.policy.in_force_from:
                    yield self._scenario(mutant, self.ground.base, day, (), ("本规则当日应尚未施行",), outcome="")
                else:
                    yield self._scenario(mutant, self.ground.base, day, (), ())
            case "decision" if altered.row is not None:
                first, second = self._results(mutant, altered.row, day, altered.trying)
                expects: tuple[str, ...] = ()
                if (first.outcome, first.reasons) == (second.outcome, second.reasons):
                    expects = tuple(_marks(first, second))
                yield self._scenario(mutant, altered.row, day, altered.trying, expects)
            case "assumption":
                yield from self._assumptions(mutant, day, altered.trying)

    def _assumptions(self, mutant: Mutant, day: date, trying: Trying) -> Iterator[Missing]:
        """Rows for which another list of assumptions is given: the household, those of scenarios, and what the solver finds."""
        policy = self._policy(day, trying)
        changed = mutant.apply(policy)
        moved = [
            name
            for name in policy.parameters
            if policy.status(name) != changed.status(name)
            or any(
                condition.rests_on != changed.conditions[condition.id].rests_on
                for condition in policy.conditions.values()
                if name in {rest.parameter for rest in condition.rests_on}
            )
        ]
        solved = (row for name in moved for row in resting_on(self.versions.book(day, trying), name, self.ground.base))
        for row in (self.ground.base, *(row for row, _ in self.ground.rows), *solved):
            if any(column not in row for spec in policy.facts.values() for column in spec.columns):
                continue
            first, second = (set(result.assumed) for result in self._results(mutant, row, day, trying))
            if first == second:
                continue
            names = {name: policy.parameters[name].title for name in sorted(first ^ second)}
            expects = tuple(
                f'{"应" if name in first else "不应"}列明推定参数"{title}"' for name, title in names.items()
            )
            yield self._scenario(mutant, row, day, trying, expects)

    def _scenario(  # noqa: PLR0913, PLR0917 - what a scenario says
        self, mutant: Mutant, row: Row, day: date, trying: Trying, expects: tuple[str, ...], outcome: str | None = None
    ) -> Missing:
        clause = self._clause(mutant)
        if outcome is None:
            result = self._result(self._policy(day, trying), row)
            known = law_is_known(clause)
            outcome = result.policy.outcomes[result.outcome] if known else TO_FILL
            reasons = "、".join(_reason(result.policy, each) for each in result.reasons) or "无"
            expects = (f'理由应恰为"{reasons if known else TO_FILL}"', *expects)
        title = f"看得出有没有{mutant.deed}".replace("\n", "")
        return Missing("change", clause.id, title, self.ground.differs(row), outcome, row, day, trying, expects)

    def _clause(self, mutant: Mutant) -> Clause:
        clauses = self.ground.policy.clauses
        return next((clauses[name] for name in clauses if name in mutant.clauses), next(iter(clauses.values())))

    def _fails(self, scenario: Missing, mutant: Mutant) -> bool:
        day = scenario.day or self.ground.policy.as_of
        policy = self.ground.policy
        starts = mutant.apply(policy).in_force_from
        if (day < policy.in_force_from) != (day < starts):
            return True
        if day < policy.in_force_from or scenario.outcome == "":
            return False
        first, second = self._results(mutant, scenario.row, day, scenario.trying)
        if scenario.kind != "change":
            return first.outcome != second.outcome
        return (first.outcome, first.reasons) != (second.outcome, second.reasons) or any(
            _expects(sentence, first, second) for sentence in scenario.expects
        )

    def _policy(self, day: date, trying: Trying) -> Policy:
        return self.versions.book(day, trying).policy

    def _results(self, mutant: Mutant, row: Row, day: date, trying: Trying) -> tuple[CaseResult, CaseResult]:
        policy = self._policy(day, trying)
        changed = mutant.apply(policy)
        first = self._result(policy, row)
        return first, first if changed is policy else self._result(with_readings(changed), row)

    @staticmethod
    def _result(policy: Policy, row: Row) -> CaseResult:
        return ReferenceRunner(policy).run_case(evaluate_conditions(policy, row))


def _marks(first: CaseResult, second: CaseResult) -> Iterator[str]:
    """Sentences about the conditions that have other marks."""
    for name, mark in first.marks.items():
        if second.marks.get(name, mark) is not mark:
            yield f'条件"{first.policy.conditions[name].title}"应为"{MARKS[mark].zh}"'


def _expects(sentence: str, first: CaseResult, second: CaseResult) -> bool:
    """Whether a sentence about marks or assumptions, which holds of the first, fails of the second."""
    titles: dict[str, Callable[[CaseResult], object]] = {
        condition.title: lambda result, name=name: result.marks.get(name)  # type: ignore[misc]
        for name, condition in first.policy.conditions.items()
    }
    if sentence.startswith("条件"):
        read = titles[sentence.split('"')[1]]
        return read(first) != read(second)
    if "列明推定参数" in sentence:
        name = first.parameter(sentence.split('"')[1])
        return (name in first.assumed) != (name in second.assumed)
    return False


def _reason(policy: Policy, code: str) -> str:
    if code in policy.reasons:
        return policy.reasons[code].title
    return policy.clauses[code].title if code in policy.clauses else code
