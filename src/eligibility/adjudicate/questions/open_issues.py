"""Finds the open issues of each profile in review: open conditions, the issue types of their facts, policy rulings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eligibility.adjudicate.questions.topics import fact_issues, issues_of
from eligibility.model.formula import conditions_named
from eligibility.model.policy import AllOf, AnyOf, Clause, Compare, Condition, Formula, Kind, Policy
from eligibility.model.truth import Truth

UNSET = "<?"
"""The comparison for which it is not settled whether equality counts."""


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """One condition on which a profile depends, with its issue types or the policy ruling that would settle it.

    Neither is given if no table of a dossier contains the fact.
    `ruling`: id of the parameter without value, or of the clause that requires review whatever the papers show; else "".
    """

    condition: str
    issue_types: tuple[str, ...] = ()
    ruling: str = ""


class OpenIssues:
    """Open issues of the profiles of one policy; results are cached by clause and the marks that it reads."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._conditions = {name: _conditions(policy, clause) for name, clause in policy.clauses.items()}
        self._exact = {condition.id: _exact(policy, condition) for condition in policy.conditions.values()}
        self._reads = {clause: self._read_by(conditions) for clause, conditions in self._conditions.items()}
        self._cache: dict[tuple[str, bool, tuple[Truth, ...]], tuple[OpenIssue, ...]] = {}

    def of(
        self, marks: Mapping[str, Truth], clauses_open: frozenset[str], clauses_refuted: frozenset[str]
    ) -> list[OpenIssue]:
        """Return all open issues of a profile in review, without repetitions."""
        issues: dict[OpenIssue, None] = {}
        for clause in _in_review(self.policy, clauses_open, clauses_refuted):
            issues.update(dict.fromkeys(self._of_clause(clause, marks, is_refuted=clause.id in clauses_refuted)))
        return list(issues)

    def _of_clause(self, clause: Clause, marks: Mapping[str, Truth], *, is_refuted: bool) -> tuple[OpenIssue, ...]:
        key = clause.id, is_refuted, tuple(marks[name] for name in self._reads[clause.id])
        if key not in self._cache:
            self._cache[key] = tuple(self._issues(clause, marks, is_refuted=is_refuted))
        return self._cache[key]

    def _issues(self, clause: Clause, marks: Mapping[str, Truth], *, is_refuted: bool) -> Iterator[OpenIssue]:
        for condition in self._conditions[clause.id]:
            if marks[condition.id] is Truth.OPEN:
                yield from self._of_open(condition, marks)
            elif is_refuted:
                yield from _of_refuted(clause, condition)

    def _of_open(self, condition: Condition, marks: Mapping[str, Truth]) -> Iterator[OpenIssue]:
        """Yield a policy ruling for a parameter without value, otherwise the issue types of the facts."""
        unset = [self.policy.parameters[name] for name in condition.parameters if self.policy.value(name) is None]
        for parameter in unset:
            if parameter.type != "comparison":
                yield OpenIssue(condition.id, ruling=parameter.id)
            elif any(marks[name] is Truth.PROVEN for name in self._exact[condition.id]):
                yield OpenIssue(condition.id, ruling=parameter.id)
                return
        known = [issues_of(self.policy, fact).open for fact in condition.facts]
        yield OpenIssue(condition.id, tuple(dict.fromkeys(kind for kinds in known for kind in kinds)))

    def _read_by(self, conditions: Sequence[Condition]) -> tuple[str, ...]:
        """Return every condition whose mark affects the open issues of these conditions."""
        names = {name for condition in conditions for name in (condition.id, *self._exact[condition.id])}
        return tuple(sorted(names))


def _in_review(policy: Policy, clauses_open: frozenset[str], clauses_refuted: frozenset[str]) -> Iterator[Clause]:
    """Yield the clauses that require review: open ones, and refuted ones of kind refer.

    If one register clause is refuted, the person is registered anyway, so that an open one needs no question.
    """
    registered = any(policy.clauses[clause].kind.registers for clause in clauses_refuted)
    for clause in policy.clauses.values():
        if clause.kind.registers and registered:
            continue
        if clause.id in clauses_open or (clause.id in clauses_refuted and clause.kind is Kind.REFER):
            yield clause


def _exact(policy: Policy, condition: Condition) -> tuple[str, ...]:
    """Return the conditions that are proven if the value equals the threshold for which equality is not settled."""
    thresholds = {(part.left, part.right) for part in _compared(condition.expression) if part.op == UNSET}
    return tuple(
        name
        for name, other in policy.conditions.items()
        if any(part.op == "=" and (part.left, part.right) in thresholds for part in _compared(other.expression))
    )


def _compared(formula: Formula) -> Iterator[Compare]:
    match formula:
        case Compare():
            yield formula
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _compared(part)


def _of_refuted(clause: Clause, condition: Condition) -> Iterator[OpenIssue]:
    kinds = [
        fact_issues()[fact].refuted for fact in condition.facts if fact in fact_issues() and fact_issues()[fact].refuted
    ]
    yield from (OpenIssue(condition.id, types) for types in kinds)
    if not kinds:
        yield OpenIssue(condition.id, ruling=clause.id)


def _conditions(policy: Policy, clause: Clause) -> list[Condition]:
    """Return the conditions of a clause and of its exceptions."""
    formulas = [clause.when, *(other.when for other in policy.clauses.values() if other.excepts == clause.id)]
    return [
        policy.conditions[name] for name in dict.fromkeys(n for formula in formulas for n in conditions_named(formula))
    ]
