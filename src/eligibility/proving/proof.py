"""Proves one rulebook: every claim, in order, within a time limit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from eligibility.model.diagnostic import Bilingual
from eligibility.proving.book import Book
from eligibility.proving.calendar import NotExpressible
from eligibility.proving.claims import PROPERTIES, Claim, Proof, Verdict
from eligibility.proving.properties.boundaries import boundary_claims
from eligibility.proving.properties.fairness import fairness_claims
from eligibility.proving.properties.knowledge import knowledge_claims
from eligibility.proving.properties.outcome import contradictions, outcome_claims
from eligibility.proving.properties.usage import usage_claims
from eligibility.proving.search import Search
from eligibility.rulebook.difference import day_in_force, read_side
from eligibility.rulebook.difference_lines import Side

SECONDS = 60.0
"""Time for one rulebook, unless another is asked for."""

WORK: tuple[tuple[tuple[str, Callable[[Book], Iterator[Claim]]], ...], ...] = (
    (("one_outcome", outcome_claims), ("clauses_agree", contradictions), ("clause_matters", usage_claims)),
    (("never_overturned", knowledge_claims),),
    (("never_depends_on", fairness_claims),),
    (("boundary_once", boundary_claims),),
)
"""The claims in order, those that share a solver together; each with the kind of claim that it is mostly about."""


def prove_folder(folder: Path, today: date, seconds: float = SECONDS) -> Proof:
    """Prove the rulebook in `folder` as it stands on `today`, or on the nearest day on which it is in force.

    Raises `InputError` on a rulebook that cannot be used, `ProverFault` where solver and reference evaluator disagree.
    """
    return prove(read_side(folder, day_in_force(folder, today)), seconds)


def prove(side: Side, seconds: float = SECONDS, book_of: Callable[[Side, Search], Book] = Book) -> Proof:
    """Prove a rulebook that has been read, within about `seconds` of the processor; what is not reached is undecided.

    `book_of` makes the book under proof: another may narrow which persons are possible.
    """
    begun, worked = time.monotonic(), time.process_time()
    policy = side.policy
    claims: list[Claim] = []
    questions = 0
    for together in WORK:
        book = book_of(side, Search(seconds - (time.process_time() - worked)))
        for kind, work in together:
            claims.extend(_claims(book, kind, work))
        questions += book.search.questions
    title = Bilingual(policy.title, policy.english.title or policy.id)
    assumptions = tuple((relation.text, relation.at) for relation in Book(side, Search(0)).relations)
    spent = time.monotonic() - begun
    return Proof(
        policy.id, title, policy.as_of.isoformat(), policy.sha256, tuple(claims), assumptions, questions, spent
    )


def _claims(book: Book, kind: str, work: Callable[[Book], Iterator[Claim]]) -> Iterator[Claim]:
    try:
        yield from work(book)
    except NotExpressible as unknown:
        words = PROPERTIES[kind]
        sentence = Bilingual(f"{words.zh}：无法表达（{unknown}）", f"{words.en}: cannot be expressed ({unknown})")
        yield Claim(kind, "", Verdict.UNDECIDED, sentence)
