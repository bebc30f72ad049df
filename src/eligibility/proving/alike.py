"""Whether a change of a rulebook alters what anybody is told, on any day in force and under any value on file.

What is compared: the outcome, the review reasons, the clauses that refuse or register, and the marks of the conditions
from which classes, amounts and the list of assumptions are made. Equal is proved; what differs is shown by a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import z3

from eligibility.engine.reference_conditions import evaluate_condition, evaluate_conditions
from eligibility.engine.reference_evaluator import evaluate_case
from eligibility.engine.verdict import RuleResult
from eligibility.model.benefit import parameters_of
from eligibility.model.formula import Constant, Shifted, conditions_named
from eligibility.model.policy import Parameter, Policy, Status
from eligibility.model.readings import with_readings
from eligibility.model.truth import Truth
from eligibility.proving.book import Book, differ
from eligibility.proving.calendar import NotExpressible
from eligibility.proving.claims import Verdict
from eligibility.proving.encounters import nearest
from eligibility.proving.knowledge import FALSE, TRUE
from eligibility.proving.outcomes import DEMANDS, Decision, Symbols
from eligibility.proving.search import Answer, Row, Search, row_of
from eligibility.rulebook.difference import read_side
from eligibility.rulebook.difference_lines import Side

_MOST_PEOPLE = 60
"""Persons who are tried, the last ones first, before the solver is asked for another."""

Trying = tuple[tuple[str, str], ...]
"""Parameters with the value that is tried."""

Change = Callable[[Policy], Policy]
"""A change of a policy; the policy itself where it changes nothing in it."""


@dataclass(frozen=True, slots=True)
class Altered:
    """What came of a change. Where it alters something: on which day, with which value tried, and of whom.

    `what` is "decision" (of the person of the row), "start" (the day from which the rulebook is in force), "amount" (a
    value that an amount is reckoned from) or "assumption" (what is listed as assumed); "" where nothing is altered.
    """

    verdict: Verdict
    what: str = ""
    day: date | None = None
    trying: Trying = ()
    row: Row | None = None


Statements = dict[tuple[str, str], z3.BoolRef]
"""What a person may be told beside the outcome, and when."""

SAME = Altered(Verdict.PROVED)


@dataclass
class _Version:
    """The rulebook on one day, what it tells, and persons who were met."""

    book: Book
    people: list[Met] = field(default_factory=list)

    @cached_property
    def stated(self) -> Statements:
        return statements(self.book.policy, self.book.decision)


@dataclass
class Versions:
    """A rulebook on all days in force, and with each value on file of each parameter; read as they are needed."""

    folder: Path
    today: date
    seconds: float = 300.0
    most_each: float = 10.0
    book_of: Callable[[Side, Search], Book] = Book
    near: Mapping[str, Any] | None = None
    """The person to whom a person who is shown should be alike."""
    versions: dict[tuple[date, Trying], _Version] = field(default_factory=dict)

    def altered(self, change: Change) -> Altered:
        """What the change alters; PROVED where nothing of anybody, UNDECIDED where the time did not suffice."""
        policy = self.book(self.today).policy
        changed = change(policy)
        if changed is policy:
            return SAME
        if changed.in_force_from != policy.in_force_from:
            return Altered(Verdict.FAILED, "start", min(changed.in_force_from, policy.in_force_from))
        for day, trying in self._versions(policy, changed):
            altered = self._one(self._read(day, trying), change)
            if altered.verdict is not Verdict.PROVED:
                return Altered(altered.verdict, altered.what, day, trying, altered.row)
        return SAME

    def _versions(self, policy: Policy, changed: Policy) -> Iterator[tuple[date, Trying]]:
        """Every day on which the values differ from those of a day before it, then every value that is on file to try."""
        seen = set()
        for day in (self.today, *sorted(self._days(policy) | self._days(changed))):
            values = tuple(tuple(_values(version, day).items()) for version in (policy, changed))
            if values not in seen:
                seen.add(values)
                yield day, ()
        for name, text in self.book(self.today).alternatives():
            yield self.today, ((name, text),)

    def _days(self, policy: Policy) -> set[date]:
        """The days in force on which a value begins or ends."""
        force = self.book(self.today).side.draft.rulebook
        until = force.body.in_force.until if force else None
        turns = {dated.since for p in policy.parameters.values() for dated in p.timeline}
        turns |= {dated.until for p in policy.parameters.values() for dated in p.timeline if dated.until}
        turns |= {policy.in_force_from}
        return {day for day in turns if policy.in_force_from <= day and (until is None or day < until)}

    def book(self, day: date, trying: Trying = ()) -> Book:
        """The rulebook on a day, with values that are tried."""
        return self._read(day, trying).book

    def _read(self, day: date, trying: Trying = ()) -> _Version:
        if (day, trying) not in self.versions:
            side = read_side(self.folder, day, dict(trying))
            self.versions[day, trying] = _Version(self.book_of(side, Search(self.seconds, self.most_each)))
        return self.versions[day, trying]

    def _one(self, version: _Version, change: Change) -> Altered:
        book = version.book
        changed = change(book.policy)
        if changed is book.policy:
            return SAME
        changed = with_readings(changed)
        if self.near is None and any(_tells_otherwise(person, changed) for person in version.people[-_MOST_PEOPLE:]):
            return Altered(Verdict.FAILED, "decision")
        try:
            question = stated_otherwise(book, changed, version.stated)
        except NotExpressible:
            return Altered(Verdict.UNDECIDED)
        answer = book.search.ask(question)
        if answer is Answer.SOMEBODY:
            row = row_of(book.search.witnesses[-1], book.anybody.knowledge)
            version.people.append(_met(book.policy, row))
            return Altered(Verdict.FAILED, "decision", row=nearest(book, question, self.near) if self.near else None)
        for what, read in _MORE.items():
            if read(changed) != read(book.policy):
                return Altered(Verdict.FAILED, what)
        return SAME if answer is Answer.NOBODY else Altered(Verdict.UNDECIDED)


def resting_on(book: Book, parameter: str, near: Mapping[str, Any]) -> Iterator[Row]:
    """Persons in whom a condition that rests on the parameter has a mark for which it does, as like `near` as can be."""
    outcomes, marks = book.decision.outcomes, book.decision.conditions
    for condition in book.policy.conditions.values():
        rests = [rest for rest in condition.rests_on if rest.parameter == parameter]
        wanted = [(rest.mark, rest.where) for rest in rests]
        wanted += [(None, "")] if parameter in condition.parameters else []
        for mark, where in wanted:
            mine = marks[condition.id]
            for asked in [mark] if mark is not None else list(Truth):
                has = {Truth.PROVEN: mine.proven, Truth.REFUTED: mine.refuted, Truth.OPEN: mine.open}[asked]
                both = z3.And(has, marks[where].proven) if where else has
                for more in (outcomes["eligible"], outcomes["not_eligible"], TRUE):
                    question = z3.And(both, more)
                    if book.search.ask(question) is Answer.SOMEBODY:
                        row = nearest(book, question, near)
                        if row is not None:
                            yield row


def stated_otherwise(book: Book, changed: Policy, first: Statements) -> z3.BoolRef:
    """Somebody is told otherwise by the changed policy, which has the same facts. Raises NotExpressible."""
    policy, base = book.policy, book.anybody
    known = len(base.encoder.definitions)
    marks = {
        name: base.conditions[name]
        if name in base.conditions and policy.conditions[name].expression == condition.expression
        else base.encoder.rails(condition.expression)
        for name, condition in changed.conditions.items()
    }
    definitions = base.encoder.definitions[known:]
    del base.encoder.definitions[known:]
    decision = Symbols(changed, base.knowledge, base.encoder, marks).decision(with_reasons=True)
    second = statements(changed, decision)
    parts = [first.get(key, FALSE) != second.get(key, FALSE) for key in {**first, **second}]
    for name in _watched(policy) & marks.keys():
        if marks[name] is not base.conditions[name]:
            parts += [
                base.conditions[name].proven != marks[name].proven,
                base.conditions[name].refuted != marks[name].refuted,
            ]
    return z3.And(z3.Or(differ(book.decision, decision), *parts), *definitions)


def statements(policy: Policy, decision: Decision) -> Statements:
    """Everything that a person may be told beside the outcome, and when it is."""
    whens: dict[str, list[z3.BoolRef]] = {}
    for each in decision.reasons:
        whens.setdefault(each.reason, []).append(each.when)
    given = {("review", reason): z3.Or(*when) for reason, when in whens.items()}
    for clause in policy.clauses.values():
        outcome = "not_eligible" if clause.kind in DEMANDS else "register" if clause.kind.registers else ""
        if outcome:
            given[outcome, clause.id] = z3.And(decision.outcomes[outcome], decision.clauses[clause.id].refuted)
    return given


@dataclass(frozen=True, slots=True)
class Met:
    """A person who was met before, with what the policy says of him."""

    policy: Policy
    row: Row
    marks: Mapping[str, Truth]
    result: RuleResult


def _met(policy: Policy, row: Row) -> Met:
    marks = evaluate_conditions(policy, row)
    return Met(policy, row, marks, evaluate_case(policy, marks))


def _tells_otherwise(met: Met, changed: Policy) -> bool:
    """Whether the reference evaluator tells him otherwise by the changed policy."""
    marks = {
        name: met.marks[name]
        if name in met.marks and met.policy.conditions[name].expression == condition.expression
        else evaluate_condition(condition.expression, met.row, changed.facts)
        for name, condition in changed.conditions.items()
    }
    result = evaluate_case(changed, marks)
    return (result.outcome, result.reasons) != (met.result.outcome, met.result.reasons)


def _watched(policy: Policy) -> set[str]:
    """The conditions of which more is read than by the clauses: for classes, amounts and the list of assumptions."""
    formulas = [each.when for each in policy.classes.values() if each.when is not None]
    formulas += [benefit.when for benefit in policy.benefits.values() if benefit.when is not None]
    names = {name for formula in formulas for name in conditions_named(formula)}
    for condition in policy.conditions.values():
        rests = {rest.parameter for rest in condition.rests_on} | set(condition.parameters)
        if any(policy.status(name) is Status.ASSUMED for name in rests):
            names |= {condition.id, *(rest.where for rest in condition.rests_on if rest.where)}
    return names


def _assumptions(policy: Policy) -> object:
    """Which parameters are assumed, and which conditions rest on these."""
    assumed = {name for name in policy.parameters if policy.status(name) is Status.ASSUMED}
    return (
        assumed,
        {name: [r for r in each.rests_on if r.parameter in assumed] for name, each in policy.conditions.items()},
    )


def _amounts(policy: Policy) -> object:
    named = {name for benefit in policy.benefits.values() for name in parameters_of(benefit)}
    days = [day for benefit in policy.benefits.values() for day in (benefit.starts, benefit.ends)]
    named |= {day.parameter for day in days if isinstance(day, Constant | Shifted) and day.parameter}
    return {name: policy.value(name) for name in sorted(named)}


_MORE: dict[str, Callable[[Policy], object]] = {"assumption": _assumptions, "amount": _amounts}
"""What a change may alter without altering any decision."""


def _values(policy: Policy, day: date) -> dict[str, object]:
    return {name: _dated(parameter, day) for name, parameter in policy.parameters.items()}


def _dated(parameter: Parameter, day: date) -> object:
    dated = parameter.on(day)
    return None if dated is None or dated.value is None else (dated.value, dated.citation.status)
