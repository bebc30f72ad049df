"""No dead clause, exception, condition, part of a condition, or reason: each changes something for somebody possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import z3

from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import (
    AllOf,
    AnyOf,
    Constant,
    Formula,
    Holds,
    Not,
    Readings,
    conditions_named,
)
from eligibility.model.policy import Clause, Kind
from eligibility.model.readings import written_out
from eligibility.proving.book import Book, differ, differ_in_reasons
from eligibility.proving.claims import Claim, Verdict
from eligibility.proving.marks import Rails
from eligibility.proving.outcomes import POLICY_UNSET, Decision
from eligibility.proving.search import Answer, Search
from eligibility.rulebook.difference import read_side
from eligibility.rulebook.prose import say_formula

_CONSTANTS = (
    (True, Bilingual("总是成立", "always proven")),
    (False, Bilingual("总是不成立", "always refuted")),
    (None, Bilingual("总是待核", "always open")),
)


def usage_claims(book: Book) -> Iterator[Claim]:
    """Clauses and exceptions, then conditions and their parts, then reasons."""
    for clause in book.policy.clauses.values():
        yield _clause(book, clause)
    for name in _asked(book):
        yield _condition(book, name)
        yield from _parts(book, name)
    yield from _reasons(book)


def _clause(book: Book, clause: Clause) -> Claim:
    entries = book.side.draft.clauses.entries
    accepted = book.accepted_at(entries, clause.id, "clause_matters", "same_clause", "idle_clause", "dead_clause")
    claim = book.matters(
        "clause_matters",
        clause.id,
        differ(book.decision, book.one.decision(without=[clause.id])),
        Bilingual(f"条款“{clause.title}”改变某人的结论", f"clause {clause.id} changes somebody's outcome"),
        Bilingual(
            f"删去条款“{clause.title}”，任何人的结论都不变", f"without clause {clause.id} everybody is decided as before"
        ),
        places=[book.at_clause(clause.id)],
        accepted=accepted,
    )
    return claim if claim.verdict is not Verdict.FAILED else _asleep(book, clause, claim)


def _asleep(book: Book, clause: Clause, claim: Claim) -> Claim:
    """A clause that another value on file of a parameter would wake is meant."""
    parameters = dict.fromkeys(p for name in conditions_named(clause.when) for p in book.policy.conditions[name].parameters)
    for parameter in parameters:
        entry = book.side.draft.parameters.entries.get(parameter)
        for value in entry.body.alternatives if entry else ():
            text = "、".join(value) if isinstance(value, list) else str(value).lower() if isinstance(value, bool) else value
            side = read_side(book.side.draft.folder, book.policy.as_of, {**book.side.draft.trying, parameter: text})
            tried = Book(side, Search(book.search.remaining, book.search.most_each))
            woken = differ(tried.decision, tried.one.decision(without=[clause.id]))
            if tried.search.ask(woken) is Answer.SOMEBODY:
                title = book.policy.parameters[parameter].title
                why = f"“{title}”改为备选的 {text} 时，本条才起作用 / it has an effect once {parameter} is {text}"
                return replace(claim, verdict=Verdict.ACCEPTED, accepted=why)
    return claim


def _asked(book: Book) -> list[str]:
    """The conditions that a clause names, to decide or to tell why it is open."""
    named: dict[str, None] = {}
    for clause in book.policy.clauses.values():
        for formula in (clause.when, *[option.when for option in clause.on_open]):
            named.update(dict.fromkeys(conditions_named(formula)))
    return list(named)


def _condition(book: Book, name: str) -> Claim:
    title = book.policy.conditions[name].title
    accepted = book.accepted_at(book.side.draft.conditions.entries, name, "condition_matters")
    claim = Claim("condition_matters", name, Verdict.UNDECIDED, Bilingual("", ""))
    for value, constant in _CONSTANTS:
        claim = book.matters(
            "condition_matters",
            name,
            _changed(book, {name: Holds(Constant(value))}),
            Bilingual(f"条件“{title}”改变某人的结论或原因", f"condition {name} changes somebody's outcome or reasons"),
            Bilingual(
                f"条件“{title}”当作{constant.zh}，任何人的结论和原因都不变",
                f"with condition {name} {constant.en} everybody is decided as before",
            ),
            places=[book.at_condition(name)],
            accepted=accepted,
        )
        if claim.verdict is not Verdict.PROVED:
            break
    return claim


def _parts(book: Book, name: str) -> Iterator[Claim]:
    condition = book.policy.conditions[name]
    accepted = book.accepted_at(book.side.draft.conditions.entries, name, "part_matters")
    for part, rest in _without_a_part(condition.expression):
        zh, en = say_formula(part, book.policy)
        claim = book.matters(
            "part_matters",
            name,
            _changed(book, {name: rest}),
            Bilingual(f"条件“{condition.title}”中的“{zh}”起作用", f"“{en}” in condition {name} has an effect"),
            Bilingual(
                f"条件“{condition.title}”删去“{zh}”，任何人的结论和原因都不变",
                f"without “{en}” in condition {name} everybody is decided as before",
            ),
            places=[book.at_condition(name)],
            accepted=accepted,
        )
        yield claim


def _without_a_part(formula: Formula) -> Iterator[tuple[Formula, Formula]]:
    """Every part of a conjunction or disjunction, with the formula that is left without it."""
    match formula:
        case Not(of=inner):
            for part, rest in _without_a_part(inner):
                yield part, Not(rest)
        case Readings(of=inner):
            for part, rest in _without_a_part(inner):
                yield part, replace(formula, of=rest)
        case AllOf(of=parts) | AnyOf(of=parts) if len(parts) > 1 and not _switched_off(formula):
            for i, part in enumerate(parts):
                others = (*parts[:i], *parts[i + 1 :])
                yield part, others[0] if len(others) == 1 else replace(formula, of=others)
                for inner_part, rest in _without_a_part(part):
                    yield inner_part, replace(formula, of=(*parts[:i], rest, *parts[i + 1 :]))


def _switched_off(formula: Formula) -> bool:
    """Whether it is a condition that has a meaning only while a parameter is unset, which it is not."""
    return isinstance(formula, AllOf) and formula.of[-1] == Holds(Constant(value=False))


def _changed(book: Book, expressions: Mapping[str, Formula]) -> z3.BoolRef:
    refusing = [c.id for c in book.policy.clauses.values() if c.kind in (Kind.REQUIREMENT, Kind.EXCLUSION)]
    return differ_in_reasons(book.decision, decision_with(book, expressions), refusing)


def decision_with(book: Book, expressions: Mapping[str, Formula]) -> Decision:
    """What is decided of the same person where some conditions have other expressions."""
    conditions = {
        name: replace(condition, expression=expressions.get(name, condition.expression))
        for name, condition in book.policy.conditions.items()
    }
    defined = len(book.one.encoder.definitions)
    marks: dict[str, Rails] = {name: book.one.encoder.rails(formula) for name, formula in expressions.items()}
    for clause in book.policy.clauses.values():
        if clause.readings and not expressions.keys().isdisjoint(conditions_named(clause.when)):
            reading = book.policy.conditions[clause.readings].expression
            if isinstance(reading, Readings):
                whole = replace(reading, of=written_out(clause.when, conditions))
                marks[clause.readings] = book.one.encoder.rails(whole)
    book.search.assume(*book.one.encoder.definitions[defined:])
    return book.one.decision(marks=marks)


def _reasons(book: Book) -> Iterator[Claim]:
    given: dict[tuple[str, str], list[z3.BoolRef]] = {}
    for each in book.decision.reasons:
        if each.reason != POLICY_UNSET:
            given.setdefault((each.clause, each.reason), []).append(each.when)
    for (clause, reason), whens in given.items():
        titles = book.policy.reasons[reason].title, book.policy.clauses[clause].title
        yield book.matters(
            "reason_given",
            f"{clause} {reason}",
            z3.Or(*whens),
            Bilingual(f"条款“{titles[1]}”给出过原因“{titles[0]}”", f"clause {clause} gives reason {reason} to somebody"),
            Bilingual(
                f"条款“{titles[1]}”的原因“{titles[0]}”不会给任何人", f"clause {clause} gives reason {reason} to nobody"
            ),
            places=[book.at_clause(clause)],
            accepted=book.accepted_at(book.side.draft.clauses.entries, clause, "reason_given"),
        )
