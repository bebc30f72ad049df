"""Two rulebooks compared by proof: equal in every outcome, or the regions in which they differ, each with a person."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

import z3

from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import conditions_named, lines_in
from eligibility.model.policy import FactSpec, Policy
from eligibility.proving.book import Book, differ, differ_in_reasons
from eligibility.proving.calendar import NotExpressible
from eligibility.proving.claims import Person, Verdict
from eligibility.proving.knowledge import Knowledge, Words, fresh_knowledge
from eligibility.proving.outcomes import DEMANDS, OUTCOMES, symbols_of, words_named
from eligibility.proving.people import case_text, decision_text, stated
from eligibility.proving.regions import Cell, cells_of, cells_text, holds
from eligibility.proving.search import Answer, ProverFault, Search, decided, round_numbers, row_of
from eligibility.rulebook.difference_lines import Side


@dataclass(frozen=True, slots=True)
class Region:
    """Persons who are decided otherwise in one way: where they are, in words, and the smallest of them."""

    was: str
    becomes: str
    sentence: Bilingual
    person: Person | None
    reasons: tuple[str, ...] = ()
    """Reasons under the new rulebook."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is proved of two rulebooks: `outcomes` and `reasons` say whether they are equal in these."""

    outcomes: Verdict
    reasons: Verdict
    regions: tuple[Region, ...]
    undecided: tuple[tuple[str, str], ...]
    """Ways to change (was, becomes) of which the time did not suffice to say whether anybody changes so."""
    seconds: float
    problem: str = ""
    """What could not be expressed, where nothing could be proved."""


def compare(old: Side, new: Side, seconds: float = 60.0) -> Comparison:
    """Prove that two rulebooks give everybody the same outcome, or find where they do not, within about `seconds`."""
    begun = time.monotonic()
    try:
        return _Pair(old, new, Search(seconds)).compared(begun)
    except NotExpressible as unknown:
        spent = time.monotonic() - begun
        return Comparison(Verdict.UNDECIDED, Verdict.UNDECIDED, (), (), spent, str(unknown))


class _Pair:
    """Two rulebooks over one person."""

    def __init__(self, old: Side, new: Side, search: Search) -> None:
        self.old, self.new, self.search = old.policy, new.policy, search
        self.facts = _merged(self.old, self.new)
        self.named = words_named(self.old, self.new)
        words = Words()
        self.known: Knowledge = fresh_knowledge("p", self.facts.values(), words, self.named)
        self.before, self.after = (symbols_of(policy, "p", words, self.known) for policy in (self.old, self.new))
        books = [Book(side, search, words) for side in (old, new)]
        fits = [book.fits_somebody(f"p{i}", self.known) for i, book in enumerate(books)]
        search.assume(self.before.possible, self.after.possible, *fits)
        self.first, self.second = self.before.decision(with_reasons=True), self.after.decision(with_reasons=True)

    def compared(self, begun: float) -> Comparison:
        if self.search.ask(z3.BoolVal(True)) is Answer.NOBODY:
            raise NotExpressible("nobody fits the arithmetic between facts, so nothing can be compared")
        outcomes = self._verdict(differ(self.first, self.second))
        reasons = outcomes
        if outcomes is Verdict.PROVED:
            refusing = [c.id for c in self.old.clauses.values() if c.kind in DEMANDS and c.id in self.new.clauses]
            reasons = self._verdict(differ_in_reasons(self.first, self.second, refusing))
        regions: list[Region] = []
        undecided: list[tuple[str, str]] = []
        for was in OUTCOMES if outcomes is not Verdict.PROVED else ():
            for becomes in OUTCOMES:
                if was == becomes:
                    continue
                question = z3.And(self.first.outcomes[was], self.second.outcomes[becomes])
                answer = self.search.ask(question)
                if answer is Answer.SOMEBODY:
                    regions.append(self._region(was, becomes, question))
                elif answer is Answer.UNDECIDED:
                    undecided.append((was, becomes))
        return Comparison(outcomes, reasons, tuple(regions), tuple(undecided), time.monotonic() - begun)

    def _verdict(self, question: z3.BoolRef) -> Verdict:
        answer = self.search.ask(question)
        return {Answer.NOBODY: Verdict.PROVED, Answer.SOMEBODY: Verdict.FAILED}.get(answer, Verdict.UNDECIDED)

    def _region(self, was: str, becomes: str, question: z3.BoolRef) -> Region:
        titles = [_title(policy, name) for policy, name in ((self.old, was), (self.new, becomes))]
        parts = []
        for name in self._touched():
            spec = self.facts[name]
            cells = cells_of(spec, self._lines(name), self.named.get(name, set()))
            inside = self._cells(question, spec, cells)
            others = [
                self._cells(side, spec, cells) for side in (self.first.outcomes[was], self.second.outcomes[becomes])
            ]
            if inside is None or None in others or not inside:
                continue
            if all(set(inside) != set(other or ()) for other in others):
                parts.append((spec, inside))
        texts = [(spec, cells_text(spec, cells)) for spec, cells in parts]
        zh = "，".join(f"{spec.title}{text.zh}" for spec, text in texts) or "下面这样的人"
        en = (
            ", ".join(f"{spec.title_en or spec.id} {text.en}" for spec, text in texts)
            or "persons such as the one below"
        )
        sentence = Bilingual(
            f"{zh}：由{titles[0].zh}变为{titles[1].zh}", f"{en}: from {titles[0].en} to {titles[1].en}"
        )
        person, reasons = self._person(question, was, becomes, sentence)
        return Region(was, becomes, sentence, person, reasons)

    def _cells(self, question: z3.BoolRef, spec: FactSpec, cells: list[Cell]) -> list[Cell] | None:
        """The cells in which somebody of the question is; None where the time did not suffice."""
        inside = []
        for cell in cells:
            at_cell = holds(cell, self.known.ranges[spec.id], self.known.words, ordered=spec.type.ordered)
            answer = self.search.ask(z3.And(question, at_cell))
            if answer is Answer.UNDECIDED:
                return None
            if answer is Answer.SOMEBODY:
                inside.append(cell)
        return inside

    def _touched(self) -> list[str]:
        """The facts of the conditions and clauses that the two rulebooks have differently; of all, where none differs."""
        touched: dict[str, None] = {}
        for policy, other in ((self.old, self.new), (self.new, self.old)):
            for name, condition in policy.conditions.items():
                counterpart = other.conditions.get(name)
                if counterpart is None or counterpart.expression != condition.expression:
                    touched.update(dict.fromkeys(condition.facts))
            for name, clause in policy.clauses.items():
                same = other.clauses.get(name)
                if same is None or (same.kind, same.when, same.excepts) != (clause.kind, clause.when, clause.excepts):
                    conditions = [policy.conditions[each] for each in conditions_named(clause.when)]
                    touched.update(dict.fromkeys(fact for each in conditions for fact in each.facts))
        return [name for name in self.facts if name in touched] or list(self.facts)

    def _lines(self, fact: str) -> list[int | date]:
        conditions = [each for policy in (self.old, self.new) for each in policy.conditions.values()]
        lines = {line for each in conditions for name, line in lines_in(each.expression) if name == fact}
        return sorted(lines)

    def _person(
        self, question: z3.BoolRef, was: str, becomes: str, sentence: Bilingual
    ) -> tuple[Person | None, tuple[str, ...]]:
        numbers = round_numbers([self.old, self.new])
        with self.search.smallest(question, [self.known], numbers) as smallest:
            if smallest is None:
                return None, ()
            row = row_of(smallest.model, self.known)
        results = [decided(policy, row) for policy in (self.old, self.new)]
        if [result.outcome.value for result in results] != [was, becomes]:
            raise ProverFault(
                f"solver {was} → {becomes}, reference evaluator {[r.outcome.value for r in results]}: {row}"
            )
        whole = self.new if self.new.facts.keys() >= self.old.facts.keys() else self.old
        text = case_text(whole, row, *sentence)
        line = Bilingual(stated(whole, row, "zh"), stated(whole, row, "en"))
        words = decision_text(self.new, becomes, results[1].reasons)
        return Person("", row, becomes, results[1].reasons, text, line, words, smallest.proved), results[1].reasons


def _merged(old: Policy, new: Policy) -> dict[str, FactSpec]:
    """The facts of both; a fact of two types in two rulebooks cannot be compared."""
    merged = dict(old.facts)
    for name, spec in new.facts.items():
        known = merged.setdefault(name, spec)
        if (known.type, known.choices, known.never_false) != (spec.type, spec.choices, spec.never_false):
            raise NotExpressible(f"fact {name} is of two kinds")
    return merged


def _title(policy: Policy, outcome: str) -> Bilingual:
    return Bilingual(policy.outcomes[outcome], policy.english.outcomes.get(outcome, outcome.replace("_", " ")))
