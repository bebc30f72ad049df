"""One rulebook under proof: its symbols, a solver, and how a failure is made into persons and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import z3

from eligibility.model.diagnostic import Bilingual, SourceLocation
from eligibility.model.policy import FactSpec, Policy
from eligibility.proving.claims import Claim, Person, Verdict
from eligibility.proving.knowledge import Knowledge, Range, Words, contains, exact_knowledge
from eligibility.proving.marks import Encoder, Rails
from eligibility.proving.outcomes import DEMANDS, OUTCOMES, Decision, Symbols, symbols_of, words_named
from eligibility.proving.people import case_text, decision_text, stated
from eligibility.proving.search import Answer, ProverFault, Row, Search, decided, round_numbers, row_of
from eligibility.rulebook.difference_lines import Side
from eligibility.rulebook.promise_types import Relation

Pairs = Sequence[tuple[str, Symbols, str]]
"""Persons of a failure: the end of its name, its symbols, and the outcome that the solver gives it ("": any)."""


@dataclass
class Book:
    """A rulebook with what is known of one person; further persons are made as they are needed."""

    side: Side
    search: Search
    words: Words = field(default_factory=Words)
    trials: dict[tuple[str, str], Book] = field(default_factory=dict)
    """The same rulebook with other values on file of its parameters, by parameter and value."""

    @property
    def policy(self) -> Policy:
        """The rulebook on the day."""
        return self.side.policy

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Arithmetic between facts that this rulebook knows; what names a fact that it does not know is left out."""
        return tuple(r for r in self.side.draft.relations if all(fact in self.policy.facts for fact in r.facts))

    @cached_property
    def numbers(self) -> dict[str, list[int | date]]:
        """Numbers that a small person should have."""
        return round_numbers([self.policy])

    @cached_property
    def anybody(self) -> Symbols:
        """Any possible person."""
        return self.person("p")

    @cached_property
    def decision(self) -> Decision:
        """What is decided of `anybody`, with the reasons."""
        return self.anybody.decision(with_reasons=True)

    @cached_property
    def change(self) -> tuple[z3.BoolRef, dict[str, Rails]]:
        """`anybody` is decided otherwise, or for other reasons, where the conditions have the marks of these placeholders."""
        marks = {
            name: Rails(z3.Bool(f"mark.{name}.proven"), z3.Bool(f"mark.{name}.refuted"))
            for name in self.anybody.conditions
        }
        refusing = [clause.id for clause in self.policy.clauses.values() if clause.kind in DEMANDS]
        return differ_in_reasons(self.decision, self.anybody.decision(marks=marks, with_reasons=True), refusing), marks

    def alternatives(self, parameter: str = "") -> Iterator[tuple[str, str]]:
        """Every other value on file of the parameter (of all, where none is named), as text to be tried."""
        for name, entry in self.side.draft.parameters.entries.items():
            for value in entry.body.alternatives if parameter in ("", name) else ():
                yield name, _as_text(value)

    def person(self, name: str) -> Symbols:
        """A further person, possible from now on."""
        symbols = symbols_of(self.policy, name, self.words)
        self.search.assume(symbols.possible, self.fits_somebody(name, symbols.knowledge))
        return symbols

    def variant(self, name: str, ranges: Mapping[str, Range]) -> tuple[Symbols, z3.BoolRef]:
        """A person of whom other `ranges` are known than of `anybody`, and when such a person is possible."""
        base = self.anybody.knowledge
        known = {**base.ranges, **ranges}
        knowledge = Knowledge(base.facts, known, self.words, z3.BoolVal(True), known)
        symbols = symbols_of(self.policy, name, self.words, knowledge)
        return symbols, z3.And(symbols.possible, self.fits_somebody(name, knowledge))

    def fits_somebody(self, name: str, knowledge: Knowledge) -> z3.BoolRef:
        """Some person in the world fits what is known: the arithmetic between facts holds of values within the ranges."""
        if not self.relations:
            return z3.BoolVal(True)
        facts: dict[str, FactSpec] = {f: self.policy.facts[f] for r in self.relations for f in r.facts}
        exact = exact_knowledge(f"{name}.world", facts.values(), self.words, words_named(self.policy))
        encoder = Encoder(exact)
        holds = [encoder.rails(relation.formula).proven for relation in self.relations]
        within = [contains(knowledge, exact, fact) for fact in facts]
        return z3.And(exact.valid, *encoder.definitions, *holds, *within)

    def claim(  # noqa: PLR0913 - what a claim says
        self,
        kind: str,
        subject: str,
        question: z3.BoolRef,
        proved: Bilingual,
        failed: Bilingual,
        *,
        persons: Pairs = (),
        places: Iterable[tuple[str, SourceLocation]] = (),
        accepted: str = "",
    ) -> Claim:
        """The claim that nobody is possible of whom `question` is true."""
        answer = self.search.ask(question)
        shown = self.persons(question, persons, failed) if answer is Answer.SOMEBODY else ()
        if answer is Answer.SOMEBODY and persons and not shown:
            answer = Answer.UNDECIDED
        claim = Claim(kind, subject, Verdict.UNDECIDED, proved, tuple(places))
        return _judged(claim, answer, Answer.NOBODY, failed, shown, accepted)

    def matters(  # noqa: PLR0913 - what a claim says
        self,
        kind: str,
        subject: str,
        question: z3.BoolRef,
        proved: Bilingual,
        failed: Bilingual,
        *,
        places: Iterable[tuple[str, SourceLocation]] = (),
        accepted: str = "",
    ) -> Claim:
        """The claim that somebody is possible of whom `question` is true; where it fails there is no person to show."""
        claim = Claim(kind, subject, Verdict.UNDECIDED, proved, tuple(places))
        return _judged(claim, self.search.ask(question), Answer.SOMEBODY, failed, (), accepted)

    def persons(self, question: z3.BoolRef, pairs: Pairs, remark: Bilingual) -> tuple[Person, ...]:
        """The smallest person or pair of the question, each decided by the reference evaluator; none where time ran out."""
        people = [symbols.knowledge for _, symbols, _ in pairs]
        if not people:
            return ()
        with self.search.smallest(question, people, self.numbers) as smallest:
            if smallest is None:
                return ()
            rows = [row_of(smallest.model, person) for person in people]
            expected = [self._expected(smallest.model, symbols, outcome) for _, symbols, outcome in pairs]
        return tuple(
            replace(self._person(name, row, outcome, remark), smallest=smallest.proved)
            for (name, _, _), row, outcome in zip(pairs, rows, expected, strict=True)
        )

    def _expected(self, model: z3.ModelRef, symbols: Symbols, outcome: str) -> str:
        if outcome:
            return outcome
        made = symbols.decision().outcomes
        names = [name for name in OUTCOMES if z3.is_true(model.eval(made[name], model_completion=True))]
        return names[0] if len(names) == 1 else ""

    def _person(self, name: str, row: Row, outcome: str, remark: Bilingual) -> Person:
        result = decided(self.policy, row)
        if result.outcome.value != outcome:
            raise ProverFault(
                f"{self.policy.id}: solver {outcome!r}, reference evaluator {result.outcome.value!r}: {row}"
            )
        text = case_text(self.policy, row, remark.zh, remark.en)
        zh, en = (stated(self.policy, row, lang) for lang in ("zh", "en"))
        return Person(
            name,
            row,
            outcome,
            result.reasons,
            text,
            Bilingual(zh, en),
            decision_text(self.policy, outcome, result.reasons),
        )

    def at_clause(self, clause: str, key: str = "when") -> tuple[str, SourceLocation]:
        """A clause with the place of its `when`."""
        return clause, self.side.draft.clauses.entries[clause].at(key)

    def at_condition(self, condition: str) -> tuple[str, SourceLocation]:
        """A condition with the place of its expression."""
        return condition, self.side.draft.conditions.entries[condition].at("expression")

    def accepted_at(self, entries: Any, name: str, *codes: str) -> str:
        """Why the author of an entry accepts one of these failures; "" where nothing is said."""
        reasons: Mapping[str, str] = getattr(entries[name].body, "accepted", {}) if name in entries else {}
        return next((reasons[code] for code in codes if code in reasons), "")

    def outcome_title(self, outcome: str) -> Bilingual:
        """The outcome in the rulebook's words."""
        english = self.policy.english.outcomes.get(outcome, outcome.replace("_", " "))
        return Bilingual(self.policy.outcomes[outcome], english)


def _as_text(value: object) -> str:
    """A value as a parameter file writes it."""
    match value:
        case list():
            return "、".join(map(str, value))
        case bool():
            return str(value).lower()
    return str(value)


def _judged(  # noqa: PLR0913, PLR0917 - what a claim says where it fails
    claim: Claim, answer: Answer, right: Answer, failed: Bilingual, shown: tuple[Person, ...], accepted: str
) -> Claim:
    """The claim, not yet decided, as the solver's answer decides it: proved by the `right` one."""
    if answer is right:
        return replace(claim, verdict=Verdict.PROVED)
    if answer is Answer.UNDECIDED:
        return claim
    verdict = Verdict.ACCEPTED if accepted else Verdict.FAILED
    return replace(claim, verdict=verdict, sentence=failed, persons=shown, accepted=accepted)


def differ(first: Decision, second: Decision) -> z3.BoolRef:
    """The two decisions have different outcomes."""
    return z3.Or(*[first.outcomes[name] != second.outcomes[name] for name in OUTCOMES if name != "manual_review"])


def differ_in_reasons(first: Decision, second: Decision, refusing: Iterable[str]) -> z3.BoolRef:
    """The two decisions differ in the outcome, a review reason, or the clauses that refuse."""
    names = {each.reason for each in (*first.reasons, *second.reasons)}
    parts = [first.given(name) != second.given(name) for name in sorted(names)]
    refused, anew = first.outcomes["not_eligible"], second.outcomes["not_eligible"]
    parts += [
        z3.And(refused, first.clauses[name].refuted) != z3.And(anew, second.clauses[name].refuted) for name in refusing
    ]
    return z3.Or(differ(first, second), *parts)
