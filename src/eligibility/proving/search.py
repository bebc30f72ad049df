"""Asks the solver for a person, makes the person small, and has the reference evaluator confirm what was asked.

An answer is one of three: there is no such person (proved), here is one, or the time did not suffice. A person that the
reference evaluator decides otherwise than the solver is a fault of the prover and stops it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import z3

from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.verdict import RuleResult
from eligibility.model.errors import EligibilityError
from eligibility.model.formula import Compare, Constant, FactRef, walk
from eligibility.model.policy import FactSpec, FactType, Policy
from eligibility.model.units import UNITS
from eligibility.proving.calendar import Day, fixed
from eligibility.proving.knowledge import End, Knowledge, key, same

Row = dict[str, Any]


class ProverFault(EligibilityError):
    """The solver's person is decided otherwise by the reference evaluator: nothing that was proved may be relied on."""


class Answer(StrEnum):
    """What the solver says of a question."""

    NOBODY = "nobody"
    SOMEBODY = "somebody"
    UNDECIDED = "undecided"


_MOST_FOR_FEWER = 5.0
"""Seconds in which a person with fewer facts is looked for, each time."""


@dataclass(frozen=True, slots=True)
class Smallest:
    """A model, and whether it is proved that no other states fewer facts."""

    model: z3.ModelRef
    proved: bool


@dataclass(slots=True)
class Search:
    """A solver with a time limit for all its questions together, in seconds of the processor."""

    seconds: float
    most_each: float = 30.0
    questions: int = 0
    solver: z3.Solver = field(default_factory=z3.Solver)
    deadline: float = 0.0
    witnesses: list[z3.ModelRef] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to count the time."""
        self.deadline = time.process_time() + self.seconds

    def assume(self, *facts: z3.BoolRef) -> None:
        """Hold these in every question from now on; they must be about symbols that no earlier question had."""
        self.solver.add(*facts)
        held = z3.And(*facts)
        self.witnesses = [model for model in self.witnesses if z3.is_true(_at(model, held))]

    @property
    def remaining(self) -> float:
        """Processor seconds that are left: on a busy machine no less is proved."""
        return self.deadline - time.process_time()

    def ask(self, question: z3.BoolRef) -> Answer:
        """Whether somebody is possible of whom `question` is true."""
        self.questions += 1
        if any(z3.is_true(model.eval(question, model_completion=True)) for model in self.witnesses):
            return Answer.SOMEBODY
        with self._frame(question):
            return self._check()

    @contextmanager
    def smallest(
        self, question: z3.BoolRef, people: Sequence[Knowledge], numbers: Mapping[str, Sequence[int | date]]
    ) -> Iterator[Smallest | None]:
        """The smallest model of the question: with the fewest facts stated of anybody, then alike, exact and round.

        None where the time did not suffice for any; where it did not suffice to prove that no other has fewer facts, the
        model is irreducible only: none of its facts could be left out.
        """
        with self._frame(question):
            if self._check() is not Answer.SOMEBODY:
                yield None
                return
            proved = self._fewest(people)
            self._keep(people, numbers)
            yield Smallest(self.solver.model(), proved) if self.solver.check() == z3.sat else None

    def _fewest(self, people: Sequence[Knowledge]) -> bool:
        """Hold the least number of stated facts that can be found; whether it is proved that there is no lesser."""
        stated = [z3.Or(*[end.known for person in people for end in _ends_of(person, f)]) for f in people[0].facts]
        outer = self._depth
        self.solver.push()
        self._depth = 0
        for known in stated:
            self._try(z3.Not(known))
        model = self.solver.model() if self.solver.check() == z3.sat else None
        self.solver.pop(self._depth + 1)
        self._depth = outer
        proved = False
        while model is not None and not proved:
            count = sum(z3.is_true(_at(model, known)) for known in stated)
            if not count or not self._try(z3.AtMost(*stated, count)):
                return not count
            self.solver.push()
            self.solver.add(z3.AtMost(*stated, count - 1))
            self._limit(_MOST_FOR_FEWER)
            answer = self.solver.check()
            model = self.solver.model() if answer == z3.sat else None
            proved = answer == z3.unsat
            self.solver.pop()
        return proved

    @contextmanager
    def wishing(
        self,
        question: z3.BoolRef,
        people: Sequence[Knowledge],
        numbers: Mapping[str, Sequence[int | date]],
        wishes: Sequence[z3.BoolRef],
    ) -> Iterator[z3.ModelRef | None]:
        """A model of the question that fulfils as many wishes as can be held one after the other, then is small."""
        with self._frame(question):
            if self._check() is not Answer.SOMEBODY:
                yield None
                return
            for wish in wishes:
                self._try(wish)
            self._keep(people, numbers)
            yield self.solver.model() if self.solver.check() == z3.sat else None

    def _keep(self, people: Sequence[Knowledge], numbers: Mapping[str, Sequence[int | date]]) -> None:
        """Leave out what can be left out, make persons alike where they can be, then prefer single and round values."""
        for fact in people[0].facts:
            self._try(z3.And(*[z3.Not(end.known) for person in people for end in _ends_of(person, fact)]))
        for fact in people[0].facts:
            self._try(z3.And(*[same(people[0], other, fact) for other in people[1:]]))
        for person in people:
            for spec in person.facts.values():
                self._plain(person, spec, numbers.get(spec.id, ()))
        self.solver.check()

    def _plain(self, person: Knowledge, spec: FactSpec, numbers: Sequence[int | date]) -> None:
        """Give the fact one value rather than a range, and a round one rather than any."""
        low, high = person.ranges[spec.id].lo, person.ranges[spec.id].hi
        if not spec.type.ordered or not self._is_known(low, high):
            return
        for number in numbers:
            value = fixed(number).order if isinstance(number, date) else z3.IntVal(number)
            if self._try(z3.And(low.known, high.known, key(low.value) == value, key(high.value) == value)):
                return
        self._try(z3.And(low.known, high.known, key(low.value) == key(high.value)))

    def _is_known(self, *ends: End) -> bool:
        """Whether the person cannot do without some end."""
        return not self._try(z3.And(*[z3.Not(end.known) for end in ends]))

    def _try(self, wish: z3.BoolRef) -> bool:
        """Hold the wish where it can be held."""
        self.solver.push()
        self.solver.add(wish)
        self._limit()
        if self.solver.check() == z3.sat:
            # the frame stays open: it is closed with the frame of the question
            self._depth += 1
            return True
        self.solver.pop()
        return False

    _depth: int = 0

    @contextmanager
    def _frame(self, question: z3.BoolRef) -> Iterator[None]:
        self.solver.push()
        before, self._depth = self._depth, 0
        try:
            self.solver.add(question)
            yield
        finally:
            self.solver.pop(self._depth + 1)
            self._depth = before

    def _limit(self, most: float = float("inf")) -> float:
        left = min(most, self.most_each, self.remaining)
        self.solver.set("timeout", max(1, int(left * 1000)))
        return left

    def _check(self) -> Answer:
        if self._limit() <= 0:
            return Answer.UNDECIDED
        result = self.solver.check()
        if result == z3.sat:
            self.witnesses = [*self.witnesses[-15:], self.solver.model()]
            return Answer.SOMEBODY
        return Answer.NOBODY if result == z3.unsat else Answer.UNDECIDED


def _ends_of(person: Knowledge, fact: str) -> Iterable[End]:
    ends = person.ranges[fact]
    return (ends.lo, ends.hi) if person.facts[fact].type.ordered else (ends.lo,)


def row_of(model: z3.ModelRef, person: Knowledge) -> Row:
    """The row of facts that the model gives a person."""
    row: Row = {}
    for spec in person.facts.values():
        ends = person.ranges[spec.id]
        for column, end in zip(spec.columns, (ends.lo, ends.hi), strict=False):
            row[column] = _value(model, spec, end, person) if z3.is_true(_at(model, end.known)) else None
    return row


def _value(model: z3.ModelRef, spec: FactSpec, end: End, person: Knowledge) -> object:
    if isinstance(end.value, Day):
        parts = (end.value.year, end.value.month, end.value.day)
        return date(*[_at(model, part).as_long() for part in parts])
    if spec.type is FactType.TRUTH:
        return z3.is_true(_at(model, end.value))
    number = _at(model, end.value).as_long()
    return person.words.word(number) if spec.type is FactType.CHOICE else number


def _at(model: z3.ModelRef, symbol: z3.ExprRef) -> Any:
    return model.eval(symbol, model_completion=True)


def decided(policy: Policy, row: Row) -> RuleResult:
    """What the reference evaluator decides."""
    return evaluate_case(policy, evaluate_conditions(policy, row))


def round_numbers(policies: Iterable[Policy]) -> dict[str, list[int | date]]:
    """For every ordered fact the numbers that a small person should have: the lines of the rules, then round ones."""
    policies = list(policies)
    lines: dict[str, set[Any]] = {}
    for policy in policies:
        for condition in policy.conditions.values():
            for part in walk(condition.expression):
                if isinstance(part, Compare):
                    sides = (part.left, part.right)
                    values = {side.value for side in sides if isinstance(side, Constant) and _is_line(side.value)}
                    near = [side.id for side in sides if isinstance(side, FactRef)] if values else condition.facts
                    for fact in near:
                        lines.setdefault(fact, set()).update(values)
    result: dict[str, list[int | date]] = {}
    for policy in policies:
        for spec in policy.facts.values():
            if spec.type.ordered:
                known = [
                    line for line in lines.get(spec.id, ()) if isinstance(line, date) is (spec.type is FactType.DATE)
                ]
                result[spec.id] = _rounds(spec, sorted(known))
    return result


def _is_line(value: object) -> bool:
    return isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool))


def _rounds(spec: FactSpec, lines: list[Any]) -> list[int | date]:
    if spec.type is FactType.DATE:
        near = [day for line in lines for day in _around(line)]
        return [*near, *(date(year, 1, 1) for year in (2015, 1990, 1960, 1940, 2000, 2024))]
    unit = next(iter(UNITS[spec.type].values()))
    hundredth = unit // 100
    near = [line + step for line in lines for step in (0, hundredth, -hundredth, unit // 10) if line + step >= 0]
    just = [line + step for line in lines for step in (1, -1) if line + step >= 0]
    own = [0, unit, 2 * unit, 10 * unit, 20 * unit, 40 * unit, 60 * unit]
    return list(dict.fromkeys([*near, *own, *just]))


def _around(line: date) -> list[date]:
    return [
        date.fromordinal(n) for n in (line.toordinal() + step for step in (0, 1, -1)) if 1 <= n <= date.max.toordinal()
    ]
