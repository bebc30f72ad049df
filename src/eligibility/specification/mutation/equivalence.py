"""Mutants that decide nothing otherwise: each is left out by an argument that is checked here, never by a list.

Three arguments are known. Each speaks of every possible case, not only of those that a feature file has thought of:

- *no such day*: a value begins or ends on another day, but the one day that differs lies before the rulebook is in
  force, or has the same value and status either way;
- *never refuted*: requirement and referral differ only where the clause is refuted, and the glossary of facts says that
  papers never refute what this clause asks (`never_false`);
- *said by a twin*: the slip touches only the reasons of an open clause, and another clause of the same kind is open
  exactly when this one is. All marks of the conditions in question are gone through, and the two clauses together
  always give the same reasons as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from eligibility.domain.finding import Text
from eligibility.domain.mark import Mark
from eligibility.domain.policy import AllOf, AnyOf, Clause, Formula, Kind, Named, Not, Policy
from eligibility.engine.reference_evaluator import evaluate_formula
from eligibility.specification.mutation.formulas import Sort
from eligibility.specification.mutation.mutant import Mutant, named_by

MOST_CONDITIONS = 9
"""So many conditions are gone through exhaustively (3⁹ = 19,683 vectors); beyond it no argument is claimed."""


def argument(mutant: Mutant, policy: Policy) -> Text | None:
    """Why no case whatever is decided otherwise under the mutant; None where no argument is found."""
    changed = mutant.apply(policy)
    if mutant.shift is not None:
        return _no_such_day(mutant, policy, changed)
    if mutant.sort is Sort.KIND:
        return _never_refuted(mutant, policy, changed)
    return _said_by_twin(mutant, policy, changed)


def _no_such_day(mutant: Mutant, policy: Policy, changed: Policy) -> Text | None:
    day = mutant.shift
    if day is None:
        return None
    if day < policy.in_force_from:
        return Text(f"{day} 本规则尚未施行，无从审核", f"the rulebook is not in force on {day}: nobody can ask")
    before, after = (
        [(p.id, d.value if d else None, d.citation.status if d and d.value is not None else None) for p, d in dated]
        for dated in ([(p, p.on(day)) for p in one.parameters.values()] for one in (policy, changed))
    )
    if before == after:
        return Text(f"{day} 的值改与不改都一样", f"the value on {day} is the same either way")
    return None


def _never_refuted(mutant: Mutant, policy: Policy, changed: Policy) -> Text | None:
    for name in mutant.clauses:
        kinds = {policy.clauses[name].kind, changed.clauses[name].kind}
        match policy.clauses[name].when:
            case Named(id=condition) if kinds == {Kind.REQUIREMENT, Kind.REFER}:
                if policy.conditions[condition].never_refuted(policy):
                    return Text("材料不能否定本条所问，两种效力无从分别", "papers never refute what this clause asks")
    return None


def _said_by_twin(mutant: Mutant, policy: Policy, changed: Policy) -> Text | None:
    for name in mutant.clauses & changed.clauses.keys():
        clause, slipped = policy.clauses[name], changed.clauses[name]
        if (
            changed.conditions == policy.conditions
            and replace(slipped, on_open=clause.on_open, otherwise=clause.otherwise) == clause
        ):
            twins = list(_twins(clause, policy))
            if _same_reasons(clause, slipped, twins, policy):
                titles = "、".join(f"“{twin.title}”" for twin in twins) or "本条其他原因"
                return Text(f"同样的原因总由{titles}给出", "the same reasons are always given by another clause")
    return None


def _twins(clause: Clause, policy: Policy) -> Iterator[Clause]:
    """Clauses that are open, and ask, exactly when this one does: same kind, same facts, no exception to either."""
    excepted = {one.excepts for one in policy.clauses.values()}
    if clause.id in excepted or clause.kind is Kind.EXCEPTION:
        return
    for other in policy.clauses.values():
        alike = other.kind is clause.kind and other.id not in excepted | {clause.id}
        if alike and _on_facts(other.when, policy) == _on_facts(clause.when, policy):
            yield other


def _on_facts(formula: Formula, policy: Policy) -> Formula:
    """A clause's formula with the conditions written out, so that two names for one comparison are seen as one."""
    match formula:
        case Named(id=condition):
            return policy.conditions[condition].expression
        case Not(of=inner):
            return Not(_on_facts(inner, policy))
        case AllOf(of=parts) | AnyOf(of=parts):
            return replace(formula, of=tuple(_on_facts(part, policy) for part in parts))
    return formula


def _same_reasons(clause: Clause, slipped: Clause, twins: list[Clause], policy: Policy) -> bool:
    """Whether the reasons are the same under every vector of marks in which the clause is open."""
    conditions = sorted(set().union(*(named_by(one) for one in (clause, slipped, *twins))))
    expressions = list(dict.fromkeys(policy.conditions[c].expression for c in conditions))
    if len(expressions) > MOST_CONDITIONS:
        return False
    for vector in product(Mark, repeat=len(expressions)):
        by_expression = dict(zip(expressions, vector, strict=True))
        marks = {c: by_expression[policy.conditions[c].expression] for c in conditions}
        if evaluate_formula(clause.when, marks) is Mark.OPEN:
            told = set().union(*(_reasons(twin, marks) for twin in twins))
            if told | _reasons(clause, marks) != told | _reasons(slipped, marks):
                return False
    return True


def _reasons(clause: Clause, marks: Mapping[str, Mark]) -> set[str]:
    """Why the clause is open. `policy_unset` is left out: it hangs on `when` alone, which is the same for all here."""
    given = {one.reason for one in clause.on_open if evaluate_formula(one.when, marks) is Mark.PROVEN}
    return given or set(clause.otherwise)
