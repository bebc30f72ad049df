"""Mutants of a rulebook: the policy with one slip in it, as it might stand after a careless edit of a rule file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from eligibility.domain.policy import Condition, Policy
from eligibility.specification.mutation.clause_slips import clause_mutants
from eligibility.specification.mutation.formulas import Change, Sort, changed, changes
from eligibility.specification.mutation.mutant import Mutant, named_by, with_conditions
from eligibility.specification.mutation.parameter_slips import beside, parameter_mutants
from eligibility.specification.mutation.wording import in_words


def mutants_of(policy: Policy) -> list[Mutant]:
    """Every mutant of the rulebook, in the order of its files."""
    return list(chain(_condition_mutants(policy), clause_mutants(policy), parameter_mutants(policy), _in_force(policy)))


def beyond_features(policy: Policy) -> tuple[str, ...]:
    """Parameters that no condition names and that decide no comparison.

    They shape facts while papers are read, or amounts after the decision. A feature file begins with facts and ends with
    the decision: no scenario could tell their mutants apart. The tests of the rooms that read them specify them.
    """
    named = {name for condition in policy.conditions.values() for name in condition.parameters}
    return tuple(name for name in policy.parameters if name not in named and policy.value(name) is not None)


def _condition_mutants(policy: Policy) -> Iterator[Mutant]:
    for condition in policy.conditions.values():
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
            left = replace(condition, rests_on=tuple(one for one in condition.rests_on if one != rest))
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
        made = changed(policy.conditions[name].expression, change)
        return policy if made is None else with_conditions(policy, replace(policy.conditions[name], expression=made))

    return apply


def _resting(left: Condition) -> Callable[[Policy], Policy]:
    """Only what the condition rests on is replaced: in a variant its expression may be another."""
    return lambda policy: with_conditions(policy, replace(policy.conditions[left.id], rests_on=left.rests_on))


def _in_force(policy: Policy) -> Iterator[Mutant]:
    for moved in beside(policy.in_force_from):
        was, becomes = f"{policy.in_force_from} 起施行", f"{moved} 起施行"
        apply = _starting(moved)
        yield Mutant(Sort.DAY, "rulebook.yaml", "施行日", was, becomes, apply)


def _starting(day: date) -> Callable[[Policy], Policy]:
    return lambda policy: replace(policy, in_force_from=day)
