"""Mutations of clauses: a clause removed or of another kind, its formula or a premise changed, a reason removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from eligibility.model.policy import AnyOf, Clause, Formula, Kind, Policy
from eligibility.specification.mutation.formulas import Change, Sort, changed, changes
from eligibility.specification.mutation.mutant import Mutant, with_clause
from eligibility.specification.mutation.wording import in_words

KINDS = {
    Kind.REQUIREMENT: "要求（不成立即不符合）",
    Kind.EXCLUSION: "排除（成立即不符合）",
    Kind.EXCEPTION: "例外",
    Kind.REGISTER: "备案（不成立即备案登记）",
    Kind.ELSEWHERE: "另办（成立即按其他办法办理）",
    Kind.REFER: "转核（不成立即人工核查）",
}
"""Effect of each kind of clause, in Chinese."""


def clause_mutants(policy: Policy) -> Iterator[Mutant]:
    """Yield every mutation of every clause, in the order of the rulebook."""
    for clause in policy.clauses.values():
        yield _clause_mutant(Sort.CLAUSE, clause, "", "", _dropped(clause.id))
        if clause.kind is not Kind.EXCEPTION:
            for kind in Kind:
                if kind not in (clause.kind, Kind.EXCEPTION, Kind.ELSEWHERE):
                    yield _clause_mutant(Sort.KIND, clause, KINDS[clause.kind], KINDS[kind], _of_kind(clause.id, kind))
        for change in changes(clause.when, policy.facts):
            was, becomes = in_words(change.before, policy), in_words(change.after, policy)
            yield _clause_mutant(change.sort, clause, was, becomes, _on_when(clause.id, change))
        yield from _reasons(policy, clause)


def _reasons(policy: Policy, clause: Clause) -> Iterator[Mutant]:
    for i, given in enumerate(clause.on_open):
        title = _title(given.reason, policy)
        lost = _on_reason(clause.id, i, lambda _: AnyOf(()))
        yield _clause_mutant(Sort.REASON, clause, f"待核原因：{title}", "", lost)
        for change in changes(given.when, policy.facts):
            was, becomes = in_words(change.before, policy), in_words(change.after, policy)
            edit = _on_reason(clause.id, i, partial(changed, change=change))
            yield _clause_mutant(change.sort, clause, f"给出“{title}”的前提：{was}", becomes, edit)
    yield from _codes(policy, clause)


def _codes(policy: Policy, clause: Clause) -> Iterator[Mutant]:
    """Yield mutants without one of the reasons that need no premise."""
    for code in clause.otherwise:
        left = replace(clause, otherwise=tuple(c for c in clause.otherwise if c != code))
        was = f"看不出原因时的原因：{_title(code, policy)}"
        yield _clause_mutant(Sort.REASON, clause, was, "", _as(left))
    for code in clause.on_refuted:
        left = replace(clause, on_refuted=tuple(c for c in clause.on_refuted if c != code))
        was = f"不成立时的原因：{_title(code, policy)}"
        yield _clause_mutant(Sort.REASON, clause, was, "", _as(left))


def _title(code: str, policy: Policy) -> str:
    return policy.reasons[code].title if code in policy.reasons else code


def _as(clause: Clause) -> Callable[[Policy], Policy]:
    return lambda policy: with_clause(policy, clause)


def _clause_mutant(sort: Sort, clause: Clause, was: str, becomes: str, apply: Callable[[Policy], Policy]) -> Mutant:
    file, place = f"clauses/{clause.id}.yaml", f"条款“{clause.title}”"
    return Mutant(sort, file, place, was, becomes, apply, clauses=frozenset({clause.id}))


def _dropped(name: str) -> Callable[[Policy], Policy]:
    return lambda policy: replace(policy, clauses={c: clause for c, clause in policy.clauses.items() if c != name})


def _of_kind(name: str, kind: Kind) -> Callable[[Policy], Policy]:
    def apply(policy: Policy) -> Policy:
        clause = policy.clauses[name]
        reasons = clause.otherwise if kind is Kind.REFER else ()
        return with_clause(policy, replace(clause, kind=kind, on_refuted=reasons))

    return apply


def _on_when(name: str, change: Change) -> Callable[[Policy], Policy]:
    def apply(policy: Policy) -> Policy:
        formula = changed(policy.clauses[name].when, change)
        return policy if formula is None else with_clause(policy, replace(policy.clauses[name], when=formula))

    return apply


def _on_reason(name: str, index: int, edit: Callable[[Formula], Formula | None]) -> Callable[[Policy], Policy]:
    def apply(policy: Policy) -> Policy:
        clause = policy.clauses[name]
        formula = edit(clause.on_open[index].when)
        if formula is None:
            return policy
        option = replace(clause.on_open[index], when=formula)
        return with_clause(
            policy, replace(clause, on_open=(*clause.on_open[:index], option, *clause.on_open[index + 1 :]))
        )

    return apply
