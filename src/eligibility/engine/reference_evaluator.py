"""Reference evaluator of the clauses in plain Python. It shares no code with the compiled rules that it checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from eligibility.engine.verdict import POLICY_UNSET, Outcome, RuleResult
from eligibility.model.formula import conditions_named, unset
from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Clause,
    Compare,
    Formula,
    Holds,
    Kind,
    Named,
    Not,
    Policy,
    Readings,
    Unknown,
)
from eligibility.model.policy import Within as InList
from eligibility.model.truth import Truth, conjunction, disjunction, negate

Marks = Mapping[str, Truth]


def evaluate_case(policy: Policy, marks: Marks) -> RuleResult:
    """Return outcome, reasons and the mark of every clause for one condition vector."""
    clauses = {clause.id: demand(policy, clause, marks) for clause in policy.clauses.values()}
    by_kind = {kind: [clauses[c.id] for c in policy.clauses.values() if c.kind is kind] for kind in Kind}
    demands = conjunction(by_kind[Kind.REQUIREMENT] + by_kind[Kind.EXCLUSION])
    registers = conjunction(by_kind[Kind.REGISTER] + by_kind[Kind.ELSEWHERE])
    outcome = outcome_of(demands, conjunction(by_kind[Kind.REFER]), registers)
    return RuleResult(outcome, _reasons(policy, marks, outcome, clauses, registers), clauses)


def demand(policy: Policy, clause: Clause, marks: Marks) -> Truth:
    """Return the mark of a clause as a demand: negated if an exclusion, then OR its exceptions."""
    own = _own(clause, marks)
    if clause.kind is Kind.EXCEPTION:
        return own
    return disjunction([own, *(evaluate_formula(e.deciding, marks) for e in _lifting(policy, clause))])


def outcome_of(demands: Truth, refers: Truth, registers: Truth) -> Outcome:
    """Return the outcome that follows from the Kleene conjunctions of the three kinds of clauses."""
    match demands, refers, registers:
        case Truth.REFUTED, _, _:
            return Outcome.NOT_ELIGIBLE
        case Truth.PROVEN, Truth.PROVEN, Truth.REFUTED:
            return Outcome.REGISTER
        case Truth.PROVEN, Truth.PROVEN, Truth.PROVEN:
            return Outcome.ELIGIBLE
        case _:
            return Outcome.MANUAL_REVIEW


def evaluate_formula(formula: Formula, marks: Marks) -> Truth:
    """Return the Kleene value of a formula over conditions."""
    match formula:
        case Named(id=condition):
            return marks[condition]
        case Not(of=inner):
            return negate(evaluate_formula(inner, marks))
        case AllOf(of=parts):
            return conjunction(evaluate_formula(part, marks) for part in parts)
        case AnyOf(of=parts):
            return disjunction(evaluate_formula(part, marks) for part in parts)
        case Compare() | InList() | Holds() | Unknown() | Readings():
            raise TypeError(f"a clause may only name conditions, not compare facts: {formula!r}")
        case _:
            assert_never(formula)


def _own(clause: Clause, marks: Marks) -> Truth:
    own = evaluate_formula(clause.deciding, marks)
    return negate(own) if clause.kind.negated else own


def _lifting(policy: Policy, clause: Clause) -> list[Clause]:
    return [e for e in policy.clauses.values() if e.kind is Kind.EXCEPTION and e.excepts == clause.id]


def _reasons(
    policy: Policy, marks: Marks, outcome: Outcome, clauses: dict[str, Truth], registers: Truth
) -> tuple[str, ...]:
    kinds = {c.id: c.kind for c in policy.clauses.values()}
    match outcome:
        case Outcome.ELIGIBLE:
            reasons: set[str] = set()
        case Outcome.NOT_ELIGIBLE:
            demands = (Kind.REQUIREMENT, Kind.EXCLUSION)
            reasons = {c for c, mark in clauses.items() if mark is Truth.REFUTED and kinds[c] in demands}
        case Outcome.REGISTER:
            reasons = {c for c, mark in clauses.items() if mark is Truth.REFUTED and kinds[c].registers}
        case Outcome.MANUAL_REVIEW:
            in_review = [c for c in policy.clauses.values() if needs_review(c, clauses[c.id], registers)]
            reasons = {r for clause in in_review for r in _clause_reasons(policy, clause, clauses[clause.id], marks)}
        case _:
            assert_never(outcome)
    return tuple(sorted(reasons))


def needs_review(clause: Clause, mark: Truth, registers: Truth) -> bool:
    """Whether a clause with this mark needs manual review; `registers` is the conjunction of the register clauses."""
    match clause.kind:
        case Kind.REQUIREMENT | Kind.EXCLUSION:
            return mark is Truth.OPEN
        case Kind.REFER:
            return mark is not Truth.PROVEN
        case Kind.REGISTER | Kind.ELSEWHERE:
            return mark is Truth.OPEN and registers is not Truth.REFUTED
        case Kind.EXCEPTION:
            return False
        case _:
            assert_never(clause.kind)


def _clause_reasons(policy: Policy, clause: Clause, mark: Truth, marks: Marks) -> set[str]:
    own = _own(clause, marks)
    reasons = set(clause.on_refuted) if clause.kind is Kind.REFER and own is Truth.REFUTED else set()
    if mark is Truth.OPEN:
        sources = [clause] if own is Truth.OPEN else []
        sources += [e for e in _lifting(policy, clause) if evaluate_formula(e.deciding, marks) is Truth.OPEN]
        for source in sources:
            reasons |= open_reasons(policy, source, marks)
    return reasons


def open_reasons(policy: Policy, clause: Clause, marks: Marks) -> set[str]:
    """Return the reasons of an open clause: those whose premise is proven, else `otherwise`; plus POLICY_UNSET if due."""
    proven = {option.reason for option in clause.on_open if evaluate_formula(option.when, marks) is Truth.PROVEN}
    reasons = proven or set(clause.otherwise)
    still_open = [c for c in conditions_named(clause.when) if marks[c] is Truth.OPEN]
    return reasons | ({POLICY_UNSET} if any(unset(policy.conditions[c].expression) for c in still_open) else set())
