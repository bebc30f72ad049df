"""Proves that a mutant is equivalent, i.e. decides every possible case as the original; never by a list of exceptions.

Three proofs are known. Each covers every possible case, not only those of the feature files:

- *no such day*: a value begins or ends on another day, but the only day that differs is before the rulebook is in
  force, or has the same value and status in both;
- *never refuted*: requirement and referral differ only if the clause is refuted, and by the glossary of facts papers
  never refute the condition of this clause (`never_false`);
- *given by another clause*: the mutation affects only the reasons of an open clause, and another clause of the same kind
  is open exactly when this one is. All marks of the conditions are enumerated, and the two clauses together always give
  the same reasons as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from eligibility.engine.reference_evaluator import evaluate_formula
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import AllOf, AnyOf, Clause, Formula, Kind, Named, Not, Policy
from eligibility.model.truth import Truth
from eligibility.specification.mutation.formulas import Sort
from eligibility.specification.mutation.mutant import Mutant, named_by

MOST_CONDITIONS = 9
"""Maximum number of conditions that are enumerated (3⁹ = 19,683 vectors); with more, no proof is attempted."""


def argument(mutant: Mutant, policy: Policy) -> Bilingual | None:
    """Return the reason why the mutant decides every case as the original; None if no proof is found."""
    changed = mutant.apply(policy)
    if mutant.shift is not None:
        return _no_such_day(mutant, policy, changed)
    if mutant.sort is Sort.KIND:
        return _never_refuted(mutant, policy, changed)
    return _given_by_other_clause(mutant, policy, changed)


def _no_such_day(mutant: Mutant, policy: Policy, changed: Policy) -> Bilingual | None:
    day = mutant.shift
    if day is None:
        return None
    if day < policy.in_force_from:
        return Bilingual(f"{day} 本规则尚未施行，无从审核", f"the rulebook is not in force on {day}: nobody can ask")
    before, after = (
        [(p.id, d.value if d else None, d.citation.status if d and d.value is not None else None) for p, d in dated]
        for dated in ([(p, p.on(day)) for p in version.parameters.values()] for version in (policy, changed))
    )
    if before == after:
        return Bilingual(f"{day} 的值改与不改都一样", f"the value on {day} is the same either way")
    return None


def _never_refuted(mutant: Mutant, policy: Policy, changed: Policy) -> Bilingual | None:
    for name in mutant.clauses:
        kinds = {policy.clauses[name].kind, changed.clauses[name].kind}
        match policy.clauses[name].when:
            case Named(id=condition) if kinds == {Kind.REQUIREMENT, Kind.REFER}:
                if policy.conditions[condition].never_refuted(policy):
                    return Bilingual(
                        "材料不能否定本条所问，两种效力无从分别", "papers never refute what this clause asks"
                    )
    return None


def _given_by_other_clause(mutant: Mutant, policy: Policy, changed: Policy) -> Bilingual | None:
    for name in mutant.clauses & changed.clauses.keys():
        clause, mutated = policy.clauses[name], changed.clauses[name]
        if (
            changed.conditions == policy.conditions
            and replace(mutated, on_open=clause.on_open, otherwise=clause.otherwise) == clause
        ):
            equivalents = list(_equivalent_clauses(clause, policy))
            if _same_reasons(clause, mutated, equivalents, policy):
                titles = (
                    "、".join(f"“{equivalent_clause.title}”" for equivalent_clause in equivalents) or "本条其他原因"
                )
                return Bilingual(f"同样的原因总由{titles}给出", "the same reasons are always given by another clause")
    return None


def _equivalent_clauses(clause: Clause, policy: Policy) -> Iterator[Clause]:
    """Yield clauses that are open exactly when this one is: same kind, same facts, no exceptions of either."""
    excepted = {other.excepts for other in policy.clauses.values()}
    if clause.id in excepted or clause.kind is Kind.EXCEPTION:
        return
    for other in policy.clauses.values():
        alike = other.kind is clause.kind and other.id not in excepted | {clause.id}
        if alike and _on_facts(other.when, policy) == _on_facts(clause.when, policy):
            yield other


def _on_facts(formula: Formula, policy: Policy) -> Formula:
    """Return a clause's formula with its conditions expanded, so that equal comparisons with two names become equal."""
    match formula:
        case Named(id=condition):
            return policy.conditions[condition].expression
        case Not(of=inner):
            return Not(_on_facts(inner, policy))
        case AllOf(of=parts) | AnyOf(of=parts):
            return replace(formula, of=tuple(_on_facts(part, policy) for part in parts))
    return formula


def _same_reasons(clause: Clause, mutated: Clause, equivalents: list[Clause], policy: Policy) -> bool:
    """Whether the reasons are the same for every condition vector for which the clause is open."""
    conditions = sorted(set().union(*(named_by(each) for each in (clause, mutated, *equivalents))))
    expressions = list(dict.fromkeys(policy.conditions[c].expression for c in conditions))
    if len(expressions) > MOST_CONDITIONS:
        return False
    for vector in product(Truth, repeat=len(expressions)):
        by_expression = dict(zip(expressions, vector, strict=True))
        marks = {c: by_expression[policy.conditions[c].expression] for c in conditions}
        if evaluate_formula(clause.when, marks) is Truth.OPEN:  # a clause read value by value is open at most there
            others = set().union(*(_reasons(equivalent_clause, marks) for equivalent_clause in equivalents))
            if others | _reasons(clause, marks) != others | _reasons(mutated, marks):
                return False
    return True


def _reasons(clause: Clause, marks: Mapping[str, Truth]) -> set[str]:
    """Return why the clause is open, without `policy_unset`, which depends on `when` alone, equal for all of them."""
    proven = {option.reason for option in clause.on_open if evaluate_formula(option.when, marks) is Truth.PROVEN}
    return proven or set(clause.otherwise)
