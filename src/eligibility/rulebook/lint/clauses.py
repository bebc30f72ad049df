"""Clauses that change nothing, and clauses that say the same.

A clause as a demand is what must be proven of a person: its `when` (of an exclusion: its contrary), or one of its
exceptions. A demand D makes a demand C idle when, whatever is known of a person, D comes out no better than C: then
wherever C would refuse or ask, D does so already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import AllOf, AnyOf, Clause, Formula, Kind, Named, Not
from eligibility.model.truth import Truth
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.expression import UNREADABLE
from eligibility.rulebook.lint.conditions import answer_of, expressions, ground_of
from eligibility.rulebook.lint.kleene import mark_of
from eligibility.rulebook.lint.noted import noted
from eligibility.rulebook.lint.points import MOST_ROWS, facts_in, leaves, range_rows
from eligibility.rulebook.problems import RuleFinding

_DELETE = Bilingual("改正 when，或删去这一条", "correct “when”, or delete the clause")
_MERGE = Bilingual(
    "合并，或删去其一；两条各有法律依据而材料相同的，写 accepted: {same_clause: 理由}",
    "merge them or delete one; where the law asks both of the same papers, accepted: {same_clause: why}",
)
_GRADE = {Truth.REFUTED: 0, Truth.OPEN: 1, Truth.PROVEN: 2}
_WEIGHT = {Kind.REQUIREMENT: 0, Kind.EXCLUSION: 0, Kind.REFER: 1, Kind.REGISTER: 2, Kind.ELSEWHERE: 2}
"""A clause makes idle only those of its own weight or more: a refusal goes before a question, that before a register."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """A clause as a demand, over facts; `of` is the clause that an exception lifts."""

    clause: Clause
    over_facts: Formula
    over_conditions: Formula
    facts: frozenset[str]
    answer: Truth | None


def dead_clauses(draft: Draft) -> Iterator[RuleFinding]:
    """Clauses that never refuse, ask or register anybody, or that always do, or that another makes idle."""
    demands = _demands(draft)
    for demand in demands:
        yield from _constant(draft, demand)
    for demand in demands:
        by = next(
            (other for other in demands if _idles(draft, other, demand) and not _idles(draft, demand, other)), None
        )
        if by is not None:
            problem = Bilingual(
                f"条款“{demand.clause.title}”改变不了任何结论：有“{by.clause.title}”在先",
                f"clause {demand.clause.id} can change no outcome: {by.clause.id} is never better",
            )
            yield from noted(draft.clauses.entries[demand.clause.id], "idle_clause", "when", problem, _DELETE)


def repeated_clauses(draft: Draft) -> Iterator[RuleFinding]:
    """Clauses of one effect that come out alike whatever is known, each reported once, at the later one."""
    demands = _demands(draft)
    for i, demand in enumerate(demands):
        same = next((other for other in demands[:i] if _alike(draft, demand, other)), None)
        if same is not None:
            problem = Bilingual(
                f"条款“{demand.clause.title}”与“{same.clause.title}”（{same.clause.id}）说的是同一件事",
                f"clause {demand.clause.id} says the same as {same.clause.id}",
            )
            yield from noted(draft.clauses.entries[demand.clause.id], "same_clause", "when", problem, _MERGE)


def _demands(draft: Draft) -> list[_Demand]:
    known, result = expressions(draft), []
    for clause in draft.compiled_clauses.values():
        wanted = _wanted(draft, clause)
        names = {leaf.id for leaf in leaves(wanted) if isinstance(leaf, Named)}
        if clause.when == UNREADABLE or not names <= known.keys():
            continue
        formula = _with_facts(wanted, known)
        result.append(_Demand(clause, formula, wanted, facts_in(formula), answer_of(formula, ground_of(draft))))
    return result


def _wanted(draft: Draft, clause: Clause) -> Formula:
    """What must be proven for the clause to do nothing; of an exception, that it does not lift."""
    if clause.kind is Kind.EXCEPTION:
        return Not(clause.when)
    own = Not(clause.when) if clause.kind.negated else clause.when
    lifting = [e.when for e in draft.compiled_clauses.values() if e.kind is Kind.EXCEPTION and e.excepts == clause.id]
    return AnyOf((own, *lifting)) if lifting else own


def _with_facts(formula: Formula, known: dict[str, Formula]) -> Formula:
    match formula:
        case Named(id=name):
            return known[name]
        case Not(of=inner):
            return Not(_with_facts(inner, known))
        case AllOf(of=parts):
            return AllOf(tuple(_with_facts(part, known) for part in parts))
        case AnyOf(of=parts):
            return AnyOf(tuple(_with_facts(part, known) for part in parts))
    return formula


def _constant(draft: Draft, demand: _Demand) -> Iterator[RuleFinding]:
    entry, title = draft.clauses.entries[demand.clause.id], demand.clause.title
    if demand.answer is Truth.PROVEN:
        problem = Bilingual(
            f"条款“{title}”对任何人都不起作用，改变不了结论", f"clause {demand.clause.id} can change no outcome"
        )
        yield from noted(entry, "dead_clause", "when", problem, _DELETE)
    if demand.answer is Truth.REFUTED:
        problem = Bilingual(f"条款“{title}”对任何人都起作用", f"clause {demand.clause.id} applies to everybody")
        yield from noted(entry, "clause_for_all", "when", problem, _DELETE)


def _alike(draft: Draft, demand: _Demand, other: _Demand) -> bool:
    return _idles(draft, demand, other) and _idles(draft, other, demand)


def _idles(draft: Draft, strong: _Demand, weak: _Demand) -> bool:
    """Whether `strong` comes out no better than `weak` whatever is known, and its effect goes before that of `weak`."""
    if strong is weak or strong.clause is weak.clause or not _goes_before(strong.clause, weak.clause):
        return False
    if not strong.facts & weak.facts or strong.answer is not None or weak.answer is not None:
        return False
    rows = range_rows([strong.over_facts, weak.over_facts], ground_of(draft))
    if rows is not None:
        return all(_no_better(strong.over_facts, weak.over_facts, row) for row in rows)
    first, second = strong.over_conditions, weak.over_conditions
    names = sorted({leaf.id for side in (first, second) for leaf in leaves(side) if isinstance(leaf, Named)})
    if 3 ** len(names) > MOST_ROWS:
        return False
    vectors = (dict(zip(names, marks, strict=True)) for marks in product(Truth, repeat=len(names)))
    return all(_no_better(first, second, vector) for vector in vectors)


def _goes_before(strong: Clause, weak: Clause) -> bool:
    exceptions = (strong.kind is Kind.EXCEPTION, weak.kind is Kind.EXCEPTION)
    if any(exceptions):
        return all(exceptions) and strong.excepts == weak.excepts
    return _WEIGHT[strong.kind] <= _WEIGHT[weak.kind]


def _no_better(strong: Formula, weak: Formula, row: dict[str, Any]) -> bool:
    return _GRADE[mark_of(strong, row)] <= _GRADE[mark_of(weak, row)]
