"""Describes a rulebook for readers: every clause in sentences with its consequences, every legal number as a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from eligibility.labels.states import KNOWN
from eligibility.labels.values import readable, say_parameter
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Citation,
    Clause,
    Formula,
    Kind,
    Named,
    Not,
    Parameter,
    Policy,
    Status,
)
from eligibility.rulebook.difference_lines import Side
from eligibility.rulebook.prose import say_condition, say_formula
from eligibility.rulebook.prose_words import KINDS, MEANINGS


@dataclass(frozen=True, slots=True)
class Titled:
    """An object with an id and a title."""

    id: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of a clause as a sentence, with the parameters that it names."""

    name: Titled
    sentence: Bilingual
    parameters: tuple[Titled, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows in one case: when (refuted, open, proven), which outcome (its code), the sentence or the reasons.

    `premises` has each reason with the conditions on which it is given.
    """

    when: Bilingual
    outcome: str
    texts: tuple[Bilingual, ...]
    premises: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseDescription:
    """Description of one clause; `sentence` has the conditions written out, `parts` one by one."""

    name: Titled
    kind: Kind
    kind_title: Bilingual
    meaning: Bilingual
    sentence: Bilingual
    parts: tuple[Part, ...]
    citation: Citation
    standing: Bilingual
    consequences: tuple[Consequence, ...]
    exceptions: tuple[Titled, ...]
    excepts: Titled | None
    note: str


@dataclass(frozen=True, slots=True)
class Period:
    """One dated value of a parameter; `now` where it is in force on the day of the page."""

    since: date
    until: date | None
    value: Bilingual
    citation: Citation
    standing: Bilingual
    now: bool


@dataclass(frozen=True, slots=True)
class ParameterDescription:
    """One legal number: its value and status on the day, its timeline, other values to try, the conditions that use it."""

    name: Titled
    value: Bilingual
    status: Status
    standing: Bilingual
    timeline: tuple[Period, ...]
    alternatives: tuple[Bilingual, ...]
    used_by: tuple[Titled, ...]
    note: str


@dataclass(frozen=True, slots=True)
class RulebookDescription:
    """Description of a whole rulebook."""

    policy: Policy
    document_number: str
    in_force: Bilingual
    in_force_note: str
    clauses: tuple[ClauseDescription, ...]
    parameters: tuple[ParameterDescription, ...]


def describe_rulebook(side: Side) -> RulebookDescription:
    """Return the description of a rulebook, clauses in order, numbers in the order of their files."""
    policy, entry = side.policy, side.draft.rulebook
    if entry is None:
        raise AssertionError("a rulebook that was loaded has a rulebook.yaml")
    force = entry.body.in_force
    until = Bilingual(f"至 {force.until} 前", f"until {force.until}") if force.until else Bilingual("起", "onwards")
    standing = KNOWN[force.status]
    return RulebookDescription(
        policy,
        entry.body.document_number,
        Bilingual(f"{force.since} {until.zh}（{standing.zh}）", f"{force.since} {until.en} ({standing.en})"),
        force.note,
        tuple(_clause(side, clause) for clause in policy.clauses.values()),
        tuple(_parameter(side, parameter) for parameter in policy.parameters.values()),
    )


def _clause(side: Side, clause: Clause) -> ClauseDescription:
    policy = side.policy
    lifting = [c for c in policy.clauses.values() if c.kind is Kind.EXCEPTION and c.excepts == clause.id]
    excepted = policy.clauses.get(clause.excepts)
    return ClauseDescription(
        _name(clause.id, clause.title),
        clause.kind,
        KINDS[clause.kind],
        MEANINGS[clause.kind],
        say_formula(_written_out(clause.when, policy), policy),
        tuple(_part(policy, name) for name in dict.fromkeys(_names(clause.when))),
        clause.citation,
        KNOWN[clause.citation.status],
        tuple(_consequences(policy, clause)),
        tuple(_name(c.id, c.title) for c in lifting),
        None if excepted is None else _name(excepted.id, excepted.title),
        side.draft.clauses.entries[clause.id].body.note,
    )


def _part(policy: Policy, name: str) -> Part:
    condition = policy.conditions[name]
    parameters = dict.fromkeys([*condition.parameters, *(rest.parameter for rest in condition.rests_on)])
    return Part(
        _name(name, condition.title),
        say_condition(condition, policy),
        tuple(_name(p, policy.parameters[p].title) for p in parameters),
    )


def _written_out(formula: Formula, policy: Policy) -> Formula:
    """Return a clause's formula with its conditions expanded."""
    match formula:
        case Named(id=name):
            return policy.conditions[name].expression
        case Not(of=inner):
            return Not(_written_out(inner, policy))
        case AllOf(of=parts) | AnyOf(of=parts):
            return replace(formula, of=tuple(_written_out(part, policy) for part in parts))
    return formula


def _names(formula: Formula) -> Iterator[str]:
    match formula:
        case Named(id=name):
            yield name
        case Not(of=inner):
            yield from _names(inner)
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _names(part)


REFUTED, OPEN, PROVEN = Bilingual("不成立", "refuted"), Bilingual("待核", "open"), Bilingual("成立", "proven")


def _consequences(policy: Policy, clause: Clause) -> Iterator[Consequence]:
    sentence = Bilingual(clause.text, f"the clause's own sentence: {clause.text}")
    match clause.kind:
        case Kind.REQUIREMENT:
            yield Consequence(REFUTED, "not_eligible", (sentence,))
        case Kind.EXCLUSION:
            yield Consequence(PROVEN, "not_eligible", (sentence,))
        case Kind.REGISTER:
            yield Consequence(REFUTED, "register", (sentence,))
        case Kind.ELSEWHERE:
            yield Consequence(PROVEN, "register", (sentence,))
        case Kind.REFER:
            yield Consequence(REFUTED, "manual_review", tuple(_reason(policy, code) for code in clause.on_refuted))
        case Kind.EXCEPTION:
            yield Consequence(PROVEN, "", (sentence,))
    codes = dict.fromkeys([*(item.reason for item in clause.on_open), *clause.otherwise])
    if codes:
        why = [_given(policy, item.reason, item.when) for item in clause.on_open]
        rest = [
            Bilingual(f"其余情形：{item.zh}", f"otherwise: {item.en}")
            for item in map(partial(_reason, policy), clause.otherwise)
        ]
        result = tuple(_reason(policy, code) for code in codes)
        yield Consequence(OPEN, "manual_review", result, (*why, *rest) if why else ())


def _given(policy: Policy, code: str, when: Formula) -> Bilingual:
    reason, result = _reason(policy, code), say_formula(when, policy)
    return reason if when == AllOf(()) else Bilingual(f"{reason.zh}（若{result.zh}）", f"{reason.en} (if {result.en})")


def _reason(policy: Policy, code: str) -> Bilingual:
    return Bilingual(policy.reasons[code].title, readable(code))


def _parameter(side: Side, parameter: Parameter) -> ParameterDescription:
    policy = side.policy
    current = parameter.on(policy.as_of)
    status = policy.status(parameter.id)
    return ParameterDescription(
        _name(parameter.id, parameter.title),
        say_parameter(parameter, policy.value(parameter.id)),
        status,
        KNOWN[status],
        tuple(
            Period(d.since, d.until, say_parameter(parameter, d.value), d.citation, KNOWN[d.citation.status], d is current)
            for d in parameter.timeline
        ),
        tuple(say_parameter(parameter, value) for value in parameter.alternatives),
        tuple(_users(policy, parameter.id)),
        side.draft.parameters.entries[parameter.id].body.note,
    )  # fmt: skip


def _users(policy: Policy, parameter: str) -> Iterator[Titled]:
    for condition in policy.conditions.values():
        if parameter in condition.parameters or any(rest.parameter == parameter for rest in condition.rests_on):
            yield _name(condition.id, condition.title)


def _name(code: str, title: str) -> Titled:
    return Titled(code, Bilingual(title, readable(code)))
