"""Mutants of a rulebook: the policy with one small change, as after a careless edit of a rule file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from eligibility.model.policy import Condition, Policy
from eligibility.model.readings import MARK
from eligibility.specification.mutation.clause_mutations import clause_mutants
from eligibility.specification.mutation.formulas import Change, Sort, changed, changes
from eligibility.specification.mutation.mutant import Mutant, named_by, with_conditions
from eligibility.specification.mutation.parameter_mutations import beside, parameter_mutants
from eligibility.specification.mutation.wording import in_words


def mutants_of(policy: Policy) -> list[Mutant]:
    """Return every mutant of the rulebook, in the order of its files."""
    return list(chain(_condition_mutants(policy), clause_mutants(policy), parameter_mutants(policy), _in_force(policy)))


def beyond_features(policy: Policy) -> tuple[str, ...]:
    """Return the parameters that no condition names.

    They affect facts while papers are read, or amounts after the decision. A feature file begins with facts and ends with
    the decision, so that no scenario can detect their mutants. The tests of the packages that read them specify them.
    """
    named = {name for condition in policy.conditions.values() for name in condition.parameters}
    return tuple(name for name in policy.parameters if name not in named and policy.value(name) is not None)


def _condition_mutants(policy: Policy) -> Iterator[Mutant]:
    for condition in policy.conditions.values():
        if condition.id.endswith(MARK):
            continue  # it stands in no file: it follows from the clause and its conditions
        concerned = frozenset(c.id for c in policy.clauses.values() if condition.id in named_by(c))
        for change in changes(condition.expression, policy.facts):
            yield Mutant(
                change.sort,
                "conditions.yaml",
                f"条件“{condition.title}”",
                in_words(change.before, policy),
                in_words(change.after, policy),
                _on_condition(condition.id, change),
                frozenset({condition.id}),
                concerned,
                law=False,
            )
        for rest in condition.rests_on:
            left = replace(condition, rests_on=tuple(other for other in condition.rests_on if other != rest))
            was = f"依据推定参数“{policy.parameters[rest.parameter].title}”"
            yield Mutant(
                Sort.ASSUMPTION,
                "conditions.yaml",
                f"条件“{condition.title}”",
                was,
                "",
                _resting(left),
                clauses=concerned,
            )


def _on_condition(name: str, change: Change) -> Callable[[Policy], Policy]:
    def apply(policy: Policy) -> Policy:
        formula = changed(policy.conditions[name].expression, change)
        if formula is None:
            return policy
        return with_conditions(policy, replace(policy.conditions[name], expression=formula))

    return apply


def _resting(left: Condition) -> Callable[[Policy], Policy]:
    """Replace only `rests_on` of the condition: a variant of the rulebook may have another expression."""
    return lambda policy: with_conditions(policy, replace(policy.conditions[left.id], rests_on=left.rests_on))


def _in_force(policy: Policy) -> Iterator[Mutant]:
    for moved in beside(policy.in_force_from):
        was, becomes = f"{policy.in_force_from} 起施行", f"{moved} 起施行"
        apply = _starting(moved)
        yield Mutant(Sort.DAY, "rulebook.yaml", "施行日", was, becomes, apply)


def _starting(day: date) -> Callable[[Policy], Policy]:
    return lambda policy: replace(policy, in_force_from=day)
