"""What "minimal" means, by trying everything: every subset of questions with every answer.

It shares no step with the families of `adjudicate.settlement`: verdicts come from the clauses on two rails of numpy
arrays, one place for each complete assignment of answers.
"""

from __future__ import annotations

import numpy as np

from eligibility.model.policy import AllOf, AnyOf, Kind, Named, Not
from eligibility.model.truth import Truth

P, R, O = Truth.PROVEN, Truth.REFUTED, Truth.OPEN  # noqa: E741
SETTLED = ("eligible", "register", "not_eligible")
DEMANDS = (Kind.REQUIREMENT, Kind.EXCLUSION)


def named(formula):
    match formula:
        case Named(id=condition):
            return {condition}
        case Not(of=inner):
            return named(inner)
        case AllOf(of=parts) | AnyOf(of=parts):
            return set().union(*map(named, parts))


def questions(policy):
    """Question → its conditions (one for each expression that a clause reads)."""
    read = set().union(*(named(clause.when) for clause in policy.clauses.values()))
    groups = {}
    for condition in policy.conditions.values():
        if condition.id in read:
            groups.setdefault(condition.expression, []).append(condition.id)
    return {tuple(ids): ids for ids in groups.values()}


def worlds(policy, marks, choices):
    """(outcome by world, choice by question and world): every way to give each question one of its marks."""
    sizes = [len(options) for options in choices.values()]
    grid = np.indices(sizes).reshape(len(sizes), -1) if sizes else np.zeros((0, 1), int)
    size = grid.shape[1]
    proven = {c: np.full(size, m is P) for c, m in marks.items()}
    refuted = {c: np.full(size, m is R) for c, m in marks.items()}
    ruled = {}
    for chosen, (key, options) in zip(grid, choices.items(), strict=True):
        said = np.array([mark is P for mark in options])[chosen], np.array([mark is R for mark in options])[chosen]
        if isinstance(key, str):
            ruled[key] = said[0]
        else:
            for condition in key:
                proven[condition], refuted[condition] = said
    return outcomes(policy, proven, refuted, ruled, size), grid


def rails(formula, proven, refuted, size):
    match formula:
        case Named(id=condition):
            return proven[condition], refuted[condition]
        case Not(of=inner):
            return rails(inner, proven, refuted, size)[::-1]
        case AllOf(of=parts):
            pairs = [rails(part, proven, refuted, size) for part in parts]
            yes, no = np.full(size, True), np.full(size, False)
            for one, other in pairs:
                yes, no = yes & one, no | other
            return yes, no
        case AnyOf(of=parts):
            return rails(Not(AllOf(tuple(Not(part) for part in parts))), proven, refuted, size)


def outcomes(policy, proven, refuted, ruled, size):
    """The outcome in every world, by the table of docs and README: refusal, review, register, eligible."""
    marks = {}
    for clause in policy.clauses.values():
        if clause.kind is Kind.EXCEPTION:
            continue
        yes, no = rails(clause.when, proven, refuted, size)
        if clause.kind in (Kind.EXCLUSION, Kind.ELSEWHERE):
            yes, no = no, yes
        for other in policy.clauses.values():
            if other.kind is Kind.EXCEPTION and other.excepts == clause.id:
                lifted, kept = rails(other.when, proven, refuted, size)
                yes, no = yes | lifted, no & kept
        if clause.id in ruled:
            yes, no = yes | ruled[clause.id], no & ~ruled[clause.id]
        marks[clause.id] = yes, no
    told = np.full(size, "manual_review", dtype="<U13")
    of = {kind: [marks[c.id] for c in policy.clauses.values() if c.kind is kind and c.id in marks] for kind in Kind}
    every = lambda pairs: np.logical_and.reduce([yes for yes, _ in pairs], axis=0) if pairs else np.full(size, True)  # noqa: E731
    some = lambda pairs: np.logical_or.reduce([no for _, no in pairs], axis=0) if pairs else np.full(size, False)  # noqa: E731
    demands = of[Kind.REQUIREMENT] + of[Kind.EXCLUSION]
    clear = every(demands) & every(of[Kind.REFER])
    told[clear & some(of[Kind.REGISTER] + of[Kind.ELSEWHERE])] = "register"
    told[clear & every(of[Kind.REGISTER] + of[Kind.ELSEWHERE])] = "eligible"
    told[some(demands)] = "not_eligible"
    return told


def minimal_changes(policy, marks, choices):
    """(outcome, answers) of all minimal sets; `choices` maps a question to the marks it may have, the first as now."""
    told, grid = worlds(policy, marks, choices)
    keys, found = list(choices), set()
    bits = (1 << np.arange(len(keys)))[:, None]
    changed = ((grid > 0) * bits).sum(axis=0)
    for outcome in SETTLED:
        here = np.flatnonzero(told == outcome)
        sets = set(changed[here].tolist())
        smallest = {one for one in sets if not any(other & one == other and other != one for other in sets)}
        for at in here:
            if changed[at] in smallest - {0}:
                answers = ((key, choices[key][chosen]) for key, chosen in zip(keys, grid[:, at], strict=True) if chosen)
                found.add((outcome, frozenset(answers)))
    return found


def open_choices(policy, marks, refuted_refers):
    """Questions that an open case may have answered: open comparisons, and rulings on refuted refer clauses."""
    found = {}
    for key, ids in questions(policy).items():
        if marks[ids[0]] is O:
            never = any(policy.conditions[c].never_refuted(policy) for c in ids)
            found[key] = (O, P) if never else (O, P, R)
    return found | dict.fromkeys(refuted_refers, (O, P))


def all_choices(policy, marks):
    """Every question may come out otherwise."""
    found = {}
    for key, ids in questions(policy).items():
        now = marks[ids[0]]
        never = any(policy.conditions[c].never_refuted(policy) for c in ids)
        found[key] = (now, *(mark for mark in ((P,) if never else (P, R)) if mark is not now))
    return found
