"""Persons near a given one in whom two clauses meet, or an exception lifts its clause: what scenarios should be about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import z3

from eligibility.model.policy import FactSpec, Kind
from eligibility.proving.book import Book
from eligibility.proving.knowledge import End, constant_end, key
from eligibility.proving.search import Answer, Row, Search, row_of
from eligibility.rulebook.difference_lines import Side

Meeting = tuple[str, str, Row | None]
"""Two clauses, and a person whom both concern; None where the time did not suffice to say whether there is one."""


def meetings(side: Side, near: Mapping[str, Any], *, wanted: set[frozenset[str]], seconds: float) -> Iterator[Meeting]:
    """For each pair of clauses in `wanted` that somebody can fail together, such a person as like `near` as can be.

    A pair of an exception and the clause that it lifts is one whom the clause alone would stop. Pairs that nobody can
    fail together are left out.
    """
    book = Book(side, Search(seconds))
    clauses = list(side.policy.clauses.values())
    for i, first in enumerate(clauses):
        for second in clauses[i + 1 :]:
            if frozenset((first.id, second.id)) not in wanted:
                continue
            question = _together(book, first.id, second.id)
            answer = book.search.ask(question)
            if answer is not Answer.NOBODY:
                row = nearest(book, question, near) if answer is Answer.SOMEBODY else None
                yield first.id, second.id, row


def _together(book: Book, first: str, second: str) -> z3.BoolRef:
    policy, marks = book.policy, book.decision.clauses
    for name, other in ((first, second), (second, first)):
        if policy.clauses[name].kind is Kind.EXCEPTION:
            if policy.clauses[name].excepts != other:
                return z3.BoolVal(False)
            without = book.anybody.decision(without=[name]).clauses[other]
            return z3.And(marks[name].proven, without.refuted)
    return z3.And(marks[first].refuted, marks[second].refuted)


def nearest(book: Book, question: z3.BoolRef, near: Mapping[str, Any]) -> Row | None:
    """A person of the question who differs from `near` in as few facts as can be found one by one; None where time ran out."""
    knowledge = book.anybody.knowledge
    wishes = [
        _same_as(spec, knowledge.ranges[spec.id].lo, knowledge.ranges[spec.id].hi, near, book)
        for spec in knowledge.facts.values()
    ]
    with book.search.wishing(question, [knowledge], book.numbers, wishes) as model:
        return None if model is None else row_of(model, knowledge)


def _same_as(spec: FactSpec, low: End, high: End, near: Mapping[str, Any], book: Book) -> z3.BoolRef:
    wishes = []
    for column, end in zip(spec.columns, (low, high), strict=False):
        value: int | date | str | bool | None = near.get(column)
        if value is None:
            wishes.append(z3.Not(end.known))
        elif isinstance(value, bool):
            wishes.append(z3.And(end.known, end.value == z3.BoolVal(value)))
        else:
            wishes.append(z3.And(end.known, key(end.value) == key(constant_end(value, book.words).value)))
    return z3.And(*wishes)
